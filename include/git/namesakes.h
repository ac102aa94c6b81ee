/*
 * The branches of one name that a repository knows: its own and those of its remotes,
 * where `git checkout NAME` and `git worktree add PATH NAME` would find them.
 *
 * A remote's branch is kept where the remote's refspecs say (unique_tracking_name() of
 * git's checkout.c), so it does not matter what a remote is called. As in git/ask.h
 * this side knows the words and parses what they print; whoever has a process engine
 * runs them. Strings live in the arena.
 */
#ifndef GIT_NAMESAKES_H
#define GIT_NAMESAKES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strings.h"
#include "git/ask.h"

struct arena;

struct namesakes {
	bool own;
	struct strings remote; /* hashes of the remotes' branches */
};

/* The questions to git. */
enum { NAMESAKES_REFERENCES, NAMESAKES_REFSPECS, NAMESAKES_QUESTIONS };

/* The words after `git` and the repo's flags. */
void namesakes_words(struct strings *out, struct arena *arena, int question,
                     const char *name);

/* The answers, one a question; false: git could not tell, for a reason. */
bool namesakes_parse(struct namesakes *out, struct arena *arena, const char *name,
                     const struct answer answers[NAMESAKES_QUESTIONS],
                     struct error *err);

#endif
