#include "run/pool.h"

#include <stdlib.h>
#include <uv.h>

#include "base/memory.h"

/*
 * A pool of threads under one lock. A worker that is given up is never joined
 * and never touched again; when it wakes up after all it sees `lost` and leaves.
 * Whatever it may look at then (the pool, the workers) stays allocated for good.
 */

/* libgit2 and the walk of a deep tree need less. */
enum { STACK = 1 << 20 };

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
	struct pool *pool;
	struct worker *next;
	uv_thread_t thread;
	bool threaded;       /* has a thread of its own */
	bool lost;           /* given up */
	bool busy;           /* `since` and `piece` hold */
	size_t piece;        /* its index; not for a helper */
	bool helps;          /* works on another worker's share */
	bool shares;         /* what it does is part of a share: no more sharing */
	struct share *share; /* that it has published */
	uint64_t since;      /* nanoseconds */
};

struct pool {
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

static _Thread_local struct worker *self;

static void worker_main(void *argument);

static struct worker *worker_add(struct pool *pool)
{
	struct worker *worker = memory_resize(NULL, sizeof *worker);

	*worker = (struct worker){.pool = pool, .next = pool->workers};
	pool->workers = worker;
	pool->at_work++;
	return worker;
}

/* With the lock held: up to `wanted` workers. */
static void pool_grow(struct pool *pool, size_t wanted)
{
	const uv_thread_options_t options = {.flags = UV_THREAD_HAS_STACK_SIZE,
	                                     .stack_size = STACK};

	while (pool->at_work < wanted) {
		struct worker *worker = worker_add(pool);

		if (uv_thread_create_ex(&worker->thread, &options, worker_main,
		                        worker) != 0) {
			pool->workers = worker->next;
			pool->at_work--;
			free(worker);
			return; /* fewer threads do as well */
		}
		worker->threaded = true;
	}
}

static struct share *find_share(struct pool *pool)
{
	struct share *share = pool->shares;

	while (share && (share->dead || share->taken == share->count))
		share = share->next;
	return share;
}

/* Does the next of the share, with the lock dropped meanwhile. A dead share's
 * owner never returns, so that what it points to stays. */
static void share_work(struct pool *pool, struct share *share)
{
	size_t index = share->taken++;

	uv_mutex_unlock(&pool->lock);
	share->work(share->context, index);
	uv_mutex_lock(&pool->lock);
	share->done++;
	if (share->done == share->count)
		uv_cond_broadcast(&pool->news);
}

static bool worker_help(struct worker *worker)
{
	struct pool *pool = worker->pool;
	struct share *share = find_share(pool);

	if (!share)
		return false;
	worker->busy = worker->helps = worker->shares = true;
	worker->since = uv_hrtime();
	share_work(pool, share);
	worker->busy = worker->helps = worker->shares = false;
	return true;
}

static void publish(struct pool *pool, struct share *share)
{
	share->next = pool->shares;
	pool->shares = share;
	uv_cond_broadcast(&pool->news);
}

static void withdraw(struct pool *pool, struct share *share)
{
	struct share **at = &pool->shares;

	while (*at != share)
		at = &(*at)->next;
	*at = share->next;
}

/* The rest of its piece would work with answers that never came: a thread that
 * was given up while it waited for them waits for ever. */
static void wait_for_helpers(struct pool *pool, const struct share *share)
{
	while (share->dead || share->done < share->count)
		uv_cond_wait(&pool->news, &pool->lock);
}

static void spread_run(const struct spread *spread, size_t count,
                       void (*work)(void *context, size_t index), void *context)
{
	struct pool *pool = spread->owner;
	struct share share = {.work = work, .context = context, .count = count};

	if (pool->threads == 1 || count < 2 || !self || self->shares) {
		for (size_t i = 0; i < count; i++)
			work(context, i);
		return;
	}
	uv_mutex_lock(&pool->lock);
	self->shares = true;
	self->share = &share;
	share.dead = self->lost;
	pool_grow(pool, pool->threads);
	publish(pool, &share);
	while (!share.dead && share.taken < share.count)
		share_work(pool, &share);
	wait_for_helpers(pool, &share);
	withdraw(pool, &share);
	self->share = NULL;
	self->shares = false;
	uv_mutex_unlock(&pool->lock);
}

static void worker_take_piece(struct worker *worker)
{
	struct pool *pool = worker->pool;
	const size_t *order = pool->options->order;
	size_t at = pool->next++;

	worker->piece = order ? order[at] : at;
	worker->since = uv_hrtime();
	worker->busy = true;
	uv_mutex_unlock(&pool->lock);
	pool->work(pool->context, worker->piece, &pool->spread);
	uv_mutex_lock(&pool->lock);
	worker->busy = false;
	if (!worker->lost && ++pool->done == pool->count)
		uv_cond_broadcast(&pool->news);
}

/* Until no worker has anything left to do. */
static void worker_work(struct worker *worker)
{
	struct pool *pool = worker->pool;

	self = worker;
	uv_mutex_lock(&pool->lock);
	while (!worker->lost && pool->done < pool->count) {
		if (pool->next < pool->count)
			worker_take_piece(worker);
		else if (!worker_help(worker))
			uv_cond_wait(&pool->news, &pool->lock);
	}
	uv_mutex_unlock(&pool->lock);
	self = NULL;
}

static void worker_main(void *argument)
{
	worker_work(argument);
}

static void worker_give_up(struct worker *worker)
{
	struct pool *pool = worker->pool;

	worker->lost = true;
	pool->at_work--;
	if (worker->share)
		worker->share->dead = true;
	if (!worker->helps) {
		pool->late[worker->piece] = true;
		pool->given_up++;
		pool->done++;
	}
}

/* Gives up the workers that are over the deadline; nanoseconds until another may be. */
static uint64_t pool_check(struct pool *pool)
{
	uint64_t allowed = (uint64_t)(pool->options->deadline * 1e9);
	uint64_t now = uv_hrtime();
	uint64_t wait = allowed;

	for (struct worker *worker = pool->workers; worker; worker = worker->next) {
		uint64_t taken = now - worker->since;

		if (!worker->busy || worker->lost)
			continue;
		if (taken >= allowed)
			worker_give_up(worker);
		else if (allowed - taken < wait)
			wait = allowed - taken;
	}
	if (pool->next < pool->count)
		pool_grow(pool, pool->threads);
	return wait;
}

/* With a deadline the caller only watches: it must not get stuck itself. */
static void pool_watch(struct pool *pool)
{
	uv_mutex_lock(&pool->lock);
	pool_grow(pool, pool->threads < pool->count ? pool->threads : pool->count);
	while (pool->at_work && pool->done < pool->count) {
		uint64_t wait = pool_check(pool);

		if (pool->done < pool->count)
			uv_cond_timedwait(&pool->news, &pool->lock, wait);
	}
	uv_cond_broadcast(&pool->news);
	uv_mutex_unlock(&pool->lock);
}

/* Without one it is a worker like the others, often the only one. */
static void pool_join_in(struct pool *pool)
{
	struct worker *worker;

	uv_mutex_lock(&pool->lock);
	worker = worker_add(pool);
	pool_grow(pool, pool->threads < pool->count ? pool->threads : pool->count);
	uv_mutex_unlock(&pool->lock);
	worker_work(worker);
}

/* Waits for the threads that leave now; not for one that helps with a piece which
 * was given up, for it may hang as well. */
static void pool_join(struct pool *pool)
{
	for (struct worker *worker = pool->workers; worker; worker = worker->next) {
		bool leaves;

		uv_mutex_lock(&pool->lock);
		leaves = worker->threaded && !worker->lost && !worker->busy;
		uv_mutex_unlock(&pool->lock);
		if (leaves)
			uv_thread_join(&worker->thread);
	}
}

static void pool_free(struct pool *pool)
{
	while (pool->workers) {
		struct worker *worker = pool->workers;

		pool->workers = worker->next;
		free(worker);
	}
	uv_cond_destroy(&pool->news);
	uv_mutex_destroy(&pool->lock);
	free(pool);
}

static struct pool *pool_make(size_t count, const struct pool_options *options)
{
	struct pool *pool = memory_resize(NULL, sizeof *pool);
	size_t threads = options->threads ? options->threads
	                                  : uv_available_parallelism();

	*pool = (struct pool){.options = options,
	                      .count = count,
	                      .threads = threads,
	                      .spread = {spread_run, threads, pool}};
	/* Neither can fail on the systems that libuv runs on but for want of memory. */
	if (uv_mutex_init(&pool->lock) != 0 || uv_cond_init(&pool->news) != 0)
		abort();
	return pool;
}

size_t pool_run(size_t count, const struct pool_options *options,
                void (*work)(void *context, size_t index, const struct spread *spread),
                void *context, bool *late)
{
	struct pool *pool = pool_make(count, options);
	size_t given_up;

	pool->work = work;
	pool->context = context;
	pool->late = late;
	if (options->deadline > 0)
		pool_watch(pool);
	if (pool->done < count) /* no deadline, or not one thread to be had */
		pool_join_in(pool);
	given_up = pool->given_up;
	pool_join(pool);
	if (!given_up)
		pool_free(pool);
	return given_up;
}
