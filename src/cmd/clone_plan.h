/*
 * What of a frozen list is to be cloned where, checked before anything runs.
 */
#ifndef CMD_CLONE_PLAN_H
#define CMD_CLONE_PLAN_H

#include "cli/invocation.h"
#include "cli/remarks.h"
#include "frozen.h"

struct clone_item {
	const struct frozen_repo *repo;
	const char *name;   /* to be registered under */
	const char *path;   /* absolute */
	const char *branch; /* to be checked out; "": the remote's own */
	/* The main repository of a worktree, the superproject of a submodule, which
	 * makes it; NULL: to be cloned. */
	const struct clone_item *base;
	size_t wave;     /* waves run one after the other, the items of one at once */
	bool there;      /* a repository exists there already */
	bool registered; /* and is registered */
	bool cloned;
};

/* Whether the item is made by `git worktree add`, or by `git submodule update`. */
bool clone_is_worktree(const struct clone_item *item);
bool clone_is_submodule(const struct clone_item *item);

struct clone_plan {
	struct frozen frozen;
	struct clone_item *items;
	size_t count;
	size_t room;
	size_t refused; /* rows that cannot be cloned; each was reported */
};

/*
 * Reads the list. Paths are relative to `folder` and may not leave it, or with
 * `keep_paths` are used unchanged; a path that is empty or `.`, and an absolute one
 * without `keep_paths`, is replaced by the name, and a submodule stays where it is in
 * its superproject. Refused, each with a message: no URL, a transport
 * that would run a program, a path outside `folder` or inside a git folder, a
 * duplicate name or path. With `by_name` a row whose repo is not at its path stands
 * for the registered one of its name, wherever that is. The registry must be loaded.
 */
struct clone_plan_rules {
	const char *folder;
	bool keep_paths;
	bool by_name;
};
int clone_plan_read(struct clone_plan *out, struct invocation *invocation,
                    const char *file, const struct clone_plan_rules *rules);

/* What is said of repos of the list in one place and another. */
#define CLONE_NOT_PLAIN "not an https, http, ssh, git or file URL"

/* What the command says of many: `say` or `say_warning` (cli/out.h). */
struct remarks clone_remarks(const struct invocation *invocation, const char *file,
                             void (*how)(const char *format, ...));

/* Whether git would reach the URL by https, http, ssh, git or file: every other
 * transport runs a program that the URL names (gitremote-helpers(7)). */
bool clone_url_is_plain(const char *url);

/* The folder's name that `git clone URL` would choose (git-clone(1)), "" where the
 * URL has none. */
char *clone_folder_name(struct arena *arena, const char *url);

/* Whether the path is below the folder, all links followed as they are now. */
bool clone_is_below(struct arena *arena, const char *path, const char *folder);

#endif
