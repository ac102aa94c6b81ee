/*
 * The ignore and attribute rules that hold in a folder of the work tree: its own, those
 * of the folders above it, and those of no folder.
 *
 * A struct rules is a stack of folders, from the root down to the one at work; who
 * walks enters a folder and leaves it. Files are read when a rule is first needed, and
 * most never are. Paths are relative to the root; as many bytes as a folder's own path
 * has, with a slash at its end, are common to all paths that are asked about in it.
 */
#ifndef GIT_WORKTREE_RULES_H
#define GIT_WORKTREE_RULES_H

#include "worktree/comparison.h"

struct rules_folder {
	size_t length; /* of its path, with a slash at the end; 0: the root */
	bool ignores_read;
	bool ignored; /* with all that is in it */
	struct ignore_list ignores;
	bool attributes_read;
	struct attribute_list attributes;
};

struct rules {
	struct comparison *comparison;
	struct arena arena; /* the owner drops it */
	struct rules_folder *items;
	size_t count, room;
};

void rules_enter(struct rules *rules, size_t length);
void rules_leave(struct rules *rules);

/* The length of the innermost folder's path. */
size_t rules_length(const struct rules *rules);

/* Whether git ignores a path of `length` bytes, whose last component is in the
 * innermost folder; `folder`: it is one. */
bool rules_ignore(struct rules *rules, const char *path, size_t length, bool folder);

/* The attributes of a file in the innermost folder, NULL where none is set. False:
 * only git can tell them. */
bool rules_attributes(const char *values[ATTRIBUTE_COUNT], struct rules *rules,
                      const char *path);

#endif
