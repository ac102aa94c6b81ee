/* Files that are read whole, removed, locked; folders. base_replace.c has the rest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "base/arena.h"
#include "base/file.h"
#include "base_files.h"
#include "file_lock.h"

static int flock_fails_with; /* an errno, 0 for the real one */

/* In place of the C library's, for a disk that knows no locks. */
int flock(int descriptor, int operation)
{
	if (!flock_fails_with)
		return (int)syscall(SYS_flock, descriptor, operation);
	errno = flock_fails_with;
	return -1;
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
	assert_error("cannot make the folder '%s': file exists", in_scratch("file"));
	assert_false(file_make_folder(in_scratch("file/x/y"), false, &err));
	assert_error("cannot make the folder '%s': file exists", in_scratch("file"));
	umask(before);
}

static void one_at_a_time_has_the_lock(void **state)
{
	struct file_lock one, other;
	struct notes notes = {0};

	(void)state;
	assert_true(file_lock(&one, in_scratch("file"), &notes, &err));
	assert_true(one.descriptor >= 0);
	assert_true(fcntl(one.descriptor, F_GETFD) & FD_CLOEXEC);
	assert_int_equal(access(in_scratch("file.lock"), F_OK), 0);
	assert_int_not_equal(access(in_scratch("file"), F_OK), 0);

	assert_false(file_lock_within(&other, in_scratch("file"), 40, &notes, &err));
	assert_error(
		"cannot lock '%s': another process has held the lock for 0.04 seconds",
		in_scratch("file"));
	assert_int_equal(other.descriptor, -1);

	file_unlock(&one);
	assert_int_equal(one.descriptor, -1);
	file_unlock(&one);
	assert_true(file_lock_within(&other, in_scratch("file"), 0, &notes, &err));
	file_unlock(&other);
	assert_int_equal(notes.count, 0);
}

enum { PATIENCE = 600000 }; /* milliseconds; no slow disk shall fail the test */

/* Ten times: read, add a byte, write. The value is the exit status. */
static int count_up(const char *path)
{
	struct notes notes = {0};

	for (int i = 0; i < 10; i++) {
		BUF text = {0};
		struct file_lock lock;
		bool there;

		if (!file_lock_within(&lock, path, PATIENCE, &notes, &err) ||
		    !file_read(&text, &there, path, FILE_LIMIT, &err))
			return 1;
		buf_addc(&text, 'x');
		if (!file_replace(path, text.data, text.length, &err))
			return 1;
		file_unlock(&lock);
	}
	return 0;
}

static void no_change_gets_lost(void **state)
{
	enum { WRITERS = 4 };
	pid_t writers[WRITERS];
	int status;

	(void)state;
	for (int i = 0; i < WRITERS; i++) {
		writers[i] = fork();
		if (writers[i] == 0)
			_exit(count_up(in_scratch("file")));
	}
	for (int i = 0; i < WRITERS; i++) {
		assert_int_equal(waitpid(writers[i], &status, 0), writers[i]);
		assert_int_equal(status, 0);
	}
	assert_content("file", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
}

static void a_disk_without_locks_is_noted(void **state)
{
	static const int reasons[] = {ENOLCK, EOPNOTSUPP};
	struct arena arena = {0};
	struct notes notes = {.arena = &arena};
	struct file_lock lock;

	(void)state;
	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
		flock_fails_with = reasons[i];
		assert_true(file_lock(&lock, in_scratch("file"), &notes, &err));
		assert_int_equal(lock.descriptor, -1);
		file_unlock(&lock);
	}
	flock_fails_with = 0;
	assert_int_equal(notes.count, 2);
	strcpy(err.text, notes.items[0]);
	assert_error("cannot lock '%s': this disk knows no locks; going on without",
	             in_scratch("file"));
	arena_drop(&arena);
}

static void a_lock_that_cannot_be_made_is_an_error(void **state)
{
	struct notes notes = {0};
	struct file_lock lock;

	(void)state;
	assert_false(file_lock(&lock, in_scratch("no/file"), &notes, &err));
	assert_error("cannot lock '%s': no such file or directory",
	             in_scratch("no/file"));
	assert_int_equal(lock.descriptor, -1);
	flock_fails_with = EIO;
	assert_false(file_lock(&lock, in_scratch("file"), &notes, &err));
	flock_fails_with = 0;
	assert_error("cannot lock '%s': input/output error", in_scratch("file"));
	assert_int_equal(lock.descriptor, -1);
}

#define IN_SCRATCH(test) \
	cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(reads_a_whole_file),
		IN_SCRATCH(a_missing_file_is_a_success),
		IN_SCRATCH(reads_no_more_than_the_limit),
		IN_SCRATCH(refuses_what_is_no_file),
		IN_SCRATCH(removes_a_file),
		IN_SCRATCH(makes_folders),
		IN_SCRATCH(one_at_a_time_has_the_lock),
		IN_SCRATCH(no_change_gets_lost),
		IN_SCRATCH(a_disk_without_locks_is_noted),
		IN_SCRATCH(a_lock_that_cannot_be_made_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
