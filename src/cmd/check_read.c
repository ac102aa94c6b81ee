#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "check.h"
#include "cli/queries.h"
#include "cli/survey.h"
#include "git/probe.h"

/* A long history takes git its time; who checks a laptop before wiping it waits. */
enum { LIMIT = 120 };

/* Questions under way: whose, and where the answer goes. */
struct asking {
	struct check *check;
	struct {
		struct query *items;
		size_t count, room;
	} queries;
	struct {
		struct purpose {
			struct checked *checked;
			size_t *count; /* NULL: the list of branches */
		} * items;
		size_t count, room;
	} purposes;
};

static void ask(struct asking *asking, struct checked *checked,
                const struct strings *words, size_t *count)
{
	struct arena *arena = asking->check->invocation->arena;
	struct query query = {.repo = checked->repo};
	struct error err;

	/* What does not parse has made the summary broken. */
	registry_flags(&query.words, &asking->check->invocation->registry,
	               checked->repo, &err);
	for (size_t i = 0; i < words->count; i++)
		strings_add(arena, &query.words, words->items[i]);
	*ARENA_PUSH(arena, &asking->queries) = query;
	*ARENA_PUSH(arena, &asking->purposes) = (struct purpose){checked, count};
}

static const char *reason_of(const struct query *query, struct arena *arena)
{
	if (query->late)
		return arena_format(arena, "no answer within %d s", LIMIT);
	if (query->exit >= 0 && !*query->err)
		return arena_format(arena, "git ended with exit status %d",
		                    query->exit);
	return arena_bytes(arena, query->err, strcspn(query->err, "\n"));
}

static void take_answer(const struct query *query, const struct purpose *purpose,
                        struct arena *arena)
{
	struct checked *checked = purpose->checked;

	if (query->exit != 0)
		checked->error = reason_of(query, arena);
	else if (!purpose->count)
		branches_read(&checked->branches, arena, query->out, query->length);
	else if (!branches_count(purpose->count, query->out))
		checked->error = "git gave no number of commits";
}

static int run_asking(struct asking *asking)
{
	struct arena *arena = asking->check->invocation->arena;
	int status = queries_run(asking->queries.items, asking->queries.count, LIMIT,
	                         arena);

	for (size_t i = 0; status == STATUS_OK && i < asking->queries.count; i++)
		take_answer(&asking->queries.items[i], &asking->purposes.items[i],
		            arena);
	return status;
}

/* The list of branches, and whether any commit is nowhere else at all. */
static int ask_first(struct check *check, size_t *totals)
{
	struct arena *arena = check->invocation->arena;
	struct asking asking = {.check = check};

	for (size_t i = 0; i < check->count; i++) {
		struct checked *checked = &check->items[i];
		struct strings list = {0}, total = {0}, head = {0};

		if (checked->summary->state != STATE_OK)
			continue;
		branches_words(&list, arena);
		ask(&asking, checked, &list, NULL);
		branches_count_all_words(&total, arena);
		ask(&asking, checked, &total, &totals[i]);
		if (checked->summary->branch || !checked->summary->head)
			continue;
		branches_count_head_words(&head, arena);
		ask(&asking, checked, &head, &checked->loose);
	}
	return run_asking(&asking);
}

/* Which branches have such commits; asked only where there are some. */
static int ask_branches(struct check *check, const size_t *totals)
{
	struct arena *arena = check->invocation->arena;
	struct asking asking = {.check = check};

	for (size_t i = 0; i < check->count; i++) {
		struct checked *checked = &check->items[i];

		checked->unpushed = arena_take(
			arena, checked->branches.count * sizeof *checked->unpushed);
		for (size_t j = 0; totals[i] && j < checked->branches.count; j++) {
			struct strings words = {0};

			branches_count_words(&words, arena,
			                     checked->branches.items[j].name);
			ask(&asking, checked, &words, &checked->unpushed[j]);
		}
	}
	return run_asking(&asking);
}

static int read_summaries(struct check *check)
{
	const unsigned wants = WANT_HEAD | WANT_FILES | WANT_STASH;
	struct arena *arena = check->invocation->arena;
	struct summary **summaries = arena_take(arena,
	                                        check->count * sizeof *summaries);
	struct repo **repos = arena_take(arena, check->count * sizeof *repos);
	int status;

	for (size_t i = 0; i < check->count; i++) {
		repos[i] = arena_take(arena, sizeof *repos[i]);
		*repos[i] = *check->items[i].repo;
	}
	status = survey_read(summaries, check->invocation, repos, check->count, wants);
	for (size_t i = 0; status == STATUS_OK && i < check->count; i++)
		check->items[i].summary = summaries[i];
	return status;
}

int check_read(struct check *check)
{
	size_t *totals = arena_take(check->invocation->arena,
	                            check->count * sizeof *totals);
	int status = read_summaries(check);

	if (status == STATUS_OK)
		status = ask_first(check, totals);
	if (status == STATUS_OK)
		status = ask_branches(check, totals);
	return status;
}
