#include "engine.h"

/* A tenth of a second a tick: never more often, and once a second in any case. */
enum { TICK = 100, TICKS_AT_MOST = 10 };

static void on_tick(uv_timer_t *timer)
{
	struct run *run = timer->data;

	if (run->changed || ++run->ticks >= TICKS_AT_MOST)
		progress_tell(run);
}

void progress_start(struct run *run)
{
	uv_timer_init(&run->loop, &run->tick);
	run->tick.data = run;
	if (!run->options->on_progress)
		return;
	run->names = arena_take(&run->arena, run->at_once * sizeof *run->names);
	uv_timer_start(&run->tick, on_tick, TICK, TICK);
	uv_unref((uv_handle_t *)&run->tick);
}

void progress_tell(struct run *run)
{
	struct jobs_progress progress = {
		.total = run->count,
		.done = run->over,
		.failed = run->report->failed,
		.running = run->running_count,
		.seconds = (double)(uv_hrtime() - run->began) / 1e9,
		.names = run->names,
	};

	if (!run->options->on_progress)
		return;
	for (size_t i = 0; i < run->running_count; i++)
		run->names[i] = run->jobs[run->running[i]->index].name;
	run->changed = false;
	run->ticks = 0;
	run->options->on_progress(run->options->context, &progress);
}
