/* Points in time in git's words, and spans. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <inttypes.h>

#include "base/buf.h"
#include "base/when.h"
#include "scratch.h"

#define DAY INT64_C(86400)

static const int64_t now = 2000000000;

static void uses_the_words_of_git(void **state)
{
	static const struct {
		int64_t ago;
		const char *words;
	} cases[] = {
		{-1, "in the future"},
		{0, "0 seconds ago"},
		{1, "1 second ago"},
		{89, "89 seconds ago"},
		{90, "2 minutes ago"},
		{89 * 60 + 29, "89 minutes ago"},
		{89 * 60 + 30, "2 hours ago"},
		{3 * 3600, "3 hours ago"},
		{36 * 3600, "2 days ago"},
		{13 * DAY, "13 days ago"},
		{14 * DAY, "2 weeks ago"},
		{69 * DAY, "10 weeks ago"},
		{70 * DAY, "2 months ago"},
		{364 * DAY, "12 months ago"},
		{365 * DAY, "1 year ago"},
		{380 * DAY, "1 year ago"},
		{381 * DAY, "1 year, 1 month ago"},
		{900 * DAY, "2 years, 6 months ago"},
		{1824 * DAY, "5 years ago"},
		{1825 * DAY, "5 years ago"},
		{20 * 365 * DAY, "20 years ago"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		BUF out = {0};

		when_relative(&out, now - cases[i].ago, now);
		assert_string_equal(out.data, cases[i].words);
	}
}

static void has_a_brief_form(void **state)
{
	static const struct {
		int64_t ago;
		const char *words;
	} cases[] = {
		{-1, "future"},     {0, "0 s"},          {89, "89 s"},
		{90, "2 min"},      {89 * 60, "89 min"}, {3 * 3600, "3 h"},
		{36 * 3600, "2 d"}, {14 * DAY, "2 w"},   {70 * DAY, "2 mo"},
		{900 * DAY, "2 y"}, {1825 * DAY, "5 y"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		BUF out = {0};

		when_brief(&out, now - cases[i].ago, now);
		assert_string_equal(out.data, cases[i].words);
	}
}

/* A commit without a parent: the reset makes the branch start anew. */
static void write_commit(FILE *stream, int64_t ago)
{
	fprintf(stream,
	        "reset refs/heads/x\ncommit refs/heads/x\n"
	        "committer A <a@b> %" PRId64 " +0000\ndata 0\n\n",
	        now - ago);
}

/* Around each span at which git takes another unit, into the future, and one a
 * day for seven years. */
static void write_commits(FILE *stream)
{
	static const int64_t turns[] = {0,         90,         5400,
	                                36 * 3600, 14 * DAY,   70 * DAY,
	                                365 * DAY, 1825 * DAY, 40 * 365 * DAY};

	for (size_t i = 0; i < sizeof turns / sizeof *turns; i++) {
		for (int64_t off = -2; off <= 2; off++) {
			write_commit(stream, turns[i] + off);
			write_commit(stream, turns[i] + off * 30);
			write_commit(stream, turns[i] + off * 1800);
		}
	}
	for (int64_t days = 0; days < 7 * 365; days++)
		write_commit(stream, days * DAY + days * 7919 % DAY);
}

static void agrees_with_git(void **state)
{
	char line[100], words[80];
	unsigned compared = 0;
	int64_t time;
	FILE *git;

	(void)state;
	scratch_check(chdir(scratch.path) == 0, "chdir");
	git = popen("git init -q && git fast-import --quiet", "w");
	scratch_check(git != NULL, "git");
	write_commits(git);
	scratch_check(pclose(git) == 0, "git fast-import");
	git = popen("git cat-file --batch-all-objects --batch-check='%(objectname) "
	            "%(objecttype)'"
	            " | sed -n 's/ commit$//p' | git log --no-walk --stdin "
	            "--format='%ct|%cr'",
	            "r");
	scratch_check(git != NULL, "git");
	while (fgets(line, sizeof line, git)) {
		BUF out = {0};

		assert_int_equal(sscanf(line, "%" SCNd64 "|%79[^\n]", &time, words), 2);
		when_relative(&out, time, when_now());
		assert_string_equal(out.data, words);
		compared++;
	}
	assert_int_equal(pclose(git), 0);
	assert_true(compared > 7 * 365);
	scratch_check(chdir("/") == 0, "chdir");
}

static void the_clock_can_be_replaced(void **state)
{
	(void)state;
	assert_int_equal(when_now(), now);
}

static void reads_spans(void **state)
{
	static const struct {
		const char *text;
		int64_t seconds;
	} cases[] = {
		{"45min", 45 * 60},
		{"12h", 12 * 3600},
		{"30d", 30 * DAY},
		{"2w", 14 * DAY},
		{"6m", 180 * DAY},
		{"1y", 365 * DAY},
		{"0d", 0},
		{"007h", 7 * 3600},
		{"999999999y", 365 * DAY * 999999999},
	};
	static const char *const wrong[] = {"",     "d",    "30",          "30 d",
	                                    " 30d", "30dd", "-1d",         "+1d",
	                                    "1.5h", "3D",   "1000000000d", "5s"};
	int64_t seconds = -1;

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_false(when_parse_span(&seconds, wrong[i]));
	assert_int_equal(seconds, -1);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_true(when_parse_span(&seconds, cases[i].text));
		assert_int_equal(seconds, cases[i].seconds);
	}
}

static void words_durations(void **state)
{
	static const struct {
		double seconds;
		const char *words;
	} cases[] = {
		{0, "0.0 s"},         {-1, "0.0 s"},           {6.2, "6.2 s"},
		{59.9, "59.9 s"},     {59.96, "1 min 0 s"},    {185, "3 min 5 s"},
		{185.4, "3 min 5 s"}, {3599.4, "59 min 59 s"}, {3599.6, "1 h 0 min"},
		{7650, "2 h 7 min"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		BUF out = {0};

		when_duration(&out, cases[i].seconds);
		assert_string_equal(out.data, cases[i].words);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(uses_the_words_of_git),
		cmocka_unit_test(has_a_brief_form),
		cmocka_unit_test_setup_teardown(agrees_with_git, scratch_setup,
	                                        scratch_teardown),
		cmocka_unit_test(the_clock_can_be_replaced),
		cmocka_unit_test(reads_spans),
		cmocka_unit_test(words_durations),
	};

	/* The git that is asked shall have no settings but ours. */
	setenv("GIT_TEST_DATE_NOW", "2000000000", 1);
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1);
	setenv("LC_ALL", "C", 1);
	unsetenv("GIT_DIR");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
