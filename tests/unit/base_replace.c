/* Files that are replaced: the old content or the new, and nothing left behind. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>

#include "base/file.h"
#include "base_files.h"

/* An errno, 0 for the real one. */
static int fsync_fails_with, close_fails_with;
static bool slow; /* a byte at a time, with an interruption before each */

static bool interrupts(void)
{
	static bool interrupted;

	interrupted = slow && !interrupted;
	errno = EINTR;
	return interrupted;
}

/* In place of the C library's, for a disk that is slow or fails late. */
int fsync(int descriptor)
{
	if (interrupts())
		return -1;
	if (!fsync_fails_with)
		return (int)syscall(SYS_fsync, descriptor);
	errno = fsync_fails_with;
	return -1;
}

ssize_t write(int descriptor, const void *bytes, size_t length)
{
	if (interrupts())
		return -1;
	return syscall(SYS_write, descriptor, bytes, slow ? 1 : length);
}

int close(int descriptor)
{
	int status = (int)syscall(SYS_close, descriptor);

	if (!close_fails_with)
		return status;
	errno = close_fails_with;
	return -1;
}

static mode_t mode_of(const char *name)
{
	struct stat info;

	scratch_check(lstat(in_scratch(name), &info) == 0, name);
	return info.st_mode & 07777;
}

/* How many entries the folder has, so that nothing is left behind. */
static unsigned entries_in(const char *name)
{
	DIR *folder = opendir(in_scratch(name));
	unsigned count = 0;

	scratch_check(folder != NULL, name);
	for (struct dirent *entry; (entry = readdir(folder));)
		count += strcmp(entry->d_name, ".") != 0 &&
		         strcmp(entry->d_name, "..") != 0;
	closedir(folder);
	return count;
}

static void replace(const char *name, const char *content)
{
	if (!file_replace(in_scratch(name), content, strlen(content), &err))
		fail_msg("%s", err.text);
}

static void makes_a_new_file_by_the_umask(void **state)
{
	mode_t before = umask(027);

	(void)state;
	replace("new", "content");
	umask(before);
	assert_content("new", "content");
	assert_int_equal(mode_of("new"), 0640);
	assert_int_equal(entries_in("."), 1);
}

static void replaces_and_keeps_the_mode(void **state)
{
	mode_t before = umask(077);

	(void)state;
	scratch_file("file", "a longer old content");
	scratch_check(chmod(in_scratch("file"), 0664) == 0, "chmod");
	replace("file", "new");
	umask(before);
	assert_content("file", "new");
	assert_int_equal(mode_of("file"), 0664);
	replace("file", "");
	assert_content("file", "");
	assert_int_equal(entries_in("."), 1);
}

static void keeps_the_owner_where_it_may(void **state)
{
	struct stat info;

	(void)state;
	scratch_file("file", "old");
	if (geteuid() != 0)
		skip();
	scratch_check(chown(in_scratch("file"), 1234, 5678) == 0, "chown");
	scratch_check(chmod(in_scratch("file"), 02755) == 0, "chmod");
	replace("file", "new");
	scratch_check(stat(in_scratch("file"), &info) == 0, "stat");
	assert_int_equal(info.st_uid, 1234);
	assert_int_equal(info.st_gid, 5678);
	assert_int_equal(info.st_mode & 07777, 02755);
}

static bool is_link(const char *name)
{
	struct stat info;

	return lstat(in_scratch(name), &info) == 0 && S_ISLNK(info.st_mode);
}

static void a_link_stays_and_its_target_is_replaced(void **state)
{
	(void)state;
	scratch_folder("dotfiles");
	scratch_folder("config");
	scratch_file("dotfiles/file", "old");
	scratch_link("dotfiles/link", "file");
	scratch_link("config/file", "../dotfiles/link");
	replace("config/file", "new");
	assert_true(is_link("config/file"));
	assert_true(is_link("dotfiles/link"));
	assert_false(is_link("dotfiles/file"));
	assert_content("dotfiles/file", "new");
	assert_int_equal(entries_in("config"), 1);
	assert_int_equal(entries_in("dotfiles"), 2);
}

static void a_link_to_nothing_yet_gets_a_target(void **state)
{
	(void)state;
	scratch_folder("dotfiles");
	scratch_link("file", "dotfiles/file");
	replace("file", "new");
	assert_true(is_link("file"));
	assert_content("dotfiles/file", "new");
}

static void a_name_alone_is_in_the_working_directory(void **state)
{
	(void)state;
	scratch_check(chdir(scratch.path) == 0, "chdir");
	assert_true(file_replace("file", "new", 3, &err));
	scratch_check(chdir("/") == 0, "chdir");
	assert_content("file", "new");
}

static void refuses_what_is_no_file(void **state)
{
	(void)state;
	scratch_folder("folder");
	scratch_file("file", "");
	scratch_link("loop", "loop");
	assert_false(file_replace(in_scratch("folder"), "x", 1, &err));
	assert_error("cannot write '%s': not a regular file", in_scratch("folder"));
	assert_false(file_replace("/dev/full", "x", 1, &err));
	assert_string_equal(err.text, "cannot write '/dev/full': not a regular file");
	assert_false(file_replace(in_scratch("no/file"), "x", 1, &err));
	assert_error("cannot write '%s': no such file or directory",
	             in_scratch("no/file"));
	assert_false(file_replace(in_scratch("file/x"), "x", 1, &err));
	assert_error("cannot write '%s': not a directory", in_scratch("file/x"));
	assert_false(file_replace(in_scratch("loop"), "x", 1, &err));
	assert_error("cannot write '%s': too many levels of symbolic links",
	             in_scratch("loop"));
	assert_int_equal(entries_in("."), 3);
}

static void a_limit_of_size_leaves_the_old_file(void **state)
{
	struct rlimit before, little;
	static char large[100000];
	struct sigaction action;
	bool good;

	(void)state;
	scratch_file("file", "old");
	getrlimit(RLIMIT_FSIZE, &before);
	little = (struct rlimit){.rlim_cur = 4096, .rlim_max = before.rlim_max};
	setrlimit(RLIMIT_FSIZE, &little);
	good = file_replace(in_scratch("file"), large, sizeof large, &err);
	setrlimit(RLIMIT_FSIZE, &before);
	assert_false(good);
	assert_error("cannot write '%s': file too large", in_scratch("file"));
	assert_content("file", "old");
	assert_int_equal(entries_in("."), 1);
	sigaction(SIGXFSZ, NULL, &action);
	assert_true(action.sa_handler == SIG_DFL);
}

static void a_disk_that_fails_leaves_the_old_file(void **state)
{
	bool good;

	(void)state;
	scratch_file("file", "old");
	fsync_fails_with = ENOSPC;
	good = file_replace(in_scratch("file"), "new", 3, &err);
	fsync_fails_with = 0;
	assert_false(good);
	assert_error("cannot write '%s': no space left on device", in_scratch("file"));
	assert_content("file", "old");
	assert_int_equal(entries_in("."), 1);
}

/* As one over a network that learns of a quota at the end. */
static void a_disk_that_fails_at_the_close_leaves_the_old_file(void **state)
{
	bool good;

	(void)state;
	scratch_file("file", "old");
	close_fails_with = EDQUOT;
	good = file_replace(in_scratch("file"), "new", 3, &err);
	close_fails_with = 0;
	assert_false(good);
	assert_error("cannot write '%s': disk quota exceeded", in_scratch("file"));
	assert_content("file", "old");
	assert_int_equal(entries_in("."), 1);
	/* The first reason counts. */
	fsync_fails_with = ENOSPC;
	close_fails_with = EIO;
	good = file_replace(in_scratch("file"), "new", 3, &err);
	fsync_fails_with = close_fails_with = 0;
	assert_false(good);
	assert_error("cannot write '%s': no space left on device", in_scratch("file"));
}

static void a_slow_disk_gets_it_all(void **state)
{
	(void)state;
	scratch_file("file", "old");
	slow = true;
	replace("file", "the new content");
	slow = false;
	assert_content("file", "the new content");
}

/* An entry as its writer, killed so many seconds ago, would have left it. */
static void age(const char *name, time_t ago)
{
	struct timespec times[2] = {{.tv_sec = time(NULL) - ago}, {0}};

	times[1] = times[0];
	scratch_check(utimensat(AT_FDCWD, in_scratch(name), times, 0) == 0, name);
}

static void leave_behind(const char *name, time_t ago)
{
	scratch_file(name, "part");
	age(name, ago);
}

static void old_temporary_files_are_swept(void **state)
{
	(void)state;
	leave_behind(".gita-tmp-1-0", 3700);
	leave_behind(".gita-tmp-2-0", 3000);
	leave_behind("other", 7200);
	scratch_folder(".gita-tmp-folder");
	age(".gita-tmp-folder", 7200);
	replace("file", "new");
	assert_int_not_equal(access(in_scratch(".gita-tmp-1-0"), F_OK), 0);
	assert_int_equal(access(in_scratch(".gita-tmp-2-0"), F_OK), 0);
	assert_int_equal(access(in_scratch("other"), F_OK), 0);
	assert_int_equal(access(in_scratch(".gita-tmp-folder"), F_OK), 0);
	assert_int_equal(entries_in("."), 4);
}

static void a_temporary_file_in_the_way_is_no_hindrance(void **state)
{
	char name[64];

	(void)state;
	snprintf(name, sizeof name, ".gita-tmp-%ld-0", (long)getpid());
	scratch_file(name, "another's");
	replace("file", "new");
	assert_content("file", "new");
	assert_content(name, "another's");
}

static void all_names_taken_is_an_error(void **state)
{
	char name[64];

	(void)state;
	for (int i = 0; i < 1000; i++) {
		snprintf(name, sizeof name, ".gita-tmp-%ld-%d", (long)getpid(), i);
		scratch_file(name, "another's");
	}
	assert_false(file_replace(in_scratch("file"), "new", 3, &err));
	assert_error("cannot write '%s': file exists", in_scratch("file"));
	assert_int_equal(entries_in("."), 1000);
}

#define IN_SCRATCH(test) \
	cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(makes_a_new_file_by_the_umask),
		IN_SCRATCH(replaces_and_keeps_the_mode),
		IN_SCRATCH(keeps_the_owner_where_it_may),
		IN_SCRATCH(a_link_stays_and_its_target_is_replaced),
		IN_SCRATCH(a_link_to_nothing_yet_gets_a_target),
		IN_SCRATCH(a_name_alone_is_in_the_working_directory),
		IN_SCRATCH(refuses_what_is_no_file),
		IN_SCRATCH(a_limit_of_size_leaves_the_old_file),
		IN_SCRATCH(a_disk_that_fails_leaves_the_old_file),
		IN_SCRATCH(a_disk_that_fails_at_the_close_leaves_the_old_file),
		IN_SCRATCH(a_slow_disk_gets_it_all),
		IN_SCRATCH(old_temporary_files_are_swept),
		IN_SCRATCH(a_temporary_file_in_the_way_is_no_hindrance),
		IN_SCRATCH(all_names_taken_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
