/*
 * Files that people trust gita with: read whole, replaced whole, locked.
 *
 * A file is replaced by writing a temporary one next to it, fsync, rename and
 * fsync of the folder, so that a reader, a crash or a full disk leaves the old
 * content or the new, never a part. A symbolic link is followed and kept; the
 * mode is kept, and the owner where permitted. Temporary files have the prefix
 * `.gita-tmp-`; those older than an hour are removed.
 *
 * The lock is a separate file (`PATH.lock`, flock) that is held while the file is
 * read, changed and written, so that of two concurrent changes none is lost.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"

struct arena;

/* The limit on the size of a configuration file. */
enum { FILE_LIMIT = 16 << 20 };

/*
 * Reads the whole regular file, at most `limit` bytes, into `out`, whose old
 * content is dropped. `*there` tells whether the file exists; a missing one has no
 * bytes and is no error. A folder, fifo or device is an error, as is a larger file.
 */
bool file_read(struct buf *out, bool *there, const char *path, size_t limit,
               struct error *err);

/* The same, but a fifo or device is read to its end, however long that takes, and `-`
 * is standard input: for a file that a person has named, not for one of gita's own. */
bool file_read_stream(struct buf *out, bool *there, const char *path, size_t limit,
                      struct error *err);

/* Replaces `path` as described above, or creates it (mode 0666 less the umask).
 * After an error, be it a full disk or the limit on file size, the old file is
 * unchanged. Not for two threads at once. */
bool file_replace(const char *path, const void *bytes, size_t length,
                  struct error *err);

/* Removes the file at `path`; a missing one is no error. */
bool file_remove(const char *path, struct error *err);

/* mkdir -p with mode 0777 less the umask (0700 for `private`). */
bool file_make_folder(const char *path, bool private, struct error *err);

/*
 * Between guard and unguard, a write beyond the limit on file size (ulimit -f)
 * fails with EFBIG, where SIGXFSZ would otherwise kill the process. It applies to
 * the whole process: not for two threads at once.
 */
struct file_size_guard {
	struct sigaction before;
};
void file_guard_size(struct file_size_guard *out);
void file_unguard_size(const struct file_size_guard *guard); /* keeps errno */

struct file_lock {
	int descriptor; /* -1: not held */
};

/*
 * Takes the lock of `path`, waiting for at most five seconds. Where the file system
 * does not support locks, it adds a note and succeeds without one.
 */
bool file_lock(struct file_lock *out, const char *path, struct notes *notes,
               struct error *err);

/* The same with another limit on the wait. */
bool file_lock_within(struct file_lock *out, const char *path, unsigned milliseconds,
                      struct notes *notes, struct error *err);
void file_unlock(struct file_lock *lock);

#endif
