#include "check_read.h"

#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "cli/query.h"
#include "cli/survey.h"
#include "git/probe.h"

/* Seconds. A long history takes git a while, and whoever is about to wipe a disk
 * can wait. */
enum { BRANCHES_LIMIT = 120, SUBMODULES_LIMIT = 30, DEEPEST = 16 };

/* Queries to be run: whose each is, and where its answer goes. */
struct inquiry {
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

static void inquiry_add(struct inquiry *inquiry, struct checked *checked,
                        const struct strings *words, size_t *count)
{
	struct arena *arena = inquiry->check->invocation->arena;
	struct query query = {.repo = checked->repo};
	struct error err;

	/* Where flags do not parse the summary is broken. */
	registry_flags(&query.words, &inquiry->check->invocation->registry,
	               checked->repo, &err);
	for (size_t i = 0; i < words->count; i++)
		strings_add(arena, &query.words, words->items[i]);
	*ARENA_PUSH(arena, &inquiry->queries) = query;
	*ARENA_PUSH(arena, &inquiry->purposes) = (struct purpose){checked, count};
}

static const char *reason_of(const struct query *query, struct arena *arena)
{
	if (query->late)
		return arena_format(arena, "no answer within %d s", BRANCHES_LIMIT);
	if (query->exit >= 0 && !*query->err)
		return arena_format(arena, "git ended with exit status %d",
		                    query->exit);
	return arena_bytes(arena, query->err, strcspn(query->err, "\n"));
}

static void read_answer(const struct query *query, const struct purpose *purpose,
                        struct arena *arena)
{
	struct checked *checked = purpose->checked;

	if (query->exit != 0)
		checked->error = reason_of(query, arena);
	else if (!purpose->count)
		branches_read(&checked->branches, arena, query->out, query->length);
	else if (!branches_count(purpose->count, query->out))
		checked->error = "unexpected output of git rev-list";
}

static int inquiry_run(struct inquiry *inquiry)
{
	struct arena *arena = inquiry->check->invocation->arena;
	int status = queries_run(inquiry->queries.items, inquiry->queries.count,
	                         BRANCHES_LIMIT, arena);

	for (size_t i = 0; status == STATUS_OK && i < inquiry->queries.count; i++)
		read_answer(&inquiry->queries.items[i], &inquiry->purposes.items[i],
		            arena);
	return status;
}

/* The list of branches, and whether any commit is nowhere else at all. */
static int ask_first(struct check *check, size_t *totals)
{
	struct arena *arena = check->invocation->arena;
	struct inquiry inquiry = {.check = check};

	for (size_t i = 0; i < check->count; i++) {
		struct checked *checked = &check->items[i];
		struct strings list = {0}, total = {0}, head = {0};

		if (checked->summary->state != STATE_OK)
			continue;
		branches_words(&list, arena);
		inquiry_add(&inquiry, checked, &list, NULL);
		branches_count_all_words(&total, arena);
		inquiry_add(&inquiry, checked, &total, &totals[i]);
		if (checked->summary->branch || !checked->summary->head)
			continue;
		branches_count_head_words(&head, arena);
		inquiry_add(&inquiry, checked, &head, &checked->loose);
	}
	return inquiry_run(&inquiry);
}

/* Which branches have such commits; asked only where there are some. */
static int ask_branches(struct check *check, const size_t *totals)
{
	struct arena *arena = check->invocation->arena;
	struct inquiry inquiry = {.check = check};

	for (size_t i = 0; i < check->count; i++) {
		struct checked *checked = &check->items[i];

		checked->unpushed = arena_take(
			arena, checked->branches.count * sizeof *checked->unpushed);
		for (size_t j = 0; totals[i] && j < checked->branches.count; j++) {
			struct strings words = {0};

			branches_count_words(&words, arena,
			                     checked->branches.items[j].name);
			inquiry_add(&inquiry, checked, &words, &checked->unpushed[j]);
		}
	}
	return inquiry_run(&inquiry);
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

/* As a repo of its own, NAME/PATH, without the flags of the superproject. */
static void add_submodule(struct check *check, const struct repo *outer,
                          const char *path)
{
	struct arena *arena = check->invocation->arena;
	char *whole = path_absolute(arena, path_join(arena, outer->path, path));
	struct repo *repo = arena_take(arena, sizeof *repo);
	struct probe probe = {0};

	/* .gitmodules is not trusted: no path out of the repository. A submodule that
	 * is not checked out has nothing to lose. */
	if (!path_is_below(whole, outer->path))
		return;
	probe_path(&probe, arena, whole);
	if (probe.kind == REPO_NONE)
		return;
	*repo = (struct repo){.name = arena_format(arena, "%s/%s", outer->name, path),
	                      .path = whole,
	                      .type = "",
	                      .flags = ""};
	ARENA_PUSH(arena, check)->repo = repo;
}

/* The submodules of the repos from `first` to `last`; without .gitmodules git
 * answers with a failure, and there are none. */
static int add_level(struct check *check, size_t first, size_t last)
{
	struct arena *arena = check->invocation->arena;
	struct query *queries = arena_take(arena, (last - first) * sizeof *queries);
	int status;

	for (size_t i = first; i < last; i++) {
		queries[i - first].repo = check->items[i].repo;
		submodules_words(&queries[i - first].words, arena);
	}
	status = queries_run(queries, last - first, SUBMODULES_LIMIT, arena);
	for (size_t i = first; status == STATUS_OK && i < last; i++) {
		const struct query *query = &queries[i - first];
		struct strings paths = {0};

		if (query->exit == 0)
			submodules_read(&paths, arena, query->out, query->length);
		for (size_t j = 0; j < paths.count; j++)
			add_submodule(check, query->repo, paths.items[j]);
	}
	return status;
}

int check_add_submodules(struct check *check)
{
	size_t first = 0;
	int status = STATUS_OK;

	for (int level = 0; level < DEEPEST && status == STATUS_OK; level++) {
		size_t last = check->count;

		if (first == last)
			break;
		status = add_level(check, first, last);
		first = last;
	}
	return status;
}
