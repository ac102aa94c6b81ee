#include "scan_trees.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "scan_index.h"

enum { ID = 20, DEEPEST = 2048 };

struct reader {
	struct arena *arena;
	const char *at;
	const char *end;
};

/* NAME NUL COUNT SPACE CHILDREN LF [ID]; the index's own zeros and the checksum
 * behind the extension stop the reading of numbers. */
static bool read_tree(struct reader *reader, struct cached_tree *out, unsigned depth)
{
	const char *name = reader->at, *zero, *line;
	char *rest;
	long entries, children;

	zero = memchr(name, '\0', (size_t)(reader->end - name));
	line = zero ? memchr(zero, '\n', (size_t)(reader->end - zero)) : NULL;
	if (!line || depth > DEEPEST)
		return false;
	entries = strtol(zero + 1, &rest, 10);
	if (*rest != ' ')
		return false;
	children = strtol(rest + 1, &rest, 10);
	reader->at = line + 1;
	if (rest != line || children < 0 || children > reader->end - reader->at)
		return false;
	out->name = name;
	if (entries >= 0) {
		if (reader->end - reader->at < ID)
			return false;
		out->id = (const uint8_t *)reader->at;
		reader->at += ID;
	}
	out->count = (size_t)children;
	out->children = arena_take(reader->arena, out->count * sizeof *out->children);
	for (size_t i = 0; i < out->count; i++) {
		if (!read_tree(reader, &out->children[i], depth + 1))
			return false;
	}
	return true;
}

const struct cached_tree *trees_read(struct arena *arena,
                                     const struct index_file *index)
{
	struct reader reader = {arena, index->trees, index->trees};
	struct cached_tree *root;

	if (!index->trees_length)
		return NULL;
	reader.end = index->trees + index->trees_length;
	root = arena_take(arena, sizeof *root);
	return read_tree(&reader, root, 0) ? root : NULL;
}

const struct cached_tree *trees_find(const struct cached_tree *tree, const char *name)
{
	for (size_t i = 0; tree && i < tree->count; i++) {
		if (strcmp(tree->children[i].name, name) == 0)
			return &tree->children[i];
	}
	return NULL;
}
