/* Limits of the system: descriptors, memory, disk; and nothing is left behind. */
#include "run_fixture.h"

#include <dirent.h>
#include <sys/resource.h>
#include <sys/wait.h>

/* Sanitizers keep freed memory for a while. */
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
enum { SANITIZED = 1 };
#elif defined __has_feature
enum {
	SANITIZED = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
};
#else
enum { SANITIZED = 0 };
#endif

static unsigned count_descriptors(void)
{
	DIR *folder = opendir("/proc/self/fd");
	unsigned count = 0;

	assert_non_null(folder);
	while (readdir(folder))
		count++;
	closedir(folder);
	return count;
}

static struct rlimit limit_to(int which, rlim_t soft)
{
	struct rlimit before, now;

	assert_int_equal(getrlimit(which, &before), 0);
	now = before;
	now.rlim_cur = soft;
	assert_int_equal(setrlimit(which, &now), 0);
	return before;
}

/* Ten thousand jobs with names to tell them apart; each tenth cannot start. */
static void add_ten_thousand(struct fixture *fixture)
{
	static const char *const fine[] = {"true", NULL};
	static const char *const missing[] = {"/nonexistent/program", NULL};

	for (size_t i = 0; i < 10000; i++)
		add_job(fixture, "a", i % 10 == 3 ? missing : fine);
}

static void ten_thousand_jobs_leave_nothing(void **state)
{
	struct fixture *fixture = *state;
	unsigned before;

	add_job(fixture, "a", (const char *const[]){"true", NULL});
	run_jobs(fixture); /* what libuv opens once for good */
	before = count_descriptors();
	fixture->count = 0;
	add_ten_thousand(fixture);
	run_jobs(fixture);
	assert_report(fixture, 9000, 1000, 0);
	assert_int_equal(count_descriptors(), before);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
}

static int hoarded[256];
static size_t hoarded_count;

/* Takes every descriptor there is when the second job ends, so that the third
 * cannot be started, and gives them back when the first one ends. */
static bool hoard(struct fixture *fixture, size_t index)
{
	int go;

	if (index == 1) {
		go = open(in_folder(fixture, "go"), O_WRONLY);
		while ((hoarded[hoarded_count] = open("/dev/null", O_RDONLY)) >= 0)
			hoarded_count++;
		assert_int_equal(write(go, "go\n", 3), 3);
		hoarded[hoarded_count++] = go;
	} else if (index == 0) {
		while (hoarded_count > 0)
			close(hoarded[--hoarded_count]);
	}
	return true;
}

static void a_refused_start_is_tried_again(void **state)
{
	struct fixture *fixture = *state;
	struct rlimit before = limit_to(RLIMIT_NOFILE, 200);

	make_fifo(fixture, "go");
	fixture->options.at_once = 2;
	fixture->then = hoard;
	add_script(fixture, "a", "read word <go");
	add_script(fixture, "b", "echo b");
	add_script(fixture, "c", "echo c");
	run_jobs(fixture);
	setrlimit(RLIMIT_NOFILE, &before);
	assert_int_equal(fixture->told[2].turn, 2);
	assert_report(fixture, 3, 0, 0);
}

/* The limit of files' sizes stands for a full disk. */
static void a_full_disk_loses_the_end_only(void **state)
{
	struct fixture *fixture = *state;
	struct rlimit before = limit_to(RLIMIT_FSIZE, 300 << 10);

	fixture->options.one_pipe = true;
	add_script(fixture, "a", "yes 0123456 | head -c 8000000");
	run_jobs(fixture);
	setrlimit(RLIMIT_FSIZE, &before);
	assert_int_equal(fixture->told[0].out.length, (1 << 20) + (300 << 10));
	for (size_t i = 0; i < fixture->told[0].out.length; i += 8)
		assert_memory_equal(fixture->told[0].out.data + i, "0123456\n", 8);
	assert_string_equal(fixture->told[0].error,
	                    arena_format(&fixture->arena,
	                                 "cannot keep its whole output in '%s' "
	                                 "(TMPDIR): file too large",
	                                 getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp"));
	assert_int_equal(fixture->told[0].result.outcome, OUTCOME_EXITED);
	assert_report(fixture, 0, 1, 0);
}

static bool count_only(void *context, const char *bytes, size_t length)
{
	(void)bytes;
	*(size_t *)context += length;
	return true;
}

static bool count_output(void *context, size_t index, const struct job_result *result)
{
	(void)index;
	return spool_each(result->out, count_only, context);
}

static long peak_kilobytes(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_maxrss;
}

/* 400 MB from eight children, all of it kept until the first one ends. */
static void memory_is_bounded(void **state)
{
	struct fixture *fixture = *state;
	struct error err;
	size_t total = 0;
	long before = peak_kilobytes();

	make_fifo(fixture, "go");
	add_script(fixture, "a", "read word <go; head -c 50000000 /dev/zero");
	for (int i = 0; i < 6; i++)
		add_script(fixture, "a", "head -c 50000000 /dev/zero");
	add_script(fixture, "a", "head -c 50000000 /dev/zero; echo go >go");
	fixture->options.in_order = true;
	fixture->options.on_end = count_output;
	fixture->options.context = &total;
	assert_true(jobs_run(&fixture->report, fixture->items, fixture->count,
	                     &fixture->options, &err));
	assert_int_equal(total, 8 * 50000000);
	assert_true(SANITIZED || peak_kilobytes() - before < 80 << 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(ten_thousand_jobs_leave_nothing),
		TEST(a_refused_start_is_tried_again),
		TEST(a_full_disk_loses_the_end_only),
		TEST(memory_is_bounded),
	};

	jobs_setup();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
