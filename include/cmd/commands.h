/*
 * The built-in commands, one a file of src/cmd; main.c lists them in the order of
 * help.
 */
#ifndef CMD_COMMANDS_H
#define CMD_COMMANDS_H

#include "cli/invocation.h"

extern const struct command command_ll, command_ls;
extern const struct command command_branches, command_activity;
extern const struct command command_add, command_rm, command_rename, command_clear;
extern const struct command command_group, command_context, command_wt;
extern const struct command command_info, command_color, command_flags;
extern const struct command command_freeze, command_clone, command_sync;
extern const struct command command_super, command_shell;
extern const struct command command_check, command_repair, command_report;
extern const struct command command_completion, command_shell_init, command_help;

/* `__complete`, which the completion scripts call; not in the list of help. */
extern const struct command command_complete;

/* Runs a row of store/delegates.h, the invocation's `delegate`. */
int delegate_run(struct invocation *invocation);

#endif
