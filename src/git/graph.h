/*
 * How two commits are related: how many each has that the other has not, as exactly
 * as `git rev-list --left-right --count` counts them, and whether one holds the
 * other; and what of a history is later than some time.
 *
 * libgit2's git_graph_ahead_behind (1.5) counts too many where commits carry
 * the same second, as those of a rebase or a script do.
 */
#ifndef GIT_GRAPH_H
#define GIT_GRAPH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "libgit2.h"

/*
 * False where git is to be asked: an object is missing, the way is very long, or
 * a commit is older than one of its parents: how far git looks then is its own
 * choice.
 */
bool graph_count(size_t *ours_alone, size_t *theirs_alone, git_repository *repository,
                 const git_oid *ours, const git_oid *theirs);

/*
 * Sets held[i] to whether `from` is ids[i] or comes after it: one walk for all of
 * them, down to the oldest. False as above.
 */
bool graph_holds(bool *held, git_repository *repository, const git_oid *from,
                 const git_oid *ids, size_t count);

/*
 * Calls `each` for the commits that can be reached from the starts, the latest first,
 * as get_revision_1() of git's revision.c walks for --since: from one that is older it
 * does not go on, even to later ones behind it. Of those of one second the one that was
 * come by first is the first. False where git is to be asked, because an object is
 * missing or a date makes no sense, and where `each` is.
 */
bool graph_walk(git_repository *repository, const git_oid *starts, size_t count,
                int64_t since, bool (*each)(void *context, const git_oid *id),
                void *context);

#endif
