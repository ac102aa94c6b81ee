/* What `git log` shows of a commit. */
#include "commit.h"

#include "base/buf.h"
#include "git_sandbox.h"

#define FRONT \
	"tree 0123456789abcdef0123456789abcdef01234567\n" \
	"author A U Thor <a@example.com> 1 +0000\n" \
	"committer C O Mitter <c@example.com> 1700000000 +0100\n"

static struct commit parse(const char *text)
{
	const char *end = strstr(text, "\n\n");
	size_t header = end ? (size_t)(end + 1 - text) : strlen(text);
	struct commit commit;

	commit_parse(&commit, &arena, arena_bytes(&arena, text, header),
	             end ? end + 2 : "");
	return commit;
}

static void test_subjects(void **state)
{
	static const struct {
		const char *text, *subject;
	} rows[] = {
		{FRONT "\none\n", "one"},
		{FRONT "\none", "one"},
		{FRONT "\n\n \n  one \t\ntwo\n\nthree\n", "  one two"},
		{FRONT "\n", ""},
		{FRONT, ""},
		{FRONT "gpgsig x\n y\n\none\r\ntwo\n", "one two"},
		{FRONT "encoding ISO-8859-1\n\n\xe4\n", "\xc3\xa4"},
		{FRONT "encoding latin-1\n\n\xe4\n", "\xc3\xa4"},
		{FRONT "encoding UTF-8\n\n\xe4\n", "\xe4"},
		{FRONT "encoding utf8\n\n\xe4\n", "\xe4"},
		{FRONT "encoding nonsense\n\n\xe4\n", "\xe4"},
		{FRONT "encoding EUC-JP\n\n\xa4\xa2 \xff\n", "\xa4\xa2 \xff"},
		{FRONT "\n\xe4\n", "\xe4"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_string_equal(parse(rows[i].text).subject, rows[i].subject);
}

/* More than the room that is usually enough: each byte becomes three. */
static void test_growing_text(void **state)
{
	enum { LENGTH = 2000 };
	BUF text = {0}, expected = {0};

	(void)state;
	buf_adds(&text, FRONT "encoding WINDOWS-1252\n\n");
	for (int i = 0; i < LENGTH; i++) {
		buf_adds(&text, "\x80");
		buf_adds(&expected, "\u20ac");
	}
	assert_string_equal(parse(buf_text(&text)).subject, buf_text(&expected));
}

static void test_persons(void **state)
{
	static const struct {
		const char *person, *name;
		int64_t time;
	} rows[] = {
		{"A B <a@b> 5 +0000", "A B", 5},
		{"A B  <a@b> 5 +0000", "A B", 5},
		{"<a@b> 5 +0000", "", 5},
		{"A <a@b>> 5 +0000", "A", 5},
		{"A <a@b> 5", "A", 0},
		{"A <a@b>", "A", 0},
		{"A <a@b> -5 +0000", "A", 0},
		{"A <a@b> 9223372036854775808 +0000", "A", INT64_MAX},
		{"A a@b 5 +0000", "", 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct commit commit = parse(
			arena_format(&arena, "tree x\nauthor %s\ncommitter %s\n\nx\n",
		                     rows[i].person, rows[i].person));

		assert_string_equal(commit.author, rows[i].name);
		assert_int_equal(commit.time, rows[i].time);
	}
}

static int drop(void **state)
{
	(void)state;
	arena_drop(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_subjects, drop),
		cmocka_unit_test_teardown(test_growing_text, drop),
		cmocka_unit_test_teardown(test_persons, drop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
