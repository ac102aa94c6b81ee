/* Where output is kept: in memory, then in blocks of one file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "spool.h"

enum { BLOCK = 64 << 10 };

static bool take_into(void *context, const char *bytes, size_t length)
{
	buf_add(context, bytes, length);
	return true;
}

/* `length` bytes that tell their place, in pieces of odd sizes. */
static void fill(struct spool *spool, size_t length, unsigned seed)
{
	char piece[5000];

	for (size_t at = 0; at < length;) {
		size_t size = at * 31 % sizeof piece + 1;

		if (size > length - at)
			size = length - at;
		for (size_t i = 0; i < size; i++)
			piece[i] = (char)((at + i) * 13 / 7 + seed);
		spool_add(spool, piece, size);
		at += size;
	}
}

static void assert_filled(struct spool *spool, size_t length, unsigned seed)
{
	BUF all = {0};

	assert_int_equal(spool_length(spool), length);
	assert_true(spool_each(spool, take_into, &all));
	assert_int_equal(all.length, length);
	for (size_t i = 0; i < length; i++)
		assert_int_equal((unsigned char)all.data[i],
		                 (unsigned char)(i * 13 / 7 + seed));
}

static void spools_share_a_file(void **state)
{
	struct spill spill;
	struct spool one = {.spill = &spill, .limit = 1000};
	struct spool other = {.spill = &spill, .limit = 1000};

	(void)state;
	spill_open(&spill);
	fill(&one, 900, 1);
	assert_int_equal(spill.file, -1);
	fill(&other, 3 * BLOCK + 1000, 2);
	assert_int_equal(spill.blocks, 3);
	assert_filled(&one, 900, 1);
	assert_filled(&other, 3 * BLOCK + 1000, 2);
	spool_drop(&one);
	spool_drop(&other);
	spill_close(&spill);
}

static void blocks_are_used_again_and_given_back(void **state)
{
	struct spill spill;
	struct spool spools[3] = {
		{.spill = &spill}, {.spill = &spill}, {.spill = &spill}};
	struct stat status;

	(void)state;
	spill_open(&spill);
	fill(&spools[0], 5 * BLOCK + 1, 1);
	fill(&spools[1], 2 * BLOCK, 2);
	spool_drop(&spools[0]);
	fill(&spools[2], 6 * BLOCK + 7, 3);
	assert_int_equal(spill.blocks, 9);
	assert_filled(&spools[1], 2 * BLOCK, 2);
	assert_filled(&spools[2], 6 * BLOCK + 7, 3);
	spool_drop(&spools[1]);
	spool_drop(&spools[2]);
	assert_int_equal(fstat(spill.file, &status), 0);
	assert_int_equal(status.st_size, 0);
	spill_close(&spill);
}

static void all_together_are_bounded(void **state)
{
	struct spill spill;
	struct spool first = {.spill = &spill, .limit = 100 << 20};
	struct spool second = {.spill = &spill, .limit = 100 << 20};

	(void)state;
	spill_open(&spill);
	fill(&first, 60 << 20, 1);
	assert_int_equal(spill.file, -1);
	fill(&second, 10 << 20, 2);
	assert_int_equal(spill.held, 64 << 20);
	assert_int_equal(second.tail, 6 << 20);
	spool_drop(&first);
	assert_int_equal(spill.held, 4 << 20);
	assert_filled(&second, 10 << 20, 2);
	spool_drop(&second);
	spill_close(&spill);
}

static void without_a_file_the_head_is_kept(void **state)
{
	struct spill spill;
	struct spool spool = {.spill = &spill, .limit = 1000};

	(void)state;
	setenv("TMPDIR", "/nonexistent", 1);
	spill_open(&spill);
	fill(&spool, 5000, 1);
	unsetenv("TMPDIR");
	assert_int_equal(spool.lost, ENOENT);
	assert_filled(&spool, 1000, 1);
	spool_drop(&spool);
	spill_close(&spill);
}

static bool take_one(void *context, const char *bytes, size_t length)
{
	(void)bytes;
	(void)length;
	++*(unsigned *)context;
	return false;
}

static void who_takes_no_more_gets_no_more(void **state)
{
	struct spill spill;
	struct spool spool = {.spill = &spill, .limit = 1000};
	unsigned calls = 0;

	(void)state;
	spill_open(&spill);
	fill(&spool, 5000, 1);
	assert_false(spool_each(&spool, take_one, &calls));
	assert_int_equal(calls, 1);
	spool_drop(&spool);
	spill_close(&spill);
}

static void a_tail_is_the_end_of_it(void **state)
{
	struct spill spill;
	struct spool spool = {.spill = &spill, .limit = 1000};
	BUF tail = {0};

	(void)state;
	spill_open(&spill);
	fill(&spool, 3 * BLOCK, 1);
	spool_tail(&tail, &spool, BLOCK + 7);
	assert_int_equal(tail.length, BLOCK + 7);
	for (size_t i = 0; i < tail.length; i++)
		assert_int_equal((unsigned char)tail.data[i],
		                 (unsigned char)((2 * BLOCK - 7 + i) * 13 / 7 + 1));
	buf_clear(&tail);
	spool_tail(&tail, &spool, 4 * BLOCK);
	assert_int_equal(tail.length, 3 * BLOCK);
	spool_drop(&spool);
	spill_close(&spill);
}

/* However much of each is in memory. */
static void copies_are_equal_and_outlive_it(void **state)
{
	struct spill spill;
	struct spool one = {.spill = &spill, .limit = 1000};
	struct spool other = {.spill = &spill, .limit = 77777};
	struct spools *spools = spools_open();
	struct spool *copy, *second, *none;

	(void)state;
	spill_open(&spill);
	assert_true(spools_copy(&none, spools, &one));
	fill(&one, 3 * BLOCK, 1);
	fill(&other, 3 * BLOCK, 1);
	assert_true(spool_equal(&one, &other));
	spool_add(&other, "x", 1);
	assert_false(spool_equal(&one, &other));
	spool_add(&one, "y", 1);
	assert_false(spool_equal(&one, &other));
	assert_true(spools_copy(&copy, spools, &one));
	assert_true(spools_copy(&second, spools, &other));
	assert_true(spool_equal(&one, copy));
	assert_true(spool_equal(&other, second));
	spool_drop(&one);
	spool_drop(&other);
	spill_close(&spill);
	assert_int_equal(spool_length(none), 0);
	assert_int_equal(spool_length(copy), 3 * BLOCK + 1);
	assert_false(spool_equal(copy, second));
	spools_close(spools);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spools_share_a_file),
		cmocka_unit_test(blocks_are_used_again_and_given_back),
		cmocka_unit_test(all_together_are_bounded),
		cmocka_unit_test(without_a_file_the_head_is_kept),
		cmocka_unit_test(who_takes_no_more_gets_no_more),
		cmocka_unit_test(a_tail_is_the_end_of_it),
		cmocka_unit_test(copies_are_equal_and_outlive_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
