/* The walk in pieces: wherever the index is cut, the pieces together see what one
 * walk sees, and each folder is listed once. */
#include "git_sandbox.h"
#include "scan_parts.h"

static struct scan scan;

static void start(void)
{
	const char *git = arena_format(&arena, "%s/.git/", scratch.path);

	scan = (struct scan){
		.config = {.trust_ctime = true,
	                   .check_all = true,
	                   .file_mode = true,
	                   .symlinks = true,
	                   .untracked = UNTRACKED_NORMAL},
		.folder = arena_format(&arena, "%s/", scratch.path),
		.git_folder = git,
		.common_folder = git,
		.arena = &arena,
		.lock = PTHREAD_MUTEX_INITIALIZER,
		.root = open(scratch.path, O_RDONLY | O_DIRECTORY),
	};
	scan_ignore_files(&scan);
	assert_true(index_open(&scan.index, &arena, in_scratch(".git/index")));
}

static void stop(void)
{
	index_close(&scan.index);
	close(scan.root);
}

/* What is found with a cut before entry `cut`, in letters. */
static const char *found(size_t cut)
{
	start();
	scan_walk(&scan, 0, cut);
	scan_walk(&scan, cut, scan.index.count);
	stop();
	if (scan_flag(&scan.doubt))
		return "doubt";
	if (scan_flag(&scan.unstaged))
		return scan_flag(&scan.untracked) ? "unstaged untracked" : "unstaged";
	return scan_flag(&scan.untracked) ? "untracked" : "clean";
}

static void expect(const char *what)
{
	size_t count;

	start();
	count = scan.index.count;
	stop();
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
	};
	int failed;

	git_libgit2_init();
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	git_libgit2_shutdown();
	return failed;
}
