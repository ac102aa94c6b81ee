/*
 * The index against the tree of HEAD.
 *
 * Where the index has the id of a cached tree, one comparison of two ids stands for all
 * entries below; only trees that differ are read.
 */
#ifndef GIT_WORKTREE_STAGED_H
#define GIT_WORKTREE_STAGED_H

#include "worktree/comparison.h"

/* Whether the two differ. False: a tree cannot be read, and git must judge. */
bool staged_compare(bool *staged, const struct comparison *comparison);

#endif
