/*
 * One reading of a command line; private to the args*.c files.
 */
#ifndef CLI_ARGS_READER_H
#define CLI_ARGS_READER_H

#include <getopt.h>

#include "base/buf.h"
#include "cli/args.h"
#include "cli/command.h"

/* The rows of a command in the form that getopt_long reads. */
struct reader {
	const struct command *command;
	const char *parent;
	struct arena *arena;
	struct args *args;
	struct rows {
		const struct option_row **items;
		size_t count, room;
	} rows;
	struct {
		struct option *items;
		size_t count, room;
	} longs;
	struct buf letters;
};

/* `group add: ` to stand in front of what was wrong, nothing for gita itself. */
const char *args_title(const struct reader *reader);

/* Whether a value is of its option's kind, and whether there are as many operands as
 * the rows say; a usage error has been said where not. */
int args_check_value(const struct reader *reader, const struct option_row *row,
                     const char *value);
int args_check_arity(const struct reader *reader);

#endif
