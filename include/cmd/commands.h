/*
 * The built-in commands, one a file of src/cmd, in the order of help.
 */
#ifndef CMD_COMMANDS_H
#define CMD_COMMANDS_H

#include "cli/command.h"

extern const struct command command_ll, command_ls;
extern const struct command command_add, command_rm, command_rename, command_clear;
extern const struct command command_group, command_context;
extern const struct command command_info, command_color, command_flags;
extern const struct command command_freeze, command_clone;
extern const struct command command_super, command_shell;
extern const struct command command_check, command_repair, command_report;
extern const struct command command_completion, command_shell_init, command_help;

/* What runs a row of store/delegates.h; not in the list, it has no name. */
extern const struct command command_delegate;

/* NULL-terminated. */
extern const struct command *const commands_all[];

#endif
