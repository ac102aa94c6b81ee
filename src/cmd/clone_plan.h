/*
 * From a frozen list to what is to be cloned where: checked before anything runs.
 */
#ifndef CMD_CLONE_PLAN_H
#define CMD_CLONE_PLAN_H

#include "cli/command.h"
#include "frozen.h"

struct clone_item {
	const struct frozen_repo *repo;
	const char *name; /* under which it will be registered */
	const char *path; /* absolute */
	bool there;       /* a repository stands there already */
};

struct clone_plan {
	struct frozen frozen;
	struct clone_item *items;
	size_t count;
	size_t room;
	size_t refused; /* rows that cannot be cloned; each was said */
};

/*
 * Reads the list. Paths are taken from `folder` on and may not leave it, or with
 * `keep_paths` as they stand. Refused, each with a sentence: no URL, a transport
 * other than https, http, ssh, git and file, a path outside, a branch that is
 * no name of one. The registry must be loaded.
 */
int clone_plan_read(struct clone_plan *out, struct invocation *invocation,
                    const char *file, const char *folder, bool keep_paths);

/* The folder's name that `git clone URL` would choose (git-clone(1)). */
char *clone_folder_name(struct arena *arena, const char *url);

#endif
