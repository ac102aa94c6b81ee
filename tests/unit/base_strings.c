/* Lists of strings, and words as a shell reads and writes them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/strings.h"

static struct arena arena;

static int drop_arena(void **state)
{
	(void)state;
	arena_drop(&arena);
	return 0;
}

/* The list with `|` behind each item, checked to end with a NULL. */
static const char *shown(const struct strings *list)
{
	BUF text = {0};

	for (size_t i = 0; i < list->count; i++)
		buf_addf(&text, "%s|", list->items[i]);
	if (list->count)
		assert_null(list->items[list->count]);
	else
		assert_null(list->items);
	return arena_string(&arena, buf_text(&text));
}

static void adds_finds_and_removes(void **state)
{
	struct strings list = {0};

	(void)state;
	assert_string_equal(shown(&list), "");
	for (int i = 0; i < 20; i++)
		strings_add(&arena, &list, arena_format(&arena, "%d", i % 10));
	assert_true(strings_have(&list, "7"));
	assert_false(strings_have(&list, "10"));
	assert_true(strings_remove(&list, "7"));
	assert_string_equal(shown(&list), "0|1|2|3|4|5|6|8|9|0|1|2|3|4|5|6|7|8|9|");
	assert_true(strings_remove(&list, "7"));
	assert_false(strings_remove(&list, "7"));
	assert_string_equal(shown(&list), "0|1|2|3|4|5|6|8|9|0|1|2|3|4|5|6|8|9|");
}

static void the_last_one_out_leaves_an_empty_list(void **state)
{
	struct strings list = {0};

	(void)state;
	strings_add(&arena, &list, "a");
	assert_true(strings_remove(&list, "a"));
	assert_string_equal(shown(&list), "");
	strings_add_all(&arena, &list, (const char *const[]){"b", "c", NULL});
	assert_string_equal(shown(&list), "b|c|");
}

static void sorts_by_bytes(void **state)
{
	static const char *const words[] = {"b",  "\xc3\xa4", "B",   "a10",
	                                    "a2", "",         "\xff"};
	struct strings list = {0};

	(void)state;
	strings_sort(&list);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		strings_add(&arena, &list, words[i]);
	strings_sort(&list);
	assert_string_equal(shown(&list), "|B|a10|a2|b|\xc3\xa4|\xff|");
}

static int compare_number(const void *key, const void *item)
{
	const int *one = key, *other = item;

	return (*one > *other) - (*one < *other);
}

static void places_in_sorted_items(void **state)
{
	static const int items[] = {1, 3, 3, 3, 7};
	static const size_t places[] = {0, 0, 1, 1, 4, 4, 4, 4, 5};

	(void)state;
	for (int key = 0; key < 9; key++)
		assert_int_equal(
			sorted_place(&key, items, 5, sizeof *items, compare_number),
			places[key]);
	assert_int_equal(sorted_place(items, NULL, 0, sizeof *items, compare_number),
	                 0);
}

static void finds_the_first_of_equal_items(void **state)
{
	static const int items[] = {1, 3, 3, 3, 7};

	(void)state;
	for (int key = 0; key < 9; key++) {
		const int *found = sorted_find(&key, items, 5, sizeof *items,
		                               compare_number);

		if (key == 3)
			assert_ptr_equal(found, &items[1]);
		else if (key == 1 || key == 7)
			assert_int_equal(*found, key);
		else
			assert_null(found);
	}
	assert_null(sorted_find(items, NULL, 0, sizeof *items, compare_number));
}

static void finds_in_a_sorted_list(void **state)
{
	static const char *const words[] = {"b", "a", "ab", "\xff", "b"};
	struct strings list = {0};

	(void)state;
	assert_false(strings_have_sorted(&list, "a"));
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		strings_add(&arena, &list, words[i]);
	strings_sort(&list);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		assert_true(strings_have_sorted(&list, words[i]));
	assert_false(strings_have_sorted(&list, ""));
	assert_false(strings_have_sorted(&list, "aa"));
	assert_false(strings_have_sorted(&list, "\xff\xff"));
}

static void splits_at_separators(void **state)
{
	static const char *const cases[][3] = {
		{"", ",", ""},
		{",,,", ",", ""},
		{"a", ",", "a|"},
		{"a,b", ",", "a|b|"},
		{",a,,b,", ",", "a|b|"},
		{"a b,c", ", ", "a|b|c|"},
		{"a b,c", ",", "a b|c|"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct strings list = {0};

		strings_split(&arena, &list, cases[i][0], cases[i][1]);
		assert_string_equal(shown(&list), cases[i][2]);
	}
}

static void reads_words_as_sh_does(void **state)
{
	static const char *const cases[][2] = {
		{"", ""},
		{" \t\n ", ""},
		{"a", "a|"},
		{"  a \t b\nc ", "a|b|c|"},
		{"'a b' \"c d\"", "a b|c d|"},
		{"a'b c'd\"e f\"", "ab cde f|"},
		{"''", "|"},
		{"a '' \"\" b", "a|||b|"},
		{"a\\ b\\'c", "a b'c|"},
		{"'a\\b'", "a\\b|"},
		{"\"a\\b\\\\c\\\"d\\$e\\`f\"", "a\\b\\c\"d$e`f|"},
		{"\"'\" '\"'", "'|\"|"},
		{"a\\\nb \"c\\\nd\" \\\n e", "ab|cd|e|"},
		{"a\\", "a\\|"},
		{"$x `y` ~ *", "$x|`y`|~|*|"},
		{"'a\nb'", "a\nb|"},
		{"--work-tree='/a b'", "--work-tree=/a b|"},
		{"\xff 'k\xc3\xa4se'", "\xff|k\xc3\xa4se|"},
	};
	struct error err;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct strings list = {0};

		assert_true(words_split(&list, &arena, cases[i][0], &err));
		assert_string_equal(shown(&list), cases[i][1]);
	}
}

static void an_open_quote_is_an_error(void **state)
{
	static const char *const cases[] = {"a 'b", "\"b", "\"b\\\"", "a'", "'\\' 'x"};
	struct strings list = {0};
	struct error err;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_false(words_split(&list, &arena, cases[i], &err));
	assert_false(words_split(&list, &arena, "log 'x", &err));
	assert_string_equal(err.text, "cannot parse 'log 'x': unclosed quote");
}

static void quotes_only_what_needs_it(void **state)
{
	static const char *const cases[][2] = {
		{"", "''"},
		{"plain", "plain"},
		{"a/b-c_d.e:f,g@h%i+j=k", "a/b-c_d.e:f,g@h%i+j=k"},
		{"a b", "'a b'"},
		{"it's", "'it'\\''s'"},
		{"$(touch x)", "'$(touch x)'"},
		{"~", "'~'"},
		{"a\nb", "'a\nb'"},
		{"#x", "'#x'"},
		{"*?[", "'*?['"},
		{"\xc3\xa4", "'\xc3\xa4'"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		BUF out = {0};

		words_quote(&out, cases[i][0]);
		assert_string_equal(buf_text(&out), cases[i][1]);
	}
}

/* All bytes there are, alone and in pairs with what quotes. */
static void joined_words_split_again(void **state)
{
	static const char neighbours[] = "'\"\\ \na";
	struct strings words = {0}, again = {0};
	struct error err;
	BUF line = {0};

	(void)state;
	strings_add(&arena, &words, "");
	for (int byte = 1; byte < 256; byte++) {
		strings_add(&arena, &words, arena_format(&arena, "%c", byte));
		for (const char *next = neighbours; *next; next++)
			strings_add(&arena, &words,
			            arena_format(&arena, "%c%c%c", byte, *next, byte));
	}
	words_join(&line, &words);
	assert_true(words_split(&again, &arena, line.data, &err));
	assert_int_equal(again.count, words.count);
	for (size_t i = 0; i < words.count; i++)
		assert_string_equal(again.items[i], words.items[i]);
}

/* The same line through the real sh. */
static void sh_agrees(void **state)
{
	static const char *const words[] = {"",     "a b", "it's", "$HOME",    "`id`",
	                                    "a\\b", "*",   "\"",   "~",        "#",
	                                    "a\nb", "!x",  "-n",   "k\xc3\xa4"};
	struct strings list = {0};
	BUF command = {0}, expected = {0};
	char got[500];
	FILE *sh;

	(void)state;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		strings_add(&arena, &list, words[i]);
		buf_addf(&expected, "%s|", words[i]);
	}
	buf_adds(&command, "printf '%s|' ");
	words_join(&command, &list);
	sh = popen(command.data, "r");
	assert_non_null(sh);
	got[fread(got, 1, sizeof got - 1, sh)] = '\0';
	assert_int_equal(pclose(sh), 0);
	assert_string_equal(got, expected.data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(adds_finds_and_removes),
		cmocka_unit_test(the_last_one_out_leaves_an_empty_list),
		cmocka_unit_test(sorts_by_bytes),
		cmocka_unit_test(places_in_sorted_items),
		cmocka_unit_test(finds_the_first_of_equal_items),
		cmocka_unit_test(finds_in_a_sorted_list),
		cmocka_unit_test(splits_at_separators),
		cmocka_unit_test(reads_words_as_sh_does),
		cmocka_unit_test(an_open_quote_is_an_error),
		cmocka_unit_test(quotes_only_what_needs_it),
		cmocka_unit_test(joined_words_split_again),
		cmocka_unit_test(sh_agrees),
	};

	return cmocka_run_group_tests(tests, NULL, drop_arena);
}
