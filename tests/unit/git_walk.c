/* The walk in pieces: wherever the index is cut, the pieces together see what one
 * walk sees, and each folder is listed once. */
#include "config.h"
#include "git_sandbox.h"

#include "base/error.h"
#include "worktree/walk.h"

static struct comparison comparison;
static struct worktree_question question;

static void start(void)
{
	static const struct config config;
	const char *git = arena_format(&arena, "%s/.git", scratch.path);

	question = (struct worktree_question){.config = &config,
	                                      .path = scratch.path,
	                                      .git_folder = git,
	                                      .common_folder = git};
	assert_true(comparison_begin(&comparison, &question, &arena));
}

/* What is found with a cut before entry `cut`, in letters. */
static const char *found(size_t cut)
{
	const char *what;

	start();
	worktree_walk(&comparison, 0, cut);
	worktree_walk(&comparison, cut, comparison.index.count);
	if (comparison_has(&comparison.ask_git))
		what = "ask git";
	else if (comparison_has(&comparison.unstaged))
		what = comparison_has(&comparison.untracked) ? "unstaged untracked"
		                                             : "unstaged";
	else
		what = comparison_has(&comparison.untracked) ? "untracked" : "clean";
	comparison_end(&comparison);
	return what;
}

static void expect(const char *what)
{
	size_t count;

	start();
	count = comparison.index.count;
	comparison_end(&comparison);
	for (size_t cut = 0; cut <= count; cut++)
		assert_string_equal(found(cut), what);
}

static int setup(void **state)
{
	sandbox_setup(state);
	sandbox_run(
		"git init -q . && mkdir -p d/e f && touch .gitconfig a d/b d/e/c d/z"
		" d.x f/a f/b z && git add -A && git commit -qm 1 &&"
		"git update-index --refresh");
	return 0;
}

static void test_clean(void **state)
{
	(void)state;
	expect("clean");
	sandbox_run("mkdir -p new/empty && mkfifo d/fifo");
	expect("clean");
}

static void test_changed(void **state)
{
	static const char *const files[] = {"a", "d/b", "d/e/c", "d/z", "f/b", "z"};

	(void)state;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		sandbox_run(arena_format(&arena, "echo more >>%s", files[i]));
		expect("unstaged");
		sandbox_run(arena_format(&arena, "git checkout -q %s", files[i]));
		expect("clean");
	}
}

static void test_gone(void **state)
{
	static const char *const paths[] = {"a", "d", "d/e", "d/e/c", "f/a"};

	(void)state;
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
		sandbox_run(arena_format(&arena, "rm -r %s", paths[i]));
		expect("unstaged");
		sandbox_run("git checkout -q .");
	}
}

static void test_unknown(void **state)
{
	static const char *const paths[] = {"0",    "d/0",     "d/e/zz",
	                                    "d/ee", "f/0/1/2", "zz"};

	(void)state;
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
		sandbox_run(arena_format(&arena, "mkdir -p $(dirname %s) && touch %s",
		                         paths[i], paths[i]));
		expect("untracked");
		sandbox_run("git clean -qfd");
		expect("clean");
	}
}

/* One file less and another more: their number says nothing. */
static void test_renamed(void **state)
{
	(void)state;
	sandbox_run("mv d/b d/bb");
	expect("unstaged untracked");
}

static void test_folder_for_file(void **state)
{
	(void)state;
	sandbox_run("rm a && mkdir a && touch a/new");
	expect("unstaged");
}

static void test_link_for_folder(void **state)
{
	(void)state;
	sandbox_run("mv d ../$(basename $PWD).d && ln -s ../$(basename $PWD).d d");
	expect("unstaged untracked");
	sandbox_run("rm -r ../$(basename $PWD).d");
}

/* Makes `depth` folders, one in the other, below `top`. */
static void make_deep(const char *top, unsigned depth, const char *name)
{
	int folder = open(in_scratch(top), O_RDONLY | O_DIRECTORY);

	for (unsigned i = 0; i < depth; i++) {
		int next;

		scratch_check(folder >= 0 && mkdirat(folder, name, 0777) == 0, name);
		next = openat(folder, name, O_RDONLY | O_DIRECTORY);
		close(folder);
		folder = next;
	}
	close(openat(folder, "file", O_WRONLY | O_CREAT, 0666));
	close(folder);
}

struct deep {
	const char *top, *name;
	unsigned depth;
	const char *expected;
};

static void *walk_deep(void *context)
{
	const struct deep *deep = context;

	assert_string_equal(found(0), deep->expected);
	return NULL;
}

/* The walk on a thread with a stack as small as they come. */
static void expect_deep(struct deep deep)
{
	pthread_attr_t attributes;
	pthread_t thread;

	sandbox_run(arena_format(&arena, "mkdir %s", deep.top));
	make_deep(deep.top, deep.depth, deep.name);
	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, 256 << 10);
	scratch_check(pthread_create(&thread, &attributes, walk_deep, &deep) == 0,
	              "thread");
	pthread_join(thread, NULL);
	pthread_attr_destroy(&attributes);
	sandbox_run(arena_format(&arena, "rm -r %s", deep.top));
}

/* git asks the system for whole paths: it warns of a folder beyond PATH_MAX. */
static void test_deep_untracked(void **state)
{
	(void)state;
	expect_deep((struct deep){"deep", "d", 1000, "untracked"});
	expect_deep((struct deep){"deep", "d", 2000, "untracked"});
	expect_deep((struct deep){"deep", "d", 3000, "ask git"});
}

static void test_deep_ignored(void **state)
{
	(void)state;
	sandbox_run("echo file >.git/info/exclude");
	expect_deep((struct deep){"deep", "d", 2000, "clean"});
	sandbox_run("echo /deep/d/d/d/ >.git/info/exclude");
	expect_deep((struct deep){"deep", "d", 3000, "clean"});
}

#define WALK_TEST(function) \
	cmocka_unit_test_setup_teardown(function, setup, sandbox_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WALK_TEST(test_clean),
		WALK_TEST(test_changed),
		WALK_TEST(test_gone),
		WALK_TEST(test_unknown),
		WALK_TEST(test_renamed),
		WALK_TEST(test_folder_for_file),
		WALK_TEST(test_link_for_folder),
		WALK_TEST(test_deep_untracked),
		WALK_TEST(test_deep_ignored),
	};
	struct error err;
	int failed;

	if (!libgit2_load(&err))
		return 1;
	libgit2.libgit2_init();
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	libgit2.libgit2_shutdown();
	return failed;
}
