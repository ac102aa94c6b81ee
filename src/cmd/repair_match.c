#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "cli/queries.h"
#include "cli/survey.h"
#include "repair.h"

enum { LIMIT = 30 };

static int read_summaries(struct repair *repair)
{
	struct arena *arena = repair->invocation->arena;
	size_t count = repair->candidates.count;
	struct summary **summaries = arena_take(arena, count * sizeof *summaries);
	struct repo **repos = arena_take(arena, count * sizeof(struct repo *));
	int status;

	for (size_t i = 0; i < count; i++)
		repos[i] = &repair->candidates.items[i].repo;
	status = survey_read(summaries, repair->invocation, repos, count,
	                     WANT_HEAD | WANT_REMOTE);
	for (size_t i = 0; status == STATUS_OK && i < count; i++)
		repair->candidates.items[i].summary = summaries[i];
	return status;
}

/* git prints those of the commits that a repository has, whether or not a branch
 * still leads to them. */
static bool add_commits(struct strings *words, const struct repair *repair)
{
	struct arena *arena = repair->invocation->arena;
	size_t options;

	strings_add(arena, words, "rev-list");
	strings_add(arena, words, "--no-walk");
	strings_add(arena, words, "--ignore-missing");
	options = words->count;
	for (size_t i = 0; i < repair->lost.count; i++) {
		const struct sight *sight = repair->lost.items[i].sight;

		/* Digits only: the file is no place to smuggle an option in. */
		if (sight && *sight->commit &&
		    strspn(sight->commit, "0123456789abcdef") == strlen(sight->commit))
			strings_add(arena, words, sight->commit);
	}
	return words->count > options;
}

static int ask_commits(struct repair *repair)
{
	struct arena *arena = repair->invocation->arena;
	size_t count = repair->candidates.count;
	struct query *queries = arena_take(arena, count * sizeof *queries);
	struct strings words = {0};
	int status;

	if (!add_commits(&words, repair))
		return STATUS_OK;
	for (size_t i = 0; i < count; i++)
		queries[i] = (struct query){.repo = &repair->candidates.items[i].repo,
		                            .words = words};
	status = queries_run(queries, count, LIMIT, arena);
	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		if (queries[i].exit == 0)
			strings_split(arena, &repair->candidates.items[i].commits,
			              queries[i].out, "\n");
	}
	return status;
}

int repair_look(struct repair *repair)
{
	int status = read_summaries(repair);

	return status == STATUS_OK ? ask_commits(repair) : status;
}

/* How sure it is that a candidate is the lost repo. */
enum fit {
	FIT_NONE,
	FIT_NAME,   /* the folder's name alone: no more than a hint */
	FIT_LIKELY, /* the commit or the remote, and the folder's name */
	FIT_SURE,   /* commit and remote */
	FIT_HEAD,   /* and the commit is the last one there, too */
	FIT_ALL,    /* commit, remote and the folder's name */
};

static enum fit fit_of(const struct lost *lost, const struct candidate *candidate)
{
	const struct sight *sight = lost->sight;
	const char *remote = candidate->summary->remote;
	const char *head = candidate->summary->head;
	const char *kind = probe_kind_name(candidate->summary->kind);
	bool name = strcmp(path_base(lost->repo->path),
	                   path_base(candidate->repo.path)) == 0;
	bool commit, same;

	if (sight && strcmp(sight->kind, kind ? kind : "") != 0)
		return FIT_NONE;
	if (!sight || (!*sight->commit && !*sight->remote))
		return name ? FIT_NAME : FIT_NONE;
	commit = *sight->commit && strings_have(&candidate->commits, sight->commit);
	same = strcmp(sight->remote, remote ? remote : "") == 0;
	if (commit && same && name)
		return FIT_ALL;
	if (commit && same)
		return head && strcmp(head, sight->commit) == 0 ? FIT_HEAD : FIT_SURE;
	if (name && (commit || (same && remote)))
		return FIT_LIKELY;
	return FIT_NONE;
}

/* The one free candidate that fits so well, or NULL for none or several. */
static struct candidate *only_fit(const struct repair *repair, const struct lost *lost,
                                  enum fit fit)
{
	struct candidate *only = NULL;

	for (size_t i = 0; i < repair->candidates.count; i++) {
		struct candidate *candidate = &repair->candidates.items[i];

		if (candidate->taken || fit_of(lost, candidate) != fit)
			continue;
		if (only)
			return NULL;
		only = candidate;
	}
	return only;
}

/* Whether another lost repo lays the same claim to the candidate. */
static bool is_contested(const struct repair *repair, const struct lost *lost,
                         const struct candidate *candidate, enum fit fit)
{
	for (size_t i = 0; i < repair->lost.count; i++) {
		const struct lost *other = &repair->lost.items[i];

		if (other != lost && !other->found && fit_of(other, candidate) == fit)
			return true;
	}
	return false;
}

static void add_hints(const struct repair *repair, struct lost *lost)
{
	for (size_t i = 0; i < repair->candidates.count; i++) {
		const struct candidate *candidate = &repair->candidates.items[i];

		if (!candidate->taken && fit_of(lost, candidate) != FIT_NONE)
			strings_add(repair->invocation->arena, &lost->perhaps,
			            candidate->repo.path);
	}
}

/* The surest matches first; each leaves fewer candidates for the others. */
void repair_match(struct repair *repair)
{
	for (int fit = FIT_ALL; fit > FIT_NAME; fit--) {
		for (size_t i = 0; i < repair->lost.count; i++) {
			struct lost *lost = &repair->lost.items[i];
			struct candidate *only = NULL;

			if (!lost->found)
				only = only_fit(repair, lost, (enum fit)fit);
			if (!only || is_contested(repair, lost, only, (enum fit)fit))
				continue;
			only->taken = true;
			lost->found = only;
		}
	}
	for (size_t i = 0; i < repair->lost.count; i++) {
		if (!repair->lost.items[i].found)
			add_hints(repair, &repair->lost.items[i]);
	}
}
