#include "cli/runner.h"

#include <signal.h>
#include <stdlib.h>
#include <time.h>

#include "base/buf.h"
#include "base/text.h"
#include "cli/out.h"
#include "git/environment.h"
#include "run_state.h"

enum { DEFAULT_JOBS = 8, MOST_JOBS = 100000 };

static int read_options(struct run *run)
{
	const struct args *args = &run->invocation->args;
	const char *jobs = getenv("GITA_JOBS");
	long at_once = DEFAULT_JOBS;

	if (jobs && *jobs && !text_number(&at_once, jobs, 1, MOST_JOBS))
		return say_usage("GITA_JOBS: not a whole number from 1 to %d: '%s'",
		                 MOST_JOBS, jobs);
	run->at_once = (size_t)args_number(args, "jobs", at_once);
	run->timeout = args_seconds(args, "timeout", 0);
	run->in_order = args_has(args, "keep-order");
	run->quiet = args_has(args, "quiet");
	run->fail_fast = args_has(args, "fail-fast");
	run->json = args_has(args, "json");
	return STATUS_OK;
}

/* What would run, as one could type it. */
static int show_plan(struct run *run)
{
	for (size_t i = 0; i < run->plan->count; i++) {
		const struct run_item *item = &run->plan->items[i];
		BUF line = {0};

		words_join(&line, &item->words);
		out_format("%s: %s\n", text_escape(run->invocation->arena, item->name),
		           text_escape(run->invocation->arena, buf_text(&line)));
	}
	return STATUS_OK;
}

static void begin_journal(struct run *run)
{
	struct notes notes = {.arena = run->invocation->arena};
	BUF line = {0};

	buf_adds(&line, "gita ");
	words_join(&line, &run->invocation->typed);
	run->journal = journal_begin(&run->invocation->home, run->invocation->arena,
	                             buf_text(&line), &notes);
	say_notes(&notes);
}

static void end_journal(struct run *run)
{
	struct notes notes = {.arena = run->invocation->arena};

	journal_end(run->journal, &notes);
	say_notes(&notes);
}

static int run_all(struct run *run)
{
	bool captured = run->json || run->quiet || run->plan->concurrent;
	size_t count = run->plan->count;
	struct run_item **items;

	if (!run->plan->foreground && (count > 1 || captured))
		return run_concurrent(run);
	items = arena_take(run->invocation->arena, (count + 1) * sizeof *items);
	for (size_t i = 0; i < count; i++)
		items[i] = &run->plan->items[i];
	return run_foreground(run, items, count);
}

int runner_run(struct invocation *invocation, struct run_plan *plan)
{
	struct run run = {.invocation = invocation, .plan = plan};
	int status = read_options(&run);

	if (status != STATUS_OK)
		return status;
	if (args_has(&invocation->args, "dry-run"))
		return show_plan(&run);
	if (plan->count == 0) {
		say("%s: no repo to run in", plan->title);
		return STATUS_OK;
	}
	begin_journal(&run);
	run.started = run_clock();
	status = run_all(&run);
	if (status == STATUS_OK && !run.signal)
		run_offer_login(&run);
	end_journal(&run);
	if (status == STATUS_OK)
		run_summary(&run);
	if (run.signal)
		out_end_by_signal(run.signal);
	if (status == STATUS_OK &&
	    (run.failed > 0 || run.not_run > 0 || run.output_lost))
		status = STATUS_FAILED;
	return status;
}
