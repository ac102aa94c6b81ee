#include "run/jobs.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "engine.h"
#include "start.h"

enum {
	RETRY = 100,            /* milliseconds until a refused start is tried again */
	RETRY_SECONDS = 60,     /* how long, while nothing of ours runs */
	SPARE_DESCRIPTORS = 10, /* what a start, the spill and on_end need */
	MANY_DESCRIPTORS = 1024 /* more than anybody holds who did not mean to */
};

static bool is_ok(const struct job_result *result)
{
	return result->outcome == OUTCOME_EXITED && result->exit == 0 && !result->error;
}

static void hand_over(struct run *run, size_t index)
{
	struct entry *entry = &run->entries[index];

	entry->result.out = &entry->out;
	entry->result.err = &entry->err;
	if (!run->options->on_end(run->options->context, index, &entry->result))
		run_stop(run);
	spool_drop(&entry->out);
	spool_drop(&entry->err);
}

static void explain_loss(struct run *run, size_t index)
{
	struct entry *entry = &run->entries[index];
	int number = entry->out.lost ? entry->out.lost : entry->err.lost;
	struct error err;

	if (!number)
		return;
	error_errno(&err, number, "cannot keep the whole output of '%s'",
	            run->jobs[index].name);
	entry->result.error = arena_string(&run->arena, err.text);
}

static void job_over(struct run *run, size_t index)
{
	struct entry *entry = &run->entries[index];
	bool ran = entry->result.outcome != OUTCOME_NOT_RUN;
	struct jobs_report *report = run->report;

	explain_loss(run, index);
	entry->over = true;
	run->over++;
	run->changed = true;
	if (!ran)
		report->not_run++;
	else if (is_ok(&entry->result))
		report->ok++;
	else
		report->failed++;
	if (report->failed && run->options->fail_fast)
		run_stop(run);
	if (!run->options->in_order)
		hand_over(run, index);
	while (run->options->in_order && run->handed < run->count &&
	       run->entries[run->handed].over)
		hand_over(run, run->handed++);
}

void run_stop(struct run *run)
{
	run->stopping = true;
	for (size_t i = 0; i < run->running_count; i++)
		child_stop(run->running[i], OUTCOME_STOPPED);
}

static void run_fill(struct run *run);

static void on_retry(uv_timer_t *timer)
{
	run_fill(timer->data);
}

/*
 * Descriptors, processes or memory have run out: go on with fewer at once, so that
 * the children find some, too. When one of ours ends it frees some; while none
 * runs, others must. False when that has been waited for long enough.
 */
static bool run_defer(struct run *run)
{
	uint64_t now = uv_hrtime();

	run->at_once = run->running_count > 1 ? run->running_count / 2 : 1;
	if (run->running_count)
		return true;
	if (!run->refused_since)
		run->refused_since = now;
	if ((now - run->refused_since) / 1000000000 >= RETRY_SECONDS)
		return false;
	uv_update_time(&run->loop);
	uv_timer_start(&run->retry, on_retry, RETRY, 0);
	return true;
}

/* False: the next one's turn has to wait. */
static bool run_start_next(struct run *run)
{
	struct entry *entry = &run->entries[run->next];
	struct error why;
	bool later;

	if (child_start(run, run->next, &later, &why)) {
		run->refused_since = 0;
		run->next++;
		return true;
	}
	if (later && run_defer(run))
		return false;
	entry->result.outcome = OUTCOME_NOT_STARTED;
	entry->result.error = arena_string(&run->arena, why.text);
	job_over(run, run->next++);
	return true;
}

static void run_fill(struct run *run)
{
	while (!run->stopping && run->next < run->count &&
	       run->running_count < run->at_once && run_start_next(run))
		;
}

void run_child_gone(struct child *child)
{
	struct run *run = child->run;
	size_t at = 0;

	while (run->running[at] != child)
		at++;
	for (run->running_count--; at < run->running_count; at++)
		run->running[at] = run->running[at + 1];
	child->next_free = run->free_children;
	run->free_children = child;
	job_over(run, child->index);
	run_fill(run);
	if (!run->running_count)
		uv_unref((uv_handle_t *)&run->signals[0]);
}

/* How many of `wanted` at once the limit of descriptors allows, at least one. */
static size_t affordable(size_t wanted, size_t pipes)
{
	size_t limit = setup_descriptors();
	size_t used = SPARE_DESCRIPTORS;

	if (limit / pipes > MANY_DESCRIPTORS + wanted)
		return wanted;
	for (size_t i = 0; i < limit; i++)
		used += fcntl((int)i, F_GETFD) >= 0;
	if (used + pipes > limit)
		return 1;
	return (limit - used) / pipes < wanted ? (limit - used) / pipes : wanted;
}

static void run_prepare(struct run *run)
{
	const struct jobs_options *options = run->options;
	size_t at_once = options->at_once < run->count ? options->at_once : run->count;
	struct child *children;

	signals_watch(run);
	uv_timer_init(&run->loop, &run->retry);
	run->retry.data = run;
	run->at_once = affordable(at_once, options->one_pipe ? 1 : 2);
	run->entries = arena_take(&run->arena, run->count * sizeof *run->entries);
	for (size_t i = 0; i < run->count; i++)
		run->entries[i].out.spill = run->entries[i].err.spill = &run->spill;
	run->running = arena_take(&run->arena, run->at_once * sizeof(struct child *));
	children = arena_take(&run->arena, run->at_once * sizeof *children);
	for (size_t i = run->at_once; i-- > 0;) {
		children[i].next_free = run->free_children;
		run->free_children = &children[i];
	}
	mounts_load(&run->mounts, &run->arena);
	progress_start(run);
}

static void run_close(struct run *run)
{
	signals_release(run);
	uv_close((uv_handle_t *)&run->retry, NULL);
	uv_close((uv_handle_t *)&run->tick, NULL);
	uv_run(&run->loop, UV_RUN_DEFAULT);
	uv_loop_close(&run->loop);
	spill_close(&run->spill);
	arena_drop(&run->arena);
	close(run->null);
}

bool jobs_run(struct jobs_report *out, const struct job *jobs, size_t count,
              const struct jobs_options *options, struct error *err)
{
	struct run run = {.jobs = jobs,
	                  .count = count,
	                  .options = options,
	                  .report = out,
	                  .began = uv_hrtime(),
	                  .null = open("/dev/null", O_RDONLY | O_CLOEXEC)};
	int status;

	*out = (struct jobs_report){0};
	if (run.null < 0)
		return error_errno(err, errno, "cannot open '/dev/null'");
	status = uv_loop_init(&run.loop);
	if (status != 0) {
		close(run.null);
		return error_errno(err, -status, "cannot make an event loop");
	}
	spill_open(&run.spill);
	run_prepare(&run);
	run_fill(&run);
	/* Ends when no child and no retry is left: nothing else keeps it up. */
	uv_run(&run.loop, UV_RUN_DEFAULT);
	while (run.next < count)
		job_over(&run, run.next++);
	run_close(&run);
	return true;
}
