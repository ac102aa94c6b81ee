/*
 * Signals to the one who runs: no child survives, what is finished is told, what
 * is stopped is continued.
 *
 * The runner is a process of its own. Its children, and theirs, are known by a
 * mark in their environment.
 */
#include "run_fixture.h"

#include <dirent.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

/* Written by the runner, read by the test. */
static struct shared {
	struct jobs_report report;
	volatile size_t told;
	volatile double seconds;
	volatile unsigned suspended;
} * shared;

static char mark[64];

/* Calls `found` for each living process that bears the mark; how many. */
static unsigned each_marked(void (*found)(int pid))
{
	DIR *folder = opendir("/proc");
	struct dirent *entry;
	unsigned count = 0;

	assert_non_null(folder);
	while ((entry = readdir(folder))) {
		char path[300];
		BUF environment = {0};
		char chunk[4096];
		size_t got;
		FILE *file;

		snprintf(path, sizeof path, "/proc/%s/environ", entry->d_name);
		file = atoi(entry->d_name) > 0 ? fopen(path, "r") : NULL;
		if (!file)
			continue;
		while ((got = fread(chunk, 1, sizeof chunk, file)) > 0)
			buf_add(&environment, chunk, got);
		fclose(file);
		if (!environment.length ||
		    !memmem(environment.data, environment.length, mark, strlen(mark)))
			continue;
		count++;
		if (found)
			found(atoi(entry->d_name));
	}
	closedir(folder);
	return count;
}

static bool tell(void *context, size_t index, const struct job_result *result)
{
	(void)context;
	(void)index;
	shared->told++;
	shared->seconds = result->seconds;
	return true;
}

static void note_suspend(void *context)
{
	(void)context;
	shared->suspended++;
}

/* Runs the jobs in a process (group) of its own, which ends by the signal that
 * ended the run. */
static pid_t start_runner(struct fixture *fixture)
{
	const struct rlimit no_core = {0, 0};
	struct error err;
	pid_t pid = fork();

	if (pid != 0)
		return pid;
	setpgid(0, 0);
	setrlimit(RLIMIT_CORE, &no_core);
	fixture->options.on_end = tell;
	fixture->options.on_suspend = note_suspend;
	fixture->options.signals = true;
	if (!jobs_run(&shared->report, fixture->items, fixture->count,
	              &fixture->options, &err))
		_exit(99);
	if (shared->report.signal)
		raise(shared->report.signal);
	_exit(0);
}

static void add_marked(struct fixture *fixture, const char *script)
{
	static const char *environment[] = {mark, "PATH=/usr/bin:/bin", NULL};

	add_script(fixture, "a", script)->environment = environment;
}

static int set_up_mark(void **state)
{
	static unsigned number;

	snprintf(mark, sizeof mark, "GITA_TEST_MARK=%d-%u.", (int)getpid(), number++);
	*shared = (struct shared){0};
	return set_up(state);
}

static int wait_for(pid_t pid, int options)
{
	int status;

	assert_int_equal(waitpid(pid, &status, options), pid);
	return status;
}

static void await(struct fixture *fixture, const char *name, int lines)
{
	FILE *file = fopen(in_folder(fixture, name), "r");
	char line[16];

	assert_non_null(file);
	while (lines-- > 0)
		assert_non_null(fgets(line, sizeof line, file));
	fclose(file);
}

static void end_by(struct fixture *fixture, int number)
{
	pid_t runner;
	int status;

	make_fifo(fixture, "ready");
	make_fifo(fixture, "never");
	fixture->options.at_once = 2;
	add_marked(fixture, "exit 0");
	for (int i = 0; i < 4; i++)
		add_marked(fixture, "exec 3<>ready; { read word <never; } &"
		                    " echo ready >&3; read word <never");
	runner = start_runner(fixture);
	await(fixture, "ready", 2);
	kill(runner, number);
	status = wait_for(runner, 0);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), number);
	assert_int_equal(each_marked(NULL), 0);
	assert_int_equal(shared->told, 5);
	assert_int_equal(shared->report.ok, 1);
	assert_int_equal(shared->report.failed, 2);
	assert_int_equal(shared->report.not_run, 2);
}

static void an_interrupt_ends_the_run(void **state)
{
	end_by(*state, SIGINT);
}

static void a_hang_up_ends_the_run(void **state)
{
	end_by(*state, SIGHUP);
}

static void a_quit_ends_the_run(void **state)
{
	end_by(*state, SIGQUIT);
}

static void a_termination_ends_the_run(void **state)
{
	end_by(*state, SIGTERM);
}

/* Started by nohup or in the background of a script. */
static void an_ignored_signal_stays_ignored(void **state)
{
	struct fixture *fixture = *state;
	pid_t runner;

	make_fifo(fixture, "ready");
	make_fifo(fixture, "go");
	add_marked(fixture, "echo ready >ready; read word <go");
	signal(SIGHUP, SIG_IGN);
	runner = start_runner(fixture);
	signal(SIGHUP, SIG_DFL);
	await(fixture, "ready", 1);
	kill(runner, SIGHUP);
	release(fixture, "go");
	assert_int_equal(wait_for(runner, 0), 0);
	assert_int_equal(shared->report.ok, 1);
}

static unsigned not_stopped;

static void look_whether_stopped(int pid)
{
	char path[64], state = '?';
	FILE *file;

	snprintf(path, sizeof path, "/proc/%d/stat", pid);
	file = fopen(path, "r");
	if (file && fscanf(file, "%*d (%*[^)]) %c", &state) == 1 && state != 'T')
		not_stopped++;
	if (file)
		fclose(file);
}

/* Whether what bears the mark dies; false once all of it is stopped instead. */
static bool dies_unstopped(void)
{
	unsigned living;

	do {
		not_stopped = 0;
		living = each_marked(look_whether_stopped);
	} while (living && not_stopped == living);
	return living == 0;
}

/*
 * It does not listen to TERM. The grace period would kill it as well, but a stop comes
 * right behind the second interrupt: it finds who was not killed by then.
 */
static void a_second_interrupt_kills(void **state)
{
	struct fixture *fixture = *state;
	pid_t runner;
	int status;
	bool killed;

	make_fifo(fixture, "ready");
	make_fifo(fixture, "never");
	add_marked(fixture, "exec 3<>ready; trap 'echo term >&3' TERM; echo ready >&3;"
	                    " while :; do read word <never; done");
	runner = start_runner(fixture);
	await(fixture, "ready", 1);
	kill(runner, SIGINT);
	await(fixture, "ready", 1);
	kill(runner, SIGINT);
	kill(runner, SIGTSTP);
	status = wait_for(runner, WUNTRACED);
	if (WIFSTOPPED(status)) {
		killed = dies_unstopped();
		kill(runner, SIGCONT);
		status = wait_for(runner, 0);
		assert_true(killed);
	}
	assert_int_equal(WTERMSIG(status), SIGINT);
	assert_int_equal(each_marked(NULL), 0);
}

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void a_stop_stops_all_and_costs_no_time(void **state)
{
	struct fixture *fixture = *state;
	double began = now(), stopped;
	pid_t runner;

	make_fifo(fixture, "ready");
	make_fifo(fixture, "go");
	fixture->options.timeout = 600;
	add_marked(fixture, "echo ready >ready; read word <go");
	runner = start_runner(fixture);
	await(fixture, "ready", 1);
	kill(runner, SIGTSTP);
	assert_true(WIFSTOPPED(wait_for(runner, WUNTRACED)));
	stopped = now();
	do
		not_stopped = 0;
	while (each_marked(look_whether_stopped) != 1 || not_stopped > 0);
	while (now() < stopped + 0.1)
		;
	stopped = now() - stopped;
	kill(runner, SIGCONT);
	release(fixture, "go");
	assert_int_equal(wait_for(runner, 0), 0);
	assert_int_equal(shared->report.ok, 1);
	assert_int_equal(shared->suspended, 1);
	assert_true(shared->seconds <= now() - began - stopped);
}

/*
 * Whenever it comes, nobody is left. A signal before the runner listens ends it by
 * its default action, with nothing started yet.
 */
static void a_signal_at_any_moment_leaves_nobody(void **state)
{
	static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
	struct fixture *fixture = *state;
	unsigned seed = (unsigned)getpid();

	print_message("seed %u\n", seed);
	make_fifo(fixture, "never");
	for (int i = 0; i < 40; i++)
		add_marked(fixture, i % 8 ? "exit 0"
		                          : "{ read word <never; } & read word <never");
	for (int i = 0; i < 60; i++) {
		struct timespec pause = {.tv_nsec = rand_r(&seed) % 40000000};
		int number = numbers[rand_r(&seed) % 3];
		pid_t runner = start_runner(fixture);

		nanosleep(&pause, NULL);
		kill(runner, number);
		if (rand_r(&seed) % 2)
			kill(runner, SIGINT);
		assert_true(WIFSIGNALED(wait_for(runner, 0)));
		assert_int_equal(each_marked(NULL), 0);
	}
}

#define SIGNAL_TEST(function) \
	cmocka_unit_test_setup_teardown(function, set_up_mark, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		SIGNAL_TEST(an_interrupt_ends_the_run),
		SIGNAL_TEST(a_hang_up_ends_the_run),
		SIGNAL_TEST(a_quit_ends_the_run),
		SIGNAL_TEST(a_termination_ends_the_run),
		SIGNAL_TEST(a_second_interrupt_kills),
		SIGNAL_TEST(an_ignored_signal_stays_ignored),
		SIGNAL_TEST(a_stop_stops_all_and_costs_no_time),
		SIGNAL_TEST(a_signal_at_any_moment_leaves_nobody),
	};

	shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE,
	              MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	jobs_setup();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
