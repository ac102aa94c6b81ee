/* `completion` and `shell-init`: the scripts for a shell. */
#include <string.h>

#include "cli/out.h"
#include "cmd/commands.h"
#include "scripts.h"

/* Prints the first `count` scripts of the shell that was named. */
static int print_scripts(const struct invocation *invocation, int count)
{
	const char *shell = invocation->args.operands.items[0];
	const struct scripts *row = scripts;

	while (row->shell && strcmp(row->shell, shell) != 0)
		row++;
	if (!row->shell)
		return say_usage("%s: unsupported shell '%s'; use bash, zsh or fish",
		                 invocation->command->name, shell);
	for (int i = 0; i < count && row->texts[i]; i++)
		out_text(row->texts[i]);
	return STATUS_OK;
}

static int completion_run(struct invocation *invocation)
{
	return print_scripts(invocation, 1);
}

static int shell_init_run(struct invocation *invocation)
{
	return print_scripts(invocation, SCRIPT_TEXTS);
}

static const struct operand_row operands[] = {
	{.kind = KIND_SHELL_NAME, .name = "bash|zsh|fish", .required = true},
	{0},
};

static const char *const completion_examples[] = {
	"source <(gita completion bash)",
	"in ~/.bashrc",
	"source <(gita completion zsh)",
	"in ~/.zshrc",
	"gita completion fish | source",
	"in ~/.config/fish/config.fish",
	NULL,
};

static const char *const shell_init_examples[] = {
	"eval \"$(gita shell-init bash)\"",
	"in ~/.bashrc",
	"eval \"$(gita shell-init zsh)\"",
	"in ~/.zshrc",
	"gita shell-init fish | source",
	"in ~/.config/fish/config.fish",
	"gcd web",
	"then: change to the folder of web",
	NULL,
};

const struct command command_completion = {
	.name = "completion",
	.summary = "print a completion script",
	.about = "Packages install it where the shell finds it. 'gita shell-init'\n"
		 "prints it as well.",
	.operands = operands,
	.examples = completion_examples,
	.run = completion_run,
};

const struct command command_shell_init = {
	.name = "shell-init",
	.summary = "print gcd and completion",
	.about = "Prints the function 'gcd NAME', which changes to the folder of a\n"
		 "repo, and the completion of gcd and gita. Without a name gcd\n"
		 "lets you pick one, if fzf is installed.",
	.operands = operands,
	.examples = shell_init_examples,
	.run = shell_init_run,
};
