/* Bytes that grow at the end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/buf.h"

static void empty_is_empty_text(void **state)
{
	BUF buf = {0};

	(void)state;
	assert_string_equal(buf_text(&buf), "");
	buf_clear(&buf);
	assert_null(buf.data);
	buf_add(&buf, "", 0);
	assert_non_null(buf.data);
	assert_string_equal(buf.data, "");
}

static void grows_at_the_end(void **state)
{
	BUF buf = {0};

	(void)state;
	buf_adds(&buf, "one");
	buf_addc(&buf, ',');
	buf_add(&buf, "two\0three", 9);
	buf_repeat(&buf, '.', 3);
	buf_addf(&buf, "%d-%s", 7, "x");
	assert_int_equal(buf.length, 19);
	assert_memory_equal(buf.data, "one,two\0three...7-x", 20);
}

static void grows_far(void **state)
{
	BUF buf = {0};
	char number[32];
	size_t at = 0;

	(void)state;
	for (int i = 0; i < 10000; i++)
		buf_addf(&buf, "%d ", i);
	for (int i = 0; i < 10000; i++) {
		int length = snprintf(number, sizeof number, "%d ", i);

		assert_memory_equal(buf.data + at, number, (size_t)length);
		at += (size_t)length;
	}
	assert_int_equal(buf.length, at);
	assert_int_equal(buf.data[at], '\0');
}

static void a_long_format_is_whole(void **state)
{
	BUF buf = {0};

	(void)state;
	buf_addf(&buf, "%0*d|", 5000, 1);
	assert_int_equal(buf.length, 5001);
	assert_string_equal(buf.data + 4998, "01|");
}

static void reserved_bytes_become_text(void **state)
{
	BUF buf = {0};

	(void)state;
	buf_adds(&buf, "abcdef");
	buf_clear(&buf);
	memcpy(buf_reserve(&buf, 3), "xyz", 3);
	buf.length += 3;
	assert_string_equal(buf_text(&buf), "xyz");
}

static void clear_keeps_the_room_and_drop_does_not(void **state)
{
	struct buf buf = {0};
	const char *data;

	(void)state;
	buf_adds(&buf, "abc");
	data = buf.data;
	buf_clear(&buf);
	assert_string_equal(buf.data, "");
	assert_int_equal(buf.length, 0);
	assert_ptr_equal(buf.data, data);
	buf_drop(&buf);
	assert_null(buf.data);
	assert_int_equal(buf.room, 0);
	buf_adds(&buf, "again");
	assert_string_equal(buf.data, "again");
	buf_drop(&buf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(empty_is_empty_text),
		cmocka_unit_test(grows_at_the_end),
		cmocka_unit_test(grows_far),
		cmocka_unit_test(a_long_format_is_whole),
		cmocka_unit_test(reserved_bytes_become_text),
		cmocka_unit_test(clear_keeps_the_room_and_drop_does_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
