/*
 * Files that people trust gita with: read whole, replaced whole, locked.
 *
 * A file is replaced by writing a temporary one beside it, fsync, rename and
 * fsync of the folder, so that a reader, a crash or a full disk finds the old
 * content or the new, never a part. A symbolic link at the file's place is
 * followed and stays; the mode stays, and the owner where we may set it.
 * Temporary files carry a prefix of their own (`.gita-tmp-`) and those older
 * than an hour are swept.
 *
 * The lock is a side file (`PATH.lock`, flock) that is held around read,
 * change and write, so that two changes at once are two changes.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"

struct arena;

/* A configuration file over this size is refused. */
enum { FILE_LIMIT = 16 << 20 };

/*
 * The whole regular file, at most `limit` bytes, in place of what `out` held.
 * `*there` says whether the file exists; a missing one is a success with no bytes. A
 * folder, fifo or device in its place, or a larger file, is an error.
 */
bool file_read(struct buf *out, bool *there, const char *path, size_t limit,
               struct error *err);

/* Replaces (or makes, mode 0666 less the umask) `path` as told above. After an
 * error, also a full disk or a limit of file size, the old file is as it was.
 * Not for two threads at once. */
bool file_replace(const char *path, const void *bytes, size_t length,
                  struct error *err);

/* Removes the file at `path`; that there is none is a success. */
bool file_remove(const char *path, struct error *err);

/* mkdir -p with mode 0777 less the umask (0700 for `private`). */
bool file_make_folder(const char *path, bool private, struct error *err);

/*
 * As long as the guard is held, a write beyond the limit on file size (ulimit -f)
 * fails with EFBIG, where SIGXFSZ would end the program. It is the process that
 * holds it: not for two threads at once.
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
 * Takes the lock of `path`, waiting at most five seconds. Where the disk knows
 * no locks a note is left and the work goes on without.
 */
bool file_lock(struct file_lock *out, const char *path, struct notes *notes,
               struct error *err);

/* The same with a wait of the caller's choice. */
bool file_lock_within(struct file_lock *out, const char *path, unsigned milliseconds,
                      struct notes *notes, struct error *err);
void file_unlock(struct file_lock *lock);

#endif
