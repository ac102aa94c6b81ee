/* Memory that is given back all at once, and its end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/memory.h"

static void pieces_are_zeroed_aligned_and_apart(void **state)
{
	static const size_t sizes[] = {1, 7, 16, 17, 1000, 5000, 3, 100000, 8};
	unsigned char *pieces[sizeof sizes / sizeof *sizes];
	struct arena arena = {0};

	(void)state;
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		pieces[i] = arena_take(&arena, sizes[i]);
		assert_int_equal((uintptr_t)pieces[i] % alignof(max_align_t), 0);
		for (size_t j = 0; j < sizes[i]; j++)
			assert_int_equal(pieces[i][j], 0);
		memset(pieces[i], (int)i + 1, sizes[i]);
	}
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		for (size_t j = 0; j < sizes[i]; j++)
			assert_int_equal(pieces[i][j], i + 1);
	}
	arena_drop(&arena);
	assert_null(arena.last);
}

static void nothing_has_an_address_of_its_own(void **state)
{
	struct arena arena = {0};
	void *one = arena_take(&arena, 0);
	void *other = arena_take(&arena, 0);

	(void)state;
	assert_non_null(one);
	assert_ptr_not_equal(one, other);
	arena_drop(&arena);
}

static void copies_and_formats(void **state)
{
	struct arena arena = {0};

	(void)state;
	assert_string_equal(arena_string(&arena, "text"), "text");
	assert_memory_equal(arena_bytes(&arena, "a\0bc", 3), "a\0b", 4);
	assert_string_equal(arena_bytes(&arena, NULL, 0), "");
	assert_string_equal(arena_format(&arena, "%s-%03d", "x", 5), "x-005");
	assert_int_equal(strlen(arena_format(&arena, "%*s", 3000, "")), 3000);
	arena_drop(&arena);
}

static void a_list_grows(void **state)
{
	struct {
		int *items;
		size_t count;
		size_t room;
	} list = {0};
	struct arena arena = {0};

	(void)state;
	for (int i = 0; i < 1000; i++) {
		int *item = ARENA_PUSH(&arena, &list);

		assert_int_equal(*item, 0);
		*item = i + 1;
	}
	for (int i = 0; i < 1000; i++)
		assert_int_equal(list.items[i], i + 1);
	list.count = 10; /* as if items had been taken out */
	assert_int_equal(*ARENA_PUSH(&arena, &list), 0);
	arena_drop(&arena);
}

static void a_dropped_arena_can_be_used(void **state)
{
	struct arena arena = {0};

	(void)state;
	arena_take(&arena, 10);
	arena_drop(&arena);
	arena_drop(&arena);
	assert_string_equal(arena_string(&arena, "again"), "again");
	arena_drop(&arena);
}

/* What a child that calls `work` writes to stderr; its status must be 1. */
static void assert_gives_up(size_t (*work)(size_t, size_t), size_t one, size_t other)
{
	char text[100] = {0};
	int ends[2], status;
	pid_t child;

	assert_int_equal(pipe(ends), 0);
	child = fork();
	if (child == 0) {
		dup2(ends[1], STDERR_FILENO);
		work(one, other);
		_exit(0);
	}
	close(ends[1]);
	assert_true(read(ends[0], text, sizeof text - 1) > 0);
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 1);
	assert_string_equal(text, "gita: out of memory\n");
}

static void no_memory_is_the_end(void **state)
{
	(void)state;
	assert_int_equal(memory_sum(1, 2), 3);
	assert_int_equal(memory_product(4, 5), 20);
	assert_gives_up(memory_sum, SIZE_MAX, 1);
	assert_gives_up(memory_product, SIZE_MAX / 2, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_are_zeroed_aligned_and_apart),
		cmocka_unit_test(nothing_has_an_address_of_its_own),
		cmocka_unit_test(copies_and_formats),
		cmocka_unit_test(a_list_grows),
		cmocka_unit_test(a_dropped_arena_can_be_used),
		cmocka_unit_test(no_memory_is_the_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
