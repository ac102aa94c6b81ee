/*
 * The life of a child, event by event: the steps of the table in child.c.
 *
 * Events are delivered by the test, not by time. The loop runs only where the
 * kernel has something to report, and until `gone` was called.
 */
#include "run_fixture.h"

#include <signal.h>
#include <sys/wait.h>

#include "child.h"
#include "spool.h"

struct scene {
	struct fixture *fixture;
	uv_loop_t loop;
	struct child child;
	struct job_result result;
	struct spill spill;
	struct spool out, err;
	char chunk[CHILD_CHUNK];
	unsigned gone;
};

static void on_gone(struct child *child)
{
	struct scene *scene = child->owner;

	scene->gone++;
}

static void begin(struct scene *scene, struct fixture *fixture, const char *script)
{
	const struct job *job;
	int failure;

	*scene = (struct scene){.fixture = fixture};
	assert_int_equal(uv_loop_init(&scene->loop), 0);
	spill_open(&scene->spill);
	scene->out.spill = scene->err.spill = &scene->spill;
	scene->child = (struct child){.loop = &scene->loop,
	                              .owner = scene,
	                              .session = true,
	                              .null = open("/dev/null", O_RDONLY),
	                              .chunk = scene->chunk,
	                              .result = &scene->result,
	                              .out = &scene->out,
	                              .err = &scene->err,
	                              .gone = on_gone};
	make_fifo(fixture, "never");
	job = add_script(fixture, "a", script);
	assert_true(child_start(&scene->child, job, &failure));
}

static bool timer_is_up(const struct scene *scene)
{
	return uv_is_active((const uv_handle_t *)&scene->child.timer);
}

/* The time of the timer has come. */
static void pass_time(struct scene *scene)
{
	assert_true(timer_is_up(scene));
	uv_timer_stop(&scene->child.timer);
	child_time(&scene->child);
}

static void expect(const struct scene *scene, enum child_state state)
{
	assert_int_equal(scene->child.state, state);
	if (state != CHILD_RUNNING && state != CHILD_OVER)
		assert_true(timer_is_up(scene));
}

/* Until the process is dead; nobody has looked yet. */
static void wait_dead(const struct scene *scene)
{
	siginfo_t info;

	assert_int_equal(
		waitid(P_PID, (id_t)scene->child.pid, &info, WEXITED | WNOWAIT), 0);
}

/* Until the child has written the line. */
static void wait_line(struct scene *scene)
{
	while (spool_length(&scene->out) == 0)
		uv_run(&scene->loop, UV_RUN_ONCE);
}

static void look_dead(struct scene *scene)
{
	wait_dead(scene);
	child_look(&scene->child);
}

static void end(struct scene *scene)
{
	expect(scene, CHILD_OVER);
	uv_run(&scene->loop, UV_RUN_DEFAULT);
	assert_int_equal(scene->gone, 1);
	assert_int_equal(uv_loop_close(&scene->loop), 0);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	spool_drop(&scene->out);
	spool_drop(&scene->err);
	spill_close(&scene->spill);
	close(scene->child.null);
}

static const char holds[] =
	"{ trap '' TERM; echo up; while :; do read word <never; done; }"
	" & read word <never";
static const char deaf[] = "trap '' TERM; echo up; while :; do read word <never; done";

static struct scene scene;

static void the_end_and_then_the_pipes(void **state)
{
	begin(&scene, *state, "exit 3");
	look_dead(&scene);
	expect(&scene, CHILD_DRAINING);
	uv_run(&scene.loop, UV_RUN_DEFAULT);
	end(&scene);
	assert_int_equal(scene.result.outcome, OUTCOME_EXITED);
	assert_int_equal(scene.result.exit, 3);
	assert_null(scene.result.note);
}

static void the_pipes_and_then_the_end(void **state)
{
	struct fixture *fixture = *state;

	make_fifo(fixture, "go");
	begin(&scene, fixture, "exec >&- 2>&-; read word <go");
	while (scene.child.open)
		uv_run(&scene.loop, UV_RUN_ONCE);
	expect(&scene, CHILD_RUNNING);
	release(fixture, "go");
	look_dead(&scene);
	end(&scene);
	assert_int_equal(scene.result.outcome, OUTCOME_EXITED);
}

static void a_deadline_stops_and_then_kills(void **state)
{
	begin(&scene, *state, deaf);
	wait_line(&scene);
	child_time(&scene.child);
	expect(&scene, CHILD_STOPPING);
	child_stop(&scene.child, OUTCOME_STOPPED);
	expect(&scene, CHILD_STOPPING);
	pass_time(&scene);
	expect(&scene, CHILD_KILLED);
	child_stop(&scene.child, OUTCOME_STOPPED);
	child_kill(&scene.child);
	expect(&scene, CHILD_KILLED);
	look_dead(&scene);
	expect(&scene, CHILD_DRAINING);
	uv_run(&scene.loop, UV_RUN_DEFAULT);
	end(&scene);
	assert_int_equal(scene.result.outcome, OUTCOME_TIMED_OUT);
	assert_int_equal(scene.result.signal, SIGKILL);
}

static void who_is_not_seen_to_die_is_left(void **state)
{
	begin(&scene, *state, deaf);
	wait_line(&scene);
	child_kill(&scene.child);
	expect(&scene, CHILD_KILLED);
	/* As if KILL did nothing: the look that the timer takes finds another. */
	scene.child.ended = false;
	wait_dead(&scene);
	waitpid(scene.child.pid, NULL, 0);
	scene.child.pid = fork();
	if (scene.child.pid == 0) {
		pause();
		_exit(0);
	}
	pass_time(&scene);
	kill(scene.child.pid, SIGKILL);
	waitpid(scene.child.pid, NULL, 0);
	end(&scene);
	assert_int_equal(scene.result.outcome, OUTCOME_STOPPED);
	assert_int_equal(scene.result.signal, 0);
}

/* The time of the grace period comes before anybody has seen the leader's end. */
static void a_grace_period_over_with_the_end_unseen(void **state)
{
	begin(&scene, *state, holds);
	wait_line(&scene);
	child_stop(&scene.child, OUTCOME_STOPPED);
	expect(&scene, CHILD_STOPPING);
	wait_dead(&scene);
	pass_time(&scene);
	expect(&scene, CHILD_DRAINING);
	uv_run(&scene.loop, UV_RUN_DEFAULT);
	end(&scene);
	assert_int_equal(scene.result.outcome, OUTCOME_STOPPED);
	assert_int_equal(scene.result.signal, SIGTERM);
}

/* A deadline that comes when the end is unseen is no deadline that was missed. */
static void a_deadline_with_the_end_unseen(void **state)
{
	begin(&scene, *state, "{ read word <never; } & exit 4");
	wait_dead(&scene);
	child_time(&scene.child);
	expect(&scene, CHILD_DRAINING);
	pass_time(&scene);
	kill(-scene.child.pid, SIGKILL);
	end(&scene);
	assert_int_equal(scene.result.outcome, OUTCOME_EXITED);
	assert_int_equal(scene.result.exit, 4);
	assert_string_equal(scene.result.note,
	                    "a background process holds its output; what it "
	                    "prints from now on is lost");
}

/* What the leader leaves behind has the rest of the grace period. */
static void the_group_has_the_rest_of_the_grace_period(void **state)
{
	begin(&scene, *state, holds);
	wait_line(&scene);
	child_stop(&scene.child, OUTCOME_STOPPED);
	look_dead(&scene);
	expect(&scene, CHILD_LINGERING);
	child_stop(&scene.child, OUTCOME_STOPPED);
	expect(&scene, CHILD_LINGERING);
	pass_time(&scene);
	expect(&scene, CHILD_DRAINING);
	uv_run(&scene.loop, UV_RUN_DEFAULT);
	end(&scene);
}

static void a_kill_ends_the_grace_period_of_the_group(void **state)
{
	begin(&scene, *state, holds);
	wait_line(&scene);
	child_stop(&scene.child, OUTCOME_STOPPED);
	look_dead(&scene);
	expect(&scene, CHILD_LINGERING);
	child_kill(&scene.child);
	expect(&scene, CHILD_DRAINING);
	uv_run(&scene.loop, UV_RUN_DEFAULT);
	end(&scene);
}

static void a_stop_reaches_who_holds_the_pipes(void **state)
{
	begin(&scene, *state, "{ read word <never; } & exit 0");
	look_dead(&scene);
	expect(&scene, CHILD_DRAINING);
	child_stop(&scene.child, OUTCOME_STOPPED);
	expect(&scene, CHILD_LINGERING);
	uv_run(&scene.loop, UV_RUN_DEFAULT);
	end(&scene);
	assert_int_equal(scene.result.outcome, OUTCOME_EXITED);
}

static void a_kill_reaches_who_holds_the_pipes(void **state)
{
	begin(&scene, *state, "{ trap '' TERM; read word <never; } & exit 0");
	look_dead(&scene);
	child_kill(&scene.child);
	expect(&scene, CHILD_DRAINING);
	uv_run(&scene.loop, UV_RUN_DEFAULT);
	end(&scene);
	assert_int_equal(scene.result.outcome, OUTCOME_EXITED);
}

/* Nothing has been read when the time comes, as after a write that had to wait:
 * all that stands in the pipe is kept. */
static void what_stands_in_the_pipe_is_kept(void **state)
{
	begin(&scene, *state,
	      "{ read word <never; } & head -c 50000 /dev/zero; exit 0");
	look_dead(&scene);
	assert_int_equal(spool_length(&scene.out), 0);
	pass_time(&scene);
	assert_int_equal(spool_length(&scene.out), 50000);
	kill(-scene.child.pid, SIGKILL);
	end(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_end_and_then_the_pipes),
		TEST(the_pipes_and_then_the_end),
		TEST(a_deadline_stops_and_then_kills),
		TEST(who_is_not_seen_to_die_is_left),
		TEST(a_grace_period_over_with_the_end_unseen),
		TEST(a_deadline_with_the_end_unseen),
		TEST(the_group_has_the_rest_of_the_grace_period),
		TEST(a_kill_ends_the_grace_period_of_the_group),
		TEST(a_stop_reaches_who_holds_the_pipes),
		TEST(a_kill_reaches_who_holds_the_pipes),
		TEST(what_stands_in_the_pipe_is_kept),
	};

	jobs_setup();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
