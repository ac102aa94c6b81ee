/*
 * What `check` reads of each repo: summaries, branches, submodules.
 */
#ifndef CMD_CHECK_READ_H
#define CMD_CHECK_READ_H

#include "cli/invocation.h"
#include "git/branches.h"
#include "git/summary.h"

struct checked {
	const struct repo *repo; /* a submodule is NAME/PATH */
	const struct summary *summary;
	struct branches branches;
	size_t *unpushed;  /* by branch: commits that are on no remote */
	size_t loose;      /* the same on a detached HEAD */
	const char *error; /* why git did not answer a query, or NULL */
	bool fetch_failed;
};

struct check {
	struct invocation *invocation;
	struct checked *items;
	size_t count;
	size_t room;
};

/* Adds the submodules of all repos, also those of submodules. */
int check_add_submodules(struct check *check);

/* Fills in all but `repo` and `fetch_failed`. Returns an exit status and has
 * printed what failed. */
int check_read(struct check *check);

#endif
