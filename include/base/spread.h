/*
 * A way to do independent pieces of work in parallel.
 *
 * The walk of one very large work tree has such pieces and takes a struct spread;
 * the thread pool, which has idle threads, implements it. It connects two layers
 * that do not include each other. Without one the pieces are done in turn.
 */
#ifndef BASE_SPREAD_H
#define BASE_SPREAD_H

#include <stddef.h>

struct spread {
	/* Calls work(context, i) once for each i below `count`, on any threads,
	 * and returns when all have returned. */
	void (*run)(const struct spread *spread, size_t count,
	            void (*work)(void *context, size_t index), void *context);
	size_t threads; /* how many pieces can run at once, >= 1 */
	void *owner;
};

#endif
