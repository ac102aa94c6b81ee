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
 * Which words at the front of an open-ended command line (`super`, `shell`)
 * belong to the selection: asked for each word that is no option, with what
 * was read so far; the first refused one starts the rest.
 */
struct args_front {
	bool (*takes)(void *context, const struct args *so_far, const char *word,
	              bool last);
	void *context;
};

/*
 * Reads the words behind the command's name. Options may stand anywhere before
 * `--`, except in commands whose last operand runs to the end of the line
 * (kind_is_open): there the words of that operand are left as they are, in
 * `rest`. Arity and values are checked by the rows. Returns an exit status and
 * has said what was wrong; `parent` is the name in front of a sub-command's.
 */
int args_parse(struct args *out, const struct command *command, const char *parent,
               const struct strings *words, const struct args_front *front,
               struct arena *arena);

/* Whether the command's last operand runs to the end of the line. */
bool args_are_open(const struct command *command);

bool args_has(const struct args *args, const char *name);

/* The last value given, or NULL. */
const char *args_value(const struct args *args, const char *name);

/* All values given for an option that repeats. */
void args_values(struct strings *out, struct arena *arena, const struct args *args,
                 const char *name);

/* The number given for the option, else `otherwise`; was checked in parsing. */
long args_number(const struct args *args, const char *name, long otherwise);
double args_seconds(const struct args *args, const char *name, double otherwise);

#endif
