/*
 * Questions to git about many repos at once.
 *
 * Each is a git command that reads only. It runs in the environment of
 * ENVIRONMENT_QUERY, enters the repo's folder by itself (at a disk that does not
 * answer it is the child that hangs, not we who wait for its start) and has a
 * deadline. What comes back is the caller's to understand.
 */
#ifndef CLI_QUERIES_H
#define CLI_QUERIES_H

#include "cli/command.h"

struct query {
	const struct repo *repo;
	struct strings words; /* behind `git -C PATH` */

	/* Filled in, in the arena of the call. */
	bool late;       /* no answer in time */
	int exit;        /* exit status; -1: did not run or was stopped */
	const char *out; /* standard output, `length` bytes and a NUL */
	size_t length;
	const char *err; /* standard error, or why it did not run */
};

/*
 * Runs them all, each for at most `limit` seconds. An exit status, its reason
 * said; a signal meanwhile ends the children and then the process.
 */
int queries_run(struct query *queries, size_t count, double limit, struct arena *arena);

#endif
