/*
 * The state of a work tree: staged, unstaged, untracked, conflicted.
 *
 * libgit2 reads and hashes objects here, and nothing else: docs/status.md says why.
 */
#ifndef GIT_WORKTREE_STATUS_H
#define GIT_WORKTREE_STATUS_H

#include "worktree/comparison.h"

struct spread;

/*
 * Answers a question, and is out as soon as all four facts are known. False: git would
 * or might judge differently, or something cannot be read; `out` is untouched, and git
 * has the words for it. A bare repository has no such state. `spread` (or NULL) helps
 * with a very large index; while it runs, nothing of libgit2's is touched but its
 * hashes.
 */
bool worktree_status(struct worktree_state *out,
                     const struct worktree_question *question,
                     const struct spread *spread);

#endif
