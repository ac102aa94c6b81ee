#include "check_read.h"

#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "cli/disks.h"
#include "cli/query.h"
#include "cli/survey.h"
#include "git/probe.h"

/* Seconds. A long history takes git a while, and a user who is about to
 * wipe a disk can wait. */
enum { QUERY_LIMIT = 120, SUBMODULES_LIMIT = 30, DEEPEST = 16 };

enum { WANTS = WANT_HEAD | WANT_FILES | WANT_STASH };

/* Queries to be run at once: where each answer goes. */
struct inquiry {
	struct check *check;
	struct {
		struct query *items;
		size_t count, room;
	} queries;
	struct {
		struct purpose {
			struct holdings *holdings;
			struct checked *checked; /* or NULL */
			const char *path;        /* of a place, or NULL */
		} * items;
		size_t count, room;
	} purposes;
};

/* Appends a query in the repo, with its flags; its words are to be added. */
static struct query *inquiry_add(struct inquiry *inquiry, const struct repo *repo,
                                 struct purpose purpose)
{
	struct arena *arena = inquiry->check->invocation->arena;
	struct query query = {0};

	query_in(&query, &inquiry->check->invocation->registry, repo);
	*ARENA_PUSH(arena, &inquiry->purposes) = purpose;
	*ARENA_PUSH(arena, &inquiry->queries) = query;
	return &inquiry->queries.items[inquiry->queries.count - 1];
}

/* Also for a folder that is no repo of the registry. */
static struct repo *repo_at(struct arena *arena, const char *path)
{
	struct repo *repo = arena_take(arena, sizeof *repo);

	*repo = (struct repo){.name = path, .path = path, .type = "", .flags = ""};
	return repo;
}

static const char *reason_of(const struct query *query, struct arena *arena)
{
	return query->late ? survey_late(arena, QUERY_LIMIT)
	                   : query_reason(query, arena);
}

static int inquiry_run(struct inquiry *inquiry)
{
	return query_run(inquiry->queries.items, inquiry->queries.count, QUERY_LIMIT,
	                 inquiry->check->invocation->arena);
}

/* `git config` ends with 1 where nothing matches: no answer, but no failure. */
static bool answered(const struct query *query, struct holdings *holdings,
                     struct arena *arena, int most)
{
	if (query->exit >= 0 && query->exit <= most)
		return true;
	if (!holdings->error)
		holdings->error = reason_of(query, arena);
	return false;
}

static int read_summaries(struct check *check)
{
	struct arena *arena = check->invocation->arena;
	struct summary **summaries = arena_take(arena,
	                                        check->count * sizeof *summaries);
	struct repo **repos = arena_take(arena, check->count * sizeof *repos);
	int status;

	for (size_t i = 0; i < check->count; i++) {
		repos[i] = arena_take(arena, sizeof *repos[i]);
		*repos[i] = *check->items[i].repo;
	}
	status = survey_read(summaries, check->invocation, repos, check->count, WANTS);
	for (size_t i = 0; status == STATUS_OK && i < check->count; i++)
		check->items[i].summary = summaries[i];
	return status;
}

/* The git folder whose main work tree is at `key`. */
static struct holdings *find_folder(const struct check *check, const char *key)
{
	for (size_t i = 0; i < check->folders.count; i++) {
		struct holdings *holdings = check->folders.items[i];

		if (holdings->worktrees.count > 0 &&
		    strcmp(holdings->worktrees.items[0].path, key) == 0)
			return holdings;
	}
	return NULL;
}

/* The repo joins those of its git folder, and reports for it if it is the main one. */
static void join_folder(struct check *check, struct checked *checked,
                        struct holdings *own)
{
	struct arena *arena = check->invocation->arena;
	struct holdings *shared = NULL;

	if (own->worktrees.count > 0)
		shared = find_folder(check, own->worktrees.items[0].path);
	checked->holdings = shared ? shared : own;
	if (!shared)
		*ARENA_PUSH(arena, &check->folders) = own;
	else if (checked->summary->kind != REPO_WORKTREE)
		shared->repo = checked->repo;
}

static int read_folders(struct check *check)
{
	struct arena *arena = check->invocation->arena;
	struct inquiry inquiry = {.check = check};
	int status;

	for (size_t i = 0; i < check->count; i++) {
		struct checked *checked = &check->items[i];
		struct holdings *own = arena_take(arena, sizeof *own);
		struct query *query;

		if (checked->summary->state != STATE_OK)
			continue;
		own->repo = checked->repo;
		query = inquiry_add(&inquiry, checked->repo,
		                    (struct purpose){own, checked, NULL});
		worktrees_words(&query->words, arena);
	}
	status = inquiry_run(&inquiry);
	for (size_t i = 0; status == STATUS_OK && i < inquiry.queries.count; i++) {
		const struct query *query = &inquiry.queries.items[i];
		struct purpose *purpose = &inquiry.purposes.items[i];

		if (answered(query, purpose->holdings, arena, 0))
			worktrees_parse(&purpose->holdings->worktrees, arena,
			                query->out, query->length);
		join_folder(check, purpose->checked, purpose->holdings);
	}
	return status;
}

/*
 * The roots of those checked repos that are linked worktrees, sorted. A repo that is
 * none is its git folder's main one, wherever its work tree is.
 */
static int read_roots(struct strings *out, struct check *check)
{
	struct arena *arena = check->invocation->arena;
	struct inquiry inquiry = {.check = check};
	int status;

	for (size_t i = 0; i < check->count; i++) {
		struct checked *checked = &check->items[i];
		struct query *query;

		if (!checked->holdings || checked->summary->kind != REPO_WORKTREE)
			continue;
		query = inquiry_add(&inquiry, checked->repo,
		                    (struct purpose){checked->holdings, checked, NULL});
		worktrees_root_words(&query->words, arena);
	}
	status = inquiry_run(&inquiry);
	for (size_t i = 0; status == STATUS_OK && i < inquiry.queries.count; i++) {
		const struct query *query = &inquiry.queries.items[i];

		if (answered(query, inquiry.purposes.items[i].holdings, arena, 0))
			strings_add(arena, out,
			            arena_bytes(arena, query->out,
			                        strcspn(query->out, "\n")));
	}
	strings_sort(out);
	return status;
}

static bool main_is_checked(const struct check *check, const struct holdings *holdings)
{
	for (size_t i = 0; i < check->count; i++) {
		if (check->items[i].holdings == holdings &&
		    check->items[i].summary->kind != REPO_WORKTREE)
			return true;
	}
	return false;
}

static void add_places(struct check *check, struct holdings *holdings,
                       const struct strings *roots)
{
	struct arena *arena = check->invocation->arena;
	bool first = true;

	for (size_t i = 0; i < holdings->worktrees.count; i++, first = false) {
		const struct worktree *worktree = &holdings->worktrees.items[i];

		if (worktree->bare || strings_have_sorted(roots, worktree->path) ||
		    (first && main_is_checked(check, holdings)))
			continue;
		ARENA_PUSH(arena, &holdings->places)->worktree = worktree;
	}
}

/* The work trees that are no repos of their own here. */
static int read_places(struct check *check)
{
	struct arena *arena = check->invocation->arena;
	struct {
		struct repo **items;
		size_t count, room;
	} repos = {0};
	struct summary **summaries;
	size_t next = 0;
	int status;

	for (size_t i = 0; i < check->folders.count; i++) {
		const struct holdings *holdings = check->folders.items[i];

		for (size_t j = 0; j < holdings->places.count; j++) {
			const struct worktree *worktree =
				holdings->places.items[j].worktree;

			if (!worktree->prunable)
				*ARENA_PUSH(arena, &repos) = repo_at(arena,
				                                     worktree->path);
		}
	}
	summaries = arena_take(arena, repos.count * sizeof *summaries);
	status = survey_read(summaries, check->invocation, repos.items, repos.count,
	                     WANTS);
	for (size_t i = 0; status == STATUS_OK && i < check->folders.count; i++) {
		const struct holdings *holdings = check->folders.items[i];

		for (size_t j = 0; j < holdings->places.count; j++) {
			struct place *place = &holdings->places.items[j];

			if (!place->worktree->prunable)
				place->summary = summaries[next++];
		}
	}
	return status;
}

int check_read_worktrees(struct check *check)
{
	struct strings roots = {0};
	int status = read_summaries(check);

	if (status == STATUS_OK)
		status = read_folders(check);
	if (status == STATUS_OK)
		status = read_roots(&roots, check);
	if (status != STATUS_OK)
		return status;
	for (size_t i = 0; i < check->folders.count; i++)
		add_places(check, check->folders.items[i], &roots);
	return read_places(check);
}

/* The commit of a HEAD that is on no branch. */
static const char *detached(const struct summary *summary)
{
	return summary && !summary->branch ? summary->head : NULL;
}

static void add_heads(struct check *check, struct holdings *holdings)
{
	struct arena *arena = check->invocation->arena;

	for (size_t i = 0; i < check->count; i++) {
		const struct checked *checked = &check->items[i];

		if (checked->holdings == holdings && detached(checked->summary))
			unpushed_add_head(&holdings->unpushed, arena,
			                  checked->repo->path,
			                  detached(checked->summary));
	}
	for (size_t i = 0; i < holdings->places.count; i++) {
		const struct place *place = &holdings->places.items[i];
		const struct worktree *worktree = place->worktree;
		const char *commit = detached(place->summary);

		if ((!place->summary || place->summary->state != STATE_OK) &&
		    !worktree->branch)
			commit = worktree->head;
		if (commit)
			unpushed_add_head(&holdings->unpushed, arena, worktree->path,
			                  commit);
	}
}

/* Runs it and has each answer, of which the exit status is `most` at most, parsed. */
static int inquiry_read(struct inquiry *inquiry, int most,
                        void (*parse)(struct unpushed *out, struct arena *arena,
                                      const char *text, size_t length))
{
	struct arena *arena = inquiry->check->invocation->arena;
	int status = inquiry_run(inquiry);

	for (size_t i = 0; status == STATUS_OK && i < inquiry->queries.count; i++) {
		const struct query *query = &inquiry->queries.items[i];
		struct holdings *holdings = inquiry->purposes.items[i].holdings;

		if (answered(query, holdings, arena, most))
			parse(&holdings->unpushed, arena, query->out, query->length);
	}
	return status;
}

static int read_settings(struct check *check)
{
	struct arena *arena = check->invocation->arena;
	struct inquiry inquiry = {.check = check};

	for (size_t i = 0; i < check->folders.count; i++) {
		struct holdings *holdings = check->folders.items[i];
		struct query *query = inquiry_add(
			&inquiry, holdings->repo,
			(struct purpose){holdings, NULL, NULL});

		unpushed_settings_words(&query->words, arena);
	}
	return inquiry_read(&inquiry, 1, unpushed_parse_settings);
}

/* Not of those where the fetch has failed, or had no remote to fetch from. */
static void ask_where_fetched(struct inquiry *inquiry, struct check *check)
{
	for (size_t i = 0; i < check->folders.count; i++) {
		struct holdings *holdings = check->folders.items[i];
		struct query *query;

		if (holdings->fetch_failed || holdings->unpushed.skips_remotes ||
		    holdings->unpushed.remotes.count == 0)
			continue;
		query = inquiry_add(inquiry, holdings->repo,
		                    (struct purpose){holdings, NULL, NULL});
		unpushed_fetched_words(&query->words, check->invocation->arena);
	}
}

/* A child reads the file: its disk may not respond. */
static int read_fetched(struct check *check)
{
	struct arena *arena = check->invocation->arena;
	struct inquiry places = {.check = check}, inquiry = {.check = check};
	int status;

	ask_where_fetched(&places, check);
	status = inquiry_run(&places);
	for (size_t i = 0; status == STATUS_OK && i < places.queries.count; i++) {
		const struct query *place = &places.queries.items[i];
		struct purpose purpose = places.purposes.items[i];
		struct query *query;

		if (!answered(place, purpose.holdings, arena, 0))
			continue;
		query = inquiry_add(&inquiry, place->repo, purpose);
		*query = (struct query){.repo = place->repo, .program = true};
		strings_add(arena, &query->words, "cat");
		strings_add(arena, &query->words,
		            path_join(arena, place->repo->path,
		                      arena_bytes(arena, place->out,
		                                  strcspn(place->out, "\n"))));
	}
	return status == STATUS_OK ? inquiry_read(&inquiry, 0, unpushed_parse_fetched)
	                           : status;
}

static void ask_references(struct inquiry *inquiry, struct holdings *holdings,
                           const struct repo *repo, const char *path)
{
	struct query *query = inquiry_add(inquiry, repo,
	                                  (struct purpose){holdings, NULL, path});

	unpushed_references_words(&query->words, inquiry->check->invocation->arena,
	                          path != NULL);
}

/* All references of each git folder; and of each further work tree its own. */
static int read_references(struct check *check)
{
	struct arena *arena = check->invocation->arena;
	struct inquiry inquiry = {.check = check};
	int status;

	for (size_t i = 0; i < check->folders.count; i++) {
		struct holdings *holdings = check->folders.items[i];

		ask_references(&inquiry, holdings, holdings->repo, NULL);
		for (size_t j = 0; j < holdings->places.count; j++) {
			const struct place *place = &holdings->places.items[j];
			const char *path = place->worktree->path;

			if (place->summary && place->summary->state == STATE_OK)
				ask_references(&inquiry, holdings, repo_at(arena, path),
				               path);
		}
	}
	for (size_t i = 0; i < check->count; i++) {
		const struct checked *checked = &check->items[i];

		if (checked->holdings && checked->holdings->repo != checked->repo)
			ask_references(&inquiry, checked->holdings, checked->repo,
			               checked->repo->path);
	}
	status = inquiry_run(&inquiry);
	for (size_t i = 0; status == STATUS_OK && i < inquiry.queries.count; i++) {
		const struct query *query = &inquiry.queries.items[i];
		const struct purpose *purpose = &inquiry.purposes.items[i];

		if (answered(query, purpose->holdings, arena, 0))
			unpushed_parse_references(&purpose->holdings->unpushed, arena,
			                          query->out, query->length,
			                          purpose->path);
	}
	return status;
}

static bool any_left(const struct unpushed *unpushed)
{
	for (size_t i = 0; i < unpushed->count; i++) {
		const struct holder *holder = &unpushed->items[i];

		if (holder->count > 0 || (!holder->commit && !holder->on_remote))
			return true;
	}
	return false;
}

/* Asks the remotes for what they have, where something seems to be on none. */
static int ask_remotes(struct check *check)
{
	struct arena *arena = check->invocation->arena;
	struct inquiry inquiry = {.check = check};
	int status;

	for (size_t i = 0; i < check->folders.count; i++) {
		struct holdings *holdings = check->folders.items[i];
		const struct strings *remotes = &holdings->unpushed.remotes;

		for (size_t j = 0; any_left(&holdings->unpushed) && j < remotes->count;
		     j++) {
			struct query *query = inquiry_add(
				&inquiry, holdings->repo,
				(struct purpose){holdings, NULL, NULL});

			query->network = true;
			unpushed_list_words(&query->words, arena, remotes->items[j]);
		}
	}
	status = inquiry_run(&inquiry);
	for (size_t i = 0; status == STATUS_OK && i < inquiry.queries.count; i++) {
		const struct query *query = &inquiry.queries.items[i];
		struct holdings *holdings = inquiry.purposes.items[i].holdings;

		/* That it does not answer, the fetch has shown. */
		if (query->exit == 0)
			unpushed_exclude(&holdings->unpushed, arena, query->out,
			                 query->length);
	}
	return status;
}

int check_read_commits(struct check *check, bool remotes)
{
	struct arena *arena = check->invocation->arena;
	struct inquiry inquiry = {.check = check};
	int status = read_settings(check);

	if (status == STATUS_OK && remotes)
		status = read_fetched(check);
	if (status == STATUS_OK)
		status = read_references(check);
	for (size_t i = 0; status == STATUS_OK && i < check->folders.count; i++) {
		struct holdings *holdings = check->folders.items[i];
		struct query *query;

		add_heads(check, holdings);
		if (holdings->error || !unpushed_suspects(&holdings->unpushed))
			continue;
		query = inquiry_add(&inquiry, holdings->repo,
		                    (struct purpose){holdings, NULL, NULL});
		unpushed_graph_words(&query->words, arena, &holdings->unpushed);
	}
	for (int round = 0; status == STATUS_OK && round < (remotes ? 2 : 1); round++) {
		status = round == 0 ? inquiry_run(&inquiry) : ask_remotes(check);
		for (size_t i = 0; status == STATUS_OK && i < inquiry.queries.count;
		     i++) {
			const struct query *query = &inquiry.queries.items[i];
			struct holdings *holdings = inquiry.purposes.items[i].holdings;

			if (answered(query, holdings, arena, 0))
				unpushed_count(&holdings->unpushed, arena, query->out,
				               query->length);
		}
	}
	return status;
}

/* As a repo of its own, NAME/PATH, without the flags of the superproject. */
static void add_submodule(struct check *check, const struct repo *outer,
                          const char *root, const char *path)
{
	struct arena *arena = check->invocation->arena;
	char *whole = path_absolute(arena, path_join(arena, root, path));
	struct repo *repo = arena_take(arena, sizeof *repo);
	const struct strings no_flags = {0};
	struct probe probe;

	/* .gitmodules is not trusted: no path out of the repository. A submodule that
	 * is not checked out has nothing to lose. */
	if (!path_is_below(whole, root))
		return;
	if (disks_respond_for_repo(check->invocation, whole, &no_flags)) {
		probe_path(&probe, arena, whole);
		if (probe.kind == REPO_NONE)
			return;
	}
	*repo = (struct repo){.name = arena_format(arena, "%s/%s", outer->name, path),
	                      .path = whole,
	                      .type = "",
	                      .flags = ""};
	ARENA_PUSH(arena, check)->repo = repo;
}

/* The root of the work tree, wherever flags or core.worktree put it: one query each. A
 * bare repository has none, and no submodules. */
static int find_roots(struct check *check, size_t first, size_t last,
                      const char **roots)
{
	struct arena *arena = check->invocation->arena;
	struct inquiry inquiry = {.check = check};
	int status;

	for (size_t i = first; i < last; i++) {
		struct query *query = inquiry_add(&inquiry, check->items[i].repo,
		                                  (struct purpose){0});

		worktrees_root_words(&query->words, arena);
	}
	status = inquiry_run(&inquiry);
	for (size_t i = 0; status == STATUS_OK && i < inquiry.queries.count; i++) {
		const struct query *query = &inquiry.queries.items[i];

		if (query->exit == 0)
			roots[i] = arena_bytes(arena, query->out,
			                       strcspn(query->out, "\n"));
	}
	return status;
}

/* The submodules of the repos from `first` to `last`; without .gitmodules git
 * answers with a failure, and there are none. */
static int add_level(struct check *check, size_t first, size_t last)
{
	struct arena *arena = check->invocation->arena;
	const char **roots = arena_take(arena, (last - first) * sizeof *roots);
	struct query *queries = arena_take(arena, (last - first) * sizeof *queries);
	size_t count = 0, next = 0;
	int status = find_roots(check, first, last, roots);

	for (size_t i = first; status == STATUS_OK && i < last; i++) {
		if (!roots[i - first])
			continue;
		queries[count].repo = repo_at(arena, roots[i - first]);
		submodules_words(&queries[count++].words, arena);
	}
	if (status == STATUS_OK)
		status = query_run(queries, count, SUBMODULES_LIMIT, arena);
	for (size_t i = first; status == STATUS_OK && i < last; i++) {
		const struct query *query;
		struct strings paths = {0};

		if (!roots[i - first])
			continue;
		query = &queries[next++];
		if (query->exit == 0)
			submodules_parse(&paths, arena, query->out, query->length);
		for (size_t j = 0; j < paths.count; j++)
			add_submodule(check, check->items[i].repo, roots[i - first],
			              paths.items[j]);
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
