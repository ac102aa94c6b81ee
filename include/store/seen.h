/*
 * What identifies a repo that has been moved: for each path one of its commits,
 * the URL of its remote, and its kind.
 *
 * The registry's files are shared with the Python tool and have no place for it,
 * hence a file seen.csv in the state folder: path, commit, remote, kind, one row
 * for each repo. It is a cache: a missing or damaged one counts as empty, and of
 * two processes that write it at once the last one wins.
 */
#ifndef STORE_SEEN_H
#define STORE_SEEN_H

#include <stdbool.h>
#include <stddef.h>

#include "store/home.h"

struct arena;
struct error;

struct sight {
	const char *path;
	const char *commit; /* full hash, "" if there was no commit */
	const char *remote; /* "" for none */
	const char *kind;   /* as `type` shows it: "repo", "bare", ... */
};

struct seen {
	struct sight *items; /* sorted by path */
	size_t count;
	size_t room;
};

/* False if the file is there and cannot be read: nothing is known then, and it must
 * not be written. */
bool seen_load(struct seen *out, const struct home *home, struct arena *arena,
               struct error *err);

/* Whether the file could be written; else collecting sights is useless. */
bool seen_is_writable(const struct home *home);
const struct sight *seen_find(const struct seen *seen, const char *path);

/* Adds a sight, or replaces the one of that path; strings are not copied. */
void seen_put(struct seen *seen, struct arena *arena, const struct sight *sight);

/* Writes the file; rows for which `wanted` returns false are dropped. */
bool seen_save(const struct seen *seen, const struct home *home,
               bool (*wanted)(void *context, const char *path), void *context,
               struct error *err);

#endif
