/*
 * Commands as rows of data.
 *
 * A command is what a person types after `gita`: its row names the options and
 * the operands it takes and the function that runs it. The parser (cli/args.h),
 * help, completion and the test of the manual read the same rows, so nothing is
 * written twice. Each file of cmd/ exports one row; main.c lists them.
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct invocation;

/* Exit statuses, as the manual promises them. */
enum { STATUS_OK = 0, STATUS_FAILED = 1, STATUS_USAGE = 2 };

/*
 * What a word on the command line stands for. Help shows it, the parser checks
 * what can be checked without reading files, completion offers its candidates.
 */
enum kind {
	KIND_NONE,    /* an option without a value */
	KIND_TEXT,    /* anything */
	KIND_NUMBER,  /* a whole number, at least 1 */
	KIND_WIDTH,   /* a whole number, 0 allowed */
	KIND_SECONDS, /* a number of seconds above 0, decimals allowed */
	KIND_FOLDER,
	KIND_FILE,
	KIND_URL,
	KIND_REPO,      /* the name of a repo (a path to one, in a group) */
	KIND_GROUP,     /* the name of a group */
	KIND_CONTEXT,   /* a group, `auto` or `none` */
	KIND_SELECTION, /* a word of a selection (cli/select.h) */
	KIND_GIT,       /* a git command and its arguments, to the end of the line */
	KIND_SHELL,     /* a shell command and its arguments, to the end of the line */
	KIND_FLAGS,     /* options for git, to the end of the line */
	KIND_WORKTREES, /* the name of worktrees, a group that `wt add` made */
	KIND_NEW_NAME,
	KIND_GLOB,
	KIND_COLUMN,     /* an item that `ll` shows */
	KIND_NEW_COLUMN, /* one that it does not */
	KIND_ITEMS,      /* columns, separated by commas */
	KIND_WIDTH_ITEM, /* a column of `ll`, or `symbols` */
	KIND_SORT,       /* sort keys, separated by commas */
	KIND_SITUATION,
	KIND_COLOR,
	KIND_PRESET,
	KIND_WHEN,       /* always, never, auto */
	KIND_OUTPUT,     /* an output mode */
	KIND_COMMAND,    /* a command of gita */
	KIND_LINE,       /* a command of gita and its words, to the end of the line */
	KIND_SHELL_NAME, /* bash, zsh, fish */
	KIND_COUNT
};

/* Whether an operand of the kind takes the rest of the line, options included. */
bool kind_is_open(enum kind kind);

/* The words allowed for a kind that has a fixed set of them, NULL-terminated; NULL
 * for any other kind. */
const char *const *kind_words(enum kind kind);

/* Every option has a long name, and that is its key in the program. */
struct option_row {
	char letter;       /* 0: only the long name */
	const char *name;  /* NULL ends a table */
	enum kind kind;    /* KIND_NONE: a switch */
	const char *value; /* what help calls the value */
	const char *help;
	bool repeats; /* may be given more than once, each value counts */
};

struct operand_row {
	enum kind kind;
	const char *name; /* what help calls it; NULL ends a table */
	bool required;
	bool repeats;
};

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
		*examples;    /* pairs of a line and what it does, NULL-terminated */
	const char *synonyms; /* words that people try for it, separated by spaces:
	                         suggested, never taken; may be NULL */
	bool hidden;          /* not in the list of commands */
	bool yields;          /* to a command of that name in the user's file, which
	                         was there first */
	int (*run)(struct invocation *invocation); /* prints, returns the exit status */
};

/* gita itself: the options that may precede a command. */
extern const struct command command_gita;

/* The options that `selects` and `runs` stand for, and those that every command takes.
 */
extern const struct option_row options_selection[];
extern const struct option_row options_run[];
extern const struct option_row options_common[];

/* The operands of a command that takes a selection and nothing else. */
extern const struct operand_row operands_selection[];

/* The command of that name in a NULL-terminated list, or NULL. */
const struct command *command_find(const struct command *const *commands,
                                   const char *name);

/* Calls `each` for every option of a command in the order of help: its own, those
 * of a selection, those of a run, the common ones. */
void command_options(const struct command *command,
                     void (*each)(void *context, const struct option_row *row),
                     void *context);

/* The operand that takes the rest of the line (`super GIT-COMMAND...`), or NULL. */
const struct operand_row *command_open_operand(const struct command *command);

/* Appends `gita ll [OPTIONS] [SELECTION...]`, without a newline. `parent` is the
 * name before a sub-command's, or NULL. */
void command_usage(struct buf *out, const struct command *command, const char *parent);

#endif
