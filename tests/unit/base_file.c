/* Files read whole and removed; folders. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <sys/syscall.h>

#include "base/arena.h"
#include "base/file.h"
#include "base_files.h"

static size_t read_at_most =
	SIZE_MAX;           /* bytes, with an interruption before each time */
static int read_fails_with; /* an errno, 0 for the real one */

/* In place of the C library's, for a slow disk and one that fails. */
ssize_t read(int descriptor, void *bytes, size_t length)
{
	static bool interrupted;

	interrupted = !interrupted && read_at_most < SIZE_MAX;
	errno = interrupted ? EINTR : read_fails_with;
	if (errno)
		return -1;
	return syscall(SYS_read, descriptor, bytes,
	               length < read_at_most ? length : read_at_most);
}

static void reads_a_whole_file(void **state)
{
	BUF got = {0};
	bool there = false;

	(void)state;
	scratch_file("empty", "");
	assert_content("empty", "");
	scratch_file("some", "line\r\nline \xff\n");
	assert_content("some", "line\r\nline \xff\n");
	scratch_link("link", "some");
	assert_content("link", "line\r\nline \xff\n");
	buf_adds(&got, "old bytes");
	assert_true(file_read(&got, &there, in_scratch("some"), 14, &err));
	assert_int_equal(got.length, 13);
}

static void a_missing_file_is_a_success(void **state)
{
	BUF got = {0};
	bool there = true;

	(void)state;
	scratch_link("dead", "nowhere");
	assert_true(file_read(&got, &there, in_scratch("nowhere"), 10, &err));
	assert_false(there);
	there = true;
	assert_true(file_read(&got, &there, in_scratch("dead"), 10, &err));
	assert_false(there);
	assert_true(file_read(&got, &there, in_scratch("no/folder/file"), 10, &err));
	assert_false(there);
	assert_string_equal(buf_text(&got), "");
}

static void reads_no_more_than_the_limit(void **state)
{
	BUF got = {0};
	bool there;

	(void)state;
	scratch_file("ten", "0123456789");
	assert_true(file_read(&got, &there, in_scratch("ten"), 10, &err));
	assert_string_equal(buf_text(&got), "0123456789");
	assert_false(file_read(&got, &there, in_scratch("ten"), 9, &err));
	assert_error("cannot read '%s': larger than 9 bytes", in_scratch("ten"));
	/* A size that the disk does not tell: the limit holds all the same. */
	assert_false(file_read(&got, &there, "/proc/self/mountinfo", 5, &err));
	assert_string_equal(err.text,
	                    "cannot read '/proc/self/mountinfo': larger than 5 bytes");
}

static void reads_on_to_the_end(void **state)
{
	BUF got = {0};
	bool there;

	(void)state;
	scratch_file("ten", "0123456789");
	read_at_most = 3;
	assert_true(file_read(&got, &there, in_scratch("ten"), 10, &err));
	assert_string_equal(buf_text(&got), "0123456789");
	assert_false(file_read(&got, &there, in_scratch("ten"), 9, &err));
	read_at_most = SIZE_MAX;
	assert_error("cannot read '%s': larger than 9 bytes", in_scratch("ten"));
	read_fails_with = EIO;
	assert_false(file_read(&got, &there, in_scratch("ten"), 10, &err));
	read_fails_with = 0;
	assert_error("cannot read '%s': input/output error", in_scratch("ten"));
}

static void refuses_what_is_no_file(void **state)
{
	BUF got = {0};
	bool there;

	(void)state;
	scratch_folder("folder");
	scratch_check(mkfifo(in_scratch("fifo"), 0666) == 0, "mkfifo");
	scratch_file("file", "");
	assert_false(file_read(&got, &there, in_scratch("folder"), 10, &err));
	assert_error("cannot read '%s': is a directory", in_scratch("folder"));
	assert_false(file_read(&got, &there, in_scratch("fifo"), 10, &err));
	assert_error("cannot read '%s': not a regular file", in_scratch("fifo"));
	assert_false(file_read(&got, &there, "/dev/zero", 10, &err));
	assert_string_equal(err.text, "cannot read '/dev/zero': not a regular file");
	assert_false(file_read(&got, &there, in_scratch("file/x"), 10, &err));
	assert_error("cannot read '%s': not a directory", in_scratch("file/x"));
}

static void removes_a_file(void **state)
{
	(void)state;
	scratch_file("file", "");
	scratch_link("link", "file");
	scratch_folder("folder");
	assert_true(file_remove(in_scratch("link"), &err));
	assert_content("file", "");
	assert_true(file_remove(in_scratch("file"), &err));
	assert_true(file_remove(in_scratch("file"), &err));
	assert_int_not_equal(access(in_scratch("file"), F_OK), 0);
	assert_false(file_remove(in_scratch("folder"), &err));
	assert_error("cannot remove '%s': is a directory", in_scratch("folder"));
}

static mode_t mode_of(const char *name)
{
	struct stat info;

	scratch_check(stat(in_scratch(name), &info) == 0, name);
	assert_true(S_ISDIR(info.st_mode));
	return info.st_mode & 07777;
}

static void makes_folders(void **state)
{
	mode_t before = umask(022);

	(void)state;
	scratch_folder("there");
	scratch_file("file", "");
	assert_true(file_make_folder(in_scratch("there/a/b"), false, &err));
	assert_int_equal(mode_of("there/a/b"), 0755);
	assert_true(file_make_folder(in_scratch("there/a/b//c/"), true, &err));
	assert_int_equal(mode_of("there/a/b"), 0755);
	assert_int_equal(mode_of("there/a/b/c"), 0700);
	assert_true(file_make_folder(in_scratch("private/x"), true, &err));
	assert_int_equal(mode_of("private"), 0700);
	assert_true(file_make_folder("/", false, &err));
	assert_false(file_make_folder(in_scratch("file"), false, &err));
	assert_error("cannot create the folder '%s': file exists", in_scratch("file"));
	assert_false(file_make_folder(in_scratch("file/x/y"), false, &err));
	assert_error("cannot create the folder '%s/file/x/y': '%s/file': file exists",
	             scratch.path, scratch.path);
	scratch_link("dead", "nowhere");
	assert_false(file_make_folder(in_scratch("dead"), false, &err));
	assert_error("cannot create the folder '%s': no such file or directory",
	             in_scratch("dead"));
	umask(before);
}

static void a_folder_with_too_long_a_name_is_not_made(void **state)
{
	struct arena arena = {0};
	const char *path = arena_format(&arena, "%s/there/%0*d", scratch.path, 256, 0);

	(void)state;
	scratch_folder("there");
	assert_false(file_make_folder(path, false, &err));
	assert_string_equal(err.text,
	                    arena_format(&arena,
	                                 "cannot create the folder '%s': file name too "
	                                 "long",
	                                 path));
	arena_drop(&arena);
}

#define IN_SCRATCH(test) \
	cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(reads_a_whole_file),
		IN_SCRATCH(a_missing_file_is_a_success),
		IN_SCRATCH(reads_no_more_than_the_limit),
		IN_SCRATCH(reads_on_to_the_end),
		IN_SCRATCH(refuses_what_is_no_file),
		IN_SCRATCH(removes_a_file),
		IN_SCRATCH(makes_folders),
		IN_SCRATCH(a_folder_with_too_long_a_name_is_not_made),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
