/* What the configuration says about a branch and its remote: git's remote.c,
 * with nothing of the graph in it. */
#ifndef GIT_TRACKING_H
#define GIT_TRACKING_H

#include <stdbool.h>

#include "git/summary.h"

struct arena;
struct config;

/*
 * branch_get_upstream(): `*name` is the full name of the reference that the
 * branch (short name) follows, NULL where there is none. False: ask git.
 */
bool tracking_upstream(const char **name, struct arena *arena,
                       const struct config *config, const char *branch);

/* The word for that many commits on either side. */
enum sync sync_of(size_t ahead, size_t behind);

/* Sets remote, remote_configured and remote_name; `branch` may be NULL. */
void tracking_remote(struct summary *out, struct arena *arena,
                     const struct config *config, const char *branch);

#endif
