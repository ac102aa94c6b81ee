#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/path.h"
#include "base/text.h"

enum { READ_STEP = 64 << 10 };

/* Everything up to the end, but no more than one byte over the limit. */
static bool read_all(struct buf *out, int descriptor, size_t limit)
{
	while (out->length <= limit) {
		size_t left = limit - out->length + 1;
		size_t step = left < READ_STEP ? left : READ_STEP;
		ssize_t got = read(descriptor, buf_reserve(out, step), step);

		if (got > 0)
			out->length += (size_t)got;
		else if (got == 0)
			break;
		else if (errno != EINTR)
			return false;
	}
	(void)buf_text(out); /* adds the NUL */
	return true;
}

static bool read_opened(struct buf *out, int descriptor, const char *path, size_t limit,
                        bool stream, struct error *err)
{
	struct stat info;

	if (fstat(descriptor, &info) != 0)
		return error_errno(err, errno, "cannot read '%s'", path);
	if (S_ISDIR(info.st_mode))
		return error_errno(err, EISDIR, "cannot read '%s'", path);
	if (!stream && !S_ISREG(info.st_mode))
		return error_set(err, "cannot read '%s': not a regular file", path);
	if (info.st_size > 0 && (size_t)info.st_size <= limit)
		buf_reserve(out, (size_t)info.st_size + 1);
	if (!read_all(out, descriptor, limit))
		return error_errno(err, errno, "cannot read '%s'", path);
	if (out->length > limit)
		return error_set(err, "cannot read '%s': larger than %zu bytes", path,
		                 limit);
	return true;
}

static bool read_path(struct buf *out, bool *there, const char *path, size_t limit,
                      bool stream, struct error *err)
{
	/* Without O_NONBLOCK, opening a fifo blocks until there is a writer. */
	int flags = O_RDONLY | O_NOCTTY | O_CLOEXEC | (stream ? 0 : O_NONBLOCK);
	int descriptor = open(path, flags);
	bool good;

	buf_clear(out);
	*there = descriptor >= 0 || errno != ENOENT;
	if (descriptor < 0)
		return !*there || error_errno(err, errno, "cannot read '%s'", path);
	good = read_opened(out, descriptor, path, limit, stream, err);
	close(descriptor);
	return good;
}

bool file_read(struct buf *out, bool *there, const char *path, size_t limit,
               struct error *err)
{
	return read_path(out, there, path, limit, false, err);
}

bool file_read_stream(struct buf *out, bool *there, const char *path, size_t limit,
                      struct error *err)
{
	if (strcmp(path, "-") != 0)
		return read_path(out, there, path, limit, true, err);
	buf_clear(out);
	*there = true;
	return read_opened(out, STDIN_FILENO, path, limit, true, err);
}

bool file_remove(const char *path, struct error *err)
{
	return unlink(path) == 0 || errno == ENOENT ||
	       error_errno(err, errno, "cannot remove '%s'", path);
}

/* 0, or the errno. Where mkdir() fails there may be a folder for every errno: it also
 * fails with EROFS for an existing one, not only with EEXIST. */
static int make_one_folder(const char *path, mode_t mode)
{
	struct stat info;
	int why = mkdir(path, mode) == 0 ? 0 : errno;

	if (why && stat(path, &info) != 0)
		return why == EEXIST ? errno : why;
	return why && !S_ISDIR(info.st_mode) ? why : 0;
}

bool file_make_folder(const char *path, bool private, struct error *err)
{
	struct arena scratch = {0};
	char *front = arena_string(&scratch, path);
	bool good = true;

	for (size_t i = 1; good && *path; i++) {
		int why;

		if (path[i] != '/' && path[i] != '\0')
			continue;
		front[i] = '\0';
		why = make_one_folder(front, private ? 0700 : 0777);
		good = why == 0 ||
		       (path[i] == '\0'
		                ? error_errno(err, why, "cannot create the folder '%s'",
		                              path)
		                : error_errno(err, why,
		                              "cannot create the folder '%s': '%s'",
		                              path, front));
		front[i] = path[i];
		if (path[i] == '\0')
			break;
	}
	arena_drop(&scratch);
	return good;
}

#define PREFIX ".gita-tmp-"
enum { HOUR = 3600, MOST_LINKS = 40, MOST_TRIES = 1000 };

/* The file to replace: the target of a symbolic link, even if it does not exist. */
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

/* Removes temporary files of processes that were killed. */
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

/* Not mkstemp(), which ignores the umask: a new file has mode 0666 less that. */
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

/* The owner first, since chown clears bits of the mode. Only root can keep another
 * owner; failing to do so is no error. */
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
	while (fsync(descriptor) != 0) {
		if (errno != EINTR)
			return false;
	}
	return true;
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

/* Makes the rename durable. Failing to do so is no error: the new content is in
 * place. */
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
	/* No other user may read it before it has its final mode. */
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

enum { LOCK_WAIT = 5000, LOCK_STEP = 20 }; /* milliseconds */

static bool knows_no_locks(int number)
{
	return number == ENOLCK || number == EOPNOTSUPP || number == ENOSYS ||
	       number == EINVAL;
}

static void pause_a_step(void)
{
	nanosleep(&(struct timespec){.tv_nsec = LOCK_STEP * 1000000L}, NULL);
}

/* 0 or an errno. Polls, since a blocking flock() could only be ended by a signal. */
static int take_lock(int descriptor, unsigned milliseconds)
{
	for (unsigned waited = 0; flock(descriptor, LOCK_EX | LOCK_NB) != 0;) {
		if (errno == EINTR)
			continue;
		if (errno != EWOULDBLOCK || waited >= milliseconds)
			return errno;
		pause_a_step();
		waited += LOCK_STEP;
	}
	return 0;
}

bool file_lock_within(struct file_lock *out, const char *path, unsigned milliseconds,
                      struct notes *notes, struct error *err)
{
	struct arena scratch = {0};
	const char *side = arena_format(&scratch, "%s.lock", path);
	int why = 0;

	out->descriptor = open(side, O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0666);
	why = out->descriptor < 0 ? errno : take_lock(out->descriptor, milliseconds);
	arena_drop(&scratch);
	if (why == 0)
		return true;
	file_unlock(out);
	if (why == EWOULDBLOCK)
		return error_set(
			err,
			"cannot lock '%s': another process has held the lock for "
			"%g seconds",
			path, milliseconds / 1000.0);
	if (!knows_no_locks(why))
		return error_errno(err, why, "cannot lock '%s'", path);
	note(notes,
	     "cannot lock '%s': this file system does not support locks; continuing "
	     "without one",
	     path);
	return true;
}

bool file_lock(struct file_lock *out, const char *path, struct notes *notes,
               struct error *err)
{
	return file_lock_within(out, path, LOCK_WAIT, notes, err);
}

void file_unlock(struct file_lock *lock)
{
	if (lock->descriptor >= 0)
		close(lock->descriptor);
	lock->descriptor = -1;
}
