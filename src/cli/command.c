#include "cli/command.h"

#include <string.h>

#include "base/buf.h"
#include "cli/choices.h"

bool kind_is_open(enum kind kind)
{
	return kind == KIND_GIT || kind == KIND_SHELL || kind == KIND_FLAGS ||
	       kind == KIND_LINE;
}

const char *const *kind_words(enum kind kind)
{
	static const char *const when[] = {"always", "never", "auto", NULL};
	static const char *const shells[] = {"bash", "zsh", "fish", NULL};

	switch (kind) {
	case KIND_WHEN:
		return when;
	case KIND_OUTPUT:
		return output_names;
	case KIND_SHELL_NAME:
		return shells;
	case KIND_SORT:
		return sort_keys;
	default:
		return NULL;
	}
}

const struct operand_row operands_selection[] = {
	{.kind = KIND_SELECTION, .name = "SELECTION", .repeats = true},
	{0},
};

const struct option_row options_selection[] = {
	{
		.letter = 'x',
		.name = "exclude",
		.kind = KIND_SELECTION,
		.value = "SELECTION",
		.help = "leave these out",
		.repeats = true,
	},
	{.name = "all", .help = "all repos, whatever the context"},
	{0},
};

const struct option_row options_run[] = {
	{
		.letter = 'j',
		.name = "jobs",
		.kind = KIND_NUMBER,
		.value = "N",
		.help = "at most N at once (default 8, $GITA_JOBS)",
	},
	{
		.letter = 'i',
		.name = "in-turn",
		.help = "one repo after the other, with the terminal",
	},
	{
		.letter = 'k',
		.name = "keep-order",
		.help = "print in the order of the selection",
	},
	{
		.letter = 'n',
		.name = "dry-run",
		.help = "print what would run, run nothing",
	},
	{
		.letter = 'q',
		.name = "quiet",
		.help = "print only failures and the summary",
	},
	{
		.letter = 'o',
		.name = "output",
		.kind = KIND_OUTPUT,
		.value = "MODE",
		.help = "blocks (default, $GITA_OUTPUT), lines, group, table",
	},
	{
		.name = "timeout",
		.kind = KIND_SECONDS,
		.value = "SECONDS",
		.help = "stop a repo's run after this time",
	},
	{
		.name = "per-host",
		.kind = KIND_NUMBER,
		.value = "N",
		.help = "at most so many at once on one host (8)",
	},
	{
		.name = "retry",
		.kind = KIND_NUMBER,
		.value = "N",
		.help = "try again when the network fails, but no push",
	},
	{.name = "fail-fast", .help = "stop everything at the first failure"},
	{.name = "json", .help = "one JSON object a repo, a line each"},
	{0},
};

const struct option_row options_common[] = {
	{
		.name = "color",
		.kind = KIND_WHEN,
		.value = "WHEN",
		.help = "colour: always, never or auto",
	},
	{.letter = 'h', .name = "help", .help = "show this help"},
	{0},
};

static const struct option_row gita_options[] = {
	{
		.letter = 'v',
		.name = "version",
		.help = "show the versions of gita and its libraries",
	},
	{0},
};

static const struct operand_row gita_operands[] = {
	{.kind = KIND_LINE, .name = "COMMAND", .repeats = true},
	{0},
};

const struct command command_gita = {
	.options = gita_options,
	.operands = gita_operands,
};

const struct command *command_find(const struct command *const *commands,
                                   const char *name)
{
	for (; *commands; commands++)
		if (strcmp((*commands)->name, name) == 0)
			return *commands;
	return NULL;
}

static void each_row(const struct option_row *rows,
                     void (*each)(void *context, const struct option_row *row),
                     void *context)
{
	for (; rows && rows->name; rows++)
		each(context, rows);
}

void command_options(const struct command *command,
                     void (*each)(void *context, const struct option_row *row),
                     void *context)
{
	each_row(command->options, each, context);
	if (command->selects)
		each_row(options_selection, each, context);
	if (command->runs)
		each_row(options_run, each, context);
	each_row(options_common, each, context);
}

const struct operand_row *command_open_operand(const struct command *command)
{
	const struct operand_row *row = command->operands;

	while (row && row->name && !kind_is_open(row->kind))
		row++;
	return row && row->name ? row : NULL;
}

void command_usage(struct buf *out, const struct command *command, const char *parent)
{
	bool options = command->options || command->selects || command->runs;

	buf_addf(out, "gita%s%s%s%s", parent ? " " : "", parent ? parent : "",
	         command->name ? " " : "", command->name ? command->name : "");
	if (command->children)
		buf_adds(out, " [COMMAND]");
	if (options)
		buf_adds(out, " [OPTIONS]");
	for (const struct operand_row *row = command->operands; row && row->name; row++)
		buf_addf(out, row->required ? " %s%s" : " [%s%s]", row->name,
		         row->repeats ? "..." : "");
	if (command->runs && !command_open_operand(command))
		buf_adds(out, " [-- GIT-OPTION...]");
}
