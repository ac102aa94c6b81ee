/*
 * Help, written from the rows of commands: the list of them, and one command.
 */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "cli/invocation.h"

/* `gita` and `gita help`: all commands, built-in and delegated. */
void help_overview(struct invocation *invocation);

/* `gita help NAME`: usage, what it does, options, examples. `parent` is the name
 * before a sub-command's, or NULL. */
void help_command(struct invocation *invocation, const struct command *command,
                  const char *parent);

#endif
