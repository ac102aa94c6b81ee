/*
 * Options and operands as they were given on a command line.
 *
 * getopt_long reads the words by the rows of the command (cli/command.h); an
 * option is asked for by its long name.
 */
#ifndef CLI_ARGS_H
#define CLI_ARGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strings.h"
#include "cli/command.h"

struct arena;

struct args {
	struct strings operands; /* without the `--` that may have ended them */
	struct strings rest;     /* the words after `--` */
	bool ended;              /* there was a `--` */
	struct given {
		const struct option_row *row;
		const char *value;
	} * items;
	size_t count;
	size_t room;
};

/* What the parser asks about selections, which it knows nothing of. */
struct args_selection {
	/* Which words at the front of an open-ended command line (`super`, `shell`)
	 * belong to it: asked for each word that is no option, with what was parsed
	 * so far; the first refused one starts the rest. */
	bool (*takes)(void *context, const struct args *so_far, const char *word,
	              bool last);
	/* The word that an unknown option should have been: `@dirty` for `--dirty`;
	 * or NULL. Asked where the command takes a selection. */
	const char *(*meant)(void *context, const char *option);
	void *context;
};

/*
 * Parses the words after the command's name. Options may stand anywhere before
 * `--`, except in commands whose last operand takes the rest of the line
 * (kind_is_open): the words of that operand go to `rest` unparsed. The number
 * of operands and the values of options are checked by the rows. Returns
 * STATUS_OK, or prints the error and returns STATUS_USAGE; `parent` is the name
 * before a sub-command's, or NULL; `selection` may be NULL.
 */
int args_parse(struct args *out, const struct command *command, const char *parent,
               const struct strings *words, const struct args_selection *selection,
               struct arena *arena);

bool args_has(const struct args *args, const char *name);

/* The last value given, or NULL. */
const char *args_value(const struct args *args, const char *name);

/* All values given for an option that repeats. */
void args_values(struct strings *out, struct arena *arena, const struct args *args,
                 const char *name);

/* The number given for the option, else `otherwise`. args_parse has checked it. */
long args_number(const struct args *args, const char *name, long otherwise);
double args_seconds(const struct args *args, const char *name, double otherwise);

#endif
