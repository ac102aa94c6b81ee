/* Questions to git, many at once; see git/ask.h for what is asked. */
#include "survey_ask.h"

#include <signal.h>
#include <string.h>

#include "base/buf.h"
#include "cli/out.h"
#include "git/ask.h"
#include "git/environment.h"
#include "run/jobs.h"

/*
 * So many children at once: more than processors, because those who ask a
 * remote disk mostly wait. So many repos a round, because answers are held until
 * all of a repo's are there.
 */
enum { AT_ONCE = 16, ROUND = 512 };

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
	struct strings environment;
	struct asked items[ROUND];
	size_t count;
};

/* The questions under way, beside their jobs. */
struct wave {
	struct round *round;
	struct {
		struct job *items;
		size_t count, room;
	} jobs;
	struct question_of {
		struct asked *asked;
		enum question question;
	} * questions;
	size_t room;
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
	struct wave *wave = context;
	struct asked *asked = wave->questions[index].asked;
	struct answer *answer = &asked->answers[wave->questions[index].question];
	size_t length;

	*answer = (struct answer){.asked = true, .exit = -1, .out = "", .err = ""};
	if (result->outcome == OUTCOME_TIMED_OUT) {
		asked->late = true;
	} else if (result->outcome == OUTCOME_EXITED) {
		answer->exit = result->exit;
		answer->out = take_output(wave->round->arena, result->out,
		                          &answer->length);
		answer->err = take_output(wave->round->arena, result->err, &length);
	} else if (result->error) {
		answer->err = arena_string(wave->round->arena, result->error);
	}
	return true;
}

static void add_question(struct wave *wave, struct asked *asked, enum question question,
                         const struct strings *tail)
{
	struct round *round = wave->round;
	const struct repo *repo = round->survey->repos[asked->index];
	struct strings words = {0};

	strings_add(round->arena, &words, "git");
	strings_add(round->arena, &words, "-C");
	strings_add(round->arena, &words, repo->path);
	for (size_t i = 0; i < tail->count; i++)
		strings_add(round->arena, &words, tail->items[i]);
	wave->questions = arena_grow(round->arena, wave->questions, wave->jobs.count,
	                             &wave->room, sizeof *wave->questions);
	wave->questions[wave->jobs.count] = (struct question_of){asked, question};
	/* The child enters the folder by itself: at a dead disk it is the child
	 * that hangs then, not we who wait for its start. */
	*ARENA_PUSH(round->arena, &wave->jobs) = (struct job){
		.name = repo->name,
		.folder = "/",
		.words = words.items,
		.environment = round->environment.items,
	};
}

/* One question a repo first: whose disk does not answer is not asked the rest. */
static void add_questions(struct wave *wave, struct asked *asked, bool first)
{
	struct round *round = wave->round;

	for (int i = 0; i < ASK_COUNT; i++) {
		enum question question = (enum question)i;
		struct strings words = {0};

		if (asked->answers[i].asked ||
		    !ask_words(&words, round->arena, question, round->survey->wants,
		               &asked->flags))
			continue;
		add_question(wave, asked, question, &words);
		if (first)
			break;
	}
}

/* Ends as the signal would have ended us, now that no child is left. */
static void end_by(int number)
{
	signal(number, SIG_DFL);
	raise(number);
}

static int run_wave(struct round *round, bool first)
{
	struct wave wave = {.round = round};
	const struct jobs_options options = {
		.at_once = AT_ONCE,
		.timeout = round->survey->limit,
		.signals = true,
		.on_end = take_answer,
		.context = &wave,
	};
	struct jobs_report report = {0};
	struct error err;

	for (size_t i = 0; i < round->count; i++) {
		if (!round->items[i].late && !round->items[i].failed)
			add_questions(&wave, &round->items[i], first);
	}
	if (wave.jobs.count == 0)
		return STATUS_OK;
	if (!jobs_run(&report, wave.jobs.items, wave.jobs.count, &options, &err))
		return say_failed("%s", err.text);
	if (report.signal)
		end_by(report.signal);
	return report.signal ? STATUS_FAILED : STATUS_OK;
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
	if (survey->invocation->home.shared ||
	    words_split(&asked->flags, round->arena, repo->flags, &err))
		return;
	asked->failed = true;
	survey_fail(
		survey, index, STATE_BROKEN,
		arena_format(round->arena, "flags '%s': %s", repo->flags, err.text));
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
		environment_make(&round->environment, &arena, ENVIRONMENT_QUERY);
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
