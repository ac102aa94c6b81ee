/*
 * A command over many repos: what `fetch`, `super`, `shell` and `clone` share.
 *
 * Takes what is to be run, the options of a run (cli/command.h) from the invocation,
 * and does the rest: environment, foreground or concurrent, blocks with their prefix,
 * progress, summary, journal, the question about logins and editors, exit status.
 */
#ifndef CLI_RUNNER_H
#define CLI_RUNNER_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/invocation.h"
#include "git/arguments.h"
#include "git/summary.h"

/* What is run for one repo. */
struct runner_item {
	const char *name;        /* prefix of its lines */
	const char *folder;      /* where it runs */
	const char *clone;       /* the repository that it makes; or NULL */
	const struct repo *repo; /* for the GITA_* variables; NULL: none */
	struct strings words;    /* argv */
	const char *refusal;     /* a sentence: why nothing may run there; or NULL */
	const char *skip;        /* a phrase: why it is left out, which is no failure;
	                            or NULL */
	int exit;                /* filled in: exit status, -1: none */
	bool ok;                 /* filled in: ended with exit status 0, or with an
	                            answer */
	bool ran;                /* filled in: was started */
};

struct runner_plan {
	const char *title; /* how the summary calls it: `fetch` */
	struct runner_item *items;
	size_t count;
	size_t room;
	bool foreground;  /* one after the other on the terminal, even if several */
	bool interactive; /* likewise if there is a terminal, and no option of a run
	                     that asks for the children's output */
	bool concurrent;  /* through pipes even if there is only one */
	bool quiet;       /* what goes well says nothing but warnings: equal ones are
	                     shown once, at the end, unless a mode is chosen */
	enum exit_answer answer; /* what exit status 1 means; see runner_run */
	bool returns;            /* a signal that ends the run is left to the caller */
	int signal; /* filled in for that: what ended the run, 0: nothing */
	/* Called when an item is over, before its block is printed; may set `ok`;
	 * may be NULL. */
	void (*on_end)(void *context, struct runner_item *item);
	void *context;
};

struct selection;

/* Adds an item for each repo of the selection, still without words. */
void runner_plan_repos(struct runner_plan *plan, struct invocation *invocation,
                       const struct selection *selection);

/*
 * Runs the plan (or with -n prints it) and returns the exit status. Where exit status 1
 * is an answer, a repo that gives it has not failed; the status is then 1 if none has
 * found anything, or if any has differences.
 */
int runner_run(struct invocation *invocation, struct runner_plan *plan);

/* Sets the words to `git FLAGS... WORDS...`, with the flags of the repo; where those
 * do not parse, the item fails with that reason. */
void runner_git_words(struct runner_item *item, struct invocation *invocation,
                      const struct strings *words);

/* Whether `git WORDS...`, or what a general alias stands for, wants the terminal (see
 * git/arguments.h). */
bool runner_git_is_interactive(struct invocation *invocation,
                               const struct strings *words);

/* `sh -c SCRIPT`. */
void runner_shell_words(struct strings *out, struct invocation *invocation,
                        const char *script);

#endif
