/* What `repair` has lost, and the folders that may be it. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mounts.h"
#include "base/path.h"
#include "base/text.h"
#include "cli/disks.h"
#include "cli/out.h"
#include "cli/query.h"
#include "cli/sightings.h"
#include "cli/survey.h"
#include "discover.h"
#include "repair.h"

static bool probe_at(struct probe *out, const struct repair *repair,
                     const struct repo *repo)
{
	struct invocation *invocation = repair->invocation;
	struct strings flags = {0};
	struct error ignored;

	*out = (struct probe){.kind = REPO_NONE};
	if (!registry_flags(&flags, &invocation->registry, repo, &ignored) ||
	    !disks_respond_for_repo(invocation, repo->path, &flags))
		return false;
	probe_with_flags(out, invocation->arena, repo->path, &flags);
	return true;
}

const char *repair_real_path(const struct repair *repair, const char *path)
{
	return mounts_real(disks_mounts(repair->invocation), repair->invocation->arena,
	                   path);
}

/* One that is missing, or whose repository is; the others are known. What could not be
 * read is looked at once more, because it may be missing for all that is known. */
static void sort_repo(struct repair *repair, struct repo *repo,
                      const struct summary *summary, const struct seen *seen)
{
	struct arena *arena = repair->invocation->arena;
	struct lost lost = {.repo = repo,
	                    .place = repair_real_path(repair, repo->path),
	                    .sight = seen_find(seen, repo->path)};
	struct probe probe = {.missing = summary->state == STATE_MISSING};

	if (summary->state == STATE_OK)
		*ARENA_PUSH(arena, &repair->there) = repo;
	if (repo->superseded) {
		*ARENA_PUSH(arena, &repair->leftovers) = repo;
		return;
	}
	if (summary->state == STATE_TIMEOUT ||
	    (summary->state == STATE_BROKEN && !probe_at(&probe, repair, repo)) ||
	    probe.unreadable)
		*ARENA_PUSH(arena, &repair->unseen) = (struct unseen){repo, summary};
	lost.absent = probe.absent;
	lost.reason = probe.reason;
	if (probe.missing || probe.absent)
		*ARENA_PUSH(arena, &repair->lost) = lost;
	else
		strings_add(arena, &repair->known, lost.place);
}

int repair_find_lost(struct repair *repair)
{
	struct invocation *invocation = repair->invocation;
	struct arena *arena = invocation->arena;
	const struct repos *repos = &invocation->registry.repos;
	struct summary **summaries = arena_take(arena,
	                                        repos->count * sizeof *summaries);
	struct seen *seen = arena_take(arena, sizeof *seen);
	struct error err;
	int status = survey_read(summaries, invocation, repos->items, repos->count,
	                         WANT_HEAD);

	if (status != STATUS_OK)
		return status;
	if (!seen_load(seen, &invocation->home, arena, &err))
		say_warning("repair: %s; what was moved is not recognised", err.text);
	for (size_t i = 0; i < repos->count; i++)
		sort_repo(repair, repos->items[i], summaries[i], seen);
	sightings_update(invocation, repair->there.items, repair->there.count, true);
	return STATUS_OK;
}

enum repair_folder
repair_look_at_folder(const char **why, struct invocation *invocation, const char *path)
{
	*why = DISK_SILENT;
	if (!disks_respond(invocation, path))
		return FOLDER_UNSEEN;
	if (path_is_folder(path))
		return FOLDER_THERE;
	*why = "no such folder";
	if (errno == ENOENT || errno == ENOTDIR)
		return FOLDER_GONE;
	*why = arena_string(invocation->arena, strerror(errno));
	return FOLDER_UNSEEN;
}

/* Where a folder is, or was: the deepest one above it that exists. */
static const char *nearest_folder(struct invocation *invocation, const char *path)
{
	const char *why;

	while (strcmp(path, "/") != 0 &&
	       repair_look_at_folder(&why, invocation, path) != FOLDER_THERE)
		path = path_parent(invocation->arena, path);
	return path;
}

/* The whole disk is searched only on request. */
static void add_root(struct strings *roots, struct arena *arena, const char *path)
{
	if (strcmp(path, "/") != 0 && !strings_have(roots, path))
		strings_add(arena, roots, path);
}

static int read_roots(struct strings *roots, const struct repair *repair)
{
	struct arena *arena = repair->invocation->arena;
	const struct strings *given = &repair->invocation->args.operands;
	const char *home = getenv("HOME");

	for (size_t i = 0; i < given->count; i++) {
		const char *path = path_absolute(arena, given->items[i]), *why;

		if (repair_look_at_folder(&why, repair->invocation, path) !=
		    FOLDER_THERE)
			return say_failed("repair: '%s': %s", given->items[i], why);
		strings_add(arena, roots, path);
	}
	if (given->count)
		return STATUS_OK;
	if (home && *home == '/')
		add_root(roots, arena, path_absolute(arena, home));
	for (size_t i = 0; i < repair->lost.count; i++) {
		const struct lost *lost = &repair->lost.items[i];

		add_root(
			roots, arena,
			nearest_folder(repair->invocation,
		                       lost->absent ? lost->absent : lost->repo->path));
	}
	return STATUS_OK;
}

/* What it is cannot be told. */
static void pass_over(struct repair *repair, const char *path, const char *why)
{
	say_warning("repair: '%s' is passed over: %s", path, why);
	repair->partial = true;
}

/* The same, but false where that cannot be told, which is said. */
static bool probe_or_pass_over(struct probe *out, struct repair *repair,
                               const struct repo *repo)
{
	bool responds = probe_at(out, repair, repo);

	if (responds && !out->unreadable)
		return true;
	pass_over(repair, repo->path, responds ? out->reason : DISK_SILENT);
	return false;
}

static void add_common(struct repair *repair, const struct repo *repo)
{
	struct probe probe;
	const char *common;

	if (!probe_or_pass_over(&probe, repair, repo) || probe.kind == REPO_NONE)
		return;
	common = repair_real_path(repair, probe.common_folder);
	if (!strings_have(&repair->commons, common))
		strings_add(repair->invocation->arena, &repair->commons, common);
}

/* The git folders of what is registered, and of what was found. */
static void find_commons(struct repair *repair)
{
	for (size_t i = 0; i < repair->there.count; i++)
		add_common(repair, repair->there.items[i]);
	for (size_t i = 0; i < repair->candidates.count; i++)
		add_common(repair, &repair->candidates.items[i].repo);
}

static const char *git_folder_flag(struct arena *arena, const char *folder)
{
	BUF flag = {0};

	words_quote(&flag, arena_format(arena, "--git-dir=%s", folder));
	return arena_bytes(arena, buf_text(&flag), flag.length);
}

void repair_add_candidate(struct repair *repair, struct candidates *out,
                          const char *path)
{
	struct arena *arena = repair->invocation->arena;
	struct candidate candidate = {
		.repo = {.name = path, .path = path, .type = "", .flags = ""}};
	struct worktree_link *link = &candidate.link;
	struct probe probe;

	if (!probe_or_pass_over(&probe, repair, &candidate.repo))
		return;
	if (probe.kind == REPO_WORKTREE)
		worktree_link_of(link, arena, &probe);
	if (probe.absent && repair->commons.count == 0)
		find_commons(repair);
	if (probe.absent)
		candidate.cut_off = worktree_link_find(
			link, repair->invocation, &repair->commons, path, probe.absent);
	if (candidate.cut_off)
		candidate.repo.flags = git_folder_flag(arena, link->folder);
	if (link->unread)
		pass_over(repair, path, link->unread);
	else if (probe.absent && !candidate.cut_off)
		strings_add(arena, &repair->strays, path);
	else
		*ARENA_PUSH(arena, out) = candidate;
}

/* What is registered is no candidate; where one folder to search lies below
 * another, a path was found twice. */
static void add_candidates(struct repair *repair, const struct strings *paths)
{
	struct arena *arena = repair->invocation->arena;
	struct strings sorted = {0};

	for (size_t i = 0; i < paths->count; i++)
		strings_add(arena, &sorted, repair_real_path(repair, paths->items[i]));
	strings_sort(&sorted);
	for (size_t i = 0; i < sorted.count; i++) {
		const char *path = sorted.items[i];

		if (!strings_have(&repair->known, path) &&
		    (i == 0 || strcmp(path, sorted.items[i - 1]) != 0))
			repair_add_candidate(repair, &repair->candidates, path);
	}
}

/* Where the worktree is if it was inside the repository with that git folder and has
 * moved with it, whatever the repository was called; the search enters none. */
static void add_within(struct strings *out, struct repair *repair,
                       const struct lost *lost, const char *common)
{
	struct arena *arena = repair->invocation->arena;
	const char *top = path_parent(arena, common);

	for (const char *end = strchr(lost->place + 1, '/'); end;
	     end = strchr(end + 1, '/')) {
		const char *path = path_join(arena, top, end + 1);
		const struct repo repo = {.name = path, .path = path, .flags = ""};
		struct probe probe;

		if (probe_or_pass_over(&probe, repair, &repo) && probe.absent)
			strings_add(arena, out, path);
	}
}

static void find_within(struct strings *out, struct repair *repair)
{
	for (size_t i = 0; i < repair->lost.count; i++) {
		const struct lost *lost = &repair->lost.items[i];

		if (lost->absent || !lost->sight ||
		    strcmp(lost->sight->kind, probe_kind_name(REPO_WORKTREE)) != 0)
			continue;
		if (repair->commons.count == 0)
			find_commons(repair);
		for (size_t k = 0; k < repair->commons.count; k++)
			add_within(out, repair, lost, repair->commons.items[k]);
	}
}

/* The repositories first: those that are cut off belong to one of them. */
int repair_find_candidates(struct repair *repair)
{
	struct arena *arena = repair->invocation->arena;
	struct strings roots = {0}, paths = {0}, cut_off = {0};
	const struct discovery rules = {.bare = true, .cut_off = &cut_off};
	struct notes notes = {.arena = arena};
	int status = read_roots(&roots, repair);

	if (status != STATUS_OK)
		return status;
	for (size_t i = 0; i < roots.count; i++)
		discover(&paths, repair->invocation, roots.items[i], &rules, &notes);
	say_notes(&notes);
	repair->partial = notes.count > 0;
	for (size_t i = 0; i < repair->lost.count; i++) {
		if (repair->lost.items[i].absent)
			strings_add(arena, &cut_off, repair->lost.items[i].place);
	}
	add_candidates(repair, &paths);
	find_within(&cut_off, repair);
	add_candidates(repair, &cut_off);
	return STATUS_OK;
}

enum { LIMIT = 30 };

static int read_summaries(struct repair *repair, const struct candidates *candidates)
{
	struct arena *arena = repair->invocation->arena;
	size_t count = candidates->count;
	struct summary **summaries = arena_take(arena, count * sizeof *summaries);
	struct repo **repos = arena_take(arena, count * sizeof(struct repo *));
	int status;

	for (size_t i = 0; i < count; i++)
		repos[i] = &candidates->items[i].repo;
	status = survey_read(summaries, repair->invocation, repos, count,
	                     WANT_HEAD | WANT_REMOTE);
	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		candidates->items[i].summary = summaries[i];
		if (summaries[i]->state == STATE_OK ||
		    summaries[i]->state == STATE_MISSING)
			continue;
		pass_over(repair, repos[i]->path, summaries[i]->error);
	}
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

		/* Digits only: nothing in that file may become an option. */
		if (sight && *sight->commit &&
		    strspn(sight->commit, "0123456789abcdef") ==
		            strlen(sight->commit) &&
		    !strings_have(words, sight->commit))
			strings_add(arena, words, sight->commit);
	}
	return words->count > options;
}

static int ask_commits(struct repair *repair, const struct candidates *candidates)
{
	struct arena *arena = repair->invocation->arena;
	size_t count = candidates->count;
	struct query *queries = arena_take(arena, count * sizeof *queries);
	struct strings words = {0};
	int status;

	if (!add_commits(&words, repair))
		return STATUS_OK;
	for (size_t i = 0; i < count; i++) {
		query_in(&queries[i], &repair->invocation->registry,
		         &candidates->items[i].repo);
		for (size_t k = 0; k < words.count; k++)
			strings_add(arena, &queries[i].words, words.items[k]);
	}
	status = query_run(queries, count, LIMIT, arena);
	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		struct candidate *candidate = &candidates->items[i];

		if (queries[i].exit == 0)
			strings_split(arena, &candidate->commits, queries[i].out, "\n");
		else if (candidate->summary->state == STATE_OK)
			pass_over(repair, candidate->repo.path,
			          query_reason(&queries[i], arena));
	}
	return status;
}

int repair_read_candidates(struct repair *repair, const struct candidates *candidates)
{
	int status = read_summaries(repair, candidates);

	return status == STATUS_OK ? ask_commits(repair, candidates) : status;
}
