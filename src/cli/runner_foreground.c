/* One repo after the other, each with the terminal to itself. */
#include <signal.h>

#include "base/arena.h"
#include "base/text.h"
#include "cli/out.h"
#include "git/environment.h"
#include "run_state.h"

/* Ctrl-C reached the child as well; what it made of it decides for the rest. Where
 * its reader is gone, so is ours. */
static bool ends_run(const struct job_result *result)
{
	return result->outcome == OUTCOME_SIGNALED &&
	       (result->signal == SIGINT || result->signal == SIGQUIT ||
	        result->signal == SIGPIPE);
}

static void run_one(struct run *run, struct run_item *item, struct job_result *result)
{
	struct job job;

	run_job(&job, run, (size_t)(item - run->plan->items), ENVIRONMENT_FOREGROUND);
	out_flush();
	job_run_foreground(result, &job, run->timeout);
	item->ran = result->outcome != OUTCOME_NOT_STARTED;
	item->ok = result->outcome == OUTCOME_EXITED && result->exit == 0;
}

int run_foreground(struct run *run, struct run_item **items, size_t count)
{
	struct job_result skipped = {.outcome = OUTCOME_NOT_RUN};
	bool stop = false;

	run->base = (struct strings){0};
	for (size_t i = 0; i < count; i++) {
		struct job_result result = skipped;

		if (!stop) {
			if (run->plan->count > 1)
				out_format("%s:\n", text_escape(run->invocation->arena,
				                                items[i]->name));
			run_one(run, items[i], &result);
			if (run->plan->on_end)
				run->plan->on_end(run->plan->context, items[i]);
			if (result.error)
				say("%s: %s", items[i]->name, result.error);
		}
		run_count(run, (size_t)(items[i] - run->plan->items), &result);
		if (ends_run(&result))
			run->signal = result.signal;
		stop = stop || run->signal || out_closed() ||
		       (run->fail_fast && !items[i]->ok);
	}
	return STATUS_OK;
}
