/*
 * By what a repo can be known again when it was moved: for each path a commit
 * that it had, the URL of its remote, and its kind.
 *
 * The registry's files are shared with the Python tool and hold nothing of that,
 * so this is a file of its own, seen.csv in the state folder: path, commit,
 * remote, kind, one row a repo. It is a cache: a missing or damaged one is an
 * empty one, and of two gitas that write at once the later wins.
 */
#ifndef STORE_SEEN_H
#define STORE_SEEN_H

#include <stdbool.h>
#include <stddef.h>

#include "store/home.h"

struct arena;

struct sight {
	const char *path;
	const char *commit; /* full hash, "" where there was none yet */
	const char *remote; /* "" for none */
	const char *kind;   /* as `type` shows it: "repo", "bare", ... */
};

struct seen {
	struct sight *items; /* sorted by path */
	size_t count;
	size_t room;
};

/* False where the file cannot be written either, so that nobody need look. */
bool seen_load(struct seen *out, const struct home *home, struct arena *arena);
const struct sight *seen_find(const struct seen *seen, const char *path);

/* Adds, or replaces what is known of that path; strings are not copied. */
void seen_put(struct seen *seen, struct arena *arena, const struct sight *sight);

/* Writes the file; only rows for which `wanted` answers true are kept. */
bool seen_save(const struct seen *seen, const struct home *home,
               bool (*wanted)(void *context, const char *path), void *context,
               struct error *err);

#endif
