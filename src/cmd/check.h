/*
 * What `gita check` learns about each repo, and why one is not safe.
 */
#ifndef CMD_CHECK_H
#define CMD_CHECK_H

#include "cli/command.h"
#include "git/branches.h"
#include "git/summary.h"

struct checked {
	const struct repo *repo; /* a submodule is NAME/PATH */
	const struct summary *summary;
	struct branches branches;
	size_t *unpushed;  /* by branch: commits that no remote has */
	size_t loose;      /* the same on a detached HEAD */
	const char *error; /* a question that git did not answer, or NULL */
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

/* Fills in all but `repo` and `fetch_failed`; an exit status, its reason said. */
int check_read(struct check *check);

/* The reasons against the repo, one a line, free of control characters. */
void check_reasons(struct strings *out, struct arena *arena,
                   const struct checked *checked);

#endif
