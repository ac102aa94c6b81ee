/* What is in a folder, by the way of this system and by the portable one. */
#include "worktree/listing.h"

#include <stdlib.h>

#include "base/buf.h"
#include "git_sandbox.h"

/* The portable way under names of its own, beside that of the library. */
bool portable_read(struct listing *out, struct buf *records, int folder);
bool portable_next(struct listing_name *out, const struct listing *listing, size_t *at);

#define listing_read portable_read
#define listing_next portable_next
#define GITA_PORTABLE
#include "worktree/listing.c"
#undef listing_read
#undef listing_next

struct way {
	bool (*read)(struct listing *out, struct buf *records, int folder);
	bool (*next)(struct listing_name *out, const struct listing *listing,
	             size_t *at);
};

static const struct way ways[] = {
	{listing_read, listing_next},
	{portable_read, portable_next},
};

static int by_text(const void *one, const void *other)
{
	return strcmp(*(const char *const *)one, *(const char *const *)other);
}

/* The names in order, each with a letter for its type, and what is counted. */
static const char *listed(const struct way *way)
{
	static const char letters[] = "dfo";
	enum { MOST = 2000 };
	const char **lines = arena_take(&arena, MOST * sizeof *lines);
	size_t count = 0, at = 0;
	int folder = open(in_scratch("folder"), O_RDONLY | O_DIRECTORY);
	struct listing listing;
	struct listing_name name;
	BUF records = {0}, out = {0};

	assert_true(way->read(&listing, &records, folder));
	while (way->next(&name, &listing, &at)) {
		assert_true(count < MOST);
		lines[count++] = arena_format(&arena, "%s %c", name.text,
		                              letters[name.type]);
	}
	/* The descriptor is still open, and the caller's. */
	assert_int_equal(close(folder), 0);
	qsort(lines, count, sizeof *lines, by_text);
	for (size_t i = 0; i < count; i++)
		buf_addf(&out, "%s\n", lines[i]);
	buf_addf(&out, "%zu others%s", listing.others, listing.repo ? ", a repo" : "");
	return arena_bytes(&arena, out.data, out.length);
}

static void expect(const char *expected)
{
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
		assert_string_equal(listed(&ways[i]), expected);
}

static void test_empty(void **state)
{
	(void)state;
	sandbox_run("mkdir folder");
	expect("0 others");
}

static void test_types(void **state)
{
	(void)state;
	sandbox_run("mkdir folder && cd folder && mkdir d && touch f .g ..h .gitx &&"
	            "ln -s d l && ln -s nowhere m && mkfifo p");
	expect("..h f\n.g f\n.gitx f\nd d\nf f\nl f\nm f\np o\n7 others");
}

static void test_repository(void **state)
{
	(void)state;
	sandbox_run("mkdir folder && cd folder && mkdir .git && touch f");
	expect("f f\n1 others, a repo");
	sandbox_run("cd folder && rmdir .git && touch .git");
	expect("f f\n1 others, a repo");
}

/* More than the system hands over at once. */
static void test_many(void **state)
{
	BUF expected = {0};

	(void)state;
	sandbox_run(
		"mkdir folder && cd folder &&"
		"for i in $(seq 1000 1999); do echo >a-name-of-some-length-$i; done");
	for (int i = 1000; i < 2000; i++)
		buf_addf(&expected, "a-name-of-some-length-%d f\n", i);
	buf_adds(&expected, "1000 others");
	expect(expected.data);
}

static void test_no_folder(void **state)
{
	(void)state;
	sandbox_run("touch file");
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		int file = open(in_scratch("file"), O_RDONLY);
		struct listing listing;
		BUF records = {0};
		struct listing_name name;
		size_t at = 0;

		assert_false(ways[i].read(&listing, &records, file));
		assert_false(ways[i].next(&name, &listing, &at));
		assert_false(ways[i].read(&listing, &records, -1));
		close(file);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SANDBOX_TEST(test_empty),      SANDBOX_TEST(test_types),
		SANDBOX_TEST(test_repository), SANDBOX_TEST(test_many),
		SANDBOX_TEST(test_no_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
