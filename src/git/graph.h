/*
 * How many commits two have that the other has not, as exactly as
 * `git rev-list --left-right --count` counts them.
 *
 * libgit2's git_graph_ahead_behind (1.5) counts too many where commits carry
 * the same second, as those of a rebase or a script do.
 */
#ifndef GIT_GRAPH_H
#define GIT_GRAPH_H

#include <git2.h>
#include <stdbool.h>

/*
 * False where git is to be asked: an object is missing, the way is very long, or
 * a commit is older than one of its parents. Then how far to look is a matter of
 * taste, and git's decides.
 */
bool graph_count(size_t *ours_alone, size_t *theirs_alone, git_odb *odb,
                 const git_oid *ours, const git_oid *theirs);

#endif
