/*
 * Help, written from the tables: the list of commands, and one command.
 */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "base/strings.h"

struct command;
struct invocation;
struct buf;

/* `gita` and `gita help`: all commands, built-in and delegated. */
void help_overview(struct invocation *invocation);

/* `gita help NAME`: usage, what it does, options, examples. `parent` is the name
 * in front of a sub-command's, or NULL. */
void help_command(struct invocation *invocation, const struct command *command,
                  const char *parent);

/* `gita help ll` and `gita help group add`: the command that the words name; an
 * exit status. */
int help_named(struct invocation *invocation, const struct strings *words);

/* `gita ll [OPTIONS] [SELECTION...]`: the usage line without the newline. */
void help_usage(struct buf *out, const struct command *command, const char *parent);

#endif
