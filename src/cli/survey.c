#include "cli/survey.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/mounts.h"
#include "cli/out.h"
#include "cli/query.h"
#include "git/ask.h"
#include "git/probe.h"
#include "run/pool.h"

/*
 * A thread that is left behind at a dead disk may return at any time: what it
 * found is dropped once its stage is closed. A struct survey lives as long as
 * the process, and so does a stage once a thread was left in it.
 */
struct survey {
	struct invocation *invocation;
	struct arena *arena;
	bool aside; /* of a loop that has the signals and a screen */
	struct repo *const *repos;
	size_t count;
	unsigned wants;
	double limit;         /* seconds a repo may take */
	bool left;            /* a thread was left behind */
	bool *ask;            /* by repo: git is to be asked */
	struct summary **out; /* by repo */
	pthread_mutex_t lock; /* around all that threads write here */
};

/* Work on threads; the first member of what is handed to them. */
struct survey_stage {
	struct survey *survey;
	bool closed;
};

enum { USUAL_LIMIT = 5, LONGEST_LIMIT = 24 * 60 * 60 };

static atomic_bool threads_left;

bool survey_left_threads(void)
{
	return threads_left;
}

/* Gives the repo its summary, copied into the arena of the survey. */
static void survey_put(struct survey *survey, size_t index,
                       const struct summary *summary)
{
	survey->out[index] = summary_copy(survey->arena, summary);
}

/* The same for a repo without an answer; `state` is broken or timeout. */
static void survey_fail(struct survey *survey, size_t index, enum state state,
                        const char *error)
{
	survey_put(survey, index,
	           &(struct summary){
			   .state = state, .error = error, .sync = SYNC_NO_REMOTE});
}

const char *survey_late(struct arena *arena, double limit)
{
	return arena_format(arena, "no answer within %g s", limit);
}

static void survey_fail_late(struct survey *survey, size_t index)
{
	survey_fail(survey, index, STATE_TIMEOUT,
	            survey_late(survey->arena, survey->limit));
}

/* Locks what threads write; whether the work of this thread still counts. */
static bool survey_enter(struct survey_stage *stage)
{
	pthread_mutex_lock(&stage->survey->lock);
	return !stage->closed;
}

static void survey_leave(struct survey_stage *stage)
{
	pthread_mutex_unlock(&stage->survey->lock);
}

bool survey_run(size_t count, double limit,
                void (*work)(void *context, size_t index, const struct spread *spread),
                void *context, bool *late)
{
	const struct pool_options options = {.deadline = limit};
	bool left = pool_run(count, &options, work, context, late) > 0;

	threads_left |= left;
	return left;
}

/* The same with the limit of the survey; `work` writes only what it has locked. */
static void survey_pool(struct survey_stage *stage, size_t count,
                        void (*work)(void *context, size_t index,
                                     const struct spread *spread),
                        bool *late)
{
	stage->survey->left |= survey_run(count, stage->survey->limit, work, stage,
	                                  late);
	survey_enter(stage);
	stage->closed = true;
	survey_leave(stage);
}

/* The repos that libgit2 is to read. */
struct survey_local {
	struct survey_stage stage;
	struct local_repo {
		size_t index;
		size_t weight;
	} * items;
	size_t count;
};

static struct survey_local *local_make(struct survey *survey)
{
	struct arena *arena = survey->arena;
	struct survey_local *local = arena_take(arena, sizeof *local);

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
	struct survey_local *local = context;
	size_t index = local->items[piece].index;
	size_t weight = summary_weight(local->stage.survey->repos[index]->path);

	(void)spread;
	if (survey_enter(&local->stage))
		local->items[piece].weight = weight;
	survey_leave(&local->stage);
}

static void read_one(void *context, size_t piece, const struct spread *spread)
{
	struct survey_local *local = context;
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
static void run_stage(struct survey_local *local, struct survey_local *next,
                      void (*work)(void *context, size_t index,
                                   const struct spread *spread))
{
	struct survey *survey = local->stage.survey;
	bool *late = arena_take(survey->arena, local->count * sizeof *late);

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

static void leave_to_git(struct survey_local *local)
{
	for (size_t i = 0; i < local->count; i++)
		local->stage.survey->ask[local->items[i].index] = true;
}

/* The largest first, so that no thread is left with it at the end. */
static void read_local(struct survey_local *local)
{
	struct error err;
	struct survey_local *sorted = local_make(local->stage.survey);

	if (local->count == 0)
		return;
	run_stage(local, sorted, weigh_one);
	qsort(sorted->items, sorted->count, sizeof *sorted->items, by_weight);
	if (!summary_setup(&err)) {
		if (!local->stage.survey->aside)
			say_warning("%s; git is asked instead", err.text);
		leave_to_git(local);
		return;
	}
	run_stage(sorted, NULL, read_one);
	if (!threads_left)
		summary_teardown();
}

void survey_divide(bool *ask, struct repo *const *repos, size_t count,
                   struct arena *arena)
{
	struct mounts mounts;

	mounts_load(&mounts, arena);
	for (size_t i = 0; i < count; i++)
		ask[i] = *repos[i]->flags ||
		         probe_leads_remote(&mounts, repos[i]->path);
}

static struct survey_local *divide(struct survey *survey)
{
	struct survey_local *local = local_make(survey);

	survey_divide(survey->ask, survey->repos, survey->count, survey->arena);
	for (size_t i = 0; i < survey->count; i++)
		if (!survey->ask[i])
			local->items[local->count++].index = i;
	return local;
}

/* So many repos a round, because answers are held until all of a repo's are there. */
enum { ROUND = 512 };

/* One repo that git is asked about. */
struct survey_asked {
	size_t index;
	struct strings flags;
	struct answer answers[ASK_COUNT];
	bool late; /* one question got no answer in time */
	bool failed;
};

struct survey_round {
	struct survey_stage stage;
	struct survey *survey;
	struct arena *arena; /* ends with the round */
	struct survey_asked items[ROUND];
	size_t count;
};

/* The questions under way, and whose they are. */
struct survey_wave {
	struct survey_round *round;
	struct {
		struct query *items;
		size_t count, room;
	} queries;
	struct {
		struct survey_target {
			struct survey_asked *asked;
			struct answer *answer;
		} * items;
		size_t count, room;
	} targets;
};

/* One question a repo first: whose disk does not answer is not asked the rest. */
static void add_questions(struct survey_wave *wave, struct survey_asked *asked,
                          bool first)
{
	struct survey_round *round = wave->round;

	for (int i = 0; i < ASK_COUNT; i++) {
		struct query query = {.repo = round->survey->repos[asked->index]};

		if (asked->answers[i].asked ||
		    !ask_words(&query.words, round->arena, (enum question)i,
		               round->survey->wants, &asked->flags))
			continue;
		*ARENA_PUSH(round->arena, &wave->queries) = query;
		*ARENA_PUSH(round->arena, &wave->targets) = (struct survey_target){
			asked, &asked->answers[i]};
		if (first)
			break;
	}
}

static void take_answers(const struct survey_wave *wave)
{
	for (size_t i = 0; i < wave->queries.count; i++) {
		const struct query *query = &wave->queries.items[i];

		*wave->targets.items[i].answer = query_answer(query);
		if (query->late)
			wave->targets.items[i].asked->late = true;
	}
}

static int survey_query(struct survey_round *round, struct survey_wave *wave)
{
	return (round->survey->aside ? query_run_aside : query_run)(
		wave->queries.items, wave->queries.count, round->survey->limit,
		round->arena);
}

static int run_wave(struct survey_round *round, bool first)
{
	struct survey_wave wave = {.round = round};
	int status;

	for (size_t i = 0; i < round->count; i++) {
		if (!round->items[i].late && !round->items[i].failed)
			add_questions(&wave, &round->items[i], first);
	}
	status = survey_query(round, &wave);
	if (status == STATUS_OK)
		take_answers(&wave);
	return status;
}

/* On a thread, because the folder is looked at as well. */
static void read_answers(void *context, size_t piece, const struct spread *spread)
{
	struct survey_round *round = context;
	struct survey *survey = round->survey;
	const struct survey_asked *asked = &round->items[piece];
	struct arena scratch = {0};
	struct summary summary = {0};

	(void)spread;
	if (asked->late || asked->failed)
		return;
	ask_read(&summary, survey->repos[asked->index]->path, survey->wants,
	         asked->answers, &scratch);
	if (survey_enter(&round->stage))
		survey_put(survey, asked->index, &summary);
	survey_leave(&round->stage);
	arena_drop(&scratch);
}

static void add_repo(struct survey_round *round, size_t index)
{
	struct survey *survey = round->survey;
	const struct repo *repo = survey->repos[index];
	struct survey_asked *asked = &round->items[round->count++];
	struct error err;

	*asked = (struct survey_asked){.index = index};
	if (registry_flags(&asked->flags, &survey->invocation->registry, repo, &err))
		return;
	asked->failed = true;
	survey_fail(survey, index, STATE_BROKEN, err.text);
}

/* What HEAD does not tell while a branch is being rebased. */
static int ask_rebased(struct survey_round *round)
{
	struct survey *survey = round->survey;
	struct survey_wave wave = {.round = round};
	int status;

	for (size_t i = 0; i < round->count; i++) {
		struct survey_asked *asked = &round->items[i];
		struct query query = {.repo = survey->repos[asked->index]};

		if (!ask_rebased_words(&query.words, round->arena,
		                       survey->out[asked->index], &asked->flags))
			continue;
		*ARENA_PUSH(round->arena, &wave.queries) = query;
		*ARENA_PUSH(round->arena, &wave.targets) = (struct survey_target){
			asked, arena_take(round->arena, sizeof(struct answer))};
	}
	status = survey_query(round, &wave);
	if (status != STATUS_OK)
		return status;
	take_answers(&wave);
	for (size_t i = 0; i < wave.targets.count; i++) {
		const struct survey_target *target = &wave.targets.items[i];

		if (target->asked->late)
			survey_fail_late(survey, target->asked->index);
		else
			ask_rebased_read(survey->out[target->asked->index],
			                 target->answer);
	}
	return STATUS_OK;
}

static int ask_round(struct survey_round *round)
{
	bool *late = arena_take(round->arena, round->count * sizeof *late);
	int status = run_wave(round, true);

	if (status == STATUS_OK)
		status = run_wave(round, false);
	if (status != STATUS_OK)
		return status;
	survey_pool(&round->stage, round->count, read_answers, late);
	for (size_t i = 0; i < round->count; i++) {
		if (late[i] || round->items[i].late)
			survey_fail_late(round->survey, round->items[i].index);
	}
	return round->survey->wants & WANT_SYNC ? ask_rebased(round) : STATUS_OK;
}

/* Asks git for the repos marked in `ask`; an exit status, its reason printed. */
static int survey_ask(struct survey *survey)
{
	int status = STATUS_OK;

	for (size_t i = 0; i < survey->count && status == STATUS_OK;) {
		struct arena arena = {0};
		struct survey_round *round = arena_take(&arena, sizeof *round);

		round->survey = round->stage.survey = survey;
		round->arena = &arena;
		for (; i < survey->count && round->count < ROUND; i++) {
			if (survey->ask[i])
				add_repo(round, i);
		}
		if (round->count)
			status = ask_round(round);
		if (!survey_left_threads())
			arena_drop(&arena);
	}
	return status;
}

/* Seconds, perhaps with decimals. */
int survey_limit(double *out)
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

static struct survey *survey_make(struct summary **out, struct invocation *invocation,
                                  struct repo *const *repos, size_t count,
                                  unsigned wants, struct arena *arena)
{
	struct survey *survey = arena_take(arena, sizeof *survey);

	*survey = (struct survey){.invocation = invocation,
	                          .arena = arena,
	                          .repos = repos,
	                          .count = count,
	                          .wants = wants,
	                          .ask = arena_take(arena, count * sizeof(bool)),
	                          .out = out,
	                          .lock = PTHREAD_MUTEX_INITIALIZER};
	return survey;
}

int survey_read(struct summary **out, struct invocation *invocation,
                struct repo *const *repos, size_t count, unsigned wants)
{
	struct survey *survey = survey_make(out, invocation, repos, count, wants,
	                                    invocation->arena);
	int status = survey_limit(&survey->limit);

	if (status != STATUS_OK)
		return status;
	read_local(divide(survey));
	return survey_ask(survey);
}

/* libgit2 stays up between readings. */
static bool held;

void survey_begin(void)
{
	struct error err;

	held = summary_setup(&err);
	if (!held)
		say_warning("%s; git is asked instead", err.text);
}

void survey_end(bool left)
{
	threads_left |= left;
	if (held && !threads_left)
		summary_teardown();
	held = false;
}

bool survey_refresh(struct summary **out, struct invocation *invocation,
                    struct repo *const *repos, size_t count, unsigned wants,
                    bool remote, double limit, struct arena *arena)
{
	struct survey *survey = survey_make(out, invocation, repos, count, wants,
	                                    arena);

	survey->aside = true;
	survey->limit = limit;
	if (!threads_left && !remote)
		summary_renew();
	read_local(divide(survey));
	survey_ask(survey);
	return !survey->left;
}
