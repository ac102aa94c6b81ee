/*
 * A way to do many independent pieces of work, perhaps several at once.
 *
 * Who has pieces (git's walk of one very large work tree) takes a struct
 * spread; who has idle threads (run's pool) fills one in. Without one the
 * pieces are done in turn.
 */
#ifndef BASE_SPREAD_H
#define BASE_SPREAD_H

#include <stddef.h>

struct spread {
	/* Calls work(context, i) once for each i below `count`, on any threads,
	 * and returns when all have returned. */
	void (*run)(const struct spread *spread, size_t count,
	            void (*work)(void *context, size_t index), void *context);
	size_t threads; /* how many pieces can be under way at once, >= 1 */
	void *owner;
};

#endif
