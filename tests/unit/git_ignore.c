/* Wildcards and ignore rules: what matches what. */
#include "worktree/ignore.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "worktree/wildmatch.h"

/* Whether the pattern matches as a name, and whether as a path. */
static const struct {
	const char *pattern, *text;
	bool name, path;
} globs[] = {
	{"", "", true, true},
	{"", "a", false, false},
	{"a", "a", true, true},
	{"a", "ab", false, false},
	{"?", "a", true, true},
	{"?", "", false, false},
	{"?", "/", true, false},
	{"*", "", true, true},
	{"*", "a/b", true, false},
	{"**", "a/b", true, true},
	{"a*c", "abbc", true, true},
	{"a*c", "ab/c", true, false},
	{"a*/c", "ab/c", true, true},
	{"*/c", "a/b/c", true, false},
	{"**/c", "a/b/c", true, true},
	{"**/c", "c", false, true},
	{"a/**/c", "a/c", false, true},
	{"a/**/c", "a/b/b/c", true, true},
	{"a/**", "a/b/c", true, true},
	{"a/**", "a", false, false},
	{"a**c", "ab/c", true, false},
	{"a**/c", "ab/c", true, true},
	{"a**/c", "a/b/c", true, false},
	{"**/a*/c", "x/ab/y/ac/c", true, true},
	{"*a*b*c", "xaxbxaxbc", true, true},
	{"*a*b*c", "xaxbxaxbcx", false, false},
	{"\\*", "*", true, true},
	{"\\*", "a", false, false},
	{"a\\", "a", false, false},
	{"[a-c]", "b", true, true},
	{"[a-c]", "d", false, false},
	{"[!a-c]", "d", true, true},
	{"[^a-c]", "b", false, false},
	{"[]a]", "]", true, true},
	{"[!]a]", "]", false, false},
	{"[a-]", "-", true, true},
	{"[\\]]", "]", true, true},
	{"[a-\\c]", "b", true, true},
	{"[b-a]", "a", false, false},
	{"[!a]", "/", true, false},
	{"[a", "a", false, false},
	{"[[:digit:]x]", "7", true, true},
	{"[[:digit:]x]", "x", true, true},
	{"[[:space:]]", "\t", true, true},
	{"[[:space:]]", "\v", false, false},
	{"[[:alpha:]]", "\xc3", false, false},
	{"[[:nothing:]]", "n", false, false},
	{"[[:]", ":", true, true},
	{"[[:]", "[", true, true},
};

static void test_globs(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof globs / sizeof *globs; i++) {
		const char *pattern = globs[i].pattern, *text = globs[i].text;

		if (wildmatch(pattern, text, strlen(text), false) != globs[i].name)
			fail_msg("'%s' on '%s' as a name", pattern, text);
		if (wildmatch(pattern, text, strlen(text), true) != globs[i].path)
			fail_msg("'%s' on '%s' as a path", pattern, text);
	}
}

/* A pattern that a naive matcher would be at for years. */
static void test_glob_of_many_stars(void **state)
{
	static const char pattern[] = "*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b";
	char text[201];

	(void)state;
	memset(text, 'a', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	assert_false(wildmatch(pattern, text, strlen(text), false));
	assert_false(wildmatch(pattern, text, strlen(text), true));
}

/* What a list with this text says of a path: "yes", "no" or "unknown". A path with
 * a slash at its end is a folder. */
static const char *asked(const char *rules, const char *path)
{
	static const char *const answers[] = {"unknown", "yes", "no"};
	struct arena arena = {0};
	struct ignore_list list = {0};
	size_t length = strlen(path);
	bool folder = path[length - 1] == '/';
	const char *name;
	enum ignore_answer answer;
	BUF text = {0};

	length -= folder;
	for (name = path + length; name > path && name[-1] != '/';)
		name--;
	buf_adds(&text, rules);
	ignore_parse(&list, &arena, &text);
	answer = ignore_ask(&list, path, length, (size_t)(name - path), folder);
	arena_drop(&arena);
	return answers[answer];
}

static void test_forms_of_rules(void **state)
{
	(void)state;
	assert_string_equal(asked("", "a"), "unknown");
	assert_string_equal(asked("a", "a"), "yes");
	assert_string_equal(asked("a", "b/a"), "yes");
	assert_string_equal(asked("/a", "b/a"), "unknown");
	assert_string_equal(asked("/a", "a"), "yes");
	assert_string_equal(asked("b/a", "b/a"), "yes");
	assert_string_equal(asked("b/a", "c/b/a"), "unknown");
	assert_string_equal(asked("*.o", "b/a.o"), "yes");
	assert_string_equal(asked("b/*.o", "b/a.o"), "yes");
	assert_string_equal(asked("b/*.o", "b/c/a.o"), "unknown");
	assert_string_equal(asked("a/", "a"), "unknown");
	assert_string_equal(asked("a/", "a/"), "yes");
	assert_string_equal(asked("a/", "b/a/"), "yes");
	assert_string_equal(asked("/", "a/"), "unknown");
	assert_string_equal(asked("!", "a"), "unknown");
}

static void test_last_rule_wins(void **state)
{
	(void)state;
	assert_string_equal(asked("*\n!a\n", "a"), "no");
	assert_string_equal(asked("!a\n*\n", "a"), "yes");
	assert_string_equal(asked("*\n!a\n", "b"), "yes");
	assert_string_equal(asked("a\n!a/\n", "a"), "yes");
}

static void test_lines(void **state)
{
	(void)state;
	assert_string_equal(asked("# a\n\n", "# a"), "unknown");
	assert_string_equal(asked("\\# a\n", "# a"), "yes");
	assert_string_equal(asked("\\!a\n", "!a"), "yes");
	assert_string_equal(asked("a  \n", "a"), "yes");
	assert_string_equal(asked("a\\ \n", "a "), "yes");
	assert_string_equal(asked("a\\  \n", "a "), "yes");
	assert_string_equal(asked("a\t\n", "a"), "unknown");
	assert_string_equal(asked("a\r\nb\r\n", "a"), "yes");
	assert_string_equal(asked("a\nb", "b"), "yes");
	assert_string_equal(asked("\xef\xbb\xbf"
	                          "a\n",
	                          "a"),
	                    "yes");
}

/* git asks the wildcards about what is behind the plain bytes alone. */
static void test_stars_behind_plain_bytes(void **state)
{
	(void)state;
	assert_string_equal(asked("/foo**/bar", "foobar"), "yes");
	assert_string_equal(asked("/foo**/bar", "foo/x/bar"), "yes");
	assert_string_equal(asked("/f[o]o**/bar", "foo/x/bar"), "unknown");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_globs),
		cmocka_unit_test(test_glob_of_many_stars),
		cmocka_unit_test(test_forms_of_rules),
		cmocka_unit_test(test_last_rule_wins),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_stars_behind_plain_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
