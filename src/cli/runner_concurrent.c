/* Several repos at once, through pipes. */
#include "base/arena.h"
#include "cli/out.h"
#include "cli/progress.h"
#include "git/environment.h"
#include "run_state.h"

static bool on_end(void *context, size_t index, const struct job_result *result)
{
	struct run *run = context;
	struct run_item *item = &run->plan->items[index];

	item->ran = result->outcome != OUTCOME_NOT_RUN &&
	            result->outcome != OUTCOME_NOT_STARTED;
	item->ok = result->outcome == OUTCOME_EXITED && result->exit == 0;
	if (run->plan->on_end)
		run->plan->on_end(run->plan->context, item);
	run_block(run, item, result);
	run_record(run, result);
	run_count(run, index, result);
	return out_flush();
}

static void on_progress(void *context, const struct jobs_progress *progress)
{
	const struct run *run = context;

	progress_show(run->plan->title, progress);
}

static void on_suspend(void *context)
{
	(void)context;
	progress_clear();
}

int run_concurrent(struct run *run)
{
	size_t count = run->plan->count;
	struct job *jobs = arena_take(run->invocation->arena, count * sizeof *jobs);
	bool shown = progress_begin();
	struct jobs_options options = {
		.at_once = run->at_once,
		.timeout = run->timeout,
		.fail_fast = run->fail_fast,
		.one_pipe = !run->json && out_streams_are_one(),
		.in_order = run->in_order,
		.signals = true,
		.on_end = on_end,
		.on_progress = shown ? on_progress : NULL,
		.on_suspend = on_suspend,
		.context = run,
	};
	struct jobs_report report;
	struct error err;
	bool ran;

	for (size_t i = 0; i < count; i++)
		run_job(&jobs[i], run, i, ENVIRONMENT_CONCURRENT);
	ran = jobs_run(&report, jobs, count, &options, &err);
	progress_end();
	if (!ran)
		return say_failed("%s", err.text);
	run->signal = report.signal;
	return STATUS_OK;
}
