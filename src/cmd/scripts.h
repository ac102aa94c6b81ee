/*
 * The scripts for shells: the files of completions/, put into the program when it
 * is built (cmake/Embed.cmake), so that what a command prints and what is
 * installed are the same bytes.
 */
#ifndef CMD_SCRIPTS_H
#define CMD_SCRIPTS_H

#include "cli/command.h"

enum script {
	SCRIPT_COMPLETION, /* gita.bash, _gita, gita.fish */
	SCRIPT_GCD,        /* gcd.bash, gcd.zsh, gcd.fish; goes behind the other */
	SCRIPT_COUNT
};

struct scripts {
	const char *shell;
	const char *texts[SCRIPT_COUNT];
};
extern const struct scripts scripts[]; /* ends with a row without a shell */

/* The operand of the commands that print scripts, and the printing: those of the
 * shell that was named up to `last`, in order. */
extern const struct operand_row scripts_operands[];
int scripts_print(struct invocation *invocation, enum script last);

#endif
