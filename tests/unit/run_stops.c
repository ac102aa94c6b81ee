/* Children that are not left to end by themselves: time, failure, our output. */
#include "run_fixture.h"

#include <signal.h>

/* Seconds: enough for a shell to start on a busy machine. */
enum { LIMIT = 2 };

static bool is_closed(struct fixture *fixture, size_t index)
{
	(void)fixture;
	(void)index;
	return false;
}

static void a_closed_output_ends_the_run(void **state)
{
	struct fixture *fixture = *state;

	make_fifo(fixture, "never");
	fixture->options.at_once = 2;
	fixture->then = is_closed;
	add_script(fixture, "runs", "read word <never");
	add_script(fixture, "ends", "echo over");
	add_script(fixture, "waits", "echo never");
	run_jobs(fixture);
	assert_int_equal(fixture->told[0].result.outcome, OUTCOME_STOPPED);
	assert_int_equal(fixture->told[1].result.outcome, OUTCOME_EXITED);
	assert_int_equal(fixture->told[2].result.outcome, OUTCOME_NOT_RUN);
	assert_report(fixture, 1, 1, 1);
}

static void a_job_over_its_time_is_stopped(void **state)
{
	struct fixture *fixture = *state;

	make_fifo(fixture, "never");
	fixture->options.timeout = LIMIT;
	add_script(fixture, "a", "echo before; read word <never; echo after");
	run_jobs(fixture);
	assert_int_equal(fixture->told[0].result.outcome, OUTCOME_TIMED_OUT);
	assert_int_equal(fixture->told[0].result.signal, SIGTERM);
	assert_true(fixture->told[0].result.seconds >= LIMIT);
	assert_string_equal(buf_text(&fixture->told[0].out), "before\n");
	assert_report(fixture, 0, 1, 0);
}

/* Neither the child nor what it started listens to TERM. */
static void who_does_not_listen_is_killed_with_its_group(void **state)
{
	struct fixture *fixture = *state;
	char path[64];

	make_fifo(fixture, "never");
	fixture->options.timeout = LIMIT;
	add_script(fixture, "a",
	           "trap '' TERM; { while :; do read word <never; done; } &"
	           " echo $!; while :; do read word <never; done");
	run_jobs(fixture);
	assert_int_equal(fixture->told[0].result.outcome, OUTCOME_TIMED_OUT);
	assert_int_equal(fixture->told[0].result.signal, SIGKILL);
	snprintf(path, sizeof path, "/proc/%d", atoi(buf_text(&fixture->told[0].out)));
	while (access(path, F_OK) == 0)
		; /* init has yet to reap it */
}

/* It holds no output of the child, which ends before the grace period does. */
static void what_a_stopped_child_leaves_behind_is_killed(void **state)
{
	struct fixture *fixture = *state;
	char path[64];

	make_fifo(fixture, "never");
	fixture->options.timeout = LIMIT;
	add_script(
		fixture, "a",
		"(trap '' TERM; while :; do read word <never; done) >/dev/null 2>&1 &"
		" echo $!; read word <never");
	run_jobs(fixture);
	assert_int_equal(fixture->told[0].result.outcome, OUTCOME_TIMED_OUT);
	assert_int_equal(fixture->told[0].result.signal, SIGTERM);
	snprintf(path, sizeof path, "/proc/%d", atoi(buf_text(&fixture->told[0].out)));
	while (access(path, F_OK) == 0)
		; /* init has yet to reap it */
}

static void the_first_failure_can_end_the_run(void **state)
{
	struct fixture *fixture = *state;

	make_fifo(fixture, "never");
	make_fifo(fixture, "go");
	fixture->options.fail_fast = true;
	fixture->options.at_once = 2;
	add_script(fixture, "runs", "echo go >go; read word <never");
	add_script(fixture, "fails", "read word <go; exit 1");
	add_script(fixture, "waits", "echo never");
	run_jobs(fixture);
	assert_int_equal(fixture->told[0].result.outcome, OUTCOME_STOPPED);
	assert_int_equal(fixture->told[1].result.exit, 1);
	assert_int_equal(fixture->told[2].result.outcome, OUTCOME_NOT_RUN);
	assert_report(fixture, 0, 2, 1);
}

static void a_job_that_cannot_start_is_a_failure_too(void **state)
{
	struct fixture *fixture = *state;

	fixture->options.fail_fast = true;
	add_job(fixture, "a", (const char *const[]){"no-such-program", NULL});
	add_script(fixture, "b", "echo never");
	run_jobs(fixture);
	assert_report(fixture, 0, 1, 1);
}

/* The first job goes on when progress has been told twice: a lull is told, too. */
struct watched {
	struct fixture *fixture;
	unsigned calls;
	struct jobs_progress last;
	char name[32];
};

static struct watched watched;

static void watch_progress(void *context, const struct jobs_progress *progress)
{
	(void)context;
	watched.last = *progress;
	assert_true(progress->done + progress->running <= progress->total);
	if (progress->running == 1 && progress->done == 2) {
		strcpy(watched.name, progress->names[0]);
		if (++watched.calls == 2)
			release(watched.fixture, "go");
	}
}

static void progress_is_told_in_a_lull_as_well(void **state)
{
	struct fixture *fixture = *state;

	watched = (struct watched){.fixture = fixture};
	make_fifo(fixture, "go");
	fixture->options.on_progress = watch_progress;
	add_script(fixture, "first", "read word <go");
	add_script(fixture, "second", "exit 1");
	add_script(fixture, "third", "exit 0");
	run_jobs(fixture);
	assert_true(watched.calls >= 2);
	assert_string_equal(watched.name, "first");
	assert_int_equal(watched.last.total, 3);
	assert_int_equal(watched.last.failed, 1);
	assert_true(watched.last.seconds > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_closed_output_ends_the_run),
		TEST(a_job_over_its_time_is_stopped),
		TEST(who_does_not_listen_is_killed_with_its_group),
		TEST(what_a_stopped_child_leaves_behind_is_killed),
		TEST(the_first_failure_can_end_the_run),
		TEST(a_job_that_cannot_start_is_a_failure_too),
		TEST(progress_is_told_in_a_lull_as_well),
	};

	jobs_setup();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
