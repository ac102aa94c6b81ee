/* `help`: what `-h` shows, asked by name. */
#include "cli/help.h"
#include "cli/out.h"
#include "cmd/commands.h"

static int help_run(struct invocation *invocation)
{
	const struct strings *words = &invocation->args.operands;

	if (words->count == 0) {
		help_overview(invocation);
		return STATUS_OK;
	}
	return help_named(invocation, words);
}

static const struct operand_row operands[] = {
	{KIND_COMMAND, "COMMAND", false, true},
	{0},
};

static const char *const examples[] = {
	"gita help ll",
	"the same as gita ll -h",
	"gita help group add",
	"a command of a command",
	"man gita",
	"all of it",
	NULL,
};

const struct command command_help = {
	.name = "help",
	.summary = "explain a command",
	.operands = operands,
	.examples = examples,
	.run = help_run,
};
