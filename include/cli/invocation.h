/*
 * One use of gita: the command that runs, what was given to it, and the files of
 * gita that it has read so far.
 *
 * A file is read when it is first asked for, and once. Everything lives in the
 * arena of the invocation, that is as long as the process.
 */
#ifndef CLI_INVOCATION_H
#define CLI_INVOCATION_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mounts.h"
#include "base/term.h"
#include "cli/args.h"
#include "cli/command.h"
#include "store/delegates.h"
#include "store/home.h"
#include "store/registry.h"
#include "store/settings.h"

struct invocation {
	struct arena *arena;                   /* lives as long as the process */
	const struct command *const *commands; /* all built-in ones */
	const struct command *command;         /* the one (sub-command) that runs */
	const char *parent;                    /* of a sub-command: `group`; or NULL */
	const struct delegate *delegate;       /* set where a delegated one runs */
	int (*run_delegate)(struct invocation *invocation); /* runs one, from cmd/ */
	struct strings typed; /* the command line, for the journal */
	const char *title; /* what a run of it is called there; NULL: nothing is run */
	struct args args;
	enum color_when color;
	const char *(*version)(struct arena *arena); /* of gita and its libraries */

	/* Valid once the function below that reads it has returned STATUS_OK. */
	struct home home;
	struct registry registry;
	struct settings settings;
	struct delegates delegates;
	bool has_home, has_registry, has_settings, has_delegates;
	bool registry_failed; /* it could not be read, which was printed */

	struct mounts mounts; /* of cli/disks.h */
	bool has_mounts;
	double patience; /* seconds until a disk is taken for dead; 0: as usual */
};

/* Each reads what it names, prints the notes as warnings, and returns STATUS_OK, or
 * prints the error and returns the exit status. */
int invocation_home(struct invocation *invocation);
int invocation_registry(struct invocation *invocation);
int invocation_settings(struct invocation *invocation);
int invocation_delegates(struct invocation *invocation);

/* Reads the registry under its lock; registry_commit and registry_end must follow. */
int invocation_change(struct invocation *invocation);

/* registry_commit and registry_end; prints the error and returns the exit status. */
int invocation_commit(struct invocation *invocation);

/* Whether no repo is registered yet; a hint at `add` is then printed. The registry must
 * have been read. */
bool invocation_hint_if_empty(const struct invocation *invocation);

/* Whether to colour stdout. */
bool invocation_colors(const struct invocation *invocation);

/* The row of a delegated command, as if it were built in. */
const struct command *invocation_delegate_row(struct invocation *invocation,
                                              const struct delegate *delegate);

/* The usage error for a word that names no group, with a suggestion. The registry
 * must have been read. */
int invocation_no_group(struct invocation *invocation, const char *word);

#endif
