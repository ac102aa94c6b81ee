/*
 * The names in a folder, as the system lists them.
 *
 * On Linux straight from getdents64(), because a DIR would cost an allocation, a stat
 * and a copy for each folder of a large work tree; elsewhere by readdir().
 */
#ifndef GIT_WORKTREE_LISTING_H
#define GIT_WORKTREE_LISTING_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

struct listing {
	struct buf *records;
	size_t others; /* how many are no folders; `.git` does not count */
	bool repo;     /* there is a `.git` */
};

enum listing_type {
	LISTING_FOLDER,
	LISTING_FILE, /* or a symbolic link: what git can track */
	LISTING_OTHER,
};

struct listing_name {
	const char *text; /* valid until the records change */
	enum listing_type type;
};

/* Lists an open folder, which is read to its end, into `records`. False: it cannot be
 * read. */
bool listing_read(struct listing *out, struct buf *records, int folder);

/* The next name that is not `.`, `..` or `.git`. `*at` starts at 0; false: no more. */
bool listing_next(struct listing_name *out, const struct listing *listing, size_t *at);

#endif
