/* Facts of real repositories, read without git. */
#include "git/summary.h"

#include "git_sandbox.h"

#include "base/error.h"
#include "base/spread.h"

static const char *orelse(const char *text)
{
	return text ? text : "-";
}

/* All but the files, which have tests of their own, on one line. */
static const char *facts(const char *name)
{
	struct summary got;

	if (summary_read(&got, in_scratch(name), WANT_TABLE & ~WANT_FILES, &arena,
	                 NULL) == READING_ASK_GIT)
		return "ask git";
	if (got.state != STATE_OK)
		return state_name(got.state);
	return arena_format(&arena, "%s %s%s%s%s%s%s%s %s %zu/%zu $%zu",
	                    probe_kind_name(got.kind), orelse(got.branch),
	                    got.unborn ? " unborn" : "", got.rebasing ? " of " : "",
	                    got.rebasing ? got.rebasing : "", got.tag ? " tag " : "",
	                    got.tag ? got.tag : "",
	                    got.operation ? arena_format(&arena, " %s",
	                                                 operation_name(got.operation))
	                                  : "",
	                    got.upstream ? arena_format(&arena, "%s %s", got.upstream,
	                                                sync_name(got.sync))
	                                 : sync_name(got.sync),
	                    got.ahead, got.behind, got.stashes);
}

/* Runs the script in a repository with two commits; then its facts. */
static const char *made(const char *script)
{
	sandbox_run("rm -rf repo && cp -R model repo");
	sandbox_run(arena_format(&arena, "cd repo && { %s; } >../said 2>&1", script));
	return facts("repo");
}

static int setup(void **state)
{
	struct error err;

	sandbox_setup(state);
	sandbox_run("git init -q model && cd model && echo 1 >file && git add file &&"
	            "git commit -q -m one && echo 2 >file && git commit -q -a -m two");
	return !summary_setup(&err);
}

static int teardown(void **state)
{
	summary_teardown();
	return sandbox_teardown(state);
}

struct row {
	const char *script, *expected;
};

static void check(const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++)
		assert_string_equal(made(rows[i].script), rows[i].expected);
}

#define CHECK(rows) check(rows, sizeof(rows) / sizeof *(rows))

static void test_heads(void **state)
{
	static const struct row rows[] = {
		{":", "repo main no_remote 0/0 $0"},
		{"git checkout -q -b a/b", "repo a/b no_remote 0/0 $0"},
		{"git checkout -q --orphan new", "repo new unborn no_remote 0/0 $0"},
		{"git pack-refs --all", "repo main no_remote 0/0 $0"},
		{"git symbolic-ref refs/heads/x refs/heads/main && "
	         "git symbolic-ref HEAD refs/heads/x",
	         "ask git"},
		{"git update-ref refs/x/y HEAD && git symbolic-ref HEAD refs/x/y",
	         "repo refs/x/y no_remote 0/0 $0"},
		{"git checkout -q --detach", "repo - no_remote 0/0 $0"},
		{"git config core.bare true", "bare main no_remote 0/0 $0"},
	};

	(void)state;
	CHECK(rows);
}

static void test_tags(void **state)
{
	static const struct row rows[] = {
		{"git tag b && git tag a && git checkout -q --detach",
	         "repo - tag a no_remote 0/0 $0"},
		{"git tag a && git tag -m x z && git checkout -q --detach",
	         "repo - tag z no_remote 0/0 $0"},
		{"git tag -m x a && GIT_COMMITTER_DATE='1800000000 +0000' "
	         "git tag -m y b && git pack-refs --all && git checkout -q --detach",
	         "repo - tag b no_remote 0/0 $0"},
		{"git tag -m x b && git pack-refs --all && git tag -m y a && "
	         "git checkout -q --detach",
	         "repo - tag a no_remote 0/0 $0"},
		{"git tag -m x inner && git tag -m y outer inner && git tag -d inner "
	         "&& "
	         "git checkout -q --detach",
	         "repo - tag outer no_remote 0/0 $0"},
		{"git tag x && git pack-refs --all && git tag -f x HEAD~1 && "
	         "git checkout -q --detach",
	         "repo - no_remote 0/0 $0"},
		{"git tag x && git tag -m x near HEAD~1", "repo main no_remote 0/0 $0"},
	};

	(void)state;
	CHECK(rows);
}

static void test_upstreams(void **state)
{
	static const struct row rows[] = {
		{"git branch up HEAD~1 && git branch -q -u up",
	         "repo main up local_ahead 1/0 $0"},
		{"git branch up && git reset -q --hard HEAD~1 && git branch -q -u up",
	         "repo main up remote_ahead 0/1 $0"},
		{"git branch up && git commit -q --amend -m x && git branch -q -u up",
	         "repo main up diverged 1/1 $0"},
		{"git branch up && git branch -q -u up", "repo main up in_sync 0/0 $0"},
		{"git branch up && git branch -q -u up && git branch -D up",
	         "repo main up gone 0/0 $0"},
		{"git branch up && git branch -q -u up && git tag up",
	         "repo main heads/up in_sync 0/0 $0"},
		{"git config branch.main.merge refs/heads/main",
	         "repo main no_remote 0/0 $0"},
		{"git remote add o /x && git update-ref refs/remotes/o/y HEAD && "
	         "git config branch.main.remote o && "
	         "git config branch.main.merge refs/heads/y",
	         "repo main o/y in_sync 0/0 $0"},
		{"git remote add o /x && git config remote.o.fetch "
	         "refs/heads/*:refs/r/* && "
	         "git config branch.main.remote o && "
	         "git config branch.main.merge refs/heads/y",
	         "repo main r/y gone 0/0 $0"},
		{"git branch up && git branch -q -u up && mkdir .git/heads && "
	         "touch .git/up",
	         "ask git"},
		{"for i in 1 2 3 4 5; do "
	         "git symbolic-ref refs/heads/$i refs/heads/$((i + 1)); done && "
	         "git symbolic-ref HEAD refs/heads/1",
	         "ask git"},
		{"git remote add o /x && git config --add remote.o.fetch ^refs/heads/y "
	         "&& "
	         "git config branch.main.remote o && "
	         "git config branch.main.merge refs/heads/y",
	         "ask git"},
	};

	(void)state;
	CHECK(rows);
}

/* Two merges of the same two commits, all of the same second. */
static void test_equal_dates(void **state)
{
	(void)state;
	assert_string_equal(made("t=HEAD^{tree}; a=$(git commit-tree -m a $t);"
	                         "b=$(git commit-tree -m b -p $a $t);"
	                         "c=$(git commit-tree -m c -p $a -p $b $t);"
	                         "d=$(git commit-tree -m d -p $a -p $b $t);"
	                         "git update-ref refs/heads/main $c;"
	                         "git update-ref refs/heads/side $d;"
	                         "git branch -q -u side"),
	                    "repo main side diverged 1/1 $0");
}

/* A parent later than its child: how far to look is git's to say. */
static void test_dates_backwards(void **state)
{
	(void)state;
	assert_string_equal(made("git branch side && git branch -q -u side &&"
	                         "GIT_COMMITTER_DATE='1600000000 +0000' "
	                         "git commit -q --allow-empty -m early"),
	                    "ask git");
}

static void test_operations(void **state)
{
#define SIDE \
	"git checkout -q -b side HEAD~1 && echo 3 >file && git commit -q -a -m three " \
	"&& " \
	"git commit -q --allow-empty -m four && "
	static const struct row rows[] = {
		{SIDE "git merge main || :", "repo side merge no_remote 0/0 $0"},
		{SIDE "git rebase main || :", "repo - of side rebase no_remote 0/0 $0"},
		{SIDE "git rebase --apply main || :",
	         "repo - of side rebase no_remote 0/0 $0"},
		{SIDE "git format-patch -q -1 --stdout HEAD~1 >../p && "
	              "git checkout -q main && git am ../p || :",
	         "repo main am no_remote 0/0 $0"},
		{SIDE "git cherry-pick main || :",
	         "repo side cherry-pick no_remote 0/0 $0"},
		{SIDE "git cherry-pick main main~1 || :; git reset -q --hard; "
	              "git update-ref -d CHERRY_PICK_HEAD",
	         "repo side cherry-pick no_remote 0/0 $0"},
		{SIDE "git revert main || :", "repo side revert no_remote 0/0 $0"},
		{SIDE "git bisect start", "repo side bisect no_remote 0/0 $0"},
		{SIDE "git rebase --apply main || :; echo x >.git/MERGE_HEAD",
	         "repo - of side rebase no_remote 0/0 $0"},
		{SIDE "git rebase --apply main || :; echo x >.git/MERGE_HEAD; "
	              "git symbolic-ref HEAD refs/heads/side",
	         "repo side of side merge no_remote 0/0 $0"},
		{SIDE "git rebase main || :; echo x >.git/MERGE_HEAD",
	         "repo - of side rebase no_remote 0/0 $0"},
		{"mkdir .git/sequencer && printf 'p\\tx' >.git/sequencer/todo",
	         "repo main cherry-pick no_remote 0/0 $0"},
		{"mkdir .git/sequencer && echo picky x >.git/sequencer/todo",
	         "repo main no_remote 0/0 $0"},
		{"mkdir -p .git/sequencer/todo", "repo main no_remote 0/0 $0"},
		{"mkdir .git/sequencer && echo revert x >.git/sequencer/todo && "
	         "git bisect start",
	         "repo main revert no_remote 0/0 $0"},
		{SIDE "git bisect start && git merge main || :",
	         "repo side merge no_remote 0/0 $0"},
	};

	(void)state;
	CHECK(rows);
}

static void test_stashes(void **state)
{
	static const struct row rows[] = {
		{"echo 3 >file && git stash -q", "repo main no_remote 0/0 $1"},
		{"for i in 3 4 5; do echo $i >file && git stash -q; done",
	         "repo main no_remote 0/0 $3"},
		{"echo 3 >file && git stash -q && git stash drop -q",
	         "repo main no_remote 0/0 $0"},
		{"echo 3 >file && git stash -q && git pack-refs --all",
	         "repo main no_remote 0/0 $1"},
		{"echo 3 >file && git stash -q && git worktree add ../tree",
	         "repo main no_remote 0/0 $1"},
	};

	(void)state;
	CHECK(rows);
	assert_string_equal(facts("tree"), "worktree tree no_remote 0/0 $1");
}

/* libgit2 is not the one to ask, or nothing can be told without git's word. */
static void test_git_judges(void **state)
{
	static const struct row rows[] = {
		{"git config core.repositoryFormatVersion 1", "ask git"},
		{"git config extensions.preciousObjects true", "ask git"},
		{"git config core.worktree /elsewhere", "ask git"},
		{"git config core.bare perhaps", "ask git"},
		{"echo '[broken' >>.git/config", "ask git"},
		{"git replace HEAD HEAD~1", "ask git"},
		{"git replace HEAD HEAD~1 && git pack-refs --all", "ask git"},
		{"git rev-parse HEAD >.git/info/grafts", "ask git"},
		{"echo garbage >.git/shallow", "ask git"},
		{"echo garbage >.git/packed-refs", "ask git"},
		{"echo garbage >.git/refs/heads/main", "ask git"},
		{"rm .git/refs/heads/main && ln -s side .git/refs/heads/main",
	         "ask git"},
		{"echo 0123456789012345678901234567890123456789 >.git/refs/heads/main",
	         "ask git"},
		{"git rev-parse HEAD^{tree} >x && mv x .git/refs/heads/main",
	         "ask git"},
	};

	(void)state;
	CHECK(rows);
	sandbox_set("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1");
	assert_string_equal(made(":"), "ask git");
	unsetenv("GIT_TEST_ASSUME_DIFFERENT_OWNER");
	sandbox_set("GIT_ATTR_NOSYSTEM", "1");
	assert_string_equal(made(":"), "ask git");
}

static void test_nothing_there(void **state)
{
	(void)state;
	scratch_folder("empty");
	assert_string_equal(facts("nowhere"), "missing");
	assert_string_equal(facts("empty"), "broken");
}

/* Does the pieces of a large work tree, and somebody commits meanwhile, once. */
static void commit_meanwhile(const struct spread *spread, size_t count,
                             void (*work)(void *context, size_t index), void *context)
{
	bool *committed = spread->owner;

	for (size_t i = 0; i < count; i++)
		work(context, i);
	if (!*committed)
		sandbox_run("git -C repo commit -q --allow-empty -m three");
	*committed = true;
}

static void test_a_commit_meanwhile(void **state)
{
	bool committed = false;
	const struct spread spread = {commit_meanwhile, 2, &committed};
	struct summary got;

	(void)state;
	made("git ls-tree HEAD file | sed 's/file$/large/' >../entry &&"
	     "seq -f \"$(sed 's/ blob / /' ../entry)%.0f\" 10001 |"
	     "git update-index --index-info && git commit -q -m large");
	assert_int_equal(
		summary_read(&got, in_scratch("repo"), WANT_TABLE, &arena, &spread),
		READING_DONE);
	assert_true(committed);
	assert_string_equal(got.subject, "three");
}

static void test_remote(void **state)
{
	static const struct {
		const char *script, *name, *url;
	} rows[] = {
		{":", "-", "-"},
		{"git remote add a x:a", "a", "x:a"},
		{"git remote add a x:a && git remote add b x:b", "a", "x:a"},
		{"git remote add a x:a && git remote add b x:b && "
	         "git config checkout.defaultRemote b",
	         "b", "x:b"},
		{"git remote add a x:a && git remote add origin x:o", "origin", "x:o"},
		{"git remote add a x:a && git remote add origin x:o && "
	         "git config branch.main.remote a",
	         "a", "x:a"},
		{"git remote add a x:a && git config url.https://y/.insteadOf x: && "
	         "git config url.z:.insteadOf x:ab",
	         "a", "https://y/a"},
		{"git remote add a x:a && git config url.z:.insteadOf x:a && "
	         "git config url.https://y/.insteadOf x:",
	         "a", "z:"},
		{"git config branch.main.remote https://h/r", "https://h/r",
	         "https://h/r"},
		{"git remote add a x:a && git remote set-url --add a x:b", "a", "x:a"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct summary got;

		made(rows[i].script);
		assert_int_equal(summary_read(&got, in_scratch("repo"), WANT_REMOTE,
		                              &arena, NULL),
		                 READING_DONE);
		assert_string_equal(orelse(got.remote_name), rows[i].name);
		assert_string_equal(orelse(got.remote), rows[i].url);
		assert_int_equal(got.fetched, 0);
	}
}

#define SUMMARY_TEST(function) \
	cmocka_unit_test_setup_teardown(function, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		SUMMARY_TEST(test_heads),
		SUMMARY_TEST(test_tags),
		SUMMARY_TEST(test_upstreams),
		SUMMARY_TEST(test_equal_dates),
		SUMMARY_TEST(test_dates_backwards),
		SUMMARY_TEST(test_operations),
		SUMMARY_TEST(test_stashes),
		SUMMARY_TEST(test_git_judges),
		SUMMARY_TEST(test_nothing_there),
		SUMMARY_TEST(test_remote),
		SUMMARY_TEST(test_a_commit_meanwhile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
