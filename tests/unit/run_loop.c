/* The loop of a view that stays: folders that change, children, work on threads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>

#include "base/arena.h"
#include "base/buf.h"
#include "run/loop.h"
#include "run/watch.h"
#include "scratch.h"

extern char **environ;

struct view {
	struct arena arena;
	struct loop *loop;
	struct watches *watches;
	struct watch_set *set;
	char name[64]; /* of the last change; "": none */
	bool folders;
	struct buf out; /* of the child */
	struct job_result result;
	bool over; /* the child */
	int worked;
};

static void on_change(void *context, const char *name, bool folders)
{
	struct view *view = context;

	snprintf(view->name, sizeof view->name, "%s", name);
	view->folders = folders;
	loop_stop(view->loop);
}

static int start(void **state)
{
	struct view *view = calloc(1, sizeof *view);
	struct error err;

	scratch_setup(state);
	assert_true(loop_open(&view->loop, &view->arena, &err));
	view->watches = watches_open(view->loop, &view->arena);
	view->set = watch_set_make(view->watches, on_change, view);
	*state = view;
	return 0;
}

static int end(void **state)
{
	struct view *view = *state;

	watches_close(view->watches);
	assert_true(loop_close(view->loop));
	buf_drop(&view->out);
	arena_drop(&view->arena);
	free(view);
	return scratch_teardown(state);
}

/* Watches these folders; whether one is new. */
static bool watch(struct view *view, const char *one, const char *other)
{
	struct strings list = {0};
	bool news;

	strings_add(&view->arena, &list, in_scratch(one));
	if (other)
		strings_add(&view->arena, &list, in_scratch(other));
	assert_true(watch_set_update(view->set, &list, &news));
	return news;
}

static void a_change_is_told_by_its_name(void **state)
{
	struct view *view = *state;

	scratch_folder("a");
	scratch_folder("b");
	assert_true(watch(view, "a", "b"));
	assert_false(watch(view, "a", "b"));
	assert_int_equal(watches_count(view->watches), 2);
	scratch_file("b/file", "");
	loop_run(view->loop);
	assert_string_equal(view->name, "file");
	assert_false(view->folders);
}

static void a_folder_that_appears_is_told_as_one(void **state)
{
	struct view *view = *state;

	scratch_folder("a");
	watch(view, "a", NULL);
	scratch_folder("a/inner");
	loop_run(view->loop);
	assert_string_equal(view->name, "inner");
	assert_true(view->folders);
}

static void what_is_left_out_is_watched_no_more(void **state)
{
	struct view *view = *state;

	scratch_folder("a");
	scratch_folder("b");
	watch(view, "a", "b");
	assert_false(watch(view, "b", NULL));
	assert_int_equal(watches_count(view->watches), 1);
	scratch_file("a/unseen", "");
	scratch_file("b/seen", "");
	loop_run(view->loop);
	assert_string_equal(view->name, "seen");
}

static void a_folder_that_came_again_is_watched_anew(void **state)
{
	struct view *view = *state;

	scratch_folder("a");
	watch(view, "a", NULL);
	rmdir(in_scratch("a"));
	loop_run(view->loop);
	assert_true(view->folders);
	scratch_folder("a");
	assert_true(watch(view, "a", NULL));
	scratch_file("a/again", "");
	do
		loop_run(view->loop);
	while (strcmp(view->name, "again") != 0);
}

static void one_that_is_not_there_is_passed_over(void **state)
{
	struct view *view = *state;

	scratch_folder("a");
	watch(view, "a", "missing");
	assert_int_equal(watches_count(view->watches), 1);
}

static void on_output(void *context, const char *bytes, size_t length)
{
	struct view *view = context;

	buf_add(&view->out, bytes, length);
	if (strchr(view->out.data, '\n'))
		loop_stop(view->loop);
}

static void on_end(void *context, const struct job_result *result)
{
	struct view *view = context;

	view->result = *result;
	view->over = true;
	loop_stop(view->loop);
}

static struct loop_child *start_child(struct view *view, const char *script)
{
	const struct loop_child_options options = {on_output, on_end, view};
	const char *words[] = {"sh", "-c", script, NULL};
	const struct job job = {.name = "child",
	                        .folder = scratch.path,
	                        .words = words,
	                        .environment = (const char *const *)(uintptr_t)environ};
	struct loop_child *child = NULL;
	struct error err;

	assert_true(loop_child_start(&child, view->loop, &job, &options, &err));
	return child;
}

static void output_comes_while_the_child_runs(void **state)
{
	struct view *view = *state;

	mkfifo(in_scratch("gate"), 0600);
	start_child(view, "echo first; read word <gate; echo $word; exit 3");
	loop_run(view->loop);
	assert_string_equal(buf_text(&view->out), "first\n");
	assert_false(view->over);
	scratch_file("gate", "second\n");
	while (!view->over)
		loop_run(view->loop);
	assert_string_equal(buf_text(&view->out), "first\nsecond\n");
	assert_int_equal(view->result.outcome, OUTCOME_EXITED);
	assert_int_equal(view->result.exit, 3);
}

static void a_child_is_stopped(void **state)
{
	struct view *view = *state;
	struct loop_child *child = start_child(view, "echo here; exec sleep 1000");

	loop_run(view->loop);
	loop_child_stop(child);
	while (!view->over)
		loop_run(view->loop);
	assert_int_equal(view->result.outcome, OUTCOME_STOPPED);
	assert_int_equal(view->result.signal, SIGTERM);
}

static void closing_ends_what_is_left(void **state)
{
	struct view *view = *state;

	start_child(view, "echo here; exec sleep 1000");
	loop_run(view->loop); /* and the teardown closes */
	assert_false(view->over);
}

static void do_work(void *context)
{
	struct view *view = context;

	view->worked++;
}

static void on_done(void *context)
{
	struct view *view = context;

	assert_int_equal(view->worked++, 1);
	loop_stop(view->loop);
}

static void work_is_done_before_it_is_told(void **state)
{
	struct view *view = *state;

	loop_work(view->loop, do_work, on_done, view);
	loop_run(view->loop);
	assert_int_equal(view->worked, 2);
}

static void input_stays_blocking(void **state)
{
	struct view *view = *state;
	struct error err;
	int files[2];

	assert_int_equal(pipe(files), 0);
	assert_true(loop_on_input(view->loop, files[0], on_done, view, &err));
	assert_int_equal(fcntl(files[0], F_GETFL) & O_NONBLOCK, 0);
	view->worked = 1;
	assert_int_equal(write(files[1], "x", 1), 1);
	loop_run(view->loop);
	assert_int_equal(view->worked, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_change_is_told_by_its_name, start,
	                                        end),
		cmocka_unit_test_setup_teardown(a_folder_that_appears_is_told_as_one,
	                                        start, end),
		cmocka_unit_test_setup_teardown(what_is_left_out_is_watched_no_more,
	                                        start, end),
		cmocka_unit_test_setup_teardown(
			a_folder_that_came_again_is_watched_anew, start, end),
		cmocka_unit_test_setup_teardown(one_that_is_not_there_is_passed_over,
	                                        start, end),
		cmocka_unit_test_setup_teardown(output_comes_while_the_child_runs,
	                                        start, end),
		cmocka_unit_test_setup_teardown(a_child_is_stopped, start, end),
		cmocka_unit_test_setup_teardown(closing_ends_what_is_left, start, end),
		cmocka_unit_test_setup_teardown(work_is_done_before_it_is_told, start,
	                                        end),
		cmocka_unit_test_setup_teardown(input_stays_blocking, start, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
