/*
 * The environment of the git commands that gita starts.
 */
#ifndef GIT_ENVIRONMENT_H
#define GIT_ENVIRONMENT_H

#include <stdbool.h>

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

/* Stands in what git prints, in any language, when it wanted an editor and the
 * environment was ENVIRONMENT_CONCURRENT. */
#define ENVIRONMENT_NO_EDITOR "no editor while several repos run at once"

/*
 * The process's environment without the variables that name a repository
 * (`git rev-parse --local-env-vars`, but with the user's GIT_CONFIG_PARAMETERS,
 * GIT_CONFIG_COUNT, GIT_CONFIG_KEY_* and GIT_CONFIG_VALUE_*), as NAME=VALUE
 * strings. No variable is there twice.
 */
void environment_make(struct strings *out, struct arena *arena, enum environment kind);

/* Adds color.ui=`value` to git's settings in an environment, as GIT_CONFIG_* set it,
 * behind those that are there. */
void environment_color(struct strings *out, struct arena *arena, const char *value);

/* Whether the configuration that all repositories have turns git's colours off. */
bool environment_refuses_color(void);

/*
 * For a command that may use the network, where the user has not chosen the ssh command
 * (git/remote.h): adds
 * GIT_SSH_COMMAND, with ssh in batch mode for ENVIRONMENT_CONCURRENT (ssh has no
 * terminal to ask on then, and so it knows) and with ssh's ControlPath, unless it is
 * NULL.
 */
void environment_ssh(struct strings *out, struct arena *arena, enum environment kind,
                     const char *control_path);

#endif
