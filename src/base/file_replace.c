/*
 * file_replace: the one of base/file.h that is a matter of its own.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/path.h"
#include "base/text.h"

#define PREFIX ".gita-tmp-"
enum { HOUR = 3600, MOST_LINKS = 40, MOST_TRIES = 1000 };

/* What is replaced: a link's target, also one that is not there yet. */
static const char *resolve(struct arena *arena, const char *path)
{
	for (int links = 0; links < MOST_LINKS; links++) {
		char target[4096];
		ssize_t length = readlink(path, target, sizeof target - 1);

		if (length < 0)
			break;
		target[length] = '\0';
		path = path_join(arena, path_parent(arena, path), target);
	}
	return path;
}

/* Removes what earlier writers, killed in the middle, have left. */
static void sweep(const char *folder)
{
	DIR *entries = opendir(folder);
	time_t old = time(NULL) - HOUR;
	struct dirent *entry;
	struct stat info;

	while (entries && (entry = readdir(entries))) {
		if (text_skip_prefix(entry->d_name, PREFIX) &&
		    fstatat(dirfd(entries), entry->d_name, &info,
		            AT_SYMLINK_NOFOLLOW) == 0 &&
		    S_ISREG(info.st_mode) && info.st_mtime < old)
			unlinkat(dirfd(entries), entry->d_name, 0);
	}
	if (entries)
		closedir(entries);
}

/* Not mkstemp(): only open() with 0666 gives a new file the umask's mode. */
static int open_temporary(struct arena *arena, const char **name, const char *folder,
                          mode_t mode)
{
	int descriptor = -1;

	for (int i = 0; i < MOST_TRIES; i++) {
		*name = path_join(
			arena, folder,
			arena_format(arena, PREFIX "%ld-%d", (long)getpid(), i));
		descriptor = open(*name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
		if (descriptor >= 0 || errno != EEXIST)
			break;
	}
	return descriptor;
}

/* The owner first, for a change of it clears bits of the mode. Only root can
 * keep a strange one; that we cannot is no reason not to write. */
static bool keep_mode(int descriptor, const struct stat *old)
{
	struct stat info;

	if (fstat(descriptor, &info) != 0)
		return false;
	if ((info.st_uid != old->st_uid || info.st_gid != old->st_gid) &&
	    fchown(descriptor, old->st_uid, old->st_gid) != 0 &&
	    fchown(descriptor, (uid_t)-1, old->st_gid) != 0)
		errno = 0;
	return fchmod(descriptor, old->st_mode & 07777) == 0;
}

static bool write_all(int descriptor, const char *bytes, size_t length)
{
	while (length) {
		ssize_t written = write(descriptor, bytes, length);

		if (written < 0 && errno != EINTR)
			return false;
		if (written > 0) {
			bytes += written;
			length -= (size_t)written;
		}
	}
	return fsync(descriptor) == 0;
}

void file_guard_size(struct file_size_guard *out)
{
	const struct sigaction ignore = {.sa_handler = SIG_IGN};

	sigaction(SIGXFSZ, &ignore, &out->before);
}

void file_unguard_size(const struct file_size_guard *guard)
{
	int number = errno;

	sigaction(SIGXFSZ, &guard->before, NULL);
	errno = number;
}

static bool write_within_limits(int descriptor, const char *bytes, size_t length)
{
	struct file_size_guard guard;
	bool good;

	file_guard_size(&guard);
	good = write_all(descriptor, bytes, length);
	file_unguard_size(&guard);
	return good;
}

/* Makes the rename last. A folder that cannot be opened or a disk that cannot
 * do this is no failure: the new content is in its place. */
static void sync_folder(const char *folder)
{
	int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (descriptor < 0)
		return;
	(void)fsync(descriptor);
	close(descriptor);
}

/* 0, or the errno. `old` is NULL for a new file. */
static int write_beside(struct arena *arena, const char *path, const struct stat *old,
                        const void *bytes, size_t length)
{
	const char *folder = path_parent(arena, path), *name;
	int descriptor, why = 0;

	sweep(folder);
	/* Until its mode is known to be right nobody else looks into it. */
	descriptor = open_temporary(arena, &name, folder, old ? 0600 : 0666);
	if (descriptor < 0)
		return errno;
	if ((old && !keep_mode(descriptor, old)) ||
	    !write_within_limits(descriptor, bytes, length))
		why = errno;
	if (close(descriptor) != 0 && !why)
		why = errno;
	if (!why && rename(name, path) != 0)
		why = errno;
	if (why)
		unlink(name);
	else
		sync_folder(folder);
	return why;
}

bool file_replace(const char *path, const void *bytes, size_t length, struct error *err)
{
	struct arena scratch = {0};
	const char *target = resolve(&scratch, path);
	struct stat old;
	bool there = stat(target, &old) == 0, strange = there && !S_ISREG(old.st_mode);
	int why = 0;

	if (!there && errno != ENOENT)
		why = errno;
	else if (!strange)
		why = write_beside(&scratch, target, there ? &old : NULL, bytes,
		                   length);
	arena_drop(&scratch);
	if (strange)
		return error_set(err, "cannot write '%s': not a regular file", path);
	return why == 0 || error_errno(err, why, "cannot write '%s'", path);
}
