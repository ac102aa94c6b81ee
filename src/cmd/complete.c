/* `__complete`: what the completion scripts ask for. */
#include "cli/complete.h"
#include "cmd/commands.h"

static int complete_run(struct invocation *invocation)
{
	return complete_words(invocation, &invocation->args.operands);
}

static const struct operand_row operands[] = {
	{KIND_TEXT, "WORD", true, true},
	{0},
};

const struct command command_complete = {
	.name = "__complete",
	.summary = "candidates for the last word",
	.operands = operands,
	.hidden = true,
	.run = complete_run,
};
