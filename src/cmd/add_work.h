/*
 * One use of `add`; shared by the add*.c files.
 */
#ifndef CMD_ADD_WORK_H
#define CMD_ADD_WORK_H

#include "cli/command.h"
#include "discover.h"

struct adding {
	struct invocation *invocation;
	struct arena *arena;
	struct discovery rules;
	struct strings roots;   /* where -r and -a started */
	struct strings found;   /* paths of repositories */
	struct strings fresh;   /* those not registered yet */
	struct strings names;   /* of the fresh ones */
	struct strings members; /* names of all found, old and new */
	struct strings at;      /* their paths */
	int status;
};

/* Registers what was found and puts it into its groups, or with --dry-run shows what
 * would be registered. Returns the exit status, with that of the search in it. */
int add_found(struct adding *adding);

#endif
