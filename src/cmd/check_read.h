/*
 * What `check` reads: the work trees of each repo, and the commits of its git
 * folder that are on no remote.
 *
 * Repos that share a git folder (linked worktrees) share one struct holdings; the
 * main one of them, else the first, reports what is in it. Linked worktrees that are
 * not checked as repos of their own are read as well, and reported by that repo.
 */
#ifndef CMD_CHECK_READ_H
#define CMD_CHECK_READ_H

#include "cli/invocation.h"
#include "git/summary.h"
#include "git/unpushed.h"
#include "git/worktrees.h"

/* A work tree that is not checked as a repo of its own. */
struct place {
	const struct worktree *worktree;
	const struct summary *summary; /* NULL: nothing of it is left */
};

/* A git folder, and what only this machine has of it. */
struct holdings {
	struct repo *repo; /* that reports them */
	struct worktrees worktrees;
	struct {
		struct place *items;
		size_t count, room;
	} places;
	struct unpushed unpushed;
	const char *error; /* why git did not answer a query; or NULL */
	bool fetch_failed;
};

struct checked {
	struct repo *repo; /* a submodule is NAME/PATH */
	const struct summary *summary;
	struct holdings *holdings; /* NULL: not readable */
};

struct check {
	struct invocation *invocation;
	bool named;      /* the repos were chosen by words */
	bool submodules; /* those are checked as well */
	struct checked *items;
	size_t count;
	size_t room;
	struct {
		struct holdings **items;
		size_t count, room;
	} folders;
};

/* Adds the submodules of all repos, also those of submodules. */
int check_add_submodules(struct check *check);

/* Reads summaries and work trees, and finds out which repos share a git folder; an
 * exit status, its reason printed, as below. */
int check_read_worktrees(struct check *check);

/* Reads the commits; with `ask_remotes` each remote is asked for what it has, where
 * that can make a difference. */
int check_read_commits(struct check *check, bool ask_remotes);

#endif
