/* Branches and commits as git prints them; which commits another one holds. */
#include "git_sandbox.h"

#include <string.h>

#include "git/activity.h"
#include "git/branches.h"
#include "git/summary.h"

static struct answer answer(int status, const char *out, const char *why)
{
	return (struct answer){.asked = true,
	                       .exit = status,
	                       .out = out,
	                       .length = strlen(out),
	                       .err = why};
}

static void a_line_of_git_is_a_branch(void **state)
{
	struct branches branches = {0};
	const struct answer answers[] = {
		answer(0,
	               " refs/heads/b 22 origin/b ahead 1, behind 20\n"
	               "*refs/heads/a/x 11 origin/x \n"
	               " refs/heads/c 33  \n"
	               " refs/heads/d 44 up/d gone\n"
	               " refs/heads/e 55 up/e behind 3\n"
	               "not a line of git\n",
	               ""),
		answer(0, "refs/heads/a/x\nrefs/heads/d\nrefs/heads/nosuch\n", "")};
	static const struct branch expected[] = {
		{"a/x", "11", true, true, "origin/x", SYNC_IN_SYNC, 0, 0},
		{"b", "22", false, false, "origin/b", SYNC_DIVERGED, 1, 20},
		{"c", "33", false, false, NULL, SYNC_NO_REMOTE, 0, 0},
		{"d", "44", false, true, "up/d", SYNC_GONE, 0, 0},
		{"e", "55", false, false, "up/e", SYNC_REMOTE_AHEAD, 0, 3},
	};
	struct error err;

	(void)state;
	assert_true(branches_parse(&branches, &arena, answers, &err));
	assert_int_equal(branches.count, sizeof expected / sizeof *expected);
	for (size_t i = 0; i < branches.count; i++) {
		const struct branch *got = &branches.items[i], *want = &expected[i];

		assert_string_equal(got->name, want->name);
		assert_string_equal(got->head, want->head);
		assert_int_equal(got->current, want->current);
		assert_int_equal(got->merged, want->merged);
		if (want->upstream)
			assert_string_equal(got->upstream, want->upstream);
		else
			assert_null(got->upstream);
		assert_int_equal(got->sync, want->sync);
		assert_int_equal(got->ahead, want->ahead);
		assert_int_equal(got->behind, want->behind);
	}
}

static void without_a_commit_nothing_is_merged(void **state)
{
	const struct answer unborn[] = {
		answer(0, " refs/heads/a 11  \n", ""),
		answer(129, "", "error: malformed object name HEAD\n")};
	const struct answer broken[] = {
		answer(0, " refs/heads/a 11  \n", ""),
		answer(128, "", "warning: w\nfatal: bad object HEAD\n")};
	struct branches branches = {0};
	struct error err;

	(void)state;
	assert_true(branches_parse(&branches, &arena, unborn, &err));
	assert_false(branches.items[0].merged);
	assert_false(branches_parse(&branches, &arena, broken, &err));
	assert_string_equal(err.text, "bad object HEAD");
}

/* A merge, a branch off it, and one whose commit is older than its parent: how far git
 * looks then is its own choice. */
static void one_walk_tells_which_branches_are_merged(void **state)
{
	struct branches branches = {0};

	(void)state;
	sandbox_run("git init -q r && cd r && git commit -q --allow-empty -m one && "
	            "git branch one && git checkout -q -b side && "
	            "git commit -q --allow-empty -m two && git checkout -q main && "
	            "git commit -q --allow-empty -m three && "
	            "git merge -q -m four side && git branch apart && "
	            "git checkout -q apart && git commit -q --allow-empty -m five && "
	            "git checkout -q main");
	assert_true(summary_setup(&(struct error){0}));
	assert_true(branches_read(&branches, in_scratch("r"), &arena));
	assert_int_equal(branches.count, 4);
	assert_string_equal(branches.items[0].name, "apart");
	assert_false(branches.items[0].merged);
	for (size_t i = 1; i < branches.count; i++)
		assert_true(branches.items[i].merged);
	assert_true(branches.items[1].current);
	sandbox_run("cd r && GIT_COMMITTER_DATE=@1600000000 "
	            "git commit -q --allow-empty -m six");
	assert_false(branches_read(&(struct branches){0}, in_scratch("r"), &arena));
	assert_false(branches_read(&(struct branches){0}, scratch.path, &arena));
	summary_teardown();
}

static void a_record_of_git_is_a_commit(void **state)
{
	static const char log[] = "11aa\n11\n1700000000\nA\na@b\nsubject\0"
				  "22bb\n22\n1600000000\nB\nb@b\n\0cut\n";
	struct answer answers[] = {answer(0, "", ""), answer(0, "b@b\n", ""),
	                           answer(0, ".git\n.git\n", "")};
	struct activity_span span = {.all = true};
	struct activity all = {0}, own = {0};
	struct error err;

	(void)state;
	answers[ACTIVITY_LOG].out = log;
	answers[ACTIVITY_LOG].length = sizeof log - 1;
	assert_true(activity_parse(&all, &arena, answers, &span, &err));
	assert_int_equal(all.count, 2);
	assert_string_equal(all.items[0].id, "11aa");
	assert_string_equal(all.items[0].abbrev, "11");
	assert_int_equal(all.items[0].time, 1700000000);
	assert_string_equal(all.items[0].email, "a@b");
	assert_string_equal(all.items[0].subject, "subject");
	assert_string_equal(all.items[1].subject, "");
	assert_false(all.linked);
	span.all = false;
	answers[ACTIVITY_FOLDERS] = answer(0, "/r/.git/worktrees/w\n/r/.git\n", "");
	assert_true(activity_parse(&own, &arena, answers, &span, &err));
	assert_int_equal(own.count, 1);
	assert_string_equal(own.items[0].id, "22bb");
	assert_true(own.linked);
}

static void dates_are_seconds(void **state)
{
	struct activity_span span = {.since = 1, .until = 2};

	(void)state;
	activity_parse_dates(&span, &arena,
	                     "gita.since 1700000000\n"
	                     "gita.until 18446744073709551615\n");
	assert_int_equal(span.since, 1700000000);
	assert_true(span.until == INT64_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SANDBOX_TEST(a_line_of_git_is_a_branch),
		SANDBOX_TEST(without_a_commit_nothing_is_merged),
		SANDBOX_TEST(one_walk_tells_which_branches_are_merged),
		SANDBOX_TEST(a_record_of_git_is_a_commit),
		SANDBOX_TEST(dates_are_seconds),
	};

	return cmocka_run_group_tests_name("git_branches", tests, NULL, NULL);
}
