/*
 * From what `check` has read to sentences: why something would be lost.
 */
#ifndef CMD_CHECK_REASONS_H
#define CMD_CHECK_REASONS_H

#include "base/strings.h"
#include "check_read.h"

struct arena;

/* The reasons against the repo, one a line; those of its git folder are with the repo
 * that reports them. */
void check_reasons(struct strings *out, struct arena *arena,
                   const struct checked *checked);

/* Only what goes with its work tree: what is in that, and the commits of the branch or
 * the detached HEAD that is checked out there. */
void check_worktree_reasons(struct strings *out, struct arena *arena,
                            const struct checked *checked);

#endif
