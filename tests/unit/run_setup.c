/* Odd ways to be started, each tried in a process of its own. */
#include "run_fixture.h"

#include <grp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>

static struct {
	struct jobs_report report;
	char text[256];
	rlim_t soft, hard;
	bool open[3];
} * shared;

/* Does it in a child, which must come to its end. */
static void apart(struct fixture *fixture, void (*work)(struct fixture *fixture))
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		work(fixture);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

static bool under_valgrind(void)
{
	const char *preloaded = getenv("LD_PRELOAD");

	return preloaded && strstr(preloaded, "vgpreload");
}

static void run_and_share(struct fixture *fixture)
{
	run_jobs(fixture);
	shared->report = fixture->report;
	snprintf(shared->text, sizeof shared->text, "%s",
	         buf_text(&fixture->told[0].out));
}

static void close_streams(struct fixture *fixture)
{
	for (int i = 0; i < 3; i++)
		close(i);
	jobs_setup();
	for (int i = 0; i < 3; i++)
		shared->open[i] = fcntl(i, F_GETFD) == 0;
	add_script(fixture, "a", "echo out; echo err >&2");
	run_and_share(fixture);
}

static void closed_streams_are_opened(void **state)
{
	apart(*state, close_streams);
	for (int i = 0; i < 3; i++)
		assert_true(shared->open[i]);
	assert_string_equal(shared->text, "out\n");
}

static void lose_children(struct fixture *fixture)
{
	sigset_t mask;

	sigemptyset(&mask);
	sigaddset(&mask, SIGCHLD);
	sigprocmask(SIG_BLOCK, &mask, NULL);
	signal(SIGCHLD, SIG_IGN);
	jobs_setup();
	add_script(fixture, "a", "exit 3");
	run_and_share(fixture);
	shared->report.signal = fixture->told[0].result.exit;
}

static void an_ignored_and_blocked_sigchld_is_reset(void **state)
{
	apart(*state, lose_children);
	assert_int_equal(shared->report.signal, 3);
}

static void limit_descriptors(rlim_t soft, rlim_t hard)
{
	const struct rlimit limit = {soft, hard};

	if (setrlimit(RLIMIT_NOFILE, &limit) != 0)
		_exit(1);
	jobs_setup();
}

static void share_the_limit(void)
{
	struct rlimit limit;

	getrlimit(RLIMIT_NOFILE, &limit);
	shared->soft = limit.rlim_cur;
	shared->hard = limit.rlim_max;
}

/* Eight at once are asked for by the fixture. */
static void need_few_descriptors(struct fixture *fixture)
{
	limit_descriptors(150, 200);
	for (int i = 0; i < 20; i++)
		add_script(fixture, "a", "ulimit -Sn; ulimit -Hn");
	run_and_share(fixture);
	share_the_limit();
}

static void the_limit_stays_where_it_is_enough(void **state)
{
	if (under_valgrind())
		skip(); /* it keeps this limit as it is */
	apart(*state, need_few_descriptors);
	assert_int_equal(shared->soft, 150);
	assert_int_equal(shared->hard, 200);
	assert_string_equal(shared->text, "150\n200\n");
}

static void need_many_descriptors(struct fixture *fixture)
{
	limit_descriptors(40, 200);
	fixture->options.at_once = 100;
	for (int i = 0; i < 300; i++)
		add_script(fixture, "a", "ulimit -Sn; ulimit -Hn");
	run_and_share(fixture);
	share_the_limit();
}

static void our_limit_is_raised_and_the_childrens_is_not(void **state)
{
	if (under_valgrind())
		skip();
	apart(*state, need_many_descriptors);
	assert_int_equal(shared->soft, 200);
	assert_int_equal(shared->hard, 200);
	assert_int_equal(shared->report.ok, 300);
	assert_string_equal(shared->text, "40\n200\n");
}

static void have_few_descriptors(struct fixture *fixture)
{
	limit_descriptors(40, 40);
	fixture->options.at_once = 100;
	for (int i = 0; i < 300; i++)
		add_script(fixture, "a", "echo fine");
	run_and_share(fixture);
}

static void few_descriptors_mean_fewer_at_once(void **state)
{
	apart(*state, have_few_descriptors);
	assert_int_equal(shared->report.ok, 300);
}

/* Somebody who may have four processes, of which one is the runner. */
static void have_few_processes(struct fixture *fixture)
{
	const struct rlimit limit = {4, 4};

	if (setgroups(0, NULL) != 0 || setgid(64999) != 0 || setuid(64999) != 0 ||
	    setrlimit(RLIMIT_NPROC, &limit) != 0)
		_exit(1);
	fixture->options.at_once = 50;
	for (int i = 0; i < 100; i++)
		add_script(fixture, "a", "exec true")->folder = "/";
	run_and_share(fixture);
}

static void few_processes_mean_fewer_at_once(void **state)
{
	/* The limit counts all processes of a user; valgrind 3.19 does not come back
	 * to its senses after a fork that failed. */
	if (geteuid() != 0 || under_valgrind())
		skip();
	apart(*state, have_few_processes);
	assert_int_equal(shared->report.ok, 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(closed_streams_are_opened),
		TEST(an_ignored_and_blocked_sigchld_is_reset),
		TEST(the_limit_stays_where_it_is_enough),
		TEST(few_descriptors_mean_fewer_at_once),
		TEST(our_limit_is_raised_and_the_childrens_is_not),
		TEST(few_processes_mean_fewer_at_once),
	};

	shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE,
	              MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
