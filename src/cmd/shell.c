/* `shell`: any shell command over the selected repos. */
#include "base/arena.h"
#include "cli/out.h"
#include "cli/runner.h"
#include "cli/select.h"
#include "cmd/commands.h"

static int shell_run(struct invocation *invocation)
{
	const struct strings *words = &invocation->args.rest;
	struct selection chosen = {0};
	struct run_plan plan = {.title = "shell"};
	int status = select_repos(&chosen, invocation, SELECT_ANY);

	if (status != STATUS_OK)
		return status;
	runner_plan(&plan, invocation, &chosen);
	/* One word is a script; several are one command, spaces and all. */
	for (size_t i = 0; i < plan.count; i++) {
		if (words->count == 1)
			runner_shell_words(&plan.items[i].words, invocation,
			                   words->items[0]);
		else
			plan.items[i].words = *words;
	}
	return runner_run(invocation, &plan);
}

static const struct option_row options[] = {
	{0, "quote-mode", KIND_NONE, NULL, "the last word is the whole command", false},
	{0},
};

static const struct operand_row operands[] = {
	{KIND_SELECTION, "SELECTION", false, true},
	{KIND_SHELL, "COMMAND", true, true},
	{0},
};

static const char *const examples[] = {
	"gita shell pwd",
	"in all repos",
	"gita shell web 'git log | wc -l'",
	"one word is a script for sh",
	"gita shell web api mkdir 'my docs'",
	"several are a command as typed",
	NULL,
};

const struct command command_shell = {
	.name = "shell",
	.summary = "run any shell command",
	.about = "The first word that chooses no repo starts the command. The command "
		 "sees\n"
		 "GITA_NAME, GITA_PATH, GITA_BRANCH, GITA_GROUPS, GITA_I and GITA_N.",
	.options = options,
	.selects = true,
	.runs = true,
	.operands = operands,
	.examples = examples,
	.run = shell_run,
};
