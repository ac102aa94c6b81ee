/* `completion`: the completion script of a shell. */
#include "cmd/commands.h"
#include "scripts.h"

static int completion_run(struct invocation *invocation)
{
	return scripts_print(invocation, SCRIPT_COMPLETION);
}

static const char *const examples[] = {
	"source <(gita completion bash)",
	"in ~/.bashrc",
	"source <(gita completion zsh)",
	"in ~/.zshrc, after compinit",
	"gita completion fish | source",
	"in ~/.config/fish/config.fish",
	NULL,
};

const struct command command_completion = {
	.name = "completion",
	.summary = "script for TAB in a shell",
	.about = "Installed packages have it in place already. 'gita shell-init' holds "
		 "it as\n"
		 "well.",
	.operands = scripts_operands,
	.examples = examples,
	.run = completion_run,
};
