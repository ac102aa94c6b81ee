/* Is there a repository at a path, and of which kind. */
#include "git/probe.h"

#include "base/mounts.h"
#include "base/path.h"
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

/* Only a linked worktree can be told where its repository is now. */
static void test_absent(void **state)
{
	(void)state;
	sandbox_run(
		"git init -q usual; git -C usual commit -q --allow-empty -m first;"
		"git -C usual worktree add -q ../linked; mv usual moved;"
		"mkdir astray; echo 'gitdir: ../usual/.git/modules/a' >astray/.git");
	assert_string_equal(probe("linked").absent,
	                    in_scratch("usual/.git/worktrees/linked"));
	assert_null(probe("astray").absent);
	assert_null(probe("moved").absent);
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
		{"rm .git/HEAD && mkdir .git/HEAD",
	         "HEAD, objects or refs of its .git is missing or damaged"},
		{"rm .git/HEAD && ln -s elsewhere .git/HEAD",
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

/* What cannot be looked at is no reason to say that it is not there. */
static void test_unreadable(void **state)
{
	static const struct {
		const char *made, *reason;
	} rows[] = {
		{"rm -r .git && ln -s .git .git", "Too many levels of symbolic links"},
		{"rm -r .git/objects && ln -s objects .git/objects",
	         "cannot read '%s/repo/.git/objects': Too many levels of symbolic "
	         "links"},
		{"rm -r .git/refs && ln -s refs .git/refs && mv .git ../git && "
	         "echo 'gitdir: ../git' >.git",
	         "cannot read '%s/repo/../git/refs': Too many levels of symbolic "
	         "links"},
		{"ln -s commondir .git/commondir",
	         "cannot read '%s/repo/.git/commondir': Too many levels of symbolic "
	         "links"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *at = strstr(rows[i].reason, "%s");
		const char *reason = !at ? rows[i].reason
		                         : arena_format(&arena, "cannot read '%s%s",
		                                        scratch.path, at + 2);
		struct probe found;

		sandbox_run("rm -rf repo git && git init -q repo");
		sandbox_run(arena_format(&arena, "cd repo && %s", rows[i].made));
		found = probe("repo");
		assert_int_equal(found.kind, REPO_NONE);
		assert_true(found.unreadable);
		assert_false(found.missing);
		assert_string_equal(found.reason, reason);
	}
	sandbox_run("rm -rf repo && touch repo");
	assert_true(probe("repo/below").missing);
	assert_string_equal(probe("repo").reason, "not a git repository");
}

/* Only what is below the `modules` of a git folder is a submodule's. */
static void test_folders_named_modules(void **state)
{
	(void)state;
	sandbox_run("mkdir modules && git init -q --separate-git-dir=modules/x apart");
	assert_int_equal(probe("apart").kind, REPO_USUAL);
	assert_int_equal(probe_folder_kind("/a/worktrees/b", "/a/worktrees/b"),
	                 REPO_USUAL);
	assert_int_equal(probe_folder_kind("/a/git/b", "/a/git"), REPO_USUAL);
}

static struct probe probe_flagged(const char *first, const char *second)
{
	struct strings flags = {0};
	struct probe found;

	strings_add(&arena, &flags, first);
	if (second)
		strings_add(&arena, &flags, second);
	probe_with_flags(&found, &arena, in_scratch("usual"), &flags);
	return found;
}

static void test_flags(void **state)
{
	struct probe found;

	(void)state;
	sandbox_run("git init -q usual && git init -q --bare bare.git");
	assert_string_equal(probe_flagged("-c", "a.b=c").git_folder,
	                    in_scratch("usual/.git"));
	assert_string_equal(probe_flagged("--git-dir", "../bare.git").git_folder,
	                    in_scratch("usual/../bare.git"));
	assert_string_equal(
		probe_flagged("--git-dir=x", "--git-dir=../bare.git").git_folder,
		in_scratch("usual/../bare.git"));
	/* Not what is joined to it in another way, nor one whose value is missing. */
	assert_string_equal(probe_flagged("--git-directory", "--git-dir").git_folder,
	                    in_scratch("usual/.git"));
	found = probe_flagged("--git-dir=nowhere", NULL);
	assert_int_equal(found.kind, REPO_NONE);
	assert_string_equal(found.reason, "its --git-dir is no git folder");
	sandbox_run("ln -s loop loop");
	found = probe_flagged("--git-dir=../loop", NULL);
	assert_int_equal(found.kind, REPO_NONE);
	assert_string_equal(
		found.reason,
		arena_format(&arena,
	                     "cannot read '%s/usual/../loop/HEAD': Too many "
	                     "levels of symbolic links",
	                     scratch.path));
}

static const char *lock_of(const char *name)
{
	const struct mounts none = {0};

	return probe_lock(&arena, &none, probe(name).common_folder);
}

/* Equal for all that share references, and for a superproject and its submodules, also
 * one that keeps its git folder in its own work tree. */
static void test_locks(void **state)
{
	const char *lock;

	(void)state;
	sandbox_run(
		"git init -q usual && git -C usual commit -q --allow-empty -m first &&"
		"git -C usual worktree add -q ../linked && git init -q other &&"
		"git -C usual -c protocol.file.allow=always submodule --quiet add "
		"$PWD/usual sub && git init -q usual/old &&"
		"git -C usual/old commit -q --allow-empty -m first &&"
		"git -C usual submodule --quiet add ./old >said 2>&1 && git init -q "
		"usual/apart");
	lock = path_real(&arena, in_scratch("usual/.git/refs"));
	assert_string_equal(lock_of("usual"), lock);
	assert_string_equal(lock_of("linked"), lock);
	assert_string_equal(lock_of("usual/sub"), lock);
	assert_string_equal(lock_of("usual/old"), lock);
	/* A work tree whose git folder has another name is in none. */
	sandbox_run("git init -q usual/named && mv usual/named/.git usual/named/git");
	assert_string_equal(lock_of("usual/named/git"),
	                    path_real(&arena, in_scratch("usual/named/git/refs")));
	assert_string_equal(lock_of("usual/apart"),
	                    path_real(&arena, in_scratch("usual/apart/.git/refs")));
	sandbox_run("cd usual && touch file && git add file && rm file && git init -q "
	            "file");
	assert_string_equal(lock_of("usual/file"),
	                    path_real(&arena, in_scratch("usual/file/.git/refs")));
	assert_string_equal(lock_of("other"),
	                    path_real(&arena, in_scratch("other/.git/refs")));
}

/* Where the work tree around cannot be looked at safely, or not at all, there is none;
 * and what leads in a circle has an end. */
static void test_locks_without_an_answer(void **state)
{
	struct mount items[] = {
		{.point = "/"},
		{.point = arena_string(&arena, in_scratch("usual")), .remote = true}};
	const struct mounts far = {items, 2, 2};
	const char *own;

	(void)state;
	sandbox_run("git init -q usual && git init -q usual/old &&"
	            "git -C usual/old commit -q --allow-empty -m first &&"
	            "git -C usual add old >said 2>&1");
	own = path_real(&arena, in_scratch("usual/old/.git/refs"));
	assert_string_not_equal(lock_of("usual/old"), own);
	assert_string_equal(probe_lock(&arena, &far, in_scratch("usual/old/.git")),
	                    own);
	items[1].point = arena_string(&arena, in_scratch("far"));
	assert_string_equal(probe_lock(&arena, &far, in_scratch("usual/old/.git")),
	                    lock_of("usual/old"));
	sandbox_run("mkdir far && mv usual/.git far && ln -s ../far/.git usual/.git");
	assert_string_not_equal(lock_of("usual/old"), own);
	assert_string_equal(probe_lock(&arena, &far, in_scratch("usual/old/.git")),
	                    own);
	sandbox_run("rm usual/.git && mv far/.git usual");
	sandbox_run("echo DIRT >usual/.git/index");
	assert_string_equal(lock_of("usual/old"), own);
	sandbox_run("mkdir usual/.git/modules && git init -q "
	            "--separate-git-dir=usual/.git/modules/in in &&"
	            "echo modules/in >usual/.git/commondir");
	assert_string_equal(
		lock_of("in"),
		path_real(&arena, in_scratch("usual/.git/modules/in/refs")));
}

static void test_heads_that_count(void **state)
{
	static const char *const heads[] = {
		"printf 'ref:\\t refs/heads/x' >.git/HEAD",
		"echo 0123456789abcdef0123456789abcdef01234567 >.git/HEAD",
		"rm .git/HEAD && ln -s refs/heads/nothing .git/HEAD",
		"rm .git/HEAD && echo 'ref: refs/other/x' >.git/HEAD",
		"echo >.git/commondir",
		"mv .git ../git && printf 'gitdir: ../git\\r\\n' >.git",
	};

	(void)state;
	sandbox_run("git init -q repo");
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
		sandbox_run(arena_format(&arena, "cd repo && %s", heads[i]));
		assert_int_equal(probe("repo").kind, REPO_USUAL);
	}
	assert_null(probe_branch(&arena, in_scratch("repo")));
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
		{"git init -q repo; printf '../../x\n../../../far/y\n../../../far/z\n' "
	         ">repo/.git/objects/info/alternates",
	         "far/y", NULL},
		{"git init -q repo", "far/folder", "--git-dir=../far/folder"},
		{"git init -q --bare repo; ln -sf ../far/config repo", "far/config",
	         NULL},
		{"git init -q repo; ln -s ../../far/index repo/.git", "far/index",
	         NULL},
	};
	const struct mounts near = {0};
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
		if (!rows[i].flag)
			assert_int_equal(
				probe_leads_remote(&mounts, in_scratch("repo")),
				rows[i].found != NULL);
		assert_null(
			probe_find_remote(&arena, &near, in_scratch("repo"), &flags));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SANDBOX_TEST(test_kinds),
		SANDBOX_TEST(test_folders),
		SANDBOX_TEST(test_absent),
		SANDBOX_TEST(test_damage),
		SANDBOX_TEST(test_heads_that_count),
		SANDBOX_TEST(test_remote_parts),
		SANDBOX_TEST(test_unreadable),
		SANDBOX_TEST(test_folders_named_modules),
		SANDBOX_TEST(test_flags),
		SANDBOX_TEST(test_locks),
		SANDBOX_TEST(test_locks_without_an_answer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
