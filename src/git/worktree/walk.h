/*
 * The walk over the work tree: entries of the index against files, and the names beside
 * them that the index does not know.
 *
 * One folder after the other is merged with its part of the sorted index. Folders that
 * wait are on a stack of the walk's own, so that neither the depth of a work tree nor
 * that of untracked folders in it matters to the thread's stack. As in git, which asks
 * the system for whole paths, a folder whose path is longer than PATH_MAX counts as
 * empty.
 */
#ifndef GIT_WORKTREE_WALK_H
#define GIT_WORKTREE_WALK_H

#include "worktree/comparison.h"

/*
 * Walks one piece: compares the entries [from, to) of the index and looks for untracked
 * files in the folders whose first entry is one of them. Raises `unstaged`, `untracked`
 * or `ask_git`, and returns early when there is nothing left to find out.
 */
void worktree_walk(struct comparison *comparison, size_t from, size_t to);

#endif
