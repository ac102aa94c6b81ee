/* The options that many commands share; the rows are all there is to them. */
#include "cli/command.h"

const struct option_row options_selection[] = {
	{'x', "exclude", KIND_SELECTION, "SELECTION", "leave these out", true},
	{0, "all", KIND_NONE, NULL, "all repos, whatever the context", false},
	{0},
};

const struct option_row options_run[] = {
	{'j', "jobs", KIND_NUMBER, "N", "at most N at once (default 8, $GITA_JOBS)",
         false},
	{'k', "keep-order", KIND_NONE, NULL, "print in the order of the selection",
         false},
	{'n', "dry-run", KIND_NONE, NULL, "print what would run, run nothing", false},
	{'q', "quiet", KIND_NONE, NULL, "print only failures and the summary", false},
	{0, "timeout", KIND_SECONDS, "SECONDS", "stop a repo's run after this time",
         false},
	{0, "fail-fast", KIND_NONE, NULL, "stop everything at the first failure",
         false},
	{0, "json", KIND_NONE, NULL, "one JSON object a repo, a line each", false},
	{0},
};

const struct option_row options_common[] = {
	{0, "color", KIND_WHEN, "WHEN", "colour: always, never or auto", false},
	{'h', "help", KIND_NONE, NULL, "show this help", false},
	{0},
};

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
