#include "run/jobs.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

#include "base/arena.h"
#include "base/memory.h"
#include "base/mounts.h"
#include "base/strings.h"
#include "child.h"
#include "spawn.h"
#include "spool.h"

enum {
	REFUSED = 100,        /* milliseconds until a refused start is repeated */
	REFUSED_SECONDS = 60, /* how long, while nothing of ours runs */
	GATHER = 150,         /* milliseconds that a result may wait for others */
	TICK = 100,           /* milliseconds: progress comes no more often ... */
	TICKS_AT_MOST = 10,   /* ... and after so many ticks in any case */
	SIGNAL_HANDLES = 6
};

/* What at most `capacity` running jobs may have at once: a lock, a host. */
struct resource {
	const char *name;
	size_t capacity;
	size_t used;
};

struct resources {
	struct resource *items; /* sorted by name */
	size_t count;
};

/* All that is kept of a job from its start until it is handed over. */
struct entry {
	struct job_result result;
	struct spool out, err;
	struct resource *lock, *host; /* NULL: none */
	uint64_t not_before;          /* nanoseconds: another try waits until then */
	bool over;
	bool ready; /* is over, and not handed over yet */
};

struct jobs {
	uv_loop_t loop;
	struct arena arena;
	const struct job *items;
	const struct jobs_options *options;
	struct jobs_report *report;
	struct entry *entries; /* `count` */
	size_t count;
	size_t *pending; /* indices that are to be started, in this order */
	size_t pending_count;
	size_t handed;        /* by index: all below were handed over */
	size_t results, over; /* jobs that do not prepare, and how many are over */
	size_t preparing;     /* jobs that prepare and are not over */
	size_t aside;         /* of those, how many run */
	uint64_t held;        /* nanoseconds: all others wait until then */
	size_t at_once;
	struct child **running; /* `running_count`, in the order of their starts */
	size_t running_count;
	struct child **idle;
	size_t idle_count;
	struct resources locks, hosts;
	bool stopping; /* start no more */
	uint64_t began;
	uint64_t refused_since; /* nothing runs and nothing can be started; or 0 */
	int null;               /* /dev/null, the stdin of all children */
	struct spill spill;
	struct mounts mounts;
	uv_timer_t later;  /* a start that has to wait */
	uv_timer_t gather; /* results that wait for others */
	uv_timer_t tick;
	bool changed; /* since on_progress was called */
	unsigned ticks;
	const char **names;
	uv_signal_t signals[SIGNAL_HANDLES]; /* the first: CHLD, up while one runs */
	size_t signal_count;
	uv_signal_t *suspend;    /* the one of TSTP; NULL: it is not watched */
	char chunk[CHILD_CHUNK]; /* what any pipe is read into */
};

/* --- progress --- */

static void report_progress(struct jobs *jobs)
{
	struct jobs_progress progress = {
		.total = jobs->results,
		.done = jobs->over,
		.failed = jobs->report->failed,
		.running = jobs->running_count,
		.seconds = (double)(uv_hrtime() - jobs->began) / 1e9,
		.names = jobs->names,
	};

	if (!jobs->options->on_progress)
		return;
	for (size_t i = 0; i < jobs->running_count; i++)
		jobs->names[i] = jobs->items[jobs->running[i]->index].name;
	jobs->changed = false;
	jobs->ticks = 0;
	jobs->options->on_progress(jobs->options->context, &progress);
}

static void on_tick(uv_timer_t *timer)
{
	struct jobs *jobs = timer->data;

	if (jobs->changed || ++jobs->ticks >= TICKS_AT_MOST)
		report_progress(jobs);
}

/* --- results --- */

static void stop_all(struct jobs *jobs)
{
	jobs->stopping = true;
	uv_timer_stop(&jobs->later);
	for (size_t i = 0; i < jobs->running_count; i++)
		child_stop(jobs->running[i], OUTCOME_STOPPED);
}

/* Whether the run goes on. */
static bool tell(struct jobs *jobs, size_t index)
{
	struct entry *entry = &jobs->entries[index];
	bool more = jobs->options->on_end(jobs->options->context, index,
	                                  &entry->result);

	spool_drop(&entry->out);
	spool_drop(&entry->err);
	return more;
}

static void hand_over(struct jobs *jobs, size_t index)
{
	jobs->entries[index].ready = false;
	if (!tell(jobs, index))
		stop_all(jobs);
}

static void hand_over_ready(struct jobs *jobs)
{
	uv_timer_stop(&jobs->gather);
	for (size_t i = 0; i < jobs->count; i++)
		if (jobs->entries[i].ready)
			hand_over(jobs, i);
}

static void on_gathered(uv_timer_t *timer)
{
	hand_over_ready(timer->data);
}

/* Those at the front, up to the first that is not over. */
static void hand_over_first(struct jobs *jobs)
{
	for (; jobs->handed < jobs->count; jobs->handed++) {
		if (jobs->entries[jobs->handed].ready)
			hand_over(jobs, jobs->handed);
		else if (!jobs->items[jobs->handed].prepares)
			return;
	}
}

/* As the options ask: by index, in small lots by index, or at once. */
static void hand_over_in_turn(struct jobs *jobs, size_t index)
{
	if (jobs->options->in_order) {
		hand_over_first(jobs);
	} else if (!jobs->options->gather) {
		hand_over(jobs, index);
	} else if (jobs->over == jobs->results) {
		hand_over_ready(jobs);
	} else if (!uv_is_active((uv_handle_t *)&jobs->gather)) {
		uv_update_time(&jobs->loop);
		uv_timer_start(&jobs->gather, on_gathered, GATHER, 0);
	}
}

static void explain_loss(struct jobs *jobs, size_t index)
{
	struct entry *entry = &jobs->entries[index];
	int number = entry->out.lost ? entry->out.lost : entry->err.lost;
	struct error err;

	if (!number)
		return;
	error_errno(&err, number, "cannot keep its whole output in '%s' (TMPDIR)",
	            spill_folder());
	entry->result.error = arena_string(&jobs->arena, err.text);
}

static bool is_ok(const struct jobs *jobs, const struct job_result *result)
{
	return result->outcome == OUTCOME_EXITED && !result->error &&
	       (result->exit == 0 || (result->exit == 1 && jobs->options->answers));
}

static void on_suspend(uv_signal_t *handle, int number);

/* The receiver may ask the user: the time of our children stands still, and ^Z stops
 * us as it stops the program that asks. */
static void hand_over_preparation(struct jobs *jobs, size_t index)
{
	uint64_t asked = uv_hrtime();
	bool more;

	jobs->preparing--;
	uv_update_time(&jobs->loop);
	for (size_t i = 0; i < jobs->running_count; i++)
		child_hold(jobs->running[i]);
	if (jobs->suspend)
		uv_signal_stop(jobs->suspend);
	more = tell(jobs, index);
	if (jobs->suspend)
		uv_signal_start(jobs->suspend, on_suspend, SIGTSTP);
	asked = uv_hrtime() - asked;
	jobs->began += asked;
	jobs->held += asked;
	for (size_t i = 0; i < jobs->running_count; i++)
		child_resume(jobs->running[i], asked);
	if (!more)
		stop_all(jobs);
}

static void job_over(struct jobs *jobs, size_t index)
{
	struct entry *entry = &jobs->entries[index];
	struct jobs_report *report = jobs->report;

	explain_loss(jobs, index);
	entry->over = true;
	if (jobs->items[index].prepares) {
		hand_over_preparation(jobs, index);
		return;
	}
	entry->ready = true;
	jobs->over++;
	jobs->changed = true;
	if (entry->result.outcome == OUTCOME_NOT_RUN)
		report->not_run++;
	else if (is_ok(jobs, &entry->result))
		report->ok++;
	else
		report->failed++;
	if (report->failed && jobs->options->fail_fast)
		stop_all(jobs);
	hand_over_in_turn(jobs, index);
}

/* --- which job is next --- */

static bool has_room(const struct resource *resource)
{
	return !resource || resource->used < resource->capacity;
}

static void use(struct resource *resource)
{
	if (resource)
		resource->used++;
}

static void give_back(struct resource *resource)
{
	if (resource)
		resource->used--;
}

/* Running jobs that count for at_once. */
static size_t occupied(const struct jobs *jobs)
{
	return jobs->running_count - jobs->aside;
}

/* Whether what the job waits for, but for time, is there. */
static bool may_start(const struct jobs *jobs, size_t index)
{
	const struct job *job = &jobs->items[index];
	const struct entry *entry = &jobs->entries[index];

	if (job->prepares)
		return true;
	return occupied(jobs) < jobs->at_once && has_room(entry->lock) &&
	       has_room(entry->host) &&
	       (!job->after || jobs->entries[job->after - jobs->items].over);
}

/* Nanoseconds: until then it waits in any case. */
static uint64_t waits_until(const struct jobs *jobs, size_t index)
{
	uint64_t not_before = jobs->entries[index].not_before;
	bool held = jobs->preparing > 0 && !jobs->items[index].prepares;

	return held && jobs->held > not_before ? jobs->held : not_before;
}

/* The place in `pending` of the first job that may start now. False: none may;
 * `*due` is then the time at which the first of those that wait for a time may, 0 if
 * there are none (whatever others wait for, a running job has). */
static bool find_next(const struct jobs *jobs, size_t *at, uint64_t *due)
{
	uint64_t now = uv_hrtime();
	bool full = occupied(jobs) >= jobs->at_once && jobs->preparing == jobs->aside;

	*due = 0;
	if (full || jobs->idle_count == 0)
		return false;
	for (*at = 0; *at < jobs->pending_count; ++*at) {
		size_t index = jobs->pending[*at];
		uint64_t until = waits_until(jobs, index);

		if (until <= now && may_start(jobs, index))
			return true;
		if (until > now && (!*due || until < *due))
			*due = until;
	}
	return false;
}

static size_t pending_take(struct jobs *jobs, size_t at)
{
	size_t index = jobs->pending[at];

	jobs->pending_count--;
	memmove(&jobs->pending[at], &jobs->pending[at + 1],
	        (jobs->pending_count - at) * sizeof *jobs->pending);
	return index;
}

static void fill(struct jobs *jobs);

static void on_later(uv_timer_t *timer)
{
	fill(timer->data);
}

static void fill_in(struct jobs *jobs, uint64_t milliseconds)
{
	uv_update_time(&jobs->loop);
	uv_timer_start(&jobs->later, on_later, milliseconds, 0);
}

/*
 * Descriptors, processes or memory have run out: go on with fewer at once, so that
 * the children find some, too. When one of ours ends it frees some; while none
 * runs, others must. False when that has been waited for long enough.
 */
static bool wait_for_others(struct jobs *jobs)
{
	uint64_t now = uv_hrtime();

	jobs->at_once = occupied(jobs) > 1 ? occupied(jobs) / 2 : 1;
	if (jobs->running_count)
		return true;
	if (!jobs->refused_since)
		jobs->refused_since = now;
	if ((now - jobs->refused_since) / 1000000000 >= REFUSED_SECONDS)
		return false;
	fill_in(jobs, REFUSED);
	return true;
}

/* --- a job and its child --- */

/* Whether the job waits for another try now. */
static bool try_again(struct jobs *jobs, size_t index)
{
	struct entry *entry = &jobs->entries[index];
	const struct job_result *result = &entry->result;
	double delay;

	if (jobs->stopping || !jobs->options->retry ||
	    result->outcome == OUTCOME_STOPPED)
		return false;
	delay = jobs->options->retry(jobs->options->context, index, result);
	if (delay < 0)
		return false;
	entry->not_before = uv_hrtime() + (uint64_t)(delay * 1e9);
	jobs->pending[jobs->pending_count++] = index;
	return true;
}

static void on_gone(struct child *child)
{
	struct jobs *jobs = child->owner;
	struct entry *entry = &jobs->entries[child->index];
	size_t at = 0;

	while (jobs->running[at] != child)
		at++;
	jobs->running_count--;
	memmove(&jobs->running[at], &jobs->running[at + 1],
	        (jobs->running_count - at) * sizeof(struct child *));
	jobs->idle[jobs->idle_count++] = child;
	jobs->aside -= jobs->items[child->index].prepares;
	give_back(entry->lock);
	give_back(entry->host);
	if (!try_again(jobs, child->index))
		job_over(jobs, child->index);
	fill(jobs);
	if (!jobs->running_count)
		uv_unref((uv_handle_t *)&jobs->signals[0]);
}

static bool start_child(struct jobs *jobs, size_t index, const struct job *job,
                        int *failure)
{
	struct entry *entry = &jobs->entries[index];
	struct child *child = jobs->idle[jobs->idle_count - 1];

	*child = (struct child){
		.loop = &jobs->loop,
		.owner = jobs,
		.index = index,
		.timeout = jobs->options->timeout,
		.session = true,
		.one_pipe = jobs->options->one_pipe,
		.null = jobs->null,
		.chunk = jobs->chunk,
		.result = &entry->result,
		.out = &entry->out,
		.err = &entry->err,
		.gone = on_gone,
	};
	if (!child_start(child, job, failure))
		return false;
	jobs->idle_count--;
	jobs->running[jobs->running_count++] = child;
	jobs->aside += job->prepares;
	uv_ref((uv_handle_t *)&jobs->signals[0]);
	use(entry->lock);
	use(entry->host);
	return true;
}

/* Descriptors that are missing while none of ours is running stay so. */
static bool can_wait(const struct jobs *jobs, int failure)
{
	return spawn_can_wait(failure) && (jobs->running_count || failure != EMFILE);
}

/* Whether the caller wants the job, still. One that it does not want is over. */
static bool is_admitted(struct jobs *jobs, size_t at)
{
	size_t index = jobs->pending[at];
	struct entry *entry = &jobs->entries[index];

	if (!jobs->options->admit ||
	    jobs->options->admit(jobs->options->context, index))
		return true;
	entry->result.outcome = OUTCOME_NOT_STARTED;
	pending_take(jobs, at);
	job_over(jobs, index);
	return false;
}

/* False: it stays where it is in `pending`, and its turn has to wait. */
static bool start_pending(struct jobs *jobs, size_t at)
{
	size_t index = jobs->pending[at];
	struct entry *entry = &jobs->entries[index];
	struct job job = jobs->items[index];
	const struct job_result before = entry->result; /* of an earlier try */
	struct error why;
	int failure;

	if (!is_admitted(jobs, at))
		return true;
	if (mounts_lead_remote(&jobs->mounts, job.folder))
		job = spawn_entering(&job, &jobs->arena);
	entry->result = (struct job_result){
		.tries = before.tries + 1, .out = &entry->out, .err = &entry->err};
	if (start_child(jobs, index, &job, &failure)) {
		jobs->refused_since = 0;
		pending_take(jobs, at);
		if (!jobs->options->keep_retried) {
			spool_drop(&entry->out);
			spool_drop(&entry->err);
		}
		if (jobs->options->on_start)
			jobs->options->on_start(jobs->options->context, index);
		return true;
	}
	if (can_wait(jobs, failure) && wait_for_others(jobs)) {
		entry->result = before;
		return false;
	}
	entry->result.common = spawn_explain(&job, failure, &why);
	entry->result.outcome = OUTCOME_NOT_STARTED;
	entry->result.error = arena_string(&jobs->arena, why.text);
	pending_take(jobs, at);
	job_over(jobs, index);
	return true;
}

static void fill(struct jobs *jobs)
{
	uint64_t due = 0, now;
	size_t at;

	while (!jobs->stopping && find_next(jobs, &at, &due))
		if (!start_pending(jobs, at))
			return;
	now = uv_hrtime();
	if (due && !jobs->stopping)
		fill_in(jobs, due > now ? (due - now) / 1000000 + 1 : 0);
	else
		uv_timer_stop(&jobs->later);
}

/* --- signals to us --- */

static void on_child(uv_signal_t *handle, int number)
{
	struct jobs *jobs = handle->data;

	(void)number;
	for (size_t i = 0; i < jobs->running_count; i++)
		child_look(jobs->running[i]);
}

static void on_interrupt(uv_signal_t *handle, int number)
{
	struct jobs *jobs = handle->data;

	if (!jobs->report->signal) {
		jobs->report->signal = number;
		stop_all(jobs);
	} else if (number == SIGINT) {
		for (size_t i = 0; i < jobs->running_count; i++)
			child_kill(jobs->running[i]);
	}
}

/*
 * The groups get STOP: they are orphaned (sessions of their own), and such a group
 * is not stopped by TSTP. Then we stop by the default action, so that our shell
 * sees what it expects; raise() returns when we are continued.
 */
static void on_suspend(uv_signal_t *handle, int number)
{
	struct jobs *jobs = handle->data;
	uint64_t slept;

	if (jobs->options->on_suspend)
		jobs->options->on_suspend(jobs->options->context);
	uv_update_time(&jobs->loop);
	for (size_t i = 0; i < jobs->running_count; i++)
		child_pause(jobs->running[i]);
	uv_signal_stop(handle);
	slept = uv_hrtime();
	raise(number);
	slept = uv_hrtime() - slept;
	uv_signal_start(handle, on_suspend, number);
	jobs->began += slept;
	for (size_t i = 0; i < jobs->running_count; i++)
		child_continue(jobs->running[i], slept);
	report_progress(jobs);
}

static void watch_signal(struct jobs *jobs, int number, uv_signal_cb then)
{
	uv_signal_t *handle = &jobs->signals[jobs->signal_count++];

	uv_signal_init(&jobs->loop, handle);
	handle->data = jobs;
	uv_signal_start(handle, then, number);
	if (number == SIGTSTP)
		jobs->suspend = handle;
	uv_unref((uv_handle_t *)handle);
}

static void watch_signals(struct jobs *jobs)
{
	static const struct {
		int number;
		uv_signal_cb then;
	} rows[] = {
		{SIGINT, on_interrupt}, {SIGTERM, on_interrupt},
		{SIGHUP, on_interrupt}, {SIGQUIT, on_interrupt},
		{SIGTSTP, on_suspend},
	};

	watch_signal(jobs, SIGCHLD, on_child);
	for (size_t i = 0; jobs->options->signals && i < sizeof rows / sizeof *rows;
	     i++)
		if (!spawn_signal_ignored(rows[i].number))
			watch_signal(jobs, rows[i].number, rows[i].then);
}

/* One that has come already still counts, one that comes now finds the default
 * action again. */
static void release_signals(struct jobs *jobs)
{
	sigset_t all, before;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	for (size_t i = 0; i < jobs->signal_count; i++)
		uv_ref((uv_handle_t *)&jobs->signals[i]);
	uv_run(&jobs->loop, UV_RUN_NOWAIT);
	for (size_t i = 0; i < jobs->signal_count; i++)
		uv_close((uv_handle_t *)&jobs->signals[i], NULL);
	uv_run(&jobs->loop, UV_RUN_NOWAIT);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

/* --- the whole run --- */

static int compare_resources(const void *one, const void *other)
{
	const struct resource *a = one, *b = other;

	return strcmp(a->name, b->name);
}

/* The item for `name`, which stands in `resources`; NULL for none. */
static struct resource *resource_find(const struct resources *resources,
                                      const char *name)
{
	const struct resource key = {.name = name};
	size_t at;

	if (!name)
		return NULL;
	at = sorted_place(&key, resources->items, resources->count,
	                  sizeof *resources->items, compare_resources);
	return &resources->items[at];
}

/* All that the jobs name, by the member of struct job at `offset`. */
static void resources_collect(struct resources *out, struct jobs *jobs, size_t offset,
                              size_t capacity)
{
	size_t count = 0;

	out->items = arena_take(&jobs->arena, jobs->count * sizeof *out->items);
	for (size_t i = 0; i < jobs->count; i++) {
		const char *name;

		memcpy(&name, (const char *)&jobs->items[i] + offset, sizeof name);
		if (name)
			out->items[count++] = (struct resource){name, capacity, 0};
	}
	qsort(out->items, count, sizeof *out->items, compare_resources);
	for (size_t i = 0; i < count; i++)
		if (i == 0 ||
		    compare_resources(&out->items[i], &out->items[i - 1]) != 0)
			out->items[out->count++] = out->items[i];
}

static void prepare_entries(struct jobs *jobs)
{
	size_t per_host = jobs->options->per_host;

	resources_collect(&jobs->locks, jobs, offsetof(struct job, lock), 1);
	if (per_host)
		resources_collect(&jobs->hosts, jobs, offsetof(struct job, host),
		                  per_host);
	jobs->entries = arena_take(&jobs->arena, jobs->count * sizeof *jobs->entries);
	for (size_t i = 0; i < jobs->count; i++) {
		struct entry *entry = &jobs->entries[i];

		jobs->preparing += jobs->items[i].prepares;
		entry->result.out = &entry->out;
		entry->result.err = &entry->err;
		entry->out.spill = entry->err.spill = &jobs->spill;
		entry->lock = resource_find(&jobs->locks, jobs->items[i].lock);
		if (per_host)
			entry->host = resource_find(&jobs->hosts, jobs->items[i].host);
	}
	jobs->results = jobs->count - jobs->preparing;
	jobs->held = jobs->began + (uint64_t)(jobs->options->hold * 1e9);
}

struct weighed {
	double weight;
	size_t index;
};

static int compare_weights(const void *one, const void *other)
{
	const struct weighed *a = one, *b = other;

	if (a->weight != b->weight)
		return a->weight < b->weight ? 1 : -1;
	return a->index < b->index ? -1 : 1;
}

static void prepare_order(struct jobs *jobs)
{
	struct weighed *weighed = arena_take(&jobs->arena,
	                                     jobs->count * sizeof *weighed);

	for (size_t i = 0; i < jobs->count; i++) {
		const struct job *job = &jobs->items[i];
		double weight = jobs->options->in_order ? 0 : job->weight;

		weighed[i] = (struct weighed){job->prepares ? HUGE_VAL : weight, i};
	}
	qsort(weighed, jobs->count, sizeof *weighed, compare_weights);
	jobs->pending = arena_take(&jobs->arena, jobs->count * sizeof *jobs->pending);
	for (size_t i = 0; i < jobs->count; i++)
		jobs->pending[jobs->pending_count++] = weighed[i].index;
}

static void prepare_children(struct jobs *jobs)
{
	const struct jobs_options *options = jobs->options;
	size_t wanted = options->at_once < jobs->results ? options->at_once
	                                                 : jobs->results;
	size_t room = spawn_affordable(wanted + jobs->preparing,
	                               options->one_pipe ? 1 : 2);
	struct child *children = arena_take(&jobs->arena, room * sizeof *children);

	jobs->at_once = room < wanted ? room : wanted;
	jobs->running = arena_take(&jobs->arena, room * sizeof(struct child *));
	jobs->idle = arena_take(&jobs->arena, room * sizeof(struct child *));
	for (size_t i = 0; i < room; i++)
		jobs->idle[jobs->idle_count++] = &children[i];
}

static void add_timer(struct jobs *jobs, uv_timer_t *timer)
{
	uv_timer_init(&jobs->loop, timer);
	timer->data = jobs;
}

/* The loop ends when no child and no start that waits is left: neither progress
 * nor results that wait for others keep it up. */
static void prepare_timers(struct jobs *jobs)
{
	add_timer(jobs, &jobs->later);
	add_timer(jobs, &jobs->gather);
	add_timer(jobs, &jobs->tick);
	uv_unref((uv_handle_t *)&jobs->gather);
	uv_unref((uv_handle_t *)&jobs->tick);
	if (!jobs->options->on_progress)
		return;
	jobs->names = arena_take(&jobs->arena, jobs->idle_count * sizeof *jobs->names);
	uv_timer_start(&jobs->tick, on_tick, TICK, TICK);
}

static void finish(struct jobs *jobs)
{
	/* By index: what a stopped run has left is in no order of its own. */
	jobs->stopping = true;
	while (jobs->pending_count) {
		size_t least = 0;

		for (size_t i = 1; i < jobs->pending_count; i++)
			if (jobs->pending[i] < jobs->pending[least])
				least = i;
		job_over(jobs, pending_take(jobs, least));
	}
}

static void release(struct jobs *jobs)
{
	release_signals(jobs);
	uv_close((uv_handle_t *)&jobs->later, NULL);
	uv_close((uv_handle_t *)&jobs->gather, NULL);
	uv_close((uv_handle_t *)&jobs->tick, NULL);
	uv_run(&jobs->loop, UV_RUN_DEFAULT);
	uv_loop_close(&jobs->loop);
	spill_close(&jobs->spill);
	arena_drop(&jobs->arena);
	close(jobs->null);
}

bool jobs_run(struct jobs_report *out, const struct job *items, size_t count,
              const struct jobs_options *options, struct error *err)
{
	struct jobs jobs = {.items = items,
	                    .count = count,
	                    .options = options,
	                    .report = out,
	                    .began = uv_hrtime(),
	                    .null = open("/dev/null", O_RDONLY | O_CLOEXEC)};
	int status;

	*out = (struct jobs_report){0};
	if (jobs.null < 0)
		return error_errno(err, errno, "cannot open '/dev/null'");
	status = uv_loop_init(&jobs.loop);
	if (status != 0) {
		close(jobs.null);
		return error_errno(err, -status, "cannot make an event loop");
	}
	spill_open(&jobs.spill);
	watch_signals(&jobs);
	prepare_entries(&jobs);
	prepare_order(&jobs);
	prepare_children(&jobs);
	prepare_timers(&jobs);
	mounts_load(&jobs.mounts, &jobs.arena);
	fill(&jobs);
	uv_run(&jobs.loop, UV_RUN_DEFAULT);
	finish(&jobs);
	release(&jobs);
	return true;
}

const char *run_library_version(void)
{
	static char text[48];

	snprintf(text, sizeof text, "libuv %s", uv_version_string());
	return text;
}

/* Else the first file that is opened would become a child's output. */
static void open_standard_streams(void)
{
	int file;

	do
		file = open("/dev/null", O_RDWR);
	while (file >= 0 && file <= STDERR_FILENO);
	if (file >= 0)
		close(file);
}

void jobs_setup(void)
{
	const struct sigaction reset = {.sa_handler = SIG_DFL};
	const struct sigaction ignore = {.sa_handler = SIG_IGN};
	sigset_t mask;

	open_standard_streams();
	/* Memory that runs out ends the program, here as everywhere. */
	uv_replace_allocator(memory_malloc, memory_realloc, memory_calloc, free);
	sigaction(SIGCHLD, &reset, NULL);
	sigemptyset(&mask);
	sigaddset(&mask, SIGCHLD);
	sigprocmask(SIG_UNBLOCK, &mask, NULL);
	/* A file size limit is a full disk, not a reason to die. */
	sigaction(SIGXFSZ, &ignore, NULL);
}
