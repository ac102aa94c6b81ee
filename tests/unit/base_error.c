/* Sentences: why something failed, and notes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"

static void says_what_and_why(void **state)
{
	struct error err;

	(void)state;
	assert_false(error_set(&err, "cannot %s: %d", "count", 3));
	assert_string_equal(err.text, "cannot count: 3");
	assert_false(error_errno(&err, ENOENT, "cannot read '%s'", "x"));
	assert_string_equal(err.text, "cannot read 'x': no such file or directory");
	assert_false(error_errno(&err, EIO, "cannot read"));
	assert_string_equal(err.text, "cannot read: input/output error");
}

static void its_old_text_may_be_part_of_the_new(void **state)
{
	struct error err;

	(void)state;
	error_set(&err, "line 3: unclosed quote");
	error_set(&err, "cannot read '%s': %s", "repos.csv", err.text);
	assert_string_equal(err.text,
	                    "cannot read 'repos.csv': line 3: unclosed quote");
}

static void more_than_the_room_is_cut(void **state)
{
	struct error err;

	(void)state;
	error_set(&err, "%*s", ERROR_ROOM + 10, "");
	assert_int_equal(strlen(err.text), ERROR_ROOM - 1);
	error_errno(&err, ENOENT, "%*s", ERROR_ROOM - 5, "");
	assert_int_equal(strlen(err.text), ERROR_ROOM - 1);
	assert_string_equal(err.text + ERROR_ROOM - 5, ": no");
}

/* strerror() begins with a capital, also where a name does. */
static void a_name_in_the_reason_keeps_its_capitals(void **state)
{
	struct error err;

	(void)state;
	error_errno(&err, EACCES, "cannot read 'x'");
	assert_string_equal(err.text, "cannot read 'x': permission denied");
#ifdef __GLIBC__
	error_errno(&err, EDOTDOT, "cannot read 'x'");
	assert_string_equal(err.text, "cannot read 'x': RFS specific error");
#endif
}

static void notes_are_kept_in_order(void **state)
{
	struct arena arena = {0};
	struct notes notes = {.arena = &arena};

	(void)state;
	for (int i = 0; i < 20; i++)
		note(&notes, "value %d is not valid", i);
	assert_int_equal(notes.count, 20);
	assert_string_equal(notes.items[0], "value 0 is not valid");
	assert_string_equal(notes.items[19], "value 19 is not valid");
	arena_drop(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_what_and_why),
		cmocka_unit_test(its_old_text_may_be_part_of_the_new),
		cmocka_unit_test(more_than_the_room_is_cut),
		cmocka_unit_test(a_name_in_the_reason_keeps_its_capitals),
		cmocka_unit_test(notes_are_kept_in_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
