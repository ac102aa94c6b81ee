/*
 * The submodules of a work tree against the index.
 *
 * What counts as a change of one is set by submodule.<name>.ignore of the
 * configuration, else of .gitmodules, else by diff.ignoreSubmodules.
 */
#ifndef GIT_WORKTREE_SUBMODULES_H
#define GIT_WORKTREE_SUBMODULES_H

#include "worktree/comparison.h"

/* Submodules within submodules beyond this many are left to git. */
enum { SUBMODULE_DEPTH = 8 };

/* Raises `unstaged` or `ask_git`. */
void submodules_compare(struct comparison *comparison);

#endif
