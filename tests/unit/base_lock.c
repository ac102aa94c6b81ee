/* The lock around read, change and write. */
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

static int flock_fails_with; /* an errno, 0 for the real one */
static unsigned interruptions;

/* In place of the C library's, for a disk that knows no locks. */
int flock(int descriptor, int operation)
{
	if (interruptions > 0) {
		interruptions--;
		errno = EINTR;
		return -1;
	}
	if (!flock_fails_with)
		return (int)syscall(SYS_flock, descriptor, operation);
	errno = flock_fails_with;
	return -1;
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
	interruptions = 3;
	assert_true(file_lock_within(&other, in_scratch("file"), 0, &notes, &err));
	assert_int_equal(interruptions, 0);
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
	static const int reasons[] = {ENOLCK, EOPNOTSUPP, ENOSYS, EINVAL};
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
	assert_int_equal(notes.count, 4);
	strcpy(err.text, notes.items[0]);
	assert_error("cannot lock '%s': this file system does not support locks; "
	             "continuing without one",
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
		IN_SCRATCH(one_at_a_time_has_the_lock),
		IN_SCRATCH(no_change_gets_lost),
		IN_SCRATCH(a_disk_without_locks_is_noted),
		IN_SCRATCH(a_lock_that_cannot_be_made_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
