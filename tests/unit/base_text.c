/* Text as people see it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"

#define FAMILY "\U0001F468\u200D\U0001F469\u200D\U0001F467"
#define FLAG   "\U0001F1E9\U0001F1EA"

static struct arena arena;

static int drop_arena(void **state)
{
	(void)state;
	arena_drop(&arena);
	return 0;
}

static void measures_columns(void **state)
{
	static const struct {
		const char *text;
		size_t width;
	} cases[] = {
		{"", 0},
		{"abc", 3},
		{"k\u00E4se", 4},
		{"ka\u0308se", 4},
		{"\u4E2D\u6587", 4},
		{"\uFF21", 2},
		{"\uD55C", 2},
		{"\u1112\u1161\u11AB", 2},
		{"\u2191\u2193\u21D5\u2205\u2717\u2026", 6},
		{"\U0001F600", 2},
		{"\U0001F44D\U0001F3FD", 2},
		{FAMILY, 2},
		{FLAG FLAG, 4},
		{"\u2764", 1},
		{"\u2764\uFE0F", 2},
		{"1\uFE0F\u20E3", 2},
		{"a\u200Bb", 2},
		{"\xff", 1},
		{"a\xff\xc3", 3},
		{"\xed\xa0\x80", 3},
		{"\xf0\x9f\x98", 3},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(text_width(cases[i].text), cases[i].width);
}

static void cuts_to_columns(void **state)
{
	static const struct {
		const char *text;
		size_t columns;
		const char *cut;
	} cases[] = {
		{"", 1, ""},
		{"abc", 3, "abc"},
		{"abcd", 3, "ab\u2026"},
		{"abcd", 1, "\u2026"},
		{"\u4E2D\u6587", 4, "\u4E2D\u6587"},
		{"\u4E2D\u6587", 3, "\u4E2D\u2026"},
		{"\u4E2D\u6587", 2, "\u2026"},
		{"a\u0308bc", 2, "a\u0308\u2026"},
		{"x" FAMILY "yz", 4, "x" FAMILY "\u2026"},
		{"x" FAMILY "yz", 3, "x\u2026"},
		{FLAG FLAG "x", 4, FLAG "\u2026"},
		{"\xff\xff\xff", 2, "\xff\u2026"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *cut = text_cut(&arena, cases[i].text, cases[i].columns);

		assert_string_equal(cut, cases[i].cut);
		assert_true(text_width(cut) <= cases[i].columns);
	}
}

static void cuts_in_the_middle(void **state)
{
	static const struct {
		const char *text;
		size_t columns;
		const char *cut;
	} cases[] = {
		{"", 1, ""},
		{"abcdef", 6, "abcdef"},
		{"abcdef", 5, "ab\u2026ef"},
		{"abcdef", 4, "ab\u2026f"},
		{"abcdef", 3, "a\u2026f"},
		{"abcdef", 2, "a\u2026"},
		{"abcdef", 1, "\u2026"},
		{"\u4E2D\u6587\u4E2D\u6587", 7, "\u4E2D\u2026\u6587"},
		{"\u4E2D\u6587\u4E2D\u6587", 5, "\u4E2D\u2026\u6587"},
		{"\u4E2D\u6587\u4E2D\u6587", 3, "\u2026"},
		{"x" FAMILY "yz", 4, "x\u2026z"},
		{"abca\u0308", 3, "a\u2026a\u0308"},
		{"\xff\xff\xff\xff", 3, "\xff\u2026\xff"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *cut = text_cut_middle(&arena, cases[i].text,
		                                  cases[i].columns);

		assert_string_equal(cut, cases[i].cut);
		assert_true(text_width(cut) <= cases[i].columns);
	}
}

static void escapes_what_a_terminal_would_obey(void **state)
{
	static const char *const cases[][2] = {
		{"\n\t\033[31m\r", "\\n\\t\\e[31m\\x0D"},
		{"a\001\037b\177", "a\\x01\\x1Fb\\x7F"},
		{"\xc2\x80\xc2\x9b"
	         "31m\xc2\x9f",
	         "\\u{0080}\\u{009B}31m\\u{009F}"},
		{"x\u061Cy", "x\\u{061C}y"},
		{"\u200E\u200F", "\\u{200E}\\u{200F}"},
		{"\u202A\u202B\u202C\u202D\u202E",
	         "\\u{202A}\\u{202B}\\u{202C}\\u{202D}\\u{202E}"},
		{"\u2066\u2067\u2068\u2069", "\\u{2066}\\u{2067}\\u{2068}\\u{2069}"},
		{"k\u00E4se\xff", "k\u00E4se\\xFF"},
		{"\x9b\xc3", "\\x9B\\xC3"},
		{"\xc0\x9b", "\\xC0\\x9B"},
		{"\xed\xa0\x80", "\\xED\\xA0\\x80"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(text_escape(&arena, cases[i][0]), cases[i][1]);
}

static void leaves_harmless_text_alone(void **state)
{
	static const char *const cases[] = {
		"",          "plain ~",
		"\\n \\x00", "\u00A0\u200D\u200B\u2029\u2030\u2065\u206A",
		FAMILY FLAG, "\U0010FFFD",
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_ptr_equal(text_escape(&arena, cases[i]), cases[i]);
	assert_int_equal(text_control(""), 0);
	assert_int_equal(text_control("a"), 0);
}

static void takes_colours_away(void **state)
{
	static const char *const cases[][2] = {
		{"", ""},
		{"a\033[1;31mred\033[0m\033[K b", "ared b"},
		{"\033[?25l\033[38:5:1mx\033[ q", "x"},
		{"left \033]0;title\a", "left \033]0;title\a"},
		{"cut off \033[31", "cut off "},
		{"twice \033\033[31m", "twice \033"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(text_plain(&arena, cases[i][0]), cases[i][1]);
}

static void makes_valid_utf8(void **state)
{
	BUF out = {0};

	(void)state;
	text_utf8(&out, "a\0\xff\xc3\xa4\xe2\x82|\xed\xa0\x80\xf0\x9f\x98\x80\xc3", 17);
	assert_string_equal(out.data, "a");
	assert_string_equal(out.data + 2, "\uFFFD\u00E4\uFFFD\uFFFD|\uFFFD\uFFFD\uFFFD"
	                                  "\U0001F600\uFFFD");
	buf_clear(&out);
	text_utf8(&out, "\xe2\x82\xac", 2); /* the third is not ours */
	assert_string_equal(out.data, "\uFFFD\uFFFD");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(measures_columns),
		cmocka_unit_test(cuts_to_columns),
		cmocka_unit_test(cuts_in_the_middle),
		cmocka_unit_test(escapes_what_a_terminal_would_obey),
		cmocka_unit_test(leaves_harmless_text_alone),
		cmocka_unit_test(takes_colours_away),
		cmocka_unit_test(makes_valid_utf8),
	};

	return cmocka_run_group_tests(tests, NULL, drop_arena);
}
