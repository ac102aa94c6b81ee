/*
 * Linked worktrees and their repositories, after one of them or both were moved.
 *
 * Each has written down where the other is: the worktree's file `.git` names the
 * folder `worktrees/ID` in the git folder of its repository, and the file `gitdir`
 * there names the worktree (gitrepository-layout(5)). Whichever has moved is no longer
 * found by the other, until `git worktree repair` writes both files anew.
 */
#ifndef CMD_WORKTREE_LINK_H
#define CMD_WORKTREE_LINK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strings.h"
#include "git/probe.h"

struct invocation;

struct worktree_link {
	const char *common;   /* the git folder of the repository */
	const char *folder;   /* that of the worktree in it, `.../worktrees/ID` */
	const char *recorded; /* where it says that the worktree is; NULL: nothing */
	const char *unread;   /* why something of it could not be read, so that the rest
	                         may be wrong; else NULL */
};

/* The link of a worktree whose repository is where it says. */
void worktree_link_of(struct worktree_link *out, struct arena *arena,
                      const struct probe *probe);

/*
 * The one of the repositories with these git folders that the worktree at `path`
 * belongs to; `absent` is what its `.git` names in vain. False: there is none, more
 * than one might be it (a copy, say), or something of them could not be read.
 */
bool worktree_link_find(struct worktree_link *out, struct invocation *invocation,
                        const struct strings *commons, const char *path,
                        const char *absent);

/* The words after `git`, run in any folder, that make the repository with the git
 * folder `common` and its worktrees at these paths find each other. */
void worktree_link_words(struct strings *out, struct arena *arena, const char *common,
                         const struct strings *paths);

/* Why they must not be run: git writes the `.git` of all worktrees that it has a record
 * of, and would take one away from another repository, or may. NULL: nothing. */
const char *worktree_link_obstacle(struct invocation *invocation, const char *common);

#endif
