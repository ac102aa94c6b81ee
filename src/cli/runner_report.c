/* How a run went: counted, written down, said; and the question about logins. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/when.h"
#include "cli/out.h"
#include "run_state.h"

/* As many failures are named in the closing sentence. */
enum { NAMED = 12 };

double run_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

const char *run_reason(struct run *run, const struct job_result *result)
{
	struct arena *arena = run->invocation->arena;

	switch (result->outcome) {
	case OUTCOME_EXITED:
		return arena_format(arena, "exit %d", result->exit);
	case OUTCOME_SIGNALED:
		return arena_format(arena, "killed by SIG%s",
		                    sigabbrev_np(result->signal)
		                            ? sigabbrev_np(result->signal)
		                            : "?");
	case OUTCOME_TIMED_OUT:
		return "timed out";
	case OUTCOME_NOT_STARTED:
		return "not started";
	case OUTCOME_STOPPED:
		return "stopped";
	case OUTCOME_NOT_RUN:
		break;
	}
	return "not run";
}

static void write_down(struct run *run, const struct run_item *item,
                       const struct job_result *result)
{
	struct journal_entry entry = {
		.name = item->name,
		.path = item->folder,
		.outcome = item->ok ? "ok" : run_reason(run, result),
		.ok = item->ok,
		.ran = item->ran,
		.exit = result->outcome == OUTCOME_EXITED ? result->exit : 0,
		.signal = result->signal,
		.seconds = result->seconds,
	};

	journal_add(run->journal, &entry);
}

static void remember_login(struct run *run, struct run_item *item)
{
	if (!run->want_login)
		run->want_login = arena_take(run->invocation->arena,
		                             run->plan->count *
		                                     sizeof *run->want_login);
	run->want_login[run->want_login_count++] = item;
}

void run_count(struct run *run, size_t index, const struct job_result *result)
{
	struct arena *arena = run->invocation->arena;
	struct run_item *item = &run->plan->items[index];

	write_down(run, item, result);
	if (item->ok) {
		run->ok++;
	} else if (result->outcome == OUTCOME_NOT_RUN) {
		run->not_run++;
	} else {
		run->failed++;
		strings_add(arena, &run->reasons,
		            arena_format(arena, "%s: %s", item->name,
		                         run_reason(run, result)));
		if (run_wants_login(result))
			remember_login(run, item);
	}
}

void run_summary(struct run *run)
{
	BUF line = {0};
	bool bad = run->failed > 0 || run->not_run > 0;

	if (run->plan->count < 2 || out_closed() || run->signal == SIGPIPE ||
	    !(bad || isatty(STDERR_FILENO)))
		return;
	buf_addf(&line, "%s: %zu ok", run->plan->title, run->ok);
	if (run->failed > 0) {
		buf_addf(&line, ", %zu failed (", run->failed);
		for (size_t i = 0; i < run->reasons.count && i < NAMED; i++)
			buf_addf(&line, "%s%s", i ? ", " : "", run->reasons.items[i]);
		if (run->reasons.count > NAMED)
			buf_addf(&line, ", and %zu more", run->reasons.count - NAMED);
		buf_addc(&line, ')');
	}
	if (run->not_run > 0)
		buf_addf(&line, ", %zu not run", run->not_run);
	buf_adds(&line, ", ");
	when_duration(&line, run_clock() - run->started);
	say_plain("%s", buf_text(&line));
}

/* Takes the failures back that a second, attended run may turn into successes. */
static void forget_failure(struct run *run, const struct run_item *item)
{
	size_t length = strlen(item->name);

	for (size_t i = 0; i < run->reasons.count; i++) {
		const char *reason = run->reasons.items[i];

		if (strncmp(reason, item->name, length) == 0 &&
		    strncmp(reason + length, ": ", 2) == 0) {
			strings_remove(&run->reasons, reason);
			break;
		}
	}
	run->failed--;
}

void run_offer_login(struct run *run)
{
	size_t count = run->want_login_count;
	struct run_item **items = run->want_login;
	BUF question = {0};

	if (count == 0 || run->json || out_closed())
		return;
	buf_addf(&question, "%zu %s a login (", count,
	         count == 1 ? "repo wants" : "repos want");
	for (size_t i = 0; i < count && i < NAMED; i++)
		buf_addf(&question, "%s%s", i ? ", " : "", items[i]->name);
	buf_adds(&question, count > NAMED ? ", ...)" : ")");
	buf_addf(&question, "; run %s now, one at a time?", count == 1 ? "it" : "them");
	if (!say_ask(buf_text(&question)))
		return;
	run->want_login = NULL;
	run->want_login_count = 0;
	for (size_t i = 0; i < count; i++)
		forget_failure(run, items[i]);
	run_foreground(run, items, count);
}
