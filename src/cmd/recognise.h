/*
 * Which of some folders are registered already.
 *
 * Compared are real paths, so that a symbolic link or `..` on the way to a repo
 * does not make another one of it.
 */
#ifndef CMD_RECOGNISE_H
#define CMD_RECOGNISE_H

#include "base/strings.h"
#include "store/registry.h"

struct arena;

struct sighting {
	const char *path;        /* as it was given */
	const struct repo *repo; /* the first one registered there; NULL: none */
	bool again;              /* the same folder stood before in the list */
};

/* Fills `out`, one a path, in their order. */
void recognise(struct sighting *out, struct arena *arena,
               const struct registry *registry, const struct strings *paths);

#endif
