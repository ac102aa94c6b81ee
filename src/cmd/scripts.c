/* Printing the scripts for shells; see the header. */
#include "scripts.h"

#include <string.h>

#include "cli/out.h"

const struct operand_row scripts_operands[] = {
	{KIND_SHELL_NAME, "bash|zsh|fish", true, false},
	{0},
};

int scripts_print(struct invocation *invocation, enum script last)
{
	const char *shell = invocation->args.operands.items[0];

	for (const struct scripts *row = scripts; row->shell; row++) {
		if (strcmp(row->shell, shell) != 0)
			continue;
		for (int i = 0; i <= (int)last; i++)
			out_text(row->texts[i]);
		return STATUS_OK;
	}
	return say_usage("%s: no shell '%s'; there are bash, zsh and fish",
	                 invocation->command->name, shell);
}
