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
struct mounts;
struct strings;

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
	const char *absent; /* the folder `.../worktrees/ID` of a linked worktree's
	                       repository that its .git names, where there is none;
	                       else NULL */
	bool missing;       /* nothing at the path at all */
	bool unreadable;    /* what is there cannot be read; the reason says why */
};

/* The kinds' names as `type` shows them: "repo", "bare", "worktree",
 * "submodule"; NULL for none. */
const char *probe_kind_name(enum repo_kind kind);

/* What a git folder that is known to be one belongs to; never REPO_BARE. */
enum repo_kind probe_folder_kind(const char *git_folder, const char *common_folder);

/* The folder that a git folder's `commondir` names, or the folder itself. */
const char *probe_common_folder(struct arena *arena, const char *git_folder);

void probe_path(struct probe *out, struct arena *arena, const char *path);

/* The member `branch` alone; NULL also where there is no repository. */
const char *probe_branch(struct arena *arena, const char *path);

/* The value of git's own option `--NAME VALUE` or `--NAME=VALUE`, of several the last;
 * NULL: it is not among the flags. */
const char *probe_flag(const struct strings *flags, const char *option);

/* The same as git takes it when it is called at `path` with these options of its own:
 * after `--git-dir`, that is the git folder. */
void probe_with_flags(struct probe *out, struct arena *arena, const char *path,
                      const struct strings *flags);

/*
 * What a look at that repository would access first on a file system that may not
 * respond (base/mounts.h): the path, its git folder, the folder with the references
 * and objects, or one that its objects are borrowed from. NULL: nothing. Nothing on
 * such a file system is accessed to find out.
 */
const char *probe_find_remote(struct arena *arena, const struct mounts *mounts,
                              const char *path, const struct strings *flags);

/* Whether there is such a place, for a repository without flags. */
bool probe_leads_remote(const struct mounts *mounts, const char *path);

/*
 * Names what git locks when it writes: equal for all repositories with the same
 * references (linked worktrees, those of git-new-workdir), and for a superproject
 * and its submodules, whose git folders git writes to as well. Where a submodule has
 * its git folder in its own work tree, the index of the work tree around it shows that;
 * not if it leads to a file system that may not respond.
 */
const char *probe_lock(struct arena *arena, const struct mounts *mounts,
                       const char *common_folder);

#endif
