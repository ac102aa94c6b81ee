/*
 * Questions: programs run for gita's own use, what they print being the answer.
 *
 * They run in the environment of ENVIRONMENT_QUERY (git/environment.h) and only
 * read. What the answers mean is the caller's to know.
 */
#ifndef CLI_QUERY_H
#define CLI_QUERY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strings.h"
#include "git/ask.h"

struct arena;
struct delegate;
struct registry;
struct repo;

/* One question to git about one repo, or to another program. */
struct query {
	const struct repo *repo;
	struct strings words; /* after `git -C PATH` */
	bool program;         /* `words` are the program's, `repo` does not matter */
	bool network;         /* may use it, as the children of a run may */

	/* Filled in, in the arena of the call. */
	bool late;       /* no answer in time */
	int exit;        /* exit status; -1: did not run or was stopped */
	const char *out; /* standard output, `length` bytes and a NUL */
	size_t length;
	const char *err; /* standard error, or why it did not run */
};

/* Makes a zeroed one a question in the repo, with its flags; the other words are to be
 * added. Where the flags do not parse there are none: who runs git there, or reads the
 * state, has reported that. */
void query_in(struct query *query, const struct registry *registry,
              const struct repo *repo);

/*
 * Runs all of them, many at once, each for at most `limit` seconds. The child itself
 * enters the repo's folder: at a disk that does not answer, the child hangs and not
 * its start. An exit status, its reason printed; a signal meanwhile ends the
 * children and then the process.
 */
int query_run(struct query *queries, size_t count, double limit, struct arena *arena);

/* The same on a thread beside a loop: signals are left to the loop, and a reason for
 * STATUS_FAILED is not printed. */
int query_run_aside(struct query *queries, size_t count, double limit,
                    struct arena *arena);

/* What it came to, for whoever parses it (git/ask.h and its like). */
struct answer query_answer(const struct query *query);

/* Why it came to nothing, in one line. */
const char *query_reason(const struct query *query, struct arena *arena);

struct captured {
	int exit;        /* -1: did not run, or was stopped */
	const char *out; /* standard output, `length` bytes and a NUL; in the arena */
	size_t length;
	const char *err; /* standard error, or why it did not run */
};

/* Runs `words` in `folder` (NULL: here), without a limit of time; whether it exited
 * with status 0. Prints nothing. */
bool query_capture(struct captured *out, struct arena *arena, const char *folder,
                   const char *const *words);

/* Appends what git calls commands: its own, git-* programs in PATH, and the aliases
 * that are set everywhere. Whether it could be asked. */
bool query_git_commands(struct strings *out, struct arena *arena);

/* Whether the words of a user's command are a program in PATH and its own, the first
 * one being no command of git. */
bool query_is_program(struct arena *arena, const struct delegate *delegate);

#endif
