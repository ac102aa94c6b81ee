/* CSV as Python reads and writes it; the expected values are what its csv module says.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"

static struct arena arena;

static int drop_arena(void **state)
{
	(void)state;
	arena_drop(&arena);
	return 0;
}

/* Rows as `line:field|field|` and a newline each. */
static const char *shown(const struct csv *csv)
{
	BUF text = {0};

	for (size_t i = 0; i < csv->count; i++) {
		buf_addf(&text, "%u:", csv->items[i].line);
		for (size_t j = 0; j < csv->items[i].fields.count; j++)
			buf_addf(&text, "%s|", csv->items[i].fields.items[j]);
		buf_addc(&text, '\n');
	}
	return arena_string(&arena, buf_text(&text));
}

static void reads_rows(void **state)
{
	static const char *const cases[][2] = {
		{"", ""},
		{"\n\r\n\r", ""},
		{"a", "1:a|\n"},
		{"a,b\n", "1:a|b|\n"},
		{"a,b\r\nc,d\r\n", "1:a|b|\n2:c|d|\n"},
		{"a\rb\rc", "1:a|\n2:b|\n3:c|\n"},
		{",", "1:||\n"},
		{"a,,\n", "1:a|||\n"},
		{"\n\na\n\nb", "3:a|\n5:b|\n"},
		{"\"\"\n", "1:|\n"},
		{"\"\"\"\"\n", "1:\"|\n"},
		{"\"a,b\",c\n", "1:a,b|c|\n"},
		{"\"a\"\"b\"\n", "1:a\"b|\n"},
		{"\"a\nb\",c\nd\n", "1:a\nb|c|\n3:d|\n"},
		{"\"a\r\nb\rc\"\r\nd", "1:a\r\nb\rc|\n4:d|\n"},
		{"a\"b\"c,d\n", "1:a\"b\"c|d|\n"},
		{"a\"b,c\n", "1:a\"b|c|\n"},
		{" \"a,b\"\n", "1: \"a|b\"|\n"},
		{"\"a\"b,c\n", "1:ab|c|\n"},
		{"\"a\"b\"c\",d\n", "1:ab\"c\"|d|\n"},
		{"\"a\" ,b\n", "1:a |b|\n"},
		{"\"a\",\"b\"", "1:a|b|\n"},
		{" a , b \n", "1: a | b |\n"},
		{"\xff\xfe,\xc3\xa4\n", "1:\xff\xfe|\xc3\xa4|\n"},
		{"a\\,b\n", "1:a\\|b|\n"},
	};
	struct error err;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct csv csv = {0};

		assert_true(csv_parse(&csv, &arena, cases[i][0], strlen(cases[i][0]),
		                      ',', &err));
		assert_string_equal(shown(&csv), cases[i][1]);
	}
}

static void another_delimiter(void **state)
{
	static const char text[] = "work:a b,c:/src\r\n\"x:y\"::\r\n";
	struct csv csv = {0};
	struct error err;

	(void)state;
	assert_true(csv_parse(&csv, &arena, text, sizeof text - 1, ':', &err));
	assert_string_equal(shown(&csv), "1:work|a b,c|/src|\n2:x:y|||\n");
}

static void stops_at_the_length(void **state)
{
	struct csv csv = {0};
	struct error err;

	(void)state;
	assert_true(csv_parse(&csv, &arena, "a,b\"", 3, ',', &err));
	assert_string_equal(shown(&csv), "1:a|b|\n");
	csv = (struct csv){0};
	assert_true(csv_parse(&csv, &arena, NULL, 0, ',', &err));
	assert_int_equal(csv.count, 0);
}

static void says_the_line_that_is_wrong(void **state)
{
	static const struct {
		const char *text;
		size_t length;
		const char *error;
	} cases[] = {
		{"\"", 1, "line 1: unclosed quote"},
		{"a\n\nb,\"c\nd\n", 10, "line 3: unclosed quote"},
		{"a,\"b\"\"\n", 7, "line 1: unclosed quote"},
		{"a\r\nb\rc\0", 7, "line 3: NUL byte"},
		{"\"\n\0\"", 4, "line 2: NUL byte"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct csv csv = {0};
		struct error err;

		assert_false(csv_parse(&csv, &arena, cases[i].text, cases[i].length,
		                       ',', &err));
		assert_string_equal(err.text, cases[i].error);
	}
}

static void writes_rows(void **state)
{
	static const char *const cases[][4] = {
		{"a,b\r\n", "a", "b"},
		{"a\r\n", "a"},
		{"\"\"\r\n", ""},
		{",\r\n", "", ""},
		{"\"a,b\",c:d\r\n", "a,b", "c:d"},
		{"\"a\"\"b\",'\r\n", "a\"b", "'"},
		{"\"a\nb\",\"c\rd\"\r\n", "a\nb", "c\rd"},
		{" a , b \r\n", " a ", " b "},
		{"\"\xef\xbb\xbf\",b\r\n", "\xef\xbb\xbf", "b"},
		{"\"#a\",#b\r\n", "#a", "#b"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct strings fields = {0};
		BUF out = {0};

		for (size_t j = 1; j < 4 && cases[i][j]; j++)
			strings_add(&arena, &fields, cases[i][j]);
		csv_add_row(&out, &fields, ',');
		assert_string_equal(buf_text(&out), cases[i][0]);
	}
}

/* Every pair of bytes, in a row of three, with both delimiters in use. */
static void what_was_written_is_read_again(void **state)
{
	static const char bytes[] = "\n\r\",: a\xff";
	static const char delimiters[] = ",:";

	(void)state;
	for (const char *delimiter = delimiters; *delimiter; delimiter++) {
		struct strings fields = {0};
		struct csv csv = {0};
		struct error err;
		BUF out = {0};

		for (const char *one = bytes; *one; one++) {
			for (const char *other = bytes; *other; other++)
				strings_add(&arena, &fields,
				            arena_format(&arena, "%c%c", *one, *other));
		}
		csv_add_row(&out, &fields, *delimiter);
		csv_add_row(&out, &fields, *delimiter);
		assert_true(csv_parse(&csv, &arena, out.data, out.length, *delimiter,
		                      &err));
		assert_int_equal(csv.count, 2);
		assert_int_equal(csv.items[1].fields.count, fields.count);
		for (size_t i = 0; i < fields.count; i++)
			assert_string_equal(csv.items[1].fields.items[i],
			                    fields.items[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_rows),
		cmocka_unit_test(another_delimiter),
		cmocka_unit_test(stops_at_the_length),
		cmocka_unit_test(says_the_line_that_is_wrong),
		cmocka_unit_test(writes_rows),
		cmocka_unit_test(what_was_written_is_read_again),
	};

	return cmocka_run_group_tests(tests, NULL, drop_arena);
}
