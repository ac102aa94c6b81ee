/*
 * The changes behind `group add|addrepo|rmrepo|rm|rename`: each takes its words and
 * options from the invocation, works on the registry in memory and returns an
 * exit status; to be called by change_registry.
 */
#ifndef CMD_GROUP_CHANGE_H
#define CMD_GROUP_CHANGE_H

#include "cli/command.h"

int group_add_members(struct invocation *invocation);
int group_add_to_known(struct invocation *invocation);
int group_remove_members(struct invocation *invocation);
int group_remove(struct invocation *invocation);
int group_change_name(struct invocation *invocation);

#endif
