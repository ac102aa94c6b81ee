/* Attributes: what a file's lines give a path, and what becomes of line ends. */
#include <string.h>

#include "git_sandbox.h"
#include "worktree/content.h"

/* The values in the order text, crlf, eol, ident, filter, encoding; "-" for what
 * no line names; "ask git" where only git is to read the file. */
static const char *asked(const char *lines, const char *path)
{
	const char *values[ATTRIBUTE_COUNT] = {NULL};
	struct attribute_list list = {0};
	const char *slash = strrchr(path, '/');
	BUF text = {0}, out = {0};

	buf_adds(&text, lines);
	attributes_parse(&list, &arena, &text);
	if (list.needs_git)
		return "ask git";
	attributes_ask(values, &list, path, strlen(path),
	               slash ? (size_t)(slash + 1 - path) : 0);
	for (size_t i = 0; i < ATTRIBUTE_COUNT; i++)
		buf_addf(&out, "%s%s", i ? " " : "", values[i] ? values[i] : "-");
	return arena_string(&arena, buf_text(&out));
}

static void test_words(void **state)
{
	(void)state;
	assert_string_equal(asked("a text", "a"), "set - - - - -");
	assert_string_equal(asked("a -text", "a"), "unset - - - - -");
	assert_string_equal(asked("a !text", "a"), "unspecified - - - - -");
	assert_string_equal(asked("a text=auto eol=lf", "a"), "auto - lf - - -");
	assert_string_equal(asked("a\tcrlf=input  ident\r\n", "a"),
	                    "- input - set - -");
	assert_string_equal(asked("a filter=x working-tree-encoding=y", "a"),
	                    "- - - - x y");
	assert_string_equal(asked("a text -text", "a"), "unset - - - - -");
	assert_string_equal(asked("a diff merge=union", "a"), "- - - - - -");
}

static void test_binary(void **state)
{
	(void)state;
	assert_string_equal(asked("a binary", "a"), "unset - - - - -");
	assert_string_equal(asked("a text binary", "a"), "unset - - - - -");
	assert_string_equal(asked("a binary text", "a"), "set - - - - -");
	assert_string_equal(asked("a -binary", "a"), "ask git");
}

static void test_patterns(void **state)
{
	(void)state;
	assert_string_equal(asked("*.c text", "b/a.c"), "set - - - - -");
	assert_string_equal(asked("/*.c text", "b/a.c"), "- - - - - -");
	assert_string_equal(asked("b/** text", "b/c/a.c"), "set - - - - -");
	assert_string_equal(asked("b/ text", "b"), "- - - - - -");
	assert_string_equal(asked("!a text", "a"), "- - - - - -");
	assert_string_equal(asked("* text\na -text\n", "a"), "unset - - - - -");
	assert_string_equal(asked("a -text\n* text eol=lf\n", "a"), "set - lf - - -");
}

static void test_lines_for_git(void **state)
{
	(void)state;
	assert_string_equal(asked("# a text\n\n \t\n", "a"), "- - - - - -");
	assert_string_equal(asked("\xef\xbb\xbf"
	                          "a text",
	                          "a"),
	                    "set - - - - -");
	assert_string_equal(asked("[attr]mine text", "a"), "ask git");
	assert_string_equal(asked("\"a\" text", "a"), "ask git");
	assert_string_equal(asked("a --text", "a"), "ask git");
	assert_string_equal(asked("a te*xt", "a"), "ask git");
	assert_string_equal(asked("a =x", "a"), "ask git");
	/* Lines of 2048 bytes and more are ignored, and so is a pattern for nothing. */
	assert_string_equal(asked(arena_format(&arena, "a text%*s", 2041, ""), "a"),
	                    "set - - - - -");
	assert_string_equal(asked(arena_format(&arena, "a text%*s", 2042, ""), "a"),
	                    "- - - - - -");
	assert_string_equal(asked("/ text", "a"), "- - - - - -");
}

/* The content after a conversion, or "as it was". */
static const char *converted(const char *bytes, size_t length,
                             enum conversion conversion)
{
	BUF content = {0};

	buf_add(&content, bytes, length);
	if (!content_convert(&content, conversion))
		return "as it was";
	return arena_bytes(&arena, content.data, content.length);
}

static void test_line_ends(void **state)
{
	(void)state;
	assert_string_equal(converted("a\r\nb\n", 5, CONVERSION_LINES), "a\nb\n");
	assert_string_equal(converted("a\r\nb\n", 5, CONVERSION_LINES_OF_TEXT),
	                    "a\nb\n");
	assert_string_equal(converted("a\r\nb\n", 5, CONVERSION_NONE), "as it was");
	assert_string_equal(converted("a\nb\n", 4, CONVERSION_LINES), "as it was");
	assert_string_equal(converted("", 0, CONVERSION_LINES), "as it was");
	assert_string_equal(converted("a\r\r\nb", 5, CONVERSION_LINES), "a\r\nb");
}

static void test_no_text(void **state)
{
	(void)state;
	assert_string_equal(converted("a\rb\r\n", 5, CONVERSION_LINES), "a\rb\n");
	assert_string_equal(converted("a\rb\r\n", 5, CONVERSION_LINES_OF_TEXT),
	                    "as it was");
	assert_string_equal(converted("a\0\r\n", 4, CONVERSION_LINES_OF_TEXT),
	                    "as it was");
	assert_string_equal(converted("a\1\r\n", 4, CONVERSION_LINES_OF_TEXT),
	                    "as it was");
	assert_string_equal(converted("a\t\033\b\r\n\032", 7, CONVERSION_LINES_OF_TEXT),
	                    "a\t\033\b\n\032");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SANDBOX_TEST(test_words),     SANDBOX_TEST(test_binary),
		SANDBOX_TEST(test_patterns),  SANDBOX_TEST(test_lines_for_git),
		SANDBOX_TEST(test_line_ends), SANDBOX_TEST(test_no_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
