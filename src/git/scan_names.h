/*
 * The names in a folder, as the kernel lists them.
 *
 * Straight from getdents64, because a DIR would cost an allocation, a stat
 * and a copy for each folder of a large work tree.
 */
#ifndef GIT_SCAN_NAMES_H
#define GIT_SCAN_NAMES_H

#include <dirent.h>
#include <stdbool.h>
#include <stddef.h>

struct buf;

struct names {
	struct buf *records;
	size_t others; /* how many are no folders; `.git` counts nowhere */
	bool repo;     /* there is a `.git` */
};

/* Reads them all into `records`, types settled. False: not readable. */
bool names_read(struct names *out, struct buf *records, int descriptor);

/* The next name that is not `.`, `..` or `.git`; `*at` starts at 0. NULL: no
 * more. The record may not be used once `records` has changed. */
const struct dirent64 *names_next(const struct names *names, size_t *at);

#endif
