/*
 * The cached trees of an index: which tree its entries of a folder would make,
 * as far as nothing there was changed since git knew.
 *
 * Source: gitformat-index(5), "Cache tree".
 */
#ifndef GIT_SCAN_TREES_H
#define GIT_SCAN_TREES_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct index_file;

struct cached_tree {
	const char *name;
	const uint8_t *id; /* 20 bytes; NULL: out of date */
	struct cached_tree *children;
	size_t count;
};

/* The root's, with all below it; NULL where there is none that can be read. */
const struct cached_tree *trees_read(struct arena *arena,
                                     const struct index_file *index);

/* That of a folder; NULL: none. Also for no tree. */
const struct cached_tree *trees_find(const struct cached_tree *tree, const char *name);

#endif
