/*
 * A function for every index, on worker threads.
 *
 * Made for reading many repositories: the pieces are started in a given
 * order (the largest first), each is done by one thread, and a thread without
 * a piece helps those that spread theirs (base/spread.h). A piece that is over
 * its deadline (a disk that does not answer) is given up: it is reported late,
 * its thread is left alone and replaced, and pool_run returns without it.
 */
#ifndef RUN_POOL_H
#define RUN_POOL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/spread.h"

struct pool_options {
	size_t threads;      /* 0: one a processor */
	const size_t *order; /* a permutation of the indices, or NULL */
	double deadline;     /* seconds a piece may take; 0: no limit */
};

/*
 * Calls work(context, i, spread) for each i below `count`. `late[i]` (an array
 * of `count`, zeroed by the caller) becomes true for pieces that were given
 * up; their thread may still write to what it was given, so that the caller
 * must neither read nor free it, and must end the process with _exit().
 * Returns the number of pieces given up.
 */
size_t pool_run(size_t count, const struct pool_options *options,
                void (*work)(void *context, size_t index, const struct spread *spread),
                void *context, bool *late);

#endif
