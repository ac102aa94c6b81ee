/* Is there a repository at a path, and of which kind. */
#include "git/probe.h"

#include "base/mounts.h"
#include "base/strings.h"
#include "git_sandbox.h"

static struct probe probe(const char *name)
{
	struct probe found;

	probe_path(&found, &arena, in_scratch(name));
	return found;
}

/* The kinds of all paths in one line, as `type` shows them. */
static void expect_kinds(const char *expected, const char *const *names, size_t count)
{
	char line[256] = "";

	for (size_t i = 0; i < count; i++) {
		const char *kind = probe_kind_name(probe(names[i]).kind);

		snprintf(line + strlen(line), sizeof line - strlen(line), "%s=%s ",
		         names[i], kind ? kind : "none");
	}
	assert_string_equal(line, expected);
}

static void test_kinds(void **state)
{
	static const char *const names[] = {"usual",     "bare",  "linked",
	                                    "usual/sub", "apart", "usual/folder",
	                                    "nowhere"};

	(void)state;
	sandbox_run("git init -q usual; git init -q --bare bare;"
	            "git -C usual commit -q --allow-empty -m first;"
	            "git -C usual worktree add -q ../linked;"
	            "git -C usual -c protocol.file.allow=always submodule --quiet add "
	            "$PWD/usual sub;"
	            "git init -q --separate-git-dir=elsewhere apart;"
	            "mkdir usual/folder");
	expect_kinds("usual=repo bare=bare linked=worktree usual/sub=submodule "
	             "apart=repo usual/folder=none nowhere=none ",
	             names, 7);
	assert_true(probe("nowhere").missing);
	assert_false(probe("usual/folder").missing);
}

static void test_folders(void **state)
{
	struct probe found;

	(void)state;
	sandbox_run("git init -q usual; git -C usual commit -q --allow-empty -m first;"
	            "git -C usual worktree add -q ../linked");
	found = probe("linked");
	assert_string_equal(found.git_folder,
	                    in_scratch("usual/.git/worktrees/linked"));
	assert_int_equal(access(found.common_folder, F_OK), 0);
	found = probe("usual");
	assert_string_equal(found.git_folder, in_scratch("usual/.git"));
	assert_string_equal(found.common_folder, in_scratch("usual/.git"));
}

/* What git would take for no repository, and search above. */
static void test_damage(void **state)
{
	static const struct {
		const char *damage, *reason;
	} rows[] = {
		{"echo garbage >.git/HEAD",
	         "HEAD, objects or refs of its .git is missing or damaged"},
		{"echo 'ref: somewhere' >.git/HEAD",
	         "HEAD, objects or refs of its .git is missing or damaged"},
		{"rm .git/HEAD && mkfifo .git/HEAD",
	         "HEAD, objects or refs of its .git is missing or damaged"},
		{"rm -r .git/refs",
	         "HEAD, objects or refs of its .git is missing or damaged"},
		{"rm -r .git && mkdir .git",
	         "HEAD, objects or refs of its .git is missing or damaged"},
		{"rm -r .git && echo garbage >.git",
	         "its .git is a file that names no git folder"},
		{"rm -r .git && echo 'gitdir: /nowhere' >.git",
	         "its .git points to '/nowhere', which is no git folder"},
		{"rm -r .git", "not a git repository"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct probe found;

		sandbox_run("rm -rf repo; git init -q repo");
		sandbox_run(arena_format(&arena, "cd repo && %s", rows[i].damage));
		found = probe("repo");
		assert_int_equal(found.kind, REPO_NONE);
		assert_false(found.missing);
		assert_string_equal(found.reason, rows[i].reason);
	}
}

static void test_heads_that_count(void **state)
{
	static const char *const heads[] = {
		"printf 'ref:\\t refs/heads/x' >.git/HEAD",
		"echo 0123456789abcdef0123456789abcdef01234567 >.git/HEAD",
		"rm .git/HEAD && ln -s refs/heads/nothing .git/HEAD",
	};

	(void)state;
	sandbox_run("git init -q repo");
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
		sandbox_run(arena_format(&arena, "cd repo && %s", heads[i]));
		assert_int_equal(probe("repo").kind, REPO_USUAL);
	}
}

/* `far` stands for a remote disk: what lies there is named, and nothing else. */
static void test_remote_parts(void **state)
{
	static const struct {
		const char *made, *found;
		const char *flag;
	} rows[] = {
		{"git init -q repo", NULL, NULL},
		{"mkdir repo", NULL, NULL},
		{"ln -s far/repo repo", "far/repo/.git", NULL},
		{"mkdir repo; echo 'gitdir: ../far/x' >repo/.git", "far/x", NULL},
		{"mkdir repo; ln -s ../far/x repo/.git", "far/x", NULL},
		{"git init -q repo; echo ../../far >repo/.git/commondir", "far", NULL},
		{"git init -q repo; rm -r repo/.git/refs; ln -s ../../far/refs "
	         "repo/.git",
	         "far/refs", NULL},
		{"git init -q repo; echo ../../../far/objects "
	         ">repo/.git/objects/info/alternates",
	         "far/objects", NULL},
		{"git init -q repo", "far/folder", "--git-dir=../far/folder"},
		{"git init -q --bare repo; ln -sf ../far/config repo", "far/config",
	         NULL},
	};
	struct mount items[] = {
		{.point = "/"},
		{.point = arena_string(&arena, in_scratch("far")), .remote = true}};
	const struct mounts mounts = {items, 2, 2};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct strings flags = {0};
		const char *found;

		sandbox_run(arena_format(&arena, "rm -rf repo; %s", rows[i].made));
		if (rows[i].flag)
			strings_add(&arena, &flags, rows[i].flag);
		found = probe_find_remote(&arena, &mounts, in_scratch("repo"), &flags);
		if (rows[i].found && !found)
			fail_msg("%s: not found", rows[i].made);
		if (rows[i].found)
			assert_string_equal(found, in_scratch(rows[i].found));
		else
			assert_null(found);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SANDBOX_TEST(test_kinds),        SANDBOX_TEST(test_folders),
		SANDBOX_TEST(test_damage),       SANDBOX_TEST(test_heads_that_count),
		SANDBOX_TEST(test_remote_parts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
