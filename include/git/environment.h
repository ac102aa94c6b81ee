/*
 * The environment of the git commands that gita starts.
 */
#ifndef GIT_ENVIRONMENT_H
#define GIT_ENVIRONMENT_H

#include "base/strings.h"

struct arena;

enum environment {
	/* Alone on the terminal: pager, editor and prompts are the user's. */
	ENVIRONMENT_FOREGROUND,
	/* One of many: nothing asks, pages or edits. */
	ENVIRONMENT_CONCURRENT,
	/* Asked for facts by gita itself: in addition no optional locks, C locale,
	 * and no transport may be used, so a partial clone fetches nothing. */
	ENVIRONMENT_QUERY,
};

/*
 * The process's environment without the variables that name a repository
 * (`git rev-parse --local-env-vars`, but with the user's GIT_CONFIG_PARAMETERS,
 * GIT_CONFIG_COUNT, GIT_CONFIG_KEY_* and GIT_CONFIG_VALUE_*), as NAME=VALUE
 * strings. No variable is there twice.
 */
void environment_make(struct strings *out, struct arena *arena, enum environment kind);

/*
 * For one of many that may use the network: adds GIT_SSH_COMMAND with ssh in
 * batch mode, but only where the user chose no ssh command, neither in the
 * environment nor in the configuration of the repository at `path`. Without
 * it ssh has no terminal to ask on either; with it, ssh knows so.
 */
void environment_ssh(struct strings *out, struct arena *arena, const char *path);

#endif
