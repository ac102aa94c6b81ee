/*
 * What a run is to do: an item for each repo, with the words that run there, and how
 * the run differs from others. `cli/runner` runs it and fills in what came of it.
 *
 * A plan and its items live in the arena of the invocation.
 */
#ifndef CLI_PLAN_H
#define CLI_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strings.h"
#include "cli/invocation.h"
#include "git/arguments.h"

struct buf;
struct selection;

/* What is run for one repo. */
struct plan_item {
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

struct plan {
	const char *title; /* how the summary calls it: `fetch` */
	struct plan_item *items;
	size_t count;
	size_t room;
	bool foreground;  /* one after the other on the terminal, even if several */
	bool interactive; /* likewise if there is a terminal, and no option of a run
	                     that asks for the children's output */
	bool concurrent;  /* through pipes even if there is only one */
	bool quiet;       /* as --quiet: only failures are shown */
	bool terse;       /* what goes well says nothing but warnings: equal ones are
	                     shown once, at the end, unless a mode is chosen */
	enum exit_answer answer; /* what exit status 1 means; see runner_run */
	bool returns;            /* a signal that ends the run is left to the caller */
	int signal; /* filled in for that: what ended the run, 0: nothing */
	/* Called when an item is over, before its block is printed; may set `ok`;
	 * may be NULL. */
	void (*on_end)(void *context, struct plan_item *item);
	void *context;
};

/* Adds an item for each repo of the selection, still without words. */
void plan_add_repos(struct plan *plan, struct invocation *invocation,
                    const struct selection *selection);

/* Sets the words to `git FLAGS... WORDS...`, with the flags of the repo; where those
 * do not parse, the item fails with that reason. */
void plan_git_words(struct plan_item *item, struct invocation *invocation,
                    const struct strings *words);

/* Whether `git WORDS...`, or what a general alias stands for, wants the terminal (see
 * git/arguments.h). */
bool plan_git_is_interactive(struct invocation *invocation,
                             const struct strings *words);

/* `sh -c SCRIPT`. */
void plan_shell_words(struct strings *out, struct invocation *invocation,
                      const char *script);

/* Appends a line that one could type, were it not for the passwords in it, of which
 * there is `***`. */
void plan_show_words(struct buf *out, struct arena *arena, const struct strings *words);

/* Prints what would run, as for --dry-run; returns the exit status. */
int plan_print(const struct plan *plan, struct arena *arena);

#endif
