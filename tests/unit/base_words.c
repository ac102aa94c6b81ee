/* Words compared: how far apart, which was meant, globs, numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <limits.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/strings.h"
#include "base/text.h"

static void counts_edits(void **state)
{
	static const struct {
		const char *from, *to;
		size_t edits;
	} cases[] = {
		{"", "", 0},
		{"", "abc", 3},
		{"abc", "", 3},
		{"fetch", "fetch", 0},
		{"fecth", "fetch", 1},
		{"fech", "fetch", 1},
		{"fettch", "fetch", 1},
		{"fetsh", "fetch", 1},
		{"ca", "abc", 3}, /* what was swapped is not edited again */
		{"a cat", "an act", 2},
		{"kitten", "sitting", 3},
		{"ab", "ba", 1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(text_distance(cases[i].from, cases[i].to),
		                 cases[i].edits);
		assert_int_equal(text_distance(cases[i].to, cases[i].from),
		                 cases[i].edits);
	}
}

static void suggests_what_was_meant(void **state)
{
	static const char *names[] = {"frontend", "backend", "docs",  "api",   "fetch",
	                              "status",   "stash",   "API",   "fetch", "svc-1",
	                              "svc-2",    "svc-3",   "svc-4", NULL};
	const struct strings known = {names, 13, 0};
	static const struct {
		const char *word, *meant; /* separated by spaces */
		size_t fit;
	} cases[] = {
		{"frontnd", "frontend", 2},
		{"frnotedn", "frontend", 3},
		{"fontedx", "", TEXT_NO_FIT},
		{"bakcend", "backend", 2},
		{"bckndd", "", TEXT_NO_FIT},
		{"dosc", "docs", 2},
		{"dsoc", "", TEXT_NO_FIT},
		{"apu", "api", 2},
		{"ap", "api API", 1},
		{"Api", "api API", 0},
		{"Docs", "docs", 0},
		{"FRO", "frontend", 1},
		{"xx", "", TEXT_NO_FIT},
		{"a", "api API", 1},
		{"x", "", TEXT_NO_FIT},
		{"", "", TEXT_NO_FIT},
		{"f", "frontend fetch", 1},
		{"st", "status stash", 1},
		{"stat", "status", 1},
		{"statsh", "stash", 2},
		{"fetch", "fetch", 0},
		{"statuss", "status", 2},
		{"entirely else", "", TEXT_NO_FIT},
		{"svc-5", "", TEXT_NO_FIT}, /* four are as near */
		{"svc", "", TEXT_NO_FIT},
	};
	struct arena arena = {0};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct strings meant = {0};
		BUF text = {0};

		assert_int_equal(text_nearest(&meant, &arena, cases[i].word, &known),
		                 cases[i].fit);
		words_join(&text, &meant);
		assert_string_equal(buf_text(&text), cases[i].meant);
	}
	arena_drop(&arena);
}

static void matches_globs(void **state)
{
	(void)state;
	assert_true(text_matches("svc-*", "svc-a/b"));
	assert_true(text_matches("*", ".hidden"));
	assert_true(text_matches("v[0-9]?", "v1x"));
	assert_true(text_matches("\\*", "*"));
	assert_false(text_matches("svc-*", "xsvc-"));
	assert_false(text_matches("a", "A"));
	assert_true(text_is_glob("a*"));
	assert_true(text_is_glob("?"));
	assert_true(text_is_glob("[ab]"));
	assert_false(text_is_glob("a]\\"));
}

static void takes_prefixes_and_suffixes(void **state)
{
	static const char text[] = "refs/heads/main";

	(void)state;
	assert_ptr_equal(text_skip_prefix(text, "refs/heads/"), text + 11);
	assert_ptr_equal(text_skip_prefix(text, ""), text);
	assert_string_equal(text_skip_prefix(text, text), "");
	assert_null(text_skip_prefix(text, "refs/tags/"));
	assert_null(text_skip_prefix("refs", "refs/"));
	assert_null(text_skip_prefix("", "a"));
	assert_true(text_has_suffix(text, "/main"));
	assert_true(text_has_suffix(text, text));
	assert_true(text_has_suffix(text, ""));
	assert_false(text_has_suffix(text, "/mai"));
	assert_false(text_has_suffix("main", "/main"));
}

static void skips_one_byte_order_mark(void **state)
{
	static const char *const none[] = {"", "a", "\xef", "\xef\xbb",
	                                   "a\xef\xbb\xbf"};
	static const char marked[] = "\xef\xbb\xbf\xef\xbb\xbfx";

	(void)state;
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		assert_ptr_equal(text_skip_bom(none[i]), none[i]);
	assert_ptr_equal(text_skip_bom(marked), marked + 3);
}

static void space_is_what_git_calls_so(void **state)
{
	(void)state;
	for (int byte = -1; byte < 256; byte++)
		assert_int_equal(text_is_space(byte) != 0,
		                 byte == 32 || byte == 9 || byte == 10 || byte == 13);
}

static void reads_whole_numbers(void **state)
{
	static const char *const wrong[] = {
		"",   "-",   "+1",  " 1",  "1 ",
		"1a", "0x1", "1.0", "--1", "99999999999999999999"};
	long number = 7;

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_false(text_number(&number, wrong[i], LONG_MIN, LONG_MAX));
	assert_false(text_number(&number, "4", 5, 9));
	assert_false(text_number(&number, "10", 5, 9));
	assert_int_equal(number, 7);
	assert_true(text_number(&number, "9", 5, 9));
	assert_int_equal(number, 9);
	assert_true(text_number(&number, "-007", -7, 0));
	assert_int_equal(number, -7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_edits),
		cmocka_unit_test(suggests_what_was_meant),
		cmocka_unit_test(matches_globs),
		cmocka_unit_test(takes_prefixes_and_suffixes),
		cmocka_unit_test(skips_one_byte_order_mark),
		cmocka_unit_test(space_is_what_git_calls_so),
		cmocka_unit_test(reads_whole_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
