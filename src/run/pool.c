#include "run/pool.h"

#include <stdlib.h>

#include "base/memory.h"
#include "crew.h"

/* libgit2 and the walk of a deep tree go with less. */
enum { STACK = 1 << 20 };

static _Thread_local struct worker *self;

struct worker *worker_self(void)
{
	return self;
}

static void worker_take_piece(struct worker *worker)
{
	struct crew *crew = worker->crew;
	const size_t *order = crew->options->order;
	size_t at = crew->next++;

	worker->piece = order ? order[at] : at;
	worker->since = uv_hrtime();
	worker->busy = true;
	uv_mutex_unlock(&crew->lock);
	crew->work(crew->context, worker->piece, &crew->spread);
	uv_mutex_lock(&crew->lock);
	worker->busy = false;
	if (!worker->lost && ++crew->done == crew->count)
		uv_cond_broadcast(&crew->news);
}

/* Until nothing is left to do for anybody. */
static void worker_work(struct worker *worker)
{
	struct crew *crew = worker->crew;

	self = worker;
	uv_mutex_lock(&crew->lock);
	while (!worker->lost && crew->done < crew->count) {
		if (crew->next < crew->count)
			worker_take_piece(worker);
		else if (!crew_help(worker))
			uv_cond_wait(&crew->news, &crew->lock);
	}
	uv_mutex_unlock(&crew->lock);
	self = NULL;
}

static void worker_main(void *argument)
{
	worker_work(argument);
}

static struct worker *worker_add(struct crew *crew)
{
	struct worker *worker = memory_resize(NULL, sizeof *worker);

	*worker = (struct worker){.crew = crew, .next = crew->workers};
	crew->workers = worker;
	crew->at_work++;
	return worker;
}

void crew_hire(struct crew *crew, size_t wanted)
{
	const uv_thread_options_t options = {.flags = UV_THREAD_HAS_STACK_SIZE,
	                                     .stack_size = STACK};

	while (crew->at_work < wanted) {
		struct worker *worker = worker_add(crew);

		if (uv_thread_create_ex(&worker->thread, &options, worker_main,
		                        worker) != 0) {
			crew->workers = worker->next;
			crew->at_work--;
			free(worker);
			return; /* fewer threads do as well */
		}
		worker->threaded = true;
	}
}

static void worker_give_up(struct worker *worker)
{
	struct crew *crew = worker->crew;

	worker->lost = true;
	crew->at_work--;
	if (worker->share)
		worker->share->dead = true;
	if (!worker->helps) {
		crew->late[worker->piece] = true;
		crew->given_up++;
		crew->done++;
	}
}

/* Gives up who is over the deadline; nanoseconds until somebody else may be. */
static uint64_t crew_check(struct crew *crew)
{
	uint64_t allowed = (uint64_t)(crew->options->deadline * 1e9);
	uint64_t now = uv_hrtime();
	uint64_t wait = allowed;

	for (struct worker *worker = crew->workers; worker; worker = worker->next) {
		uint64_t taken = now - worker->since;

		if (!worker->busy || worker->lost)
			continue;
		if (taken >= allowed)
			worker_give_up(worker);
		else if (allowed - taken < wait)
			wait = allowed - taken;
	}
	if (crew->next < crew->count)
		crew_hire(crew, crew->threads);
	return wait;
}

/* With a deadline the caller only watches: it must not get stuck itself. */
static void crew_watch(struct crew *crew)
{
	uv_mutex_lock(&crew->lock);
	crew_hire(crew, crew->threads < crew->count ? crew->threads : crew->count);
	while (crew->at_work && crew->done < crew->count) {
		uint64_t wait = crew_check(crew);

		if (crew->done < crew->count)
			uv_cond_timedwait(&crew->news, &crew->lock, wait);
	}
	uv_cond_broadcast(&crew->news);
	uv_mutex_unlock(&crew->lock);
}

/* Without one it is a worker like the others, often the only one. */
static void crew_join_in(struct crew *crew)
{
	struct worker *worker;

	uv_mutex_lock(&crew->lock);
	worker = worker_add(crew);
	crew_hire(crew, crew->threads < crew->count ? crew->threads : crew->count);
	uv_mutex_unlock(&crew->lock);
	worker_work(worker);
}

/* Waits for the threads that leave now; not for one that helps with a piece which
 * was given up, for it may hang as well. */
static void crew_join(struct crew *crew)
{
	for (struct worker *worker = crew->workers; worker; worker = worker->next) {
		bool leaves;

		uv_mutex_lock(&crew->lock);
		leaves = worker->threaded && !worker->lost && !worker->busy;
		uv_mutex_unlock(&crew->lock);
		if (leaves)
			uv_thread_join(&worker->thread);
	}
}

static void crew_free(struct crew *crew)
{
	while (crew->workers) {
		struct worker *worker = crew->workers;

		crew->workers = worker->next;
		free(worker);
	}
	uv_cond_destroy(&crew->news);
	uv_mutex_destroy(&crew->lock);
	free(crew);
}

static struct crew *crew_make(size_t count, const struct pool_options *options)
{
	struct crew *crew = memory_resize(NULL, sizeof *crew);
	size_t threads = options->threads ? options->threads
	                                  : uv_available_parallelism();

	*crew = (struct crew){.options = options,
	                      .count = count,
	                      .threads = threads,
	                      .spread = {spread_run, threads, crew}};
	/* Neither can fail on the systems that libuv runs on but for want of memory. */
	if (uv_mutex_init(&crew->lock) != 0 || uv_cond_init(&crew->news) != 0)
		abort();
	return crew;
}

size_t pool_run(size_t count, const struct pool_options *options,
                void (*work)(void *context, size_t index, const struct spread *spread),
                void *context, bool *late)
{
	struct crew *crew = crew_make(count, options);
	size_t given_up;

	crew->work = work;
	crew->context = context;
	crew->late = late;
	if (options->deadline > 0)
		crew_watch(crew);
	if (crew->done < count) /* no deadline, or not one thread to be had */
		crew_join_in(crew);
	given_up = crew->given_up;
	crew_join(crew);
	if (!given_up)
		crew_free(crew);
	return given_up;
}
