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
	const char *folder;
	bool keep_paths;
	bool dry;
	int status; /* the worst of what was done so far */
};

/*
 * Clones the items at `depth` that are not there, all at once or (`concurrent` not
 * set, one item) on the terminal, and registers each as it ends, so that an
 * interrupt loses none that is on disk. What stood behind `--` goes to git.
 */
void clone_run_depth(struct cloning *cloning, size_t depth, bool concurrent);

/* `clone -f`: the whole list. */
void clone_list(struct cloning *cloning, const char *file);

/* The greater of both: a wrong request outweighs a failure, that a success. */
void clone_note_status(struct cloning *cloning, int status);

/* Registers the item, under another name if its own was taken meanwhile, and puts it
 * into the group of --group. */
void clone_register(struct cloning *cloning, struct clone_item *item);

/* The same for all that stood there before. */
void clone_take_over(struct cloning *cloning);

/* Makes the groups of the list, with those of their repos that are registered. */
void clone_make_groups(struct cloning *cloning);

#endif
