/*
 * From a frozen list to what is to be cloned where: checked before anything runs.
 */
#ifndef CMD_CLONE_PLAN_H
#define CMD_CLONE_PLAN_H

#include "cli/command.h"
#include "frozen.h"

struct clone_item {
	const struct frozen_repo *repo;
	const char *name;   /* under which it will be registered */
	const char *path;   /* absolute */
	const char *branch; /* to be checked out; "": the remote's own */
	size_t depth;       /* how many others are to be cloned around it */
	bool there;         /* a repository stands there already */
	bool registered;    /* and gita knows it */
	bool cloned;
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
 * that would run a program, a path outside or inside a git folder, a name or path
 * for the second time. The registry must be loaded.
 */
int clone_plan_read(struct clone_plan *out, struct invocation *invocation,
                    const char *file, const char *folder, bool keep_paths);

/* Whether the path is below the folder, all links followed as they are now. */
bool clone_is_below(struct arena *arena, const char *path, const char *folder);

#endif
