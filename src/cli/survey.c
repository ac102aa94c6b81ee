#include "cli/survey.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/mounts.h"
#include "cli/out.h"
#include "run/pool.h"
#include "survey_ask.h"

enum { USUAL_LIMIT = 5, LONGEST_LIMIT = 24 * 60 * 60 };

static bool threads_left;

bool survey_left_threads(void)
{
	return threads_left;
}

static void keep_text(struct arena *arena, const char **text)
{
	if (*text)
		*text = arena_string(arena, *text);
}

void survey_put(struct survey *survey, size_t index, const struct summary *summary)
{
	struct arena *arena = survey->invocation->arena;
	struct summary *kept = arena_take(arena, sizeof *kept);

	*kept = *summary;
	keep_text(arena, &kept->error);
	keep_text(arena, &kept->branch);
	keep_text(arena, &kept->rebasing);
	keep_text(arena, &kept->head);
	keep_text(arena, &kept->tag);
	keep_text(arena, &kept->upstream);
	keep_text(arena, &kept->subject);
	keep_text(arena, &kept->author);
	keep_text(arena, &kept->remote);
	keep_text(arena, &kept->remote_name);
	survey->out[index] = kept;
}

void survey_fail(struct survey *survey, size_t index, enum state state,
                 const char *error)
{
	survey_put(survey, index,
	           &(struct summary){
			   .state = state, .error = error, .sync = SYNC_NO_REMOTE});
}

void survey_fail_late(struct survey *survey, size_t index)
{
	const char *error = arena_format(survey->invocation->arena,
	                                 "no answer within %g s", survey->limit);

	survey_fail(survey, index, STATE_TIMEOUT, error);
}

bool survey_enter(struct survey_stage *stage)
{
	pthread_mutex_lock(&stage->survey->lock);
	return !stage->closed;
}

void survey_leave(struct survey_stage *stage)
{
	pthread_mutex_unlock(&stage->survey->lock);
}

void survey_pool(struct survey_stage *stage, size_t count,
                 void (*work)(void *context, size_t index, const struct spread *spread),
                 bool *late)
{
	const struct pool_options options = {.deadline = stage->survey->limit};

	if (pool_run(count, &options, work, stage, late) > 0)
		threads_left = true;
	survey_enter(stage);
	stage->closed = true;
	survey_leave(stage);
}

/* The repos that libgit2 is to read. */
struct local {
	struct survey_stage stage;
	struct local_repo {
		size_t index;
		size_t weight;
	} * items;
	size_t count;
};

static struct local *local_make(struct survey *survey)
{
	struct arena *arena = survey->invocation->arena;
	struct local *local = arena_take(arena, sizeof *local);

	local->stage.survey = survey;
	local->items = arena_take(arena, survey->count * sizeof *local->items);
	return local;
}

static int by_weight(const void *one, const void *other)
{
	const struct local_repo *left = one, *right = other;

	if (left->weight != right->weight)
		return left->weight < right->weight ? 1 : -1;
	return left->index < right->index ? -1 : 1;
}

static void weigh_one(void *context, size_t piece, const struct spread *spread)
{
	struct local *local = context;
	size_t index = local->items[piece].index;
	size_t weight = summary_weight(local->stage.survey->repos[index]->path);

	(void)spread;
	if (survey_enter(&local->stage))
		local->items[piece].weight = weight;
	survey_leave(&local->stage);
}

static void read_one(void *context, size_t piece, const struct spread *spread)
{
	struct local *local = context;
	struct survey *survey = local->stage.survey;
	size_t index = local->items[piece].index;
	struct arena scratch = {0};
	struct summary summary = {0};
	enum reading reading = summary_read(&summary, survey->repos[index]->path,
	                                    survey->wants, &scratch, spread);

	if (survey_enter(&local->stage)) {
		survey->ask[index] = reading == READING_ASK_GIT;
		if (reading == READING_DONE)
			survey_put(survey, index, &summary);
	}
	survey_leave(&local->stage);
	arena_drop(&scratch);
}

/* Works on all of `local`; what was in time goes on to `next`, if there is one. */
static void run_stage(struct local *local, struct local *next,
                      void (*work)(void *context, size_t index,
                                   const struct spread *spread))
{
	struct survey *survey = local->stage.survey;
	bool *late = arena_take(survey->invocation->arena, local->count * sizeof *late);

	survey_pool(&local->stage, local->count, work, late);
	for (size_t i = 0; i < local->count; i++) {
		if (!late[i]) {
			if (next)
				next->items[next->count++] = local->items[i];
			continue;
		}
		survey->ask[local->items[i].index] = false; /* it came too late */
		survey_fail_late(survey, local->items[i].index);
	}
}

/* The largest first, so that no thread is left with it at the end. */
static void read_local(struct local *local)
{
	struct local *sorted = local_make(local->stage.survey);

	if (local->count == 0)
		return;
	run_stage(local, sorted, weigh_one);
	qsort(sorted->items, sorted->count, sizeof *sorted->items, by_weight);
	summary_setup();
	run_stage(sorted, NULL, read_one);
	if (!threads_left)
		summary_teardown();
}

/* Git is asked where reading might block for ever, and where options of the user
 * change what a repository is. */
static struct local *divide(struct survey *survey)
{
	struct local *local = local_make(survey);
	struct mounts mounts = {0};

	mounts_load(&mounts, survey->invocation->arena);
	for (size_t i = 0; i < survey->count; i++) {
		const struct repo *repo = survey->repos[i];

		survey->ask[i] = *repo->flags ||
		                 mounts_lead_remote(&mounts, repo->path);
		if (!survey->ask[i])
			local->items[local->count++].index = i;
	}
	return local;
}

/* GITA_STATUS_TIMEOUT: seconds, perhaps with decimals. */
static int read_limit(double *out)
{
	const char *text = getenv("GITA_STATUS_TIMEOUT");
	char *end;

	*out = USUAL_LIMIT;
	if (!text || !*text)
		return STATUS_OK;
	*out = strtod(text, &end);
	if (text[strspn(text, "0123456789.")] == '\0' && *end == '\0' && *out > 0 &&
	    *out <= LONGEST_LIMIT)
		return STATUS_OK;
	return say_usage("GITA_STATUS_TIMEOUT is '%s': not a number of seconds above 0",
	                 text);
}

int survey_read(struct summary **out, struct invocation *invocation,
                struct repo *const *repos, size_t count, unsigned wants)
{
	struct survey *survey = arena_take(invocation->arena, sizeof *survey);
	int status;

	*survey = (struct survey){.invocation = invocation,
	                          .repos = repos,
	                          .count = count,
	                          .wants = wants,
	                          .out = out,
	                          .lock = PTHREAD_MUTEX_INITIALIZER};
	status = read_limit(&survey->limit);
	if (status != STATUS_OK)
		return status;
	survey->ask = arena_take(invocation->arena, count * sizeof *survey->ask);
	read_local(divide(survey));
	return survey_ask(survey);
}
