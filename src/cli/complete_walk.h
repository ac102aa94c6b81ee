/*
 * Reading a command line that is not finished: the words before the one being
 * typed are taken as cli/args.h would take them, but nothing is refused.
 */
#ifndef CLI_COMPLETE_WALK_H
#define CLI_COMPLETE_WALK_H

#include "cli/command.h"

/* What the word being typed is. */
enum walk_end {
	WALK_NOWHERE, /* behind a command that there is not */
	WALK_COMMAND, /* the name of a command */
	WALK_CHILD,   /* the name of a sub-command of `command` */
	WALK_OWN,     /* an option of `command`, a value, an operand */
	WALK_REST,    /* git's or the shell's, whose words start at `place` */
};

struct walk {
	struct invocation *invocation;
	const char *const *words;
	size_t place; /* the next word to look at */
	size_t last;  /* the word being typed */
	const struct command *command;
	const struct delegate *delegate; /* whose command it is, or NULL */
	struct strings operands;
	const struct option_row *open; /* waits for its value */
	bool ended;                    /* behind `--` */
};

/* `words` as complete_words() gets them. */
enum walk_end walk_read(struct walk *out, struct invocation *invocation,
                        const struct strings *words);

/* The row that `-x`, `--name` or `--name=value` means here, or NULL. */
const struct option_row *walk_option(const struct walk *walk, const char *word);

/* The row of the next operand, or NULL; and the row of the operand that runs to the
 * end of the line (`super GIT-COMMAND...`), or NULL. */
const struct operand_row *walk_operand(const struct walk *walk);
const struct operand_row *walk_open_operand(const struct walk *walk);

#endif
