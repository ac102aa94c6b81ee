#include "cli/query.h"

#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "cli/command.h"
#include "cli/out.h"
#include "git/environment.h"
#include "run/jobs.h"
#include "store/delegates.h"
#include "store/registry.h"

/* More than processors: who asks a remote disk mostly waits. */
enum { AT_ONCE = 16 };

struct query_batch {
	struct query *queries;
	struct arena *arena;
};

/* An output that is not whole is no answer. */
static bool take_answer(void *context, size_t index, const struct job_result *result)
{
	struct query_batch *batch = context;
	struct query *query = &batch->queries[index];
	bool whole;

	query->late = result->outcome == OUTCOME_TIMED_OUT;
	query->exit = -1;
	query->out = query->err = "";
	query->length = 0;
	if (result->error) {
		query->err = arena_string(batch->arena, result->error);
	} else if (result->outcome == OUTCOME_EXITED) {
		whole = spool_text(&query->out, &query->length, batch->arena,
		                   result->out);
		whole &= spool_text(&query->err, NULL, batch->arena, result->err);
		query->exit = whole ? result->exit : -1;
	}
	return true;
}

static void make_job(struct job *out, const struct query *query, struct arena *arena,
                     const struct strings *environment)
{
	struct strings words = {0};

	if (!query->program) {
		strings_add(arena, &words, "git");
		strings_add(arena, &words, "-C");
		strings_add(arena, &words, query->repo->path);
	}
	for (size_t i = 0; i < query->words.count; i++)
		strings_add(arena, &words, query->words.items[i]);
	*out = (struct job){.name = query->program ? words.items[0] : query->repo->name,
	                    .folder = "/",
	                    .words = words.items,
	                    .environment = environment->items};
}

static bool run_all(struct jobs_report *report, struct query *queries, size_t count,
                    double limit, struct arena *arena, bool signals, struct error *err)
{
	struct query_batch batch = {queries, arena};
	const struct jobs_options options = {
		.at_once = AT_ONCE,
		.timeout = limit,
		.signals = signals,
		.on_end = take_answer,
		.context = &batch,
	};
	struct job *jobs = arena_take(arena, count * sizeof *jobs);
	struct strings environment = {0}, network = {0};

	environment_make(&environment, arena, ENVIRONMENT_QUERY);
	environment_make(&network, arena, ENVIRONMENT_CONCURRENT);
	for (size_t i = 0; i < count; i++)
		make_job(&jobs[i], &queries[i], arena,
		         queries[i].network ? &network : &environment);
	return jobs_run(report, jobs, count, &options, err);
}

int query_run(struct query *queries, size_t count, double limit, struct arena *arena)
{
	struct jobs_report report = {0};
	struct error err;

	if (count > 0 && !run_all(&report, queries, count, limit, arena, true, &err))
		return say_failed("%s", err.text);
	if (report.signal)
		out_end_by_signal(report.signal);
	return STATUS_OK;
}

int query_run_aside(struct query *queries, size_t count, double limit,
                    struct arena *arena)
{
	struct jobs_report report = {0};
	struct error err;

	return count == 0 || run_all(&report, queries, count, limit, arena, false, &err)
	               ? STATUS_OK
	               : STATUS_FAILED;
}

struct capturing {
	struct arena *arena;
	struct captured *out;
};

static bool take_captured(void *context, size_t index, const struct job_result *result)
{
	struct capturing *capturing = context;
	struct captured *out = capturing->out;
	bool whole;

	(void)index;
	whole = spool_text(&out->out, &out->length, capturing->arena, result->out);
	whole &= spool_text(&out->err, NULL, capturing->arena, result->err);
	whole &= !result->error;
	out->exit = result->outcome == OUTCOME_EXITED && whole ? result->exit : -1;
	return true;
}

void query_in(struct query *query, const struct registry *registry,
              const struct repo *repo)
{
	struct error err;

	query->repo = repo;
	registry_flags(&query->words, registry, repo, &err);
}

const char *query_reason(const struct query *query, struct arena *arena)
{
	if (query->late)
		return "git gave no answer in time";
	if (!*query->err && query->exit < 0)
		return "git gave no answer";
	if (!*query->err)
		return arena_format(arena, "git ended with exit status %d",
		                    query->exit);
	return arena_bytes(arena, query->err, strcspn(query->err, "\n"));
}

struct answer query_answer(const struct query *query)
{
	return (struct answer){.asked = true,
	                       .exit = query->exit,
	                       .out = query->out,
	                       .length = query->length,
	                       .err = query->err};
}

bool query_capture(struct captured *out, struct arena *arena, const char *folder,
                   const char *const *words)
{
	struct capturing capturing = {arena, out};
	struct jobs_options options = {
		.at_once = 1, .on_end = take_captured, .context = &capturing};
	struct strings environment = {0};
	struct jobs_report report;
	struct error err;
	struct job job = {
		.name = words[0], .folder = folder ? folder : ".", .words = words};

	*out = (struct captured){.exit = -1, .out = "", .err = ""};
	environment_make(&environment, arena, ENVIRONMENT_QUERY);
	job.environment = environment.items;
	if (!jobs_run(&report, &job, 1, &options, &err)) {
		out->err = arena_string(arena, err.text);
		return false;
	}
	return out->exit == 0;
}

bool query_git_commands(struct strings *out, struct arena *arena)
{
	const char *const words[] = {"git", "--list-cmds=builtins,main,others,alias",
	                             NULL};
	struct captured captured = {0};

	if (!query_capture(&captured, arena, "/", words))
		return false;
	strings_split(arena, out, captured.out, "\n");
	return out->count > 0;
}

bool query_is_program(struct arena *arena, const struct delegate *delegate)
{
	struct strings commands = {0};
	const char *word;

	if (!delegate->users || delegate->script || delegate->git)
		return false;
	word = delegate->words.items[0];
	return path_is_program(word) && query_git_commands(&commands, arena) &&
	       !strings_have(&commands, word);
}
