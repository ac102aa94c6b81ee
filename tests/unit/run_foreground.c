/* One job on the terminal: how its end is told, and what becomes of the terminal. */
#include "run_fixture.h"

#include <pty.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <termios.h>

static struct job_result *shared; /* written by a runner of its own */

static struct job_result run_here(struct fixture *fixture, const char *script,
                                  double timeout)
{
	struct job_result result;

	job_run_foreground(&result, add_script(fixture, "a", script), timeout);
	assert_null(result.out);
	return result;
}

static void the_end_is_told(void **state)
{
	struct job_result result = run_here(*state, "exit 0", 0);

	assert_int_equal(result.outcome, OUTCOME_EXITED);
	assert_int_equal(result.exit, 0);
	result = run_here(*state, "exit 7", 0);
	assert_int_equal(result.outcome, OUTCOME_EXITED);
	assert_int_equal(result.exit, 7);
	result = run_here(*state, "kill -USR1 $$", 0);
	assert_int_equal(result.outcome, OUTCOME_SIGNALED);
	assert_int_equal(result.signal, SIGUSR1);
}

static void what_cannot_start_says_why(void **state)
{
	struct fixture *fixture = *state;
	static const char *const words[] = {"no-such-program", NULL};
	struct job_result result;

	job_run_foreground(&result, add_job(fixture, "a", words), 0);
	assert_int_equal(result.outcome, OUTCOME_NOT_STARTED);
	assert_string_equal(result.error, "cannot start 'no-such-program': "
	                                  "no such program");
}

static void time_is_limited(void **state)
{
	struct fixture *fixture = *state;
	struct job_result result;

	make_fifo(fixture, "never");
	result = run_here(fixture, "read word <never", 0.1);
	assert_int_equal(result.outcome, OUTCOME_TIMED_OUT);
	assert_int_equal(result.signal, SIGTERM);
	assert_true(result.seconds >= 0.1);
}

/* In a process group of its own, so that a signal to the group is a key on the
 * terminal. */
static pid_t start_runner(struct fixture *fixture, const char *script)
{
	pid_t pid = fork();

	if (pid != 0)
		return pid;
	setpgid(0, 0);
	*shared = run_here(fixture, script, 0);
	_exit(0);
}

static void wait_ready(struct fixture *fixture)
{
	char line[8];
	FILE *file = fopen(in_folder(fixture, "ready"), "r");

	assert_non_null(file);
	assert_non_null(fgets(line, sizeof line, file));
	fclose(file);
}

static void assert_ended_well(pid_t runner)
{
	int status;

	assert_int_equal(waitpid(runner, &status, 0), runner);
	assert_int_equal(status, 0);
}

static void keys_are_for_the_child(void **state)
{
	struct fixture *fixture = *state;
	pid_t runner;

	make_fifo(fixture, "ready");
	make_fifo(fixture, "never");
	runner = start_runner(fixture, "trap 'exit 5' INT; echo >ready;"
	                               " while :; do read word <never; done");
	wait_ready(fixture);
	kill(-runner, SIGINT);
	assert_ended_well(runner);
	assert_int_equal(shared->outcome, OUTCOME_EXITED);
	assert_int_equal(shared->exit, 5);
}

static void a_termination_is_passed_on(void **state)
{
	struct fixture *fixture = *state;
	pid_t runner;

	make_fifo(fixture, "ready");
	make_fifo(fixture, "never");
	runner = start_runner(fixture, "trap 'exit 0' TERM; echo >ready;"
	                               " while :; do read word <never; done");
	wait_ready(fixture);
	kill(runner, SIGHUP);
	assert_ended_well(runner);
	assert_int_equal(shared->outcome, OUTCOME_STOPPED);
	assert_int_equal(shared->signal, SIGHUP);
}

/* With a terminal of its own as its standard streams. */
static struct termios run_on_terminal(struct fixture *fixture, const char *script)
{
	struct termios state;
	int ours, theirs, status;
	pid_t runner;

	if (openpty(&ours, &theirs, NULL, NULL, NULL))
		skip(); /* a container without /dev/pts */
	runner = fork();
	if (runner == 0) {
		setsid();
		ioctl(theirs, TIOCSCTTY, 0);
		for (int i = 0; i < 3; i++)
			dup2(theirs, i);
		*shared = run_here(fixture, script, 0);
		_exit(0);
	}
	assert_int_equal(waitpid(runner, &status, 0), runner);
	assert_int_equal(status, 0);
	assert_int_equal(tcgetattr(theirs, &state), 0);
	close(ours);
	close(theirs);
	return state;
}

static void a_killed_child_leaves_the_terminal_as_it_was(void **state)
{
	struct termios after = run_on_terminal(*state, "stty raw -echo; kill -KILL $$");

	assert_int_equal(shared->signal, SIGKILL);
	assert_true(after.c_lflag & ECHO);
	assert_true(after.c_lflag & ICANON);
}

static void what_a_child_sets_on_purpose_stays(void **state)
{
	struct termios after = run_on_terminal(*state, "stty -echo");

	assert_int_equal(shared->outcome, OUTCOME_EXITED);
	assert_false(after.c_lflag & ECHO);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_end_is_told),
		TEST(what_cannot_start_says_why),
		TEST(time_is_limited),
		TEST(keys_are_for_the_child),
		TEST(a_termination_is_passed_on),
		TEST(a_killed_child_leaves_the_terminal_as_it_was),
		TEST(what_a_child_sets_on_purpose_stays),
	};

	shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE,
	              MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	jobs_setup();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
