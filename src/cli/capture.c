#include "cli/capture.h"

#include "base/arena.h"
#include "base/buf.h"
#include "git/environment.h"
#include "run/jobs.h"

struct capturing {
	struct arena *arena;
	struct captured *out;
};

static bool add_piece(void *context, const char *bytes, size_t length)
{
	buf_add(context, bytes, length);
	return true;
}

static const char *spool_text(struct arena *arena, struct spool *spool, size_t *length)
{
	BUF text = {0};

	if (spool)
		spool_each(spool, add_piece, &text);
	*length = text.length;
	return arena_bytes(arena, buf_text(&text), text.length);
}

static bool on_end(void *context, size_t index, const struct job_result *result)
{
	struct capturing *capturing = context;
	struct captured *out = capturing->out;
	size_t unused;

	(void)index;
	out->exit = result->outcome == OUTCOME_EXITED ? result->exit : -1;
	out->out = spool_text(capturing->arena, result->out, &out->length);
	out->err = spool_text(capturing->arena, result->err, &unused);
	return true;
}

bool capture(struct captured *out, struct arena *arena, const char *folder,
             const char *const *words)
{
	struct capturing capturing = {arena, out};
	struct jobs_options options = {
		.at_once = 1, .on_end = on_end, .context = &capturing};
	struct strings environment = {0};
	struct jobs_report report;
	struct error err;
	struct job job = {
		.name = words[0], .folder = folder ? folder : ".", .words = words};

	*out = (struct captured){.exit = -1, .out = "", .err = ""};
	environment_make(&environment, arena, ENVIRONMENT_QUERY);
	job.environment = environment.items;
	return jobs_run(&report, &job, 1, &options, &err) && out->exit == 0;
}
