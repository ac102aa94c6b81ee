/*
 * Under which name a folder is known, or will be.
 *
 * Folders that are registered already are found by their real paths, so that a
 * symbolic link or `..` on the way to a repo does not make it another one. For
 * the others gita chooses a name by itself.
 */
#ifndef CMD_NAMING_H
#define CMD_NAMING_H

#include "base/strings.h"
#include "store/registry.h"

struct arena;
struct invocation;

struct sighting {
	const char *path;        /* as passed in */
	const struct repo *repo; /* the first one registered there; NULL: none */
	bool again;              /* the same folder was earlier in the list */
};

/* Fills `out`, one a path, in their order. What is on a disk that may not respond is
 * compared by the text of its path. */
void naming_known(struct sighting *out, struct invocation *invocation,
                  const struct strings *paths);

/*
 * One name a path: the folder's name, with as many parent folders as a prefix as
 * it takes to be unique among the paths, the repos, the groups and the names in
 * `taken`; a number as a suffix where parents do not help.
 */
void naming_choose(struct strings *out, struct arena *arena,
                   const struct registry *registry, const struct strings *paths,
                   const struct strings *taken);

/* A text in the form that a name may have, never empty: what a name may not hold
 * (spaces, `:`, control characters, glob characters) becomes `-`, leading `-` and
 * `@` are dropped. */
char *naming_clean(struct arena *arena, const char *text);

#endif
