/* `shell-init`: what a shell's start-up file takes in. */
#include "cmd/commands.h"
#include "scripts.h"

static int shell_init_run(struct invocation *invocation)
{
	return scripts_print(invocation, SCRIPT_GCD);
}

static const char *const examples[] = {
	"eval \"$(gita shell-init bash)\"",
	"in ~/.bashrc",
	"eval \"$(gita shell-init zsh)\"",
	"in ~/.zshrc, after compinit",
	"gita shell-init fish | source",
	"in ~/.config/fish/config.fish",
	"gcd web",
	"then: go to a repo's folder",
	NULL,
};

const struct command command_shell_init = {
	.name = "shell-init",
	.summary = "gcd and TAB for a shell",
	.about =
		"Prints the function 'gcd NAME', which changes to the folder of a "
		"repo, "
		"and\n"
		"the completion of gcd and gita. Without a name gcd lets you pick one, "
		"where\n"
		"fzf is installed.",
	.operands = scripts_operands,
	.examples = examples,
	.run = shell_init_run,
};
