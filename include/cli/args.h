/*
 * Options and operands: tables of what a command takes, and what was given.
 *
 * An option is a row. getopt_long reads the command line by the rows, help and
 * completion show them, the manual is checked against them. Every option has
 * a long name, and that is its key in the program.
 */
#ifndef CLI_ARGS_H
#define CLI_ARGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strings.h"
#include "cli/kind.h"

struct arena;
struct command;

struct option_row {
	char letter;       /* 0: only the long name */
	const char *name;  /* NULL ends a table */
	enum kind kind;    /* KIND_NONE: a switch */
	const char *value; /* how help calls the value */
	const char *help;
	bool repeats; /* may be given more than once, each value counts */
};

struct operand_row {
	enum kind kind;
	const char *name; /* how help calls it; NULL ends a table */
	bool required;
	bool repeats;
};

/* What of a command line belongs to a command. */
struct args {
	struct strings operands; /* without the `--` that may have ended them */
	struct strings rest;     /* what stood behind `--` */
	bool ended;              /* there was a `--` */
	struct given {
		const struct option_row *row;
		const char *value;
	} * items;
	size_t count;
	size_t room;
};

/*
 * Reads the words behind the command's name. Options may stand between
 * operands, except in commands whose last operand runs to the end of the line
 * (KIND_GIT, KIND_SHELL, KIND_FLAGS): there `leading` says how many of the words
 * from `words` on belong to the front (it is asked with the remaining words
 * and may be NULL for none), and the first word behind those ends the
 * options. Returns an exit status and has said what was wrong.
 */
int args_parse(struct args *out, const struct command *command, struct arena *arena,
	       const char *const *words, size_t count,
	       bool (*leading)(void *context, const char *word), void *context);

bool args_has(const struct args *args, const char *name);

/* The last value given, or NULL. */
const char *args_value(const struct args *args, const char *name);

/* All values given for an option that repeats. */
void args_values(struct strings *out, struct arena *arena, const struct args *args,
		 const char *name);

/* The number given for the option, else `otherwise`; was checked in parsing. */
long args_number(const struct args *args, const char *name, long otherwise);

#endif
