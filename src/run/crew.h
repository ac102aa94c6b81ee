/*
 * The insides of pool_run: a crew of threads under one lock.
 *
 *   pool.c    pieces, the watch over their deadlines, the end
 *   spread.c  pieces of a piece, for threads that have none of their own
 *
 * A worker that is given up is never joined and never touched again; when it
 * wakes up after all it sees `lost` and leaves. Whatever it may look at then
 * (the crew, the workers) stays allocated for good.
 */
#ifndef RUN_CREW_H
#define RUN_CREW_H

#include <uv.h>

#include "run/pool.h"

/* A piece that is being spread; it stands on the stack of who spreads it. */
struct share {
	struct share *next;
	void (*work)(void *context, size_t index);
	void *context;
	size_t count;
	size_t taken;
	size_t done;
	bool dead; /* its piece was given up: nothing more is taken from it */
};

struct worker {
	struct crew *crew;
	struct worker *next;
	uv_thread_t thread;
	bool threaded;       /* has a thread of its own */
	bool lost;           /* given up */
	bool busy;           /* `since` and `piece` hold */
	size_t piece;        /* its index; not for a helper */
	bool helps;          /* works on a share of somebody else's */
	bool shares;         /* what it does is part of a share: no more sharing */
	struct share *share; /* that it has published */
	uint64_t since;      /* nanoseconds */
};

struct crew {
	uv_mutex_t lock;
	uv_cond_t news; /* for everybody: something to do, something done */
	const struct pool_options *options;
	void (*work)(void *context, size_t index, const struct spread *spread);
	void *context;
	bool *late;
	struct spread spread;
	size_t count;
	size_t next;
	size_t done; /* or given up */
	size_t given_up;
	size_t threads; /* how many workers there may be that are not lost */
	size_t at_work; /* how many there are */
	struct worker *workers;
	struct share *shares;
};

/* Both with the lock held, which they drop while they work. */
bool crew_help(struct worker *worker);            /* false: nobody shares anything */
void crew_hire(struct crew *crew, size_t wanted); /* up to that many at work */

/* The worker that the calling thread is, NULL: none. */
struct worker *worker_self(void);

void spread_run(const struct spread *spread, size_t count,
                void (*work)(void *context, size_t index), void *context);

#endif
