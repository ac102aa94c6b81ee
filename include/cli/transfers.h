/*
 * What the fetches, pulls, pushes and clones of a run have changed, in words: the news
 * of each of its items (git/news.h).
 *
 * What only git could read, and what may lie on a disk that has stopped responding
 * since the run began, has none.
 */
#ifndef CLI_TRANSFERS_H
#define CLI_TRANSFERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/mounts.h"
#include "cli/plan.h"

struct transfers {
	struct arena *arena;
	const struct plan *plan;
	struct mounts mounts;         /* also those that have responded before */
	struct transfers_item *items; /* one for each of the plan's; NULL: libgit2
	                                 cannot be loaded, and there are no news */
};

/* Begins; transfers_end() follows. */
void transfers_begin(struct transfers *out, struct arena *arena,
                     const struct plan *plan);

/* Keeps what the references are before the item's first try. */
void transfers_watch(struct transfers *transfers, size_t index);

/* What the item, which is over, has changed; NULL: that is unknown, or it has failed.
 * To be asked once. */
const char *transfers_describe(struct transfers *transfers, size_t index);

void transfers_end(struct transfers *transfers);

#endif
