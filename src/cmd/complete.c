/* `__complete`: what the completion scripts ask for. */
#include "cli/complete.h"
#include "cmd/commands.h"

static int complete_run(struct invocation *invocation)
{
	complete_words(invocation, &invocation->args.operands);
	return STATUS_OK;
}

static const struct operand_row operands[] = {
	{.kind = KIND_TEXT, .name = "WORD", .required = true, .repeats = true},
	{0},
};

const struct command command_complete = {
	.name = "__complete",
	.summary = "print candidates for the last word",
	.operands = operands,
	.hidden = true,
	.run = complete_run,
};
