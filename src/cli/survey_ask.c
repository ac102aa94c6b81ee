/* Questions to git, many at once; see git/ask.h for what is asked. */
#include "survey_ask.h"

#include "cli/queries.h"
#include "git/ask.h"

/* So many repos a round, because answers are held until all of a repo's are there. */
enum { ROUND = 512 };

/* One repo that git is asked about. */
struct asked {
	size_t index;
	struct strings flags;
	struct answer answers[ASK_COUNT];
	bool late; /* one question got no answer in time */
	bool failed;
};

struct round {
	struct survey_stage stage;
	struct survey *survey;
	struct arena *arena; /* ends with the round */
	struct asked items[ROUND];
	size_t count;
};

/* The questions under way, and whose they are. */
struct wave {
	struct round *round;
	struct {
		struct query *items;
		size_t count, room;
	} queries;
	struct {
		struct target {
			struct asked *asked;
			struct answer *answer;
		} * items;
		size_t count, room;
	} targets;
};

/* One question a repo first: whose disk does not answer is not asked the rest. */
static void add_questions(struct wave *wave, struct asked *asked, bool first)
{
	struct round *round = wave->round;

	for (int i = 0; i < ASK_COUNT; i++) {
		struct query query = {.repo = round->survey->repos[asked->index]};

		if (asked->answers[i].asked ||
		    !ask_words(&query.words, round->arena, (enum question)i,
		               round->survey->wants, &asked->flags))
			continue;
		*ARENA_PUSH(round->arena, &wave->queries) = query;
		*ARENA_PUSH(round->arena, &wave->targets) = (struct target){
			asked, &asked->answers[i]};
		if (first)
			break;
	}
}

static void take_answers(const struct wave *wave)
{
	for (size_t i = 0; i < wave->queries.count; i++) {
		const struct query *query = &wave->queries.items[i];

		*wave->targets.items[i].answer = (struct answer){
			.asked = true,
			.exit = query->exit,
			.out = query->out,
			.length = query->length,
			.err = query->err};
		if (query->late)
			wave->targets.items[i].asked->late = true;
	}
}

static int run_wave(struct round *round, bool first)
{
	struct wave wave = {.round = round};
	int status;

	for (size_t i = 0; i < round->count; i++) {
		if (!round->items[i].late && !round->items[i].failed)
			add_questions(&wave, &round->items[i], first);
	}
	status = queries_run(wave.queries.items, wave.queries.count,
	                     round->survey->limit, round->arena);
	if (status == STATUS_OK)
		take_answers(&wave);
	return status;
}

/* On a thread, because the folder is looked at as well. */
static void read_answers(void *context, size_t piece, const struct spread *spread)
{
	struct round *round = context;
	struct survey *survey = round->survey;
	const struct asked *asked = &round->items[piece];
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

static void add_repo(struct round *round, size_t index)
{
	struct survey *survey = round->survey;
	const struct repo *repo = survey->repos[index];
	struct asked *asked = &round->items[round->count++];
	struct error err;

	*asked = (struct asked){.index = index};
	if (registry_flags(&asked->flags, &survey->invocation->registry, repo, &err))
		return;
	asked->failed = true;
	survey_fail(survey, index, STATE_BROKEN, err.text);
}

static int ask_round(struct round *round)
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
	return STATUS_OK;
}

int survey_ask(struct survey *survey)
{
	int status = STATUS_OK;

	for (size_t i = 0; i < survey->count && status == STATUS_OK;) {
		struct arena arena = {0};
		struct round *round = arena_take(&arena, sizeof *round);

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
