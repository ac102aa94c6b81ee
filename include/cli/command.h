/*
 * Commands as rows of data, and one use of one: the invocation.
 *
 * A command is what a person types behind `gita`. Its row is parsed,
 * explained (`gita help`), completed and checked against the manual; nothing of
 * that is written twice. Each file of cmd/ exports one row, main.c lists them.
 * A command's function gets the invocation, prints its results with cli/out.h
 * and returns the exit status.
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/term.h"
#include "cli/args.h"
#include "store/delegates.h"
#include "store/home.h"
#include "store/registry.h"
#include "store/settings.h"

/* The exit statuses of product and manual. */
enum { STATUS_OK = 0, STATUS_FAILED = 1, STATUS_USAGE = 2 };

struct invocation;

struct command {
	const char *name;
	const char *summary; /* one line for the list of commands, no full stop */
	const char *about;   /* more for `gita help NAME`, lines of at most 78
	                        columns; may be NULL */
	const struct option_row *options; /* its own; NULL: none */
	bool selects; /* takes the options of a selection: -x, --all */
	bool runs;    /* takes the options of a run: -j -k -n -q ... */
	const struct operand_row *operands;    /* NULL: none */
	const struct command *const *children; /* its sub-commands, NULL-terminated;
	                                          the first is the default one */
	const char *const
		*examples; /* pairs of line and what it does, NULL-terminated */
	bool hidden;       /* not in the list of commands */
	int (*run)(struct invocation *invocation);
};

/* gita itself: the options that may stand in front of a command. */
extern const struct command command_gita;

/* The tables behind `selects` and `runs`, and what every command takes. */
extern const struct option_row options_selection[];
extern const struct option_row options_run[];
extern const struct option_row options_common[];

struct invocation {
	struct arena *arena;                   /* lives as long as the process */
	const struct command *const *commands; /* all built-in ones */
	const struct command *command;         /* the one (sub-command) that runs */
	const char *parent;                    /* of a sub-command: `group`; or NULL */
	const struct delegate *delegate;       /* set where a delegated one runs */
	int (*run_delegate)(struct invocation *invocation); /* runs one, from cmd/ */
	struct strings typed; /* the command line, for the journal */
	struct args args;
	enum color_when color;
	const char *version;

	/* Read when first asked for, by the functions below. */
	struct home home;
	struct registry registry;
	struct settings settings;
	struct delegates delegates;
	bool has_home, has_registry, has_settings, has_delegates;
};

/* Each reads what it names once, warns where notes were left, and returns
 * STATUS_OK or says what was wrong and returns the exit status. */
int invocation_home(struct invocation *invocation);
int invocation_registry(struct invocation *invocation);
int invocation_settings(struct invocation *invocation);
int invocation_delegates(struct invocation *invocation);

/* Under the lock; to be followed by registry_commit and registry_end. */
int invocation_change(struct invocation *invocation);

/* registry_commit with its error said. */
int invocation_commit(struct invocation *invocation);

/* Whether stdout is to be coloured. */
bool invocation_colors(const struct invocation *invocation);

/* The built-in command of that name, or NULL. */
const struct command *command_find(const struct command *const *commands,
                                   const char *name);

/*
 * All options of a command in the order of help: own, selection, run, common.
 * Calls back for each row.
 */
void command_options(const struct command *command,
                     void (*each)(void *context, const struct option_row *row),
                     void *context);

/* The row of a delegated command, as if it were built in; in the arena. */
const struct command *command_for_delegate(struct invocation *invocation,
                                           const struct delegate *delegate);

/* The whole way from the command line to an exit status. */
int command_main(struct invocation *invocation, int count, char *const *words);

#endif
