/* Pieces on threads: each once, in the order given, late ones left behind. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "run/pool.h"

enum { PIECES = 500 };

static atomic_uint calls[PIECES];
static atomic_size_t turns;
static size_t order_seen[PIECES];

static void count_piece(void *context, size_t index, const struct spread *spread)
{
	(void)context;
	(void)spread;
	order_seen[atomic_fetch_add(&turns, 1)] = index;
	atomic_fetch_add(&calls[index], 1);
}

static void forget_pieces(void)
{
	memset(calls, 0, sizeof calls);
	atomic_store(&turns, 0);
}

static void each_piece_is_done_once(void **state)
{
	static const struct pool_options cases[] = {
		{.threads = 1},
		{.threads = 3},
		{.threads = 0},
		{.threads = 1, .deadline = 600},
		{.threads = 3, .deadline = 600},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		bool late[PIECES] = {false};

		forget_pieces();
		assert_int_equal(pool_run(PIECES, &cases[i], count_piece, NULL, late),
		                 0);
		for (size_t j = 0; j < PIECES; j++) {
			assert_int_equal(atomic_load(&calls[j]), 1);
			assert_false(late[j]);
		}
	}
}

static void no_pieces_are_done_at_once(void **state)
{
	const struct pool_options options = {.threads = 2, .deadline = 600};

	(void)state;
	assert_int_equal(pool_run(0, &options, count_piece, NULL, NULL), 0);
}

static void pieces_start_in_the_order_given(void **state)
{
	size_t order[PIECES];
	const struct pool_options options = {.threads = 1, .order = order};
	bool late[PIECES] = {false};

	(void)state;
	for (size_t i = 0; i < PIECES; i++)
		order[i] = (i * 7 + 3) % PIECES;
	forget_pieces();
	pool_run(PIECES, &options, count_piece, NULL, late);
	assert_memory_equal(order_seen, order, sizeof order);
}

/* Two pieces that can only end together: some thread must have come to help. */
static pthread_barrier_t meeting;

static void meet(void *context, size_t index)
{
	(void)index;
	pthread_barrier_wait(&meeting);
	atomic_fetch_add((atomic_uint *)context, 1);
}

static void spread_two(void *context, size_t index, const struct spread *spread)
{
	(void)index;
	assert_int_equal(spread->threads, 2);
	spread->run(spread, 2, meet, context);
}

static void an_idle_thread_helps(void **state)
{
	static const struct pool_options cases[] = {
		{.threads = 2},
		{.threads = 2, .deadline = 600},
	};

	(void)state;
	pthread_barrier_init(&meeting, NULL, 2);
	for (size_t i = 0; i < 2; i++)
		for (size_t count = 1; count < 4; count++) {
			atomic_uint met = 0;
			bool late[3] = {false};

			pool_run(count, &cases[i], spread_two, &met, late);
			assert_int_equal(met, 2 * count);
		}
	pthread_barrier_destroy(&meeting);
}

/* What is spread by what is spread is done in turn, and all of it. */
struct nest {
	const struct spread *spread;
	atomic_uint *leaves;
};

static void count_leaf(void *context, size_t index)
{
	atomic_fetch_add((atomic_uint *)context, (unsigned)index + 1);
}

static void spread_inner(void *context, size_t index)
{
	const struct nest *nest = context;

	(void)index;
	nest->spread->run(nest->spread, 3, count_leaf, nest->leaves);
}

static void spread_outer(void *context, size_t index, const struct spread *spread)
{
	struct nest nest = {spread, context};

	(void)index;
	spread->run(spread, 10, spread_inner, &nest);
	spread->run(spread, 0, spread_inner, &nest);
	spread->run(spread, 1, spread_inner, &nest);
}

static void spreads_nest(void **state)
{
	(void)state;
	for (size_t threads = 1; threads < 5; threads++) {
		const struct pool_options options = {.threads = threads};
		atomic_uint leaves = 0;
		bool late[20] = {false};

		pool_run(20, &options, spread_outer, &leaves, late);
		assert_int_equal(leaves, 20 * 11 * (1 + 2 + 3));
	}
}

/* A disk that does not answer: these never return. */
static int never[2];

static void hang(void *context, size_t index)
{
	char byte;

	(void)context;
	(void)index;
	(void)!read(never[0], &byte, 1);
}

static void hang_some(void *context, size_t index, const struct spread *spread)
{
	if (index % 10 == 3)
		hang(context, index);
	if (index % 10 == 7)
		spread->run(spread, 4, hang, NULL);
	atomic_fetch_add(&calls[index], 1);
}

static void who_hangs_is_left_behind(void **state)
{
	static bool late[PIECES]; /* what hangs would outlive a local one */
	const struct pool_options options = {.threads = 2, .deadline = 0.5};

	(void)state;
	assert_int_equal(pipe(never), 0);
	forget_pieces();
	assert_int_equal(pool_run(40, &options, hang_some, NULL, late), 8);
	for (size_t i = 0; i < 40; i++) {
		bool hangs = i % 10 == 3 || i % 10 == 7;

		assert_int_equal(late[i], hangs);
		assert_int_equal(atomic_load(&calls[i]), !hangs);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_piece_is_done_once),
		cmocka_unit_test(no_pieces_are_done_at_once),
		cmocka_unit_test(pieces_start_in_the_order_given),
		cmocka_unit_test(an_idle_thread_helps),
		cmocka_unit_test(spreads_nest),
		cmocka_unit_test(who_hangs_is_left_behind), /* last: threads stay */
	};

	/* As pool_run asks of its caller once something was late. */
	_exit(cmocka_run_group_tests(tests, NULL, NULL));
}
