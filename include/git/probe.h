/*
 * Is there a repository at a path, and of which kind.
 *
 * Looks at names and small files only, opens no repository, runs nothing and
 * never searches upwards, so that it may be asked of strange folders. What
 * counts as a git folder is what is_git_directory() of git's setup.c takes
 * for one: git would go on searching above a folder that is none here.
 */
#ifndef GIT_PROBE_H
#define GIT_PROBE_H

#include <stdbool.h>

struct arena;

enum repo_kind {
	REPO_NONE, /* no repository here */
	REPO_USUAL,
	REPO_BARE,
	REPO_WORKTREE,  /* linked with `git worktree add` */
	REPO_SUBMODULE, /* git folder below a superproject's `modules` */
};

struct probe {
	enum repo_kind kind;
	const char *git_folder; /* the .git folder itself, or where the file points */
	const char *common_folder; /* with refs and objects; equal but in worktrees */
	const char *branch;        /* that HEAD names, short; NULL: detached, or not
	                              below refs/heads/ */
	const char *reason;        /* one line: why there is no repository, else NULL */
	bool missing;              /* nothing at the path at all */
};

/* The kinds' names as `type` shows them: "repo", "bare", "worktree",
 * "submodule"; NULL for none. */
const char *probe_kind_name(enum repo_kind kind);

/* What a git folder that is known to be one belongs to; never REPO_BARE. */
enum repo_kind probe_folder_kind(const char *git_folder, const char *common_folder);

/* The folder that a git folder's `commondir` names, or the folder itself. */
const char *probe_common_folder(struct arena *arena, const char *git_folder);

void probe_path(struct probe *out, struct arena *arena, const char *path);

/* The member `branch` alone: a thousand children need the names of their branches,
 * and no repository is opened for that. NULL also where there is none. */
const char *probe_branch(struct arena *arena, const char *path);

#endif
