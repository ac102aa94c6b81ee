#include "cli/queries.h"

#include "base/arena.h"
#include "base/buf.h"
#include "cli/out.h"
#include "git/environment.h"
#include "run/jobs.h"

/* More than processors: who asks a remote disk mostly waits. */
enum { AT_ONCE = 16 };

struct asking {
	struct query *queries;
	struct arena *arena;
};

static bool take_piece(void *context, const char *bytes, size_t length)
{
	buf_add(context, bytes, length);
	return true;
}

static const char *take_output(struct arena *arena, struct spool *spool, size_t *length)
{
	BUF text = {0};

	spool_each(spool, take_piece, &text);
	*length = text.length;
	return arena_bytes(arena, buf_text(&text), text.length);
}

static bool take_answer(void *context, size_t index, const struct job_result *result)
{
	struct asking *asking = context;
	struct query *query = &asking->queries[index];
	size_t length;

	query->late = result->outcome == OUTCOME_TIMED_OUT;
	query->exit = -1;
	query->out = query->err = "";
	query->length = 0;
	if (result->outcome == OUTCOME_EXITED) {
		query->exit = result->exit;
		query->out = take_output(asking->arena, result->out, &query->length);
		query->err = take_output(asking->arena, result->err, &length);
	} else if (result->error) {
		query->err = arena_string(asking->arena, result->error);
	}
	return true;
}

static void make_job(struct job *out, const struct query *query, struct arena *arena,
                     const struct strings *environment)
{
	struct strings words = {0};

	strings_add(arena, &words, "git");
	strings_add(arena, &words, "-C");
	strings_add(arena, &words, query->repo->path);
	for (size_t i = 0; i < query->words.count; i++)
		strings_add(arena, &words, query->words.items[i]);
	*out = (struct job){.name = query->repo->name,
	                    .folder = "/",
	                    .words = words.items,
	                    .environment = environment->items};
}

int queries_run(struct query *queries, size_t count, double limit, struct arena *arena)
{
	struct asking asking = {queries, arena};
	const struct jobs_options options = {
		.at_once = AT_ONCE,
		.timeout = limit,
		.signals = true,
		.on_end = take_answer,
		.context = &asking,
	};
	struct job *jobs = arena_take(arena, count * sizeof *jobs);
	struct strings environment = {0};
	struct jobs_report report = {0};
	struct error err;

	if (count == 0)
		return STATUS_OK;
	environment_make(&environment, arena, ENVIRONMENT_QUERY);
	for (size_t i = 0; i < count; i++)
		make_job(&jobs[i], &queries[i], arena, &environment);
	if (!jobs_run(&report, jobs, count, &options, &err))
		return say_failed("%s", err.text);
	if (report.signal)
		out_end_by_signal(report.signal);
	return STATUS_OK;
}
