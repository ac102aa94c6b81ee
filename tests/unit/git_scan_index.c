/* The index as git wrote it, and those that git alone may read. */
#include "scan_index.h"

#include "base/buf.h"
#include "git_sandbox.h"
#include "scan_trees.h"

static struct index_file index_file;

static const char *opened(void)
{
	bool good = index_open(&index_file, &arena, in_scratch(".git/index"));

	return good ? "read" : "ask git";
}

/* A line an entry: mode, first byte of the hash, flags in use, path. */
static const char *listed(void)
{
	BUF out = {0};

	assert_string_equal(opened(), "read");
	for (size_t i = 0; i < index_file.count; i++) {
		const struct index_entry *entry = index_file.entries[i];

		buf_addf(&out, "%o %02x %x %x %s\n", index_number(entry->mode),
		         entry->id[0], index_flags(entry) & (ENTRY_VALID | ENTRY_STAGE),
		         index_more_flags(entry), index_path(entry));
	}
	index_close(&index_file);
	return arena_bytes(&arena, buf_text(&out), out.length);
}

static void make(const char *version)
{
	sandbox_run("git init -q . && mkdir -p d/e && echo a >a && echo b >d/b &&"
	            "echo c >d/e/c && echo x >d-x && chmod +x d-x && ln -s a l &&"
	            "git add a d d-x l");
	sandbox_run(
		arena_format(&arena, "git update-index --index-version %s", version));
}

#define PLAIN \
	"100644 78 0 0 a\n" \
	"100755 58 0 0 d-x\n" \
	"100644 61 0 0 d/b\n" \
	"100644 f2 0 0 d/e/c\n" \
	"120000 2e 0 0 l\n"

static void test_versions(void **state)
{
	(void)state;
	make("2");
	assert_string_equal(listed(), PLAIN);
	sandbox_run("git update-index --index-version 4");
	assert_string_equal(listed(), PLAIN);
}

#define FLAGGED \
	"100644 78 8000 0 a\n" \
	"100755 58 0 4000 d-x\n" \
	"100644 61 0 0 d/b\n" \
	"100644 f2 0 0 d/e/c\n" \
	"120000 2e 0 0 l\n" \
	"100644 e6 0 2000 n\n"

static void test_flags(void **state)
{
	(void)state;
	make("3");
	sandbox_run("touch n && git add -N n && git update-index --skip-worktree d-x &&"
	            "git update-index --assume-unchanged a");
	assert_string_equal(listed(), FLAGGED);
	sandbox_run("git update-index --index-version 4");
	assert_string_equal(listed(), FLAGGED);
}

static void test_conflict(void **state)
{
	(void)state;
	sandbox_run("git init -q . && git commit -qm 0 --allow-empty && echo 1 >a &&"
	            "git add a && git commit -qm 1 && git checkout -qb side HEAD~ &&"
	            "echo 2 >a && git add a && git commit -qm 2 &&"
	            "! git merge -q main >/dev/null");
	assert_string_equal(listed(), "100644 0c 2000 0 a\n"
	                              "100644 d0 3000 0 a\n");
	assert_true(index_file.conflicted);
}

static void test_missing_and_empty(void **state)
{
	(void)state;
	sandbox_run("git init -q .");
	assert_string_equal(listed(), "");
	assert_int_equal(index_file.written, 0);
	sandbox_run("git read-tree --empty");
	assert_string_equal(listed(), "");
	assert_int_not_equal(index_file.written, 0);
}

static void test_left_to_git(void **state)
{
	(void)state;
	make("2");
	sandbox_run("cp .git/index whole && git update-index --split-index");
	assert_string_equal(opened(), "ask git");
	index_close(&index_file);
	sandbox_run("head -c 200 whole >.git/index");
	assert_string_equal(opened(), "ask git");
	index_close(&index_file);
	sandbox_run("sed 's/^DIRC/DIRT/' whole >.git/index");
	assert_string_equal(opened(), "ask git");
	index_close(&index_file);
	sandbox_run("rm .git/index && mkdir .git/index");
	assert_string_equal(opened(), "ask git");
	index_close(&index_file);
}

static void test_lookups(void **state)
{
	(void)state;
	make("2");
	assert_string_equal(opened(), "read");
	assert_string_equal(index_path(index_find(&index_file, "d/e/c")), "d/e/c");
	assert_null(index_find(&index_file, "d"));
	assert_null(index_find(&index_file, "d/e/"));
	assert_int_equal(index_seek(&index_file, 0, 5, 0, "d/", 2), 2);
	assert_int_equal(index_seek(&index_file, 2, 4, 2, "e/", 2), 3);
	assert_int_equal(index_seek(&index_file, 0, 5, 0, "z", 1), 5);
	assert_int_equal(index_skip(&index_file, 2, 5, strlen("d/")), 4);
	assert_int_equal(index_skip(&index_file, 1, 5, strlen("d-x")), 2);
	index_close(&index_file);
}

static void test_trees(void **state)
{
	const struct cached_tree *root, *folder;

	(void)state;
	make("2");
	sandbox_run("git commit -qm 1 && echo more >>d/b && git add d/b");
	assert_string_equal(opened(), "read");
	root = trees_read(&arena, &index_file);
	assert_non_null(root);
	assert_null(root->id);
	folder = trees_find(root, "d");
	assert_non_null(folder);
	assert_null(folder->id);
	assert_non_null(trees_find(folder, "e")->id);
	assert_null(trees_find(root, "e"));
	assert_null(trees_find(NULL, "e"));
	index_close(&index_file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SANDBOX_TEST(test_versions),    SANDBOX_TEST(test_flags),
		SANDBOX_TEST(test_conflict),    SANDBOX_TEST(test_missing_and_empty),
		SANDBOX_TEST(test_left_to_git), SANDBOX_TEST(test_lookups),
		SANDBOX_TEST(test_trees),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
