/*
 * The scripts for shells: the files of completions/, put into the program when it
 * is built (cmake/Embed.cmake), so that what a command prints and what is
 * installed are the same bytes.
 */
#ifndef CMD_SCRIPTS_H
#define CMD_SCRIPTS_H

enum { SCRIPT_TEXTS = 3 };

struct scripts {
	const char *shell;
	/* What `shell-init` prints, in order, NULLs at the end left out: the script
	 * of `completion`, then gcd and its completion. */
	const char *texts[SCRIPT_TEXTS];
};
extern const struct scripts scripts[]; /* ends with a row without a shell */

#endif
