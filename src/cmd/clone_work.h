/*
 * One use of `clone`; shared by the clone*.c files.
 */
#ifndef CMD_CLONE_WORK_H
#define CMD_CLONE_WORK_H

#include "cli/runner.h"
#include "clone_plan.h"

struct cloning {
	struct invocation *invocation;
	struct clone_plan plan;
	struct run_plan clones;
	const char *folder;
	bool dry;
	int status;
};

/* Adds `git clone ... -- URL PATH` to the plan; what stood behind `--` goes to git. */
void clone_add(struct cloning *cloning, const struct clone_item *item);

/*
 * Puts one repo into the registry, and into the group of --group. Done as each
 * clone ends, so that an interrupt loses none that is on disk.
 */
int clone_register(struct invocation *invocation, const struct clone_item *item);

/* For run_plan.on_end: registers what was cloned. */
void clone_on_end(void *context, struct run_item *item);

/* `clone -f`: the whole list. */
int clone_list(struct cloning *cloning, const char *file);

#endif
