/* The index as git wrote it, and those that git alone may read. */
#include "worktree/index.h"

#include "base/buf.h"
#include "git_sandbox.h"

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
	root = index_root_tree(&index_file);
	assert_non_null(root);
	assert_null(root->id);
	assert_int_equal(root->size, 3);
	folder = cached_tree_find(root, "d");
	assert_non_null(folder);
	assert_null(folder->id);
	assert_int_equal(folder->size, 2);
	assert_non_null(cached_tree_find(folder, "e")->id);
	assert_null(cached_tree_find(root, "e"));
	assert_null(cached_tree_find(NULL, "e"));
	index_close(&index_file);
}

static void test_siblings_of_trees(void **state)
{
	const struct cached_tree *root;

	(void)state;
	sandbox_run("git init -q . && mkdir -p a/a a/b bb/b c && touch a/a/1 a/b/2 "
	            "bb/b/3 c/4 &&"
	            "git add . && git commit -qm 1");
	assert_string_equal(opened(), "read");
	root = index_root_tree(&index_file);
	assert_int_equal(root->size, 7);
	assert_string_equal(cached_tree_find(root, "c")->name, "c");
	assert_string_equal(cached_tree_find(root, "bb")->name, "bb");
	assert_non_null(cached_tree_find(cached_tree_find(root, "bb"), "b"));
	assert_null(cached_tree_find(cached_tree_find(root, "bb"), "a"));
	assert_null(cached_tree_find(cached_tree_find(root, "c"), "bb"));
	index_close(&index_file);
}

/*
 * Broken files. Whatever they hold, nothing outside of them may be read: each is in
 * memory that ends where it ends, for a sanitizer to watch.
 */

static char *whole;
static size_t whole_length;

static void read_whole(void)
{
	FILE *file = fopen(in_scratch(".git/index"), "rb");

	scratch_check(file != NULL, "index");
	whole = arena_take(&arena, 1 << 16);
	whole_length = fread(whole, 1, 1 << 16, file);
	fclose(file);
}

/* Uses all that an index holds, so that what lies outside is touched. */
static size_t use(void)
{
	size_t sum = 0;

	for (size_t i = 0; i < index_file.count; i++) {
		const char *path = index_path(index_file.entries[i]);

		sum += strlen(path) + index_number(index_file.entries[i]->size);
		sum += index_find(&index_file, path) != NULL;
		sum += index_skip(&index_file, i, index_file.count, 1);
	}
	for (size_t i = 0; i < index_file.trees.count; i++) {
		const struct cached_tree *tree = &index_file.trees.items[i];

		assert_true(tree->size <= index_file.trees.count - i);
		assert_true(tree->size > 0);
		sum += strlen(tree->name) + (tree->id ? tree->id[19] : 0);
		sum += cached_tree_find(tree, "nowhere") != NULL;
	}
	return sum;
}

static void try_index(const char *bytes, size_t length)
{
	struct arena parsed = {0};
	char *copy = malloc(length + !length);

	scratch_check(copy != NULL, "malloc");
	memcpy(copy, bytes, length);
	index_file = (struct index_file){0};
	if (index_parse(&index_file, &parsed, copy, length))
		assert_true(use() < SIZE_MAX);
	free(copy);
	arena_drop(&parsed);
}

static void make_rich(const char *version)
{
	make(version);
	sandbox_run("git commit -qm 1 && touch n && git add -N n &&"
	            "git update-index --skip-worktree d-x && echo more >>d/b &&"
	            "git add d/b");
	read_whole();
}

static const char *const versions[] = {"2", "3", "4"};

/* Cut at every length, with and without 20 bytes behind that stand for a checksum. */
static void test_cut(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
		sandbox_run("rm -rf .git a d d-x l n");
		make_rich(versions[i]);
		for (size_t length = 0; length < whole_length; length++) {
			char *bytes = arena_take(&arena, length + 20);

			memcpy(bytes, whole, length);
			try_index(bytes, length);
			try_index(bytes, length + 20);
		}
	}
}

/* One byte after the other replaced. */
static void test_corrupted(void **state)
{
	static const char replacements[] = {0, 1, '9', '-', ' ', 127, -128, -1};

	(void)state;
	for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
		sandbox_run("rm -rf .git a d d-x l n");
		make_rich(versions[i]);
		for (size_t at = 0; at < whole_length; at++) {
			char kept = whole[at];

			for (size_t k = 0; k < sizeof replacements; k++) {
				whole[at] = replacements[k];
				try_index(whole, whole_length);
			}
			whole[at] = kept;
		}
	}
}

/* An empty index with this extension of cached trees. */
static const char *opened_with_trees(const char *content, size_t length)
{
	static const char header[] = "DIRC\0\0\0\2\0\0\0\0TREE\0\0";
	static const char checksum[20];
	BUF bytes = {0};
	FILE *file;

	buf_add(&bytes, header, sizeof header - 1);
	buf_addc(&bytes, (char)(length >> 8));
	buf_addc(&bytes, (char)length);
	buf_add(&bytes, content, length);
	buf_add(&bytes, checksum, sizeof checksum);
	sandbox_run("mkdir -p .git");
	file = fopen(in_scratch(".git/index"), "wb");
	scratch_check(file != NULL, "index");
	fwrite(bytes.data, 1, bytes.length, file);
	fclose(file);
	return opened();
}

#define SOME_ID "12345678901234567890"

static void test_broken_trees(void **state)
{
	static const char *const answers[] = {"read", "ask git"};
	static const struct {
		const char *text;
		size_t length;
		int answer;
	} cases[] = {
#define CASE(text, answer) {text, sizeof text - 1, answer}
		CASE("", 0),
		CASE("\0"
	             "0 0\n" SOME_ID,
	             0),
		CASE("\0"
	             "-1 0\n",
	             0),
		CASE("\0"
	             "-1 1\nd\0"
	             "-1 0\n",
	             0),
		CASE("\0"
	             "-1 1\n",
	             1), /* a child is missing */
		CASE("\0"
	             "-1 1\nd",
	             1), /* its name has no end */
		CASE("\0"
	             "-1 1\nd\0",
	             1), /* its numbers are missing */
		CASE("\0"
	             "0 0\n123456789",
	             1), /* the id is cut */
		CASE("\0"
	             "0 0",
	             1), /* no end of line */
		CASE("\0"
	             "0",
	             1),
		CASE("\0"
	             "-",
	             1),
		CASE("\0"
	             " 0\n" SOME_ID,
	             1),
		CASE("\0"
	             "0 -1\n" SOME_ID,
	             1),
		CASE("\0"
	             "0 99999999999999999999\n" SOME_ID,
	             1),
		CASE("no name", 1),
#undef CASE
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_string_equal(opened_with_trees(cases[i].text, cases[i].length),
		                    answers[cases[i].answer]);
		index_close(&index_file);
	}
}

/* As many levels of cached trees as fit: no stack may end before they do. */
static void test_deep_trees(void **state)
{
	enum { DEPTH = 9000 };
	BUF text = {0};

	(void)state;
	for (size_t i = 0; i < DEPTH; i++)
		buf_add(&text,
		        "\0"
		        "-1 1\n",
		        6);
	buf_add(&text,
	        "\0"
	        "-1 0\n",
	        6);
	assert_string_equal(opened_with_trees(text.data, text.length), "read");
	assert_int_equal(index_file.trees.count, DEPTH + 1);
	assert_int_equal(index_root_tree(&index_file)->size, DEPTH + 1);
	index_close(&index_file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SANDBOX_TEST(test_versions),     SANDBOX_TEST(test_flags),
		SANDBOX_TEST(test_conflict),     SANDBOX_TEST(test_missing_and_empty),
		SANDBOX_TEST(test_left_to_git),  SANDBOX_TEST(test_lookups),
		SANDBOX_TEST(test_trees),        SANDBOX_TEST(test_siblings_of_trees),
		SANDBOX_TEST(test_cut),          SANDBOX_TEST(test_corrupted),
		SANDBOX_TEST(test_broken_trees), SANDBOX_TEST(test_deep_trees),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
