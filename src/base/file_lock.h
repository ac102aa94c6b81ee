/*
 * The lock of file_lock with a wait of the caller's choice, for tests that
 * want to see it end.
 */
#ifndef BASE_FILE_LOCK_H
#define BASE_FILE_LOCK_H

#include "base/file.h"

bool file_lock_within(struct file_lock *out, const char *path, unsigned milliseconds,
                      struct notes *notes, struct error *err);

#endif
