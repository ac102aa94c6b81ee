/* When stat data alone say that a file is that of its entry. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "worktree/content.h"

enum { INDEX_TIME = 2000 };

static struct comparison_config config;
static struct index_entry entry;
static struct stat file;

static void put(uint8_t bytes[4], uint32_t number)
{
	for (size_t i = 0; i < 4; i++)
		bytes[i] = (uint8_t)(number >> (24 - 8 * i));
}

/* A file of five bytes that is older than the index, and its entry. */
static int setup(void **state)
{
	(void)state;
	config = (struct comparison_config){.trust_ctime = true,
	                                    .check_all = true,
	                                    .file_mode = true,
	                                    .symlinks = true};
	memset(&entry, 0, sizeof entry);
	put(entry.mode, 0100644);
	put(entry.mtime, 1000);
	put(entry.ctime, 1001);
	put(entry.ino, 7);
	put(entry.uid, 8);
	put(entry.gid, 9);
	put(entry.size, 5);
	file = (struct stat){.st_mode = S_IFREG | 0600,
	                     .st_ino = 7,
	                     .st_uid = 8,
	                     .st_gid = 9,
	                     .st_size = 5};
	file.st_mtime = 1000;
	file.st_ctime = 1001;
	return 0;
}

static void expect(enum stat_match expected)
{
	assert_int_equal(content_match_stat(&config, INDEX_TIME, &entry, &file),
	                 expected);
}

static void test_alike(void **state)
{
	(void)state;
	expect(STAT_SAME);
	file.st_mtim.tv_nsec = 1;
	file.st_dev = 3;
	file.st_mode = S_IFREG | 0666;
	expect(STAT_SAME);
}

static void test_size_settles(void **state)
{
	(void)state;
	file.st_size = 6;
	expect(STAT_DIFFERENT);
	file.st_size = 5 + (1LL << 32); /* the entry has room for 32 bits */
	expect(STAT_SAME);
}

static void test_mode_settles(void **state)
{
	(void)state;
	file.st_mode = S_IFREG | 0700;
	expect(STAT_DIFFERENT);
	config.file_mode = false;
	expect(STAT_SAME);
}

static void test_kind_settles(void **state)
{
	static const mode_t kinds[] = {S_IFDIR, S_IFLNK, S_IFIFO, S_IFSOCK, S_IFCHR};

	(void)state;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		file.st_mode = kinds[i] | 0600;
		expect(STAT_DIFFERENT);
	}
}

static void test_link(void **state)
{
	(void)state;
	put(entry.mode, 0120000);
	expect(STAT_DIFFERENT);
	config.symlinks = false; /* then a link is stored as a file */
	expect(STAT_SAME);
	file.st_mode = S_IFLNK | 0777;
	expect(STAT_SAME);
}

static void test_times(void **state)
{
	(void)state;
	file.st_mtime = 999;
	expect(STAT_UNSURE);
	file.st_mtime = 1000;
	file.st_ctime = 1002;
	expect(STAT_UNSURE);
	config.trust_ctime = false;
	expect(STAT_SAME);
}

static void test_other_file(void **state)
{
	(void)state;
	file.st_ino = 70;
	expect(STAT_UNSURE);
	file.st_ino = 7;
	file.st_uid = 80;
	expect(STAT_UNSURE);
	file.st_uid = 8;
	file.st_gid = 90;
	expect(STAT_UNSURE);
}

static void test_minimal_check(void **state)
{
	(void)state;
	config.check_all = false;
	file.st_ino = file.st_uid = file.st_gid = 70;
	file.st_ctime = 1;
	expect(STAT_SAME);
	file.st_mtime = 1;
	expect(STAT_UNSURE);
}

static void test_as_new_as_the_index(void **state)
{
	(void)state;
	put(entry.mtime, INDEX_TIME - 1);
	file.st_mtime = INDEX_TIME - 1;
	expect(STAT_SAME);
	put(entry.mtime, INDEX_TIME);
	file.st_mtime = INDEX_TIME;
	expect(STAT_UNSURE);
}

/* An entry made without looking at a file has the size 0. */
static void test_never_compared(void **state)
{
	static const uint8_t empty[20] = {0xe6, 0x9d, 0xe2, 0x9b, 0xb2, 0xd1, 0xd6,
	                                  0x43, 0x4b, 0x8b, 0x29, 0xae, 0x77, 0x5a,
	                                  0xd8, 0xc2, 0xe4, 0x8c, 0x53, 0x91};

	(void)state;
	put(entry.size, 0);
	expect(STAT_UNSURE);
	file.st_size = 0;
	expect(STAT_UNSURE);
	memcpy(entry.id, empty, sizeof empty);
	expect(STAT_SAME);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_alike, setup),
		cmocka_unit_test_setup(test_size_settles, setup),
		cmocka_unit_test_setup(test_mode_settles, setup),
		cmocka_unit_test_setup(test_kind_settles, setup),
		cmocka_unit_test_setup(test_link, setup),
		cmocka_unit_test_setup(test_times, setup),
		cmocka_unit_test_setup(test_other_file, setup),
		cmocka_unit_test_setup(test_minimal_check, setup),
		cmocka_unit_test_setup(test_as_new_as_the_index, setup),
		cmocka_unit_test_setup(test_never_compared, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
