/*
 * What a run knows of its repos before a child starts in one: which of them share a
 * git folder, which branch each is on, whose disk does not respond.
 *
 * It decides what runs at the same time and what a script finds in its environment,
 * never what is run.
 */
#ifndef CLI_WHEREABOUTS_H
#define CLI_WHEREABOUTS_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/invocation.h"
#include "git/probe.h"

struct whereabouts {
	bool silent;        /* its disk does not respond: nothing may run there */
	const char *lock;   /* equal for repos that git must not change at the same
	                       time; NULL: not known */
	struct probe probe; /* what is there; its `branch` is NULL also where it is not
	                       known */
};

/* The repo may be NULL: nothing is known then. */
void whereabouts_read(struct whereabouts *out, struct invocation *invocation,
                      const struct repo *repo);

#endif
