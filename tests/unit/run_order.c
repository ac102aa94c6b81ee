/* Which job starts when, which result comes when, and which job starts again. */
#include "run_fixture.h"

static size_t started[64];
static size_t started_count;

static void note_start(void *context, size_t index)
{
	(void)context;
	started[started_count++] = index;
}

static void watch_starts(struct fixture *fixture)
{
	started_count = 0;
	fixture->options.on_start = note_start;
}

static void the_heaviest_start_first(void **state)
{
	struct fixture *fixture = *state;
	static const double weights[] = {0, 2, 7, 2, 5};
	static const size_t expected[] = {2, 4, 1, 3, 0};

	watch_starts(fixture);
	fixture->options.at_once = 1;
	for (size_t i = 0; i < 5; i++)
		add_script(fixture, "a", "exit 0")->weight = weights[i];
	run_jobs(fixture);
	assert_int_equal(started_count, 5);
	assert_memory_equal(started, expected, sizeof expected);
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(fixture->told[expected[i]].turn, i);
}

static void with_an_order_weights_do_not_matter(void **state)
{
	struct fixture *fixture = *state;

	watch_starts(fixture);
	fixture->options.at_once = 1;
	fixture->options.in_order = true;
	for (size_t i = 0; i < 5; i++)
		add_script(fixture, "a", "exit 0")->weight = (double)i;
	run_jobs(fixture);
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(started[i], i);
}

/* Each makes a folder that only one can have. The first waits for the second job of the
 * other lock, so those of another lock run meanwhile. */
static void jobs_of_one_lock_run_in_turn(void **state)
{
	struct fixture *fixture = *state;

	make_fifo(fixture, "go");
	add_script(fixture, "a", "mkdir one && read word <go && rmdir one")->lock =
		"one";
	for (size_t i = 0; i < 5; i++)
		add_script(fixture, "a", "mkdir one && rmdir one")->lock = "one";
	add_script(fixture, "b", "mkdir other && rmdir other")->lock = "other";
	add_script(fixture, "b", "mkdir other && echo go >go && rmdir other")->lock =
		"other";
	add_script(fixture, "c", "exit 0");
	run_jobs(fixture);
	assert_report(fixture, 9, 0, 0);
	assert_true(fixture->told[6].turn < fixture->told[0].turn);
	for (size_t i = 1; i < 6; i++)
		assert_true(fixture->told[i].turn > fixture->told[i - 1].turn);
}

static size_t per_host_now, per_host_most;

static void count_start(void *context, size_t index)
{
	const struct fixture *fixture = context;

	if (fixture->items[index].host && ++per_host_now > per_host_most)
		per_host_most = per_host_now;
}

static bool count_end(struct fixture *fixture, size_t index)
{
	if (fixture->items[index].host)
		per_host_now--;
	return true;
}

/* Two of the host meet, a third never comes: they wait for each other, and for one
 * without a host that comes behind all of them. */
static void a_host_has_its_limit(void **state)
{
	struct fixture *fixture = *state;

	make_fifo(fixture, "there");
	make_fifo(fixture, "back");
	make_fifo(fixture, "free");
	per_host_now = per_host_most = 0;
	fixture->options.per_host = 2;
	fixture->options.on_start = count_start;
	fixture->then = count_end;
	add_script(fixture, "a", "echo 1 >there; read word <back; read word <free")
		->host = "h";
	add_script(fixture, "a", "read word <there; echo 1 >back")->host = "h";
	for (size_t i = 0; i < 10; i++)
		add_script(fixture, "a", "exit 0")->host = "h";
	add_script(fixture, "b", "echo 1 >free");
	run_jobs(fixture);
	assert_report(fixture, 13, 0, 0);
	assert_int_equal(per_host_most, 2);
}

static double try_three_times(void *context, size_t index,
                              const struct job_result *result)
{
	(void)context;
	(void)index;
	return result->exit != 0 && result->tries < 3 ? 0 : -1;
}

static void a_failure_is_tried_again(void **state)
{
	struct fixture *fixture = *state;

	watch_starts(fixture);
	fixture->options.at_once = 1;
	fixture->options.retry = try_three_times;
	add_script(fixture, "a",
	           "echo x >>tries; wc -l <tries; [ $(wc -l <tries) = 2 ]");
	add_script(fixture, "b", "echo fine");
	add_script(fixture, "c", "exit 5");
	run_jobs(fixture);
	assert_report(fixture, 2, 1, 0);
	assert_string_equal(buf_text(&fixture->told[0].out), "2\n");
	assert_int_equal(fixture->told[0].result.tries, 2);
	assert_int_equal(fixture->told[1].result.tries, 1);
	assert_int_equal(fixture->told[2].result.tries, 3);
	assert_int_equal(fixture->told[2].result.exit, 5);
	assert_int_equal(started_count, 6);
}

static void the_output_of_every_try_can_be_kept(void **state)
{
	struct fixture *fixture = *state;

	fixture->options.retry = try_three_times;
	fixture->options.keep_retried = true;
	add_script(fixture, "a", "echo x >>tries; wc -l <tries; exit 1");
	run_jobs(fixture);
	assert_report(fixture, 0, 1, 0);
	assert_string_equal(buf_text(&fixture->told[0].out), "1\n2\n3\n");
}

static double try_much_later(void *context, size_t index,
                             const struct job_result *result)
{
	const struct fixture *fixture = context;

	(void)result;
	if (index == 0)
		release((struct fixture *)(uintptr_t)fixture, "go");
	return index == 0 ? 3600 : -1;
}

/* What waits for another try when the run is stopped ends as its last try did. */
static void a_stop_does_not_wait_for_another_try(void **state)
{
	struct fixture *fixture = *state;

	make_fifo(fixture, "go");
	fixture->options.fail_fast = true;
	fixture->options.retry = try_much_later;
	add_script(fixture, "a", "echo kept; exit 7");
	add_script(fixture, "b", "read word <go; exit 1");
	run_jobs(fixture);
	assert_report(fixture, 0, 2, 0);
	assert_int_equal(fixture->told[0].result.exit, 7);
	assert_int_equal(fixture->told[0].result.tries, 1);
	assert_string_equal(buf_text(&fixture->told[0].out), "kept\n");
}

/* The last result lets none wait, so that the two are in one lot however long they
 * take; each of them ends before the first does. */
static void what_ends_together_comes_by_index(void **state)
{
	struct fixture *fixture = *state;

	make_fifo(fixture, "one");
	make_fifo(fixture, "two");
	fixture->options.gather = true;
	add_script(fixture, "a", "read word <one");
	add_script(fixture, "b", "read word <two; echo go >one");
	add_script(fixture, "c", "echo go >two");
	run_jobs(fixture);
	assert_report(fixture, 3, 0, 0);
	assert_int_equal(fixture->told[0].turn + fixture->told[1].turn +
	                         fixture->told[2].turn,
	                 3);
}

static bool release_the_last(struct fixture *fixture, size_t index)
{
	if (index == 0)
		release(fixture, "go");
	return true;
}

/* The last one ends only when the first was handed over: it is not held back for
 * longer than its time. */
static void nothing_is_held_back_for_ever(void **state)
{
	struct fixture *fixture = *state;

	make_fifo(fixture, "go");
	fixture->options.gather = true;
	fixture->then = release_the_last;
	add_script(fixture, "a", "exit 0");
	add_script(fixture, "b", "read word <go");
	run_jobs(fixture);
	assert_int_equal(fixture->told[0].turn, 0);
	assert_int_equal(fixture->told[1].turn, 1);
}

static bool release_after_the_second(struct fixture *fixture, size_t index)
{
	if (index == 1)
		release(fixture, "go");
	return true;
}

/* There is one place, which the second job has while the last one prepares. */
static void one_that_prepares_holds_up_only_what_comes_after_it(void **state)
{
	struct fixture *fixture = *state;

	make_fifo(fixture, "go");
	watch_starts(fixture);
	fixture->options.at_once = 1;
	fixture->then = release_after_the_second;
	add_script(fixture, "after", "exit 0");
	add_script(fixture, "other", "exit 0");
	add_script(fixture, "prepares", "read word <go")->prepares = true;
	fixture->items[0].after = &fixture->items[2];
	run_jobs(fixture);
	assert_report(fixture, 2, 0, 0);
	assert_int_equal(fixture->told[1].turn, 0);
	assert_int_equal(fixture->told[2].turn, 1);
	assert_int_equal(fixture->told[0].turn, 2);
}

static size_t started_before_the_last;

static bool count_started(struct fixture *fixture, size_t index)
{
	if (index == fixture->count - 1)
		started_before_the_last = started_count - 1;
	return true;
}

static void all_others_can_be_held(void **state)
{
	struct fixture *fixture = *state;

	watch_starts(fixture);
	fixture->options.hold = 1000;
	fixture->then = count_started;
	add_script(fixture, "other", "exit 0");
	add_script(fixture, "prepares", "exit 1")->prepares = true;
	run_jobs(fixture);
	assert_int_equal(started_before_the_last, 0);
	assert_report(fixture, 1, 0, 0);
}

/* It ends only after one that was held. */
static void none_is_held_for_ever(void **state)
{
	struct fixture *fixture = *state;

	make_fifo(fixture, "go");
	fixture->options.hold = 0.01;
	add_script(fixture, "other", "echo go >go");
	add_script(fixture, "prepares", "read word <go")->prepares = true;
	run_jobs(fixture);
	assert_report(fixture, 1, 0, 0);
}

static void what_prepares_is_no_failure_of_the_run(void **state)
{
	struct fixture *fixture = *state;

	fixture->options.fail_fast = true;
	fixture->options.in_order = true;
	add_script(fixture, "prepares", "exit 1")->prepares = true;
	add_script(fixture, "a", "exit 0");
	add_script(fixture, "b", "exit 0");
	fixture->items[1].after = fixture->items[2].after = &fixture->items[0];
	run_jobs(fixture);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(fixture->told[i].turn, i);
	assert_report(fixture, 2, 0, 0);
}

/* Those that wait for it have not run then. */
static void a_stop_ends_what_prepares(void **state)
{
	struct fixture *fixture = *state;

	make_fifo(fixture, "there");
	fixture->options.fail_fast = true;
	add_script(fixture, "after", "exit 0");
	add_script(fixture, "fails", "read word <there; exit 1");
	add_script(fixture, "prepares", "echo 1 >there; sleep 1000")->prepares = true;
	fixture->items[0].after = &fixture->items[2];
	run_jobs(fixture);
	assert_int_equal(fixture->told[2].result.outcome, OUTCOME_STOPPED);
	assert_report(fixture, 0, 1, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_heaviest_start_first),
		TEST(with_an_order_weights_do_not_matter),
		TEST(jobs_of_one_lock_run_in_turn),
		TEST(a_host_has_its_limit),
		TEST(a_failure_is_tried_again),
		TEST(the_output_of_every_try_can_be_kept),
		TEST(a_stop_does_not_wait_for_another_try),
		TEST(what_ends_together_comes_by_index),
		TEST(nothing_is_held_back_for_ever),
		TEST(one_that_prepares_holds_up_only_what_comes_after_it),
		TEST(all_others_can_be_held),
		TEST(none_is_held_for_ever),
		TEST(what_prepares_is_no_failure_of_the_run),
		TEST(a_stop_ends_what_prepares),
	};

	jobs_setup();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
