/*
 * Changing registry and settings: what every command that does so has around it.
 */
#ifndef CMD_CHANGE_H
#define CMD_CHANGE_H

#include "cli/invocation.h"

/*
 * Takes the lock, reads, calls `change`, and writes if that returned STATUS_OK;
 * otherwise nothing was changed. Returns the exit status.
 */
int change_registry(struct invocation *invocation,
                    int (*change)(struct invocation *invocation));

/* The same for the settings, of which `change` saves what it changed. */
int change_settings(struct invocation *invocation,
                    int (*change)(struct invocation *invocation));

#endif
