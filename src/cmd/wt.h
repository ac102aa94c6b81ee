/*
 * Sets of worktrees: one branch, checked out in several repos at once.
 *
 * A set is nothing but entries of the registry, so that every command works on it: a
 * group, called as the branch, whose path is the folder of the set, and whose members
 * are the worktrees, each a repo REPO@NAME in FOLDER/REPO.
 */
#ifndef CMD_WT_H
#define CMD_WT_H

#include "base/strings.h"
#include "cli/invocation.h"

/* The set of that name; a usage error otherwise. */
int wt_find(struct group **out, struct invocation *invocation, const char *name);

/* Its worktrees, sorted by name. */
struct wt_members {
	struct repo **items;
	size_t count;
	size_t room;
};
void wt_list(struct wt_members *out, const struct invocation *invocation,
             const struct group *group);

/* The repo's name in front of `@NAME`. */
const char *wt_origin(struct arena *arena, const struct repo *worktree,
                      const struct group *group);

/* Removes the folders that are left empty from `path` upwards: at most to the one that
 * holds the set's folder, NAME having slashes perhaps. On a disk that may not answer
 * they are left. */
void wt_drop_folders(struct arena *arena, const char *path, const char *folder,
                     const char *name);

/* The sub-commands. */
extern const struct command wt_command_add, wt_command_rm;

#endif
