/*
 * The local branches of one repository, and where each of them stands: to its
 * upstream, and to HEAD of the work tree that was asked.
 *
 * Read in this process by branches_read; where the answer could differ from git's,
 * by git. As in git/ask.h this side knows the words and parses what they print;
 * a layer with a process engine runs them. Strings live in the arena.
 */
#ifndef GIT_BRANCHES_H
#define GIT_BRANCHES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strings.h"
#include "git/ask.h"
#include "git/summary.h"

struct arena;

struct branch {
	const char *name;     /* short */
	const char *head;     /* full hash */
	bool current;         /* HEAD of this work tree is on it */
	bool merged;          /* HEAD has all of its commits; so it has of the current
	                         one: what `git branch --merged` lists */
	const char *upstream; /* short name; NULL: none configured */
	enum sync sync;
	size_t ahead, behind; /* of the upstream */
};

struct branches {
	struct branch *items; /* sorted by name */
	size_t count;
	size_t room;
};

/* False: git is to be asked, also where there is no repository. May be called on
 * several threads at once, between summary_setup() and summary_teardown(). */
bool branches_read(struct branches *out, const char *path, struct arena *arena);

/* The questions to git. */
enum { BRANCHES_LIST, BRANCHES_MERGED, BRANCHES_QUESTIONS };

/* The words after `git` and the repo's flags. */
void branches_words(struct strings *out, struct arena *arena, int question);

/* The answers, one a question; false: git could not tell, for a reason. */
bool branches_parse(struct branches *out, struct arena *arena,
                    const struct answer answers[BRANCHES_QUESTIONS], struct error *err);

#endif
