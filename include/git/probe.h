/*
 * Is there a repository at a path, and of which kind.
 *
 * Looks at names and small files only, opens no repository, runs nothing and
 * never searches upwards, so that it may be asked of strange folders.
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
	REPO_SUBMODULE, /* git folder below a superproject's .git/modules */
};

struct probe {
	enum repo_kind kind;
	const char *git_folder; /* the .git folder itself, or where the file points */
	const char *common_folder; /* with refs and objects; equal but in worktrees */
	bool missing;              /* nothing at the path at all */
};

/* The kinds' names as `type` shows them: "repo", "bare", "worktree",
 * "submodule"; NULL for none. */
const char *probe_kind_name(enum repo_kind kind);

void probe_path(struct probe *out, struct arena *arena, const char *path);

#endif
