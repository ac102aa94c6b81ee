#include "cli/readings.h"

#include "cli/out.h"
#include "cli/query.h"
#include "cli/survey.h"

/*
 * A thread that is left behind at a dead disk writes to its own piece only, which
 * is not read any more: pieces live as long as the process.
 */
struct readings {
	struct invocation *invocation;
	struct repo *const *repos;
	size_t count;
	const struct readings_kind *kind;
	const void *about;
	double limit; /* seconds a repo may take */
	struct piece {
		size_t index; /* of the repo */
		bool read;
		void *out;
		struct arena arena;
	} * pieces;
	size_t piece_count;
	struct {
		size_t *items; /* indices of the repos that git is asked about */
		size_t count, room;
	} asked;
};

static void read_piece(void *context, size_t place, const struct spread *spread)
{
	const struct readings *readings = context;
	struct piece *piece = &readings->pieces[place];

	(void)spread;
	piece->out = arena_take(&piece->arena, readings->kind->size);
	piece->read = readings->kind->read(piece->out,
	                                   readings->repos[piece->index]->path,
	                                   readings->about, &piece->arena);
}

static void ask_later(struct readings *readings, size_t index)
{
	*ARENA_PUSH(readings->invocation->arena, &readings->asked) = index;
}

static void divide(struct readings *readings)
{
	struct arena *arena = readings->invocation->arena;
	bool *for_git = arena_take(arena, readings->count * sizeof *for_git);

	survey_divide(for_git, readings->repos, readings->count, arena);
	readings->pieces = arena_take(arena,
	                              readings->count * sizeof *readings->pieces);
	for (size_t i = 0; i < readings->count; i++) {
		if (for_git[i])
			ask_later(readings, i);
		else
			readings->pieces[readings->piece_count++].index = i;
	}
}

static void fail_late(struct finding *finding, const struct readings *readings)
{
	finding->state = STATE_TIMEOUT;
	finding->error = survey_late(readings->invocation->arena, readings->limit);
}

static void read_local(struct finding *out, struct readings *readings)
{
	bool *late = arena_take(readings->invocation->arena,
	                        readings->piece_count * sizeof *late);
	struct error err;

	if (readings->piece_count == 0)
		return;
	/* Why not, the survey says. */
	if (!summary_setup(&err)) {
		for (size_t i = 0; i < readings->piece_count; i++)
			ask_later(readings, readings->pieces[i].index);
		return;
	}
	survey_run(readings->piece_count, readings->limit, read_piece, readings, late);
	if (!survey_left_threads())
		summary_teardown();
	for (size_t i = 0; i < readings->piece_count; i++) {
		struct piece *piece = &readings->pieces[i];
		struct finding *finding = &out[piece->index];

		if (late[i]) {
			fail_late(finding, readings);
			continue;
		}
		finding->arena = piece->arena;
		finding->out = piece->out;
		if (!piece->read)
			ask_later(readings, piece->index);
	}
}

/* Those of `asked` that git can answer for; for the others the survey has the reason.
 */
static int find_readable(struct finding *out, struct readings *readings)
{
	struct arena *arena = readings->invocation->arena;
	size_t count = readings->asked.count, kept = 0;
	struct repo **repos = arena_take(arena, count * sizeof *repos);
	struct summary **summaries = arena_take(arena, count * sizeof *summaries);
	int status;

	for (size_t i = 0; i < count; i++)
		repos[i] = readings->repos[readings->asked.items[i]];
	status = survey_read(summaries, readings->invocation, repos, count, WANT_HEAD);
	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		size_t index = readings->asked.items[i];

		out[index].state = summaries[i]->state;
		out[index].error = summaries[i]->error;
		if (summaries[i]->state == STATE_OK)
			readings->asked.items[kept++] = index;
	}
	readings->asked.count = kept;
	return status;
}

static void take_answers(struct finding *finding, const struct readings *readings,
                         const struct query *queries)
{
	struct answer answers[READINGS_QUESTIONS];
	struct error err;

	for (int i = 0; i < readings->kind->questions; i++) {
		if (queries[i].late) {
			fail_late(finding, readings);
			return;
		}
		answers[i] = query_answer(&queries[i]);
	}
	finding->out = arena_take(&finding->arena, readings->kind->size);
	if (readings->kind->parse(finding->out, answers, readings->about,
	                          &finding->arena, &err))
		return;
	finding->state = STATE_BROKEN;
	finding->error = arena_string(readings->invocation->arena, err.text);
}

static int ask(struct finding *out, struct readings *readings)
{
	struct arena *arena = readings->invocation->arena;
	size_t questions = (size_t)readings->kind->questions;
	size_t count = readings->asked.count * questions;
	struct query *queries = arena_take(arena, count * sizeof *queries);
	int status;

	for (size_t i = 0; i < count; i++) {
		struct query *query = &queries[i];

		query_in(query, &readings->invocation->registry,
		         readings->repos[readings->asked.items[i / questions]]);
		readings->kind->words(&query->words, (int)(i % questions),
		                      readings->about, arena);
	}
	status = query_run(queries, count, readings->limit, arena);
	for (size_t i = 0; status == STATUS_OK && i < readings->asked.count; i++)
		take_answers(&out[readings->asked.items[i]], readings,
		             &queries[i * questions]);
	return status;
}

int readings_make(struct finding *out, struct invocation *invocation,
                  struct repo *const *repos, size_t count,
                  const struct readings_kind *kind, const void *about)
{
	struct readings *readings = arena_take(invocation->arena, sizeof *readings);
	int status;

	*readings = (struct readings){.invocation = invocation,
	                              .repos = repos,
	                              .count = count,
	                              .kind = kind,
	                              .about = about};
	status = survey_limit(&readings->limit);
	if (status != STATUS_OK)
		return status;
	divide(readings);
	read_local(out, readings);
	if (readings->asked.count > 0)
		status = find_readable(out, readings);
	return status == STATUS_OK ? ask(out, readings) : status;
}

void readings_drop(struct finding *findings, size_t count)
{
	for (size_t i = 0; i < count; i++)
		arena_drop(&findings[i].arena);
}

int readings_report(const struct finding *findings, struct repo *const *repos,
                    size_t count)
{
	int status = STATUS_OK;

	for (size_t i = 0; i < count; i++) {
		const struct finding *finding = &findings[i];

		if (finding->state == STATE_OK)
			continue;
		say_warning("%s: %s: %s", repos[i]->name, state_name(finding->state),
		            finding->error ? finding->error : repos[i]->path);
		if (finding->state != STATE_MISSING)
			status = STATUS_FAILED;
	}
	return status;
}
