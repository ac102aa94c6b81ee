/*
 * What a word on the command line stands for.
 *
 * Operands and option values name their kind; help shows it, the parser
 * checks what can be checked without looking at files, and completion offers
 * its candidates.
 */
#ifndef CLI_KIND_H
#define CLI_KIND_H

#include <stdbool.h>

enum kind {
	KIND_NONE,    /* an option without a value */
	KIND_TEXT,    /* anything */
	KIND_NUMBER,  /* a whole number, at least 1 */
	KIND_WIDTH,   /* a whole number, 0 allowed */
	KIND_SECONDS, /* a number of seconds, at least 1 */
	KIND_FOLDER,
	KIND_FILE,
	KIND_URL,
	KIND_REPO,      /* the name of a repo (a path to one, in a group) */
	KIND_GROUP,     /* the name of a group */
	KIND_CONTEXT,   /* a group, `auto` or `none` */
	KIND_SELECTION, /* a word of a selection (cli/select.h) */
	KIND_GIT,       /* a git command and its arguments, to the end */
	KIND_SHELL,     /* a shell command and its arguments, to the end */
	KIND_FLAGS,     /* options for git, to the end */
	KIND_NEW_NAME,
	KIND_GLOB,
	KIND_ITEM,       /* a column of `ll` */
	KIND_ITEMS,      /* columns, separated by commas */
	KIND_WIDTH_ITEM, /* a column of `ll`, or `symbols` */
	KIND_SORT,       /* sort keys, separated by commas */
	KIND_SITUATION,
	KIND_COLOR,
	KIND_PRESET,
	KIND_WHEN,       /* always, never, auto */
	KIND_COMMAND,    /* a command of gita */
	KIND_LINE,       /* a command of gita and its words, to the end */
	KIND_SHELL_NAME, /* bash, zsh, fish */
	KIND_COUNT
};

/* Whether an operand of the kind runs to the end of the line, options and all. */
bool kind_is_open(enum kind kind);

/* The words that a kind with a fixed set of them allows, NULL-terminated; NULL for
 * the others. */
const char *const *kind_words(enum kind kind);

#endif
