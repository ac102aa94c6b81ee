/*
 * The local branches of a repository, and what they hold that no remote has.
 *
 * Like git/ask.h this side knows which commands to run and how to read their
 * answers; who has a process engine runs them. "No remote" means: on no
 * remote-tracking branch, so it is as true as the last fetch.
 */
#ifndef GIT_BRANCHES_H
#define GIT_BRANCHES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strings.h"

struct arena;

struct branch {
	const char *name;     /* short: `main` */
	const char *upstream; /* short: `origin/main`; NULL: none */
	bool gone;            /* the upstream does not exist */
};

struct branches {
	struct branch *items;
	size_t count;
	size_t room;
};

/* The words behind `git` that list all branches with their upstreams, and its
 * answer read. */
void branches_words(struct strings *out, struct arena *arena);
void branches_read(struct branches *out, struct arena *arena, const char *text,
                   size_t length);

/* The words that count the commits that no remote has: of one branch, of all of
 * them together, and of a detached HEAD (those on a branch not counted). */
void branches_count_words(struct strings *out, struct arena *arena, const char *branch);
void branches_count_all_words(struct strings *out, struct arena *arena);
void branches_count_head_words(struct strings *out, struct arena *arena);
bool branches_count(size_t *out, const char *text);

/* The words that list the submodules of the work tree, and the answer read: paths
 * within it. */
void submodules_words(struct strings *out, struct arena *arena);
void submodules_read(struct strings *out, struct arena *arena, const char *text,
                     size_t length);

#endif
