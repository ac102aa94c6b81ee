/* By what a repo is recognised that has moved: written, read back, damaged. */
#include "store_place.h"

#include "base/path.h"
#include "store/seen.h"

static struct seen seen;

static void load(void)
{
	assert_true(seen_load(&seen, &home, &arena, &err));
}

static void put(const char *path, const char *commit)
{
	seen_put(&seen, &arena, &(struct sight){path, commit, "https://x/y", "repo"});
}

/* A line for each sight. */
static const char *all(void)
{
	BUF out = {0};

	for (size_t i = 0; i < seen.count; i++)
		buf_addf(&out, "[%s] [%s] [%s] [%s]\n", seen.items[i].path,
		         seen.items[i].commit, seen.items[i].remote,
		         seen.items[i].kind);
	return arena_string(&arena, buf_text(&out));
}

static const char *in_state(void)
{
	return got_file(path_join(&arena, home.state, "seen.csv"));
}

static bool is_not(void *context, const char *path)
{
	return strcmp(path, context) != 0;
}

static bool save_without(const char *path)
{
	char unwanted[8];

	strcpy(unwanted, path);
	return seen_save(&seen, &home, is_not, unwanted, &err);
}

static void nothing_is_there(void **state)
{
	(void)state;
	load();
	assert_int_equal(seen.count, 0);
	assert_null(seen_find(&seen, "/a"));
}

static void sights_are_kept_by_their_paths(void **state)
{
	(void)state;
	scratch_folder("state");
	load();
	put("/b, \"b\"", "2");
	put("/c", "3");
	put("/a\n\xff", "");
	put("/c", "4");
	assert_string_equal(all(), "[/a\n\xff] [] [https://x/y] [repo]\n"
	                           "[/b, \"b\"] [2] [https://x/y] [repo]\n"
	                           "[/c] [4] [https://x/y] [repo]\n");
	assert_true(save_without("/b"));
	assert_true(save_without("/c"));
	assert_string_equal(in_state(), "\"/a\n\xff\",,https://x/y,repo\r\n"
	                                "\"/b, \"\"b\"\"\",2,https://x/y,repo\r\n");
	load();
	assert_string_equal(all(), "[/a\n\xff] [] [https://x/y] [repo]\n"
	                           "[/b, \"b\"] [2] [https://x/y] [repo]\n");
	assert_ptr_equal(seen_find(&seen, "/b, \"b\""), &seen.items[1]);
	assert_null(seen_find(&seen, "/b"));
}

/* Rows are sorted as they are read; of those of another form nothing is known. */
static void a_damaged_file_counts_as_far_as_it_can_be_read(void **state)
{
	(void)state;
	scratch_folder("state");
	scratch_file("state/seen.csv",
	             "/b,2,,bare\n/x,1\n\n/y,1,,repo,more\n/a,1,,repo\n");
	load();
	assert_string_equal(all(), "[/a] [1] [] [repo]\n[/b] [2] [] [bare]\n");
	scratch_file("state/seen.csv", "/b,2,,bare\n\"/a,1,,repo\n");
	load();
	assert_int_equal(seen.count, 0);
}

/* What cannot be read must not be written: the caller is told. */
static void what_is_no_file_is_an_error(void **state)
{
	const char *path = arena_format(&arena, "%s/seen.csv", home.state);

	(void)state;
	scratch_folder("state");
	scratch_folder("state/seen.csv");
	assert_false(seen_load(&seen, &home, &arena, &err));
	assert_string_equal(
		err.text,
		arena_format(&arena, "cannot read '%s': is a directory", path));
	assert_int_equal(seen.count, 0);
	assert_false(save_without(""));
	assert_string_equal(
		err.text,
		arena_format(&arena, "cannot write '%s': not a regular file", path));
}

static void a_folder_that_can_be_made_is_writable(void **state)
{
	struct stat info;

	(void)state;
	assert_true(seen_is_writable(&home));
	scratch_check(stat(home.state, &info) == 0, "stat");
	assert_int_equal(info.st_mode & 07777, 0700);
	assert_true(seen_is_writable(&home));
	scratch_check(rmdir(home.state) == 0, "rmdir");
	scratch_file("state", "");
	assert_false(seen_is_writable(&home));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PLACE_TEST(nothing_is_there),
		PLACE_TEST(sights_are_kept_by_their_paths),
		PLACE_TEST(a_damaged_file_counts_as_far_as_it_can_be_read),
		PLACE_TEST(what_is_no_file_is_an_error),
		PLACE_TEST(a_folder_that_can_be_made_is_writable),
	};

	return cmocka_run_group_tests_name("store_seen", tests, NULL, NULL);
}
