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
	sandbox_run("rmdir .git/index && touch .git/index");
	assert_string_equal(opened(), "ask git");
	index_close(&index_file);
	sandbox_run("rm .git/index && ln -s index .git/index");
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
	assert_null(index_find(&index_file, "z"));
	assert_null(index_root_tree(&index_file));
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

/* Appends an entry: its mode, its flags, and what follows them. */
static void add_entry(struct buf *out, unsigned mode, unsigned flags, const char *rest)
{
	static const char zeros[32];

	buf_add(out, zeros, 24);
	for (int shift = 24; shift >= 0; shift -= 8)
		buf_addc(out, (char)(mode >> shift));
	buf_add(out, zeros, 32);
	buf_addc(out, (char)(flags >> 8));
	buf_addc(out, (char)flags);
	buf_adds(out, rest);
}

/* The same with a path, as versions 2 and 3 have it. */
static void add_padded(struct buf *out, unsigned mode, unsigned flags, const char *path)
{
	static const char zeros[8];

	add_entry(out, mode, flags, path);
	buf_add(out, zeros, 8 - (62 + strlen(path)) % 8);
}

/* What is made of an index with that many entries. */
static const char *parsed(char version, char count, const struct buf *entries)
{
	const char head[] = {'D', 'I', 'R', 'C', 0, 0, 0, version, 0, 0, 0, count};
	static const char checksum[20];
	BUF bytes = {0};
	bool good;

	buf_add(&bytes, head, sizeof head);
	buf_add(&bytes, entries->data, entries->length);
	buf_add(&bytes, checksum, sizeof checksum);
	index_file = (struct index_file){0};
	good = index_parse(&index_file, &arena,
	                   arena_bytes(&arena, bytes.data, bytes.length), bytes.length);
	return good ? "read" : "ask git";
}

/* Entries as git does not write them. */
static void test_strange_entries(void **state)
{
	const struct {
		unsigned mode, flags;
		const char *path, *expected;
	} rows[] = {
		{0100644, 1, "a", "read"},
		{0100755, 1, "a", "read"},
		{0120000, 1, "a", "read"},
		{0160000, 1, "a", "read"},
		{0100600, 1, "a", "ask git"},
		{0040000, 1, "a", "ask git"},
		{0100644, 2, "a", "ask git"},
		{0100644, 2, "/a", "ask git"},
		{0100644, 2, "a/", "ask git"},
		{0100644, 0, "", "ask git"},
		{0100644, 0xf00, arena_format(&arena, "%0*d", 0xf00, 0), "read"},
		{0100644, 0xfa1, arena_format(&arena, "%0*d", INDEX_PATH_LIMIT + 1, 0),
	         "ask git"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		BUF entries = {0};

		add_padded(&entries, rows[i].mode, rows[i].flags, rows[i].path);
		assert_string_equal(parsed(2, 1, &entries), rows[i].expected);
	}
}

/* Sorted by path, and those of one path by stage, of which 0 stands alone. */
static void test_order(void **state)
{
	static const struct {
		const char *first, *second;
		unsigned stages[2];
		const char *expected;
	} rows[] = {
		{"a", "b", {0, 0}, "read"},    {"b", "a", {0, 0}, "ask git"},
		{"a", "a", {1, 2}, "read"},    {"a", "a", {2, 1}, "ask git"},
		{"a", "a", {2, 2}, "ask git"}, {"a", "a", {0, 2}, "ask git"},
		{"a", "a", {0, 0}, "ask git"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		BUF entries = {0};

		add_padded(&entries, 0100644, rows[i].stages[0] << 12 | 1,
		           rows[i].first);
		add_padded(&entries, 0100644, rows[i].stages[1] << 12 | 1,
		           rows[i].second);
		assert_string_equal(parsed(2, 2, &entries), rows[i].expected);
	}
}

/* How much of the last path is dropped, as a number of several bytes. */
static void test_shared_paths(void **state)
{
	static const struct {
		const char *rest;
		bool ended;
		const char *expected;
	} rows[] = {
		{"\1b", true, "read"},
		{"\2b", true, "ask git"}, /* more than there is */
		{"\x80\1b", true, "ask git"},
		{"\xff\xff\xff\x7f", true, "ask git"}, /* more than a path may have */
		{"\x80\x80", false, "ask git"},        /* without an end */
		{"", false, "ask git"},
		{"\1b", false, "ask git"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		BUF entries = {0};

		add_entry(&entries, 0100644, 1, "");
		buf_add(&entries, "\0a", 3);
		add_entry(&entries, 0100644, 1, rows[i].rest);
		if (rows[i].ended)
			buf_addc(&entries, '\0');
		assert_string_equal(parsed(4, 2, &entries), rows[i].expected);
	}
}

/* Of several lists of cached trees the first counts. */
static void test_several_lists(void **state)
{
	static const char list[] = "TREE\0\0\0\6\0-1 0\n";
	BUF extensions = {0};

	(void)state;
	buf_add(&extensions, list, sizeof list - 1);
	buf_add(&extensions, list, sizeof list - 1);
	buf_add(&extensions, "TREE\0\0\0", 8);
	assert_string_equal(parsed(2, 0, &extensions), "read");
	assert_int_equal(index_file.trees.count, 1);
	buf_add(&extensions, "tree\0\0\0", 8);
	assert_string_equal(parsed(2, 0, &extensions), "ask git");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SANDBOX_TEST(test_versions),
		SANDBOX_TEST(test_flags),
		SANDBOX_TEST(test_conflict),
		SANDBOX_TEST(test_missing_and_empty),
		SANDBOX_TEST(test_left_to_git),
		SANDBOX_TEST(test_lookups),
		SANDBOX_TEST(test_trees),
		SANDBOX_TEST(test_siblings_of_trees),
		SANDBOX_TEST(test_cut),
		SANDBOX_TEST(test_corrupted),
		SANDBOX_TEST(test_broken_trees),
		SANDBOX_TEST(test_deep_trees),
		SANDBOX_TEST(test_strange_entries),
		SANDBOX_TEST(test_order),
		SANDBOX_TEST(test_shared_paths),
		SANDBOX_TEST(test_several_lists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
