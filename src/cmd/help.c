/* `help`: what `-h` shows, by name. */
#include "cli/help.h"
#include "cli/dispatch.h"
#include "cli/out.h"
#include "cmd/commands.h"

static int help_run(struct invocation *invocation)
{
	const struct strings *words = &invocation->args.operands;

	if (words->count == 0) {
		help_overview(invocation);
		return STATUS_OK;
	}
	return dispatch_help(invocation, words);
}

static const struct operand_row operands[] = {
	{.kind = KIND_COMMAND, .name = "COMMAND", .repeats = true},
	{0},
};

static const char *const examples[] = {
	"gita help ll",
	"same as 'gita ll -h'",
	"gita help group add",
	"a subcommand",
	"man gita",
	"the manual",
	NULL,
};

const struct command command_help = {
	.name = "help",
	.synonyms = "man usage",
	.summary = "show help for a command",
	.operands = operands,
	.examples = examples,
	.run = help_run,
};
