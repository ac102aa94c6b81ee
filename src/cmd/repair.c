/*
 * `repair`: which missing repo is which folder now.
 *
 * A folder is recognised by a commit that the repo had and by the URL of its
 * remote (store/seen.h), and by its name where these are not enough. Nothing is
 * guessed: where two folders match equally well, neither is taken.
 *
 * A linked worktree and its repository are told where the other one is now, by
 * `git worktree repair`, whichever of them has moved.
 */
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
#include "cmd/commands.h"
#include "discover.h"
#include "git/summary.h"
#include "store/seen.h"
#include "worktree_link.h"

/* A repository that was found and is not registered. */
struct candidate {
	struct repo repo; /* its path; flags only where `cut_off` */
	bool cut_off; /* a linked worktree, read by way of the repository it belongs to,
	                 since that is not where it says */
	struct worktree_link link; /* nothing where it is no linked worktree */
	const struct summary *summary;
	struct strings commits; /* those of the missing repos that it has */
	bool taken;
};

struct candidates {
	struct candidate *items;
	size_t count;
	size_t room;
};

struct lost {
	struct repo *repo;
	const char *place;         /* its real path */
	const struct sight *sight; /* NULL: nothing is known of it */
	const char *absent; /* a linked worktree that is there, and not its repository:
	                       see struct probe; else NULL */
	const char *reason; /* that it has no repository, where it is there */
	struct candidate *found; /* NULL: none, or more than one */
	struct strings perhaps;  /* paths of those that might be it */
};

/* A group whose folder has moved with its repos. */
struct moved_group {
	const char *name;
	const char *from, *to;
};

/* A repository and those of its worktrees that do not find each other any more. */
struct parted {
	const char *common; /* its git folder */
	struct strings paths;
	const char *command;  /* what makes them find each other */
	const char *obstacle; /* why it is not run; or NULL */
};

struct repair {
	struct invocation *invocation;
	struct {
		struct lost *items;
		size_t count, room;
	} lost;
	struct {
		struct unseen {
			const struct repo *repo;
			const struct summary *summary; /* says why */
		} * items;
		size_t count, room;
	} unseen; /* repos that may be where they were or not */
	struct repos there;
	struct strings known; /* their real paths */
	struct candidates candidates;
	struct strings strays;  /* linked worktrees of which no repository is found */
	struct strings commons; /* git folders of all repositories that were found, for
	                           the worktrees that are cut off */
	struct {
		struct moved_group *items;
		size_t count, room;
	} groups;
	struct {
		struct parted *items;
		size_t count, room;
	} parted;
	bool still_parted;      /* some of them */
	struct repos leftovers; /* superseded by another row of the same name */
	bool partial;           /* what could not be read may be what is looked for */
};

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

static const char *real_path(const struct repair *repair, const char *path)
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
	                    .place = real_path(repair, repo->path),
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

/* The missing repos; the others are recorded anew. */
static int find_lost(struct repair *repair)
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

enum folder { FOLDER_THERE, FOLDER_GONE, FOLDER_UNSEEN };

/* `*why`: what is said of one that is not there, or cannot be looked at. */
static enum folder look_at_folder(const char **why, struct invocation *invocation,
                                  const char *path)
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
	       look_at_folder(&why, invocation, path) != FOLDER_THERE)
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

		if (look_at_folder(&why, repair->invocation, path) != FOLDER_THERE)
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
	common = real_path(repair, probe.common_folder);
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

/* A repository at the path, or a worktree whose repository is found; else it is a
 * stray, or nothing. */
static void add_candidate(struct repair *repair, struct candidates *out,
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
		strings_add(arena, &sorted, real_path(repair, paths->items[i]));
	strings_sort(&sorted);
	for (size_t i = 0; i < sorted.count; i++) {
		const char *path = sorted.items[i];

		if (!strings_have(&repair->known, path) &&
		    (i == 0 || strcmp(path, sorted.items[i - 1]) != 0))
			add_candidate(repair, &repair->candidates, path);
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
static int find_candidates(struct repair *repair)
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
		    strspn(sight->commit, "0123456789abcdef") == strlen(sight->commit))
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

/* Reads what distinguishes the candidates. */
static int read_candidates(struct repair *repair, const struct candidates *candidates)
{
	int status = read_summaries(repair, candidates);

	return status == STATUS_OK ? ask_commits(repair, candidates) : status;
}

/* How certain it is that a candidate is the lost repo. */
enum match {
	MATCH_NONE,
	MATCH_NAME,     /* the folder's name alone: no more than a hint */
	MATCH_LIKELY,   /* the commit or the remote, and the folder's name */
	MATCH_CERTAIN,  /* commit and remote */
	MATCH_HEAD,     /* and the commit is the last one there, too */
	MATCH_ALL,      /* commit, remote and the folder's name */
	MATCH_RECORDED, /* the lost one is where git looks for this worktree */
	MATCH_SAME,     /* it is the worktree itself, whose repository was lost */
};

static enum match match_of(const struct lost *lost, const struct candidate *candidate)
{
	const struct sight *sight = lost->sight;
	const char *remote = candidate->summary->remote;
	const char *head = candidate->summary->head;
	const char *kind = probe_kind_name(candidate->summary->kind);
	bool name = strcmp(path_base(lost->repo->path),
	                   path_base(candidate->repo.path)) == 0;
	bool commit, same;

	if (lost->absent)
		return strcmp(candidate->repo.path, lost->place) == 0 ? MATCH_SAME
		                                                      : MATCH_NONE;
	if (candidate->link.recorded &&
	    strcmp(candidate->link.recorded, lost->place) == 0)
		return MATCH_RECORDED;
	if (sight && strcmp(sight->kind, kind ? kind : "") != 0)
		return MATCH_NONE;
	if (!sight || (!*sight->commit && !*sight->remote))
		return name ? MATCH_NAME : MATCH_NONE;
	commit = *sight->commit && strings_have(&candidate->commits, sight->commit);
	same = strcmp(sight->remote, remote ? remote : "") == 0;
	if (commit && same && name)
		return MATCH_ALL;
	if (commit && same)
		return head && strcmp(head, sight->commit) == 0 ? MATCH_HEAD
		                                                : MATCH_CERTAIN;
	if (name && (commit || (same && remote)))
		return MATCH_LIKELY;
	return MATCH_NONE;
}

/* The only free candidate that matches so well, or NULL. */
static struct candidate *only_match(const struct repair *repair,
                                    const struct lost *lost, enum match match)
{
	struct candidate *only = NULL;

	for (size_t i = 0; i < repair->candidates.count; i++) {
		struct candidate *candidate = &repair->candidates.items[i];

		if (candidate->taken || match_of(lost, candidate) != match)
			continue;
		if (only)
			return NULL;
		only = candidate;
	}
	return only;
}

/* Whether another lost repo matches the candidate as well. */
static bool is_contested(const struct repair *repair, const struct lost *lost,
                         const struct candidate *candidate, enum match match)
{
	for (size_t i = 0; i < repair->lost.count; i++) {
		const struct lost *other = &repair->lost.items[i];

		if (other != lost && !other->found &&
		    match_of(other, candidate) == match)
			return true;
	}
	return false;
}

static void add_hints(const struct repair *repair, struct lost *lost)
{
	for (size_t i = 0; i < repair->candidates.count; i++) {
		const struct candidate *candidate = &repair->candidates.items[i];

		if (!candidate->taken && match_of(lost, candidate) != MATCH_NONE)
			strings_add(repair->invocation->arena, &lost->perhaps,
			            candidate->repo.path);
	}
	for (size_t i = 0; i < repair->strays.count && !lost->absent; i++) {
		const char *stray = repair->strays.items[i];

		if (strcmp(path_base(stray), path_base(lost->repo->path)) == 0)
			strings_add(repair->invocation->arena, &lost->perhaps, stray);
	}
}

/* The most certain matches first; each leaves fewer candidates for the others. While
 * something could not be read, the only one that matches need not be the best. */
static void repair_match(struct repair *repair)
{
	enum match enough = repair->partial ? MATCH_ALL : MATCH_LIKELY;

	for (int match = MATCH_SAME; match >= (int)enough; match--) {
		for (size_t i = 0; i < repair->lost.count; i++) {
			struct lost *lost = &repair->lost.items[i];
			struct candidate *only = NULL;

			if (!lost->found)
				only = only_match(repair, lost, (enum match)match);
			if (!only ||
			    is_contested(repair, lost, only, (enum match)match))
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

/* Where a repo would be that was in the folder of one that has moved: submodules,
 * above all, which the search for candidates does not enter. NULL: nowhere. */
static const char *place_inside(const struct repair *repair, const struct lost *lost)
{
	struct arena *arena = repair->invocation->arena;
	const struct lost *outer = NULL;

	for (size_t i = 0; i < repair->lost.count; i++) {
		const struct lost *other = &repair->lost.items[i];

		if (other != lost && other->found &&
		    path_is_below(lost->repo->path, other->repo->path) &&
		    (!outer || path_is_below(other->repo->path, outer->repo->path)))
			outer = other;
	}
	if (!outer)
		return NULL;
	return path_join(arena, outer->found->repo.path,
	                 path_relative(arena, lost->repo->path, outer->repo->path));
}

/* One level; `*more` says whether anything was found in which others may be. */
static int find_inside(struct repair *repair, bool *more)
{
	struct arena *arena = repair->invocation->arena;
	struct candidates candidates = {0};
	struct strings places = {0};
	struct lost **owners = arena_take(arena, repair->lost.count * sizeof *owners);
	int status;

	for (size_t i = 0; i < repair->lost.count; i++) {
		struct lost *lost = &repair->lost.items[i];
		const char *place = lost->found ? NULL : place_inside(repair, lost);

		if (!place || strings_have(&repair->known, place) ||
		    strings_have(&places, place))
			continue;
		strings_add(arena, &places, place);
		owners[candidates.count] = lost;
		add_candidate(repair, &candidates, place);
	}
	status = read_candidates(repair, &candidates);
	*more = false;
	for (size_t i = 0; status == STATUS_OK && i < candidates.count; i++) {
		struct candidate *candidate = &candidates.items[i];

		if (candidate->summary->state != STATE_OK ||
		    match_of(owners[i], candidate) == MATCH_NONE)
			continue;
		owners[i]->found = candidate;
		owners[i]->perhaps = (struct strings){0};
		*more = true;
	}
	return status;
}

static int find_all_inside(struct repair *repair)
{
	bool more = true;
	int status = STATUS_OK;

	while (more && status == STATUS_OK)
		status = find_inside(repair, &more);
	return status;
}

/* Where the group's folder is if the repo below it has kept its place in it; NULL
 * where it says nothing. */
static const char *folder_after(struct arena *arena, const char *folder,
                                const struct lost *lost)
{
	const char *from = lost->repo->path, *to, *inside;
	size_t length;

	if (!lost->found)
		return NULL;
	to = lost->found->repo.path;
	if (path_is_below(folder, from))
		return path_absolute(
			arena,
			path_join(arena, to, path_relative(arena, folder, from)));
	if (!path_is_below(from, folder))
		return NULL;
	inside = from + strlen(folder);
	length = strlen(to) - strlen(inside);
	if (strlen(to) <= strlen(inside) || strcmp(to + length, inside) != 0)
		return NULL;
	return arena_bytes(arena, to, length);
}

/* Where all repos from the group's folder have moved to; NULL: not to one place. */
static const char *place_of_group(const struct repair *repair,
                                  const struct group *group)
{
	const char *place = NULL;

	for (size_t i = 0; *group->path && i < repair->lost.count; i++) {
		const char *next = folder_after(repair->invocation->arena, group->path,
		                                &repair->lost.items[i]);

		if (next && place && strcmp(next, place) != 0)
			return NULL;
		place = next ? next : place;
	}
	return place;
}

/* A group's folder that is gone is there now. While it cannot be told whether it is,
 * nothing may be changed: once its repos are found there is no trace of it. */
static int find_groups(struct repair *repair)
{
	struct invocation *invocation = repair->invocation;
	const struct groups *groups = &invocation->registry.groups;

	for (size_t i = 0; i < groups->count; i++) {
		const struct group *group = groups->items[i];
		const char *to = place_of_group(repair, group), *why;
		enum folder old = to ? look_at_folder(&why, invocation, group->path)
		                     : FOLDER_THERE;
		enum folder new = old == FOLDER_GONE
		                          ? look_at_folder(&why, invocation, to)
		                          : FOLDER_GONE;

		if (old == FOLDER_UNSEEN || new == FOLDER_UNSEEN)
			return say_failed("repair: the folder of the group '%s' cannot "
			                  "be looked at, so nothing was changed: '%s': "
			                  "%s",
			                  group->name,
			                  old == FOLDER_UNSEEN ? group->path : to, why);
		if (new == FOLDER_THERE)
			*ARENA_PUSH(invocation->arena,
			            &repair->groups) = (struct moved_group){
				.name = group->name, .from = group->path, .to = to};
	}
	return STATUS_OK;
}

/* Of two rows of one name the one whose path is gone; what only it says stays. */
static void forget_leftovers(struct registry *registry, const struct repos *leftovers)
{
	for (size_t i = 0; i < leftovers->count; i++) {
		const struct repo *leftover = leftovers->items[i];
		struct repo *valid = registry_repo(registry, leftover->name);
		struct repo *row = registry_repo_at(registry, leftover->path);

		if (!valid || !row || !row->superseded ||
		    strcmp(row->name, leftover->name) != 0)
			continue;
		if (*row->flags && !*valid->flags)
			registry_set_flags(registry, valid, row->flags);
		registry_remove_repo(registry, row);
	}
}

static bool any_found(const struct repair *repair)
{
	for (size_t i = 0; i < repair->lost.count; i++) {
		if (repair->lost.items[i].found)
			return true;
	}
	return false;
}

/* Ahead of the repos: while those are missing, `repair` finds the folders again. */
static bool move_groups(const struct repair *repair, struct error *err)
{
	struct registry *registry = &repair->invocation->registry;

	for (size_t i = 0; i < repair->groups.count; i++) {
		const struct moved_group *moved = &repair->groups.items[i];
		struct group *group = registry_group(registry, moved->name);

		if (group && strcmp(group->path, moved->from) == 0)
			registry_set_group_path(registry, group, moved->to);
	}
	return registry_commit(registry, err);
}

/* Returns their number. */
static size_t move_repos(struct repo **out, const struct repair *repair)
{
	struct registry *registry = &repair->invocation->registry;
	size_t moved = 0;

	for (size_t i = 0; i < repair->lost.count; i++) {
		const struct lost *lost = &repair->lost.items[i];
		struct repo *repo = registry_repo(registry, lost->repo->name);

		if (!lost->found || lost->absent || !repo ||
		    strcmp(repo->path, lost->repo->path) != 0)
			continue;
		registry_set_path(registry, repo, lost->found->repo.path);
		out[moved++] = repo;
	}
	return moved;
}

/* Whether git has to be told where the two are now. */
static bool is_parted(const struct candidate *worktree)
{
	const struct worktree_link *link = &worktree->link;

	return link->common && (worktree->cut_off || !link->recorded ||
	                        strcmp(link->recorded, worktree->repo.path) != 0);
}

static struct parted *parted_of(struct repair *repair, const char *common)
{
	struct parted *parted;

	for (size_t i = 0; i < repair->parted.count; i++) {
		parted = &repair->parted.items[i];
		if (strcmp(parted->common, common) == 0)
			return parted;
	}
	parted = ARENA_PUSH(repair->invocation->arena, &repair->parted);
	parted->common = common;
	return parted;
}

static void find_parted(struct repair *repair)
{
	struct arena *arena = repair->invocation->arena;

	for (size_t i = 0; i < repair->lost.count; i++) {
		const struct candidate *found = repair->lost.items[i].found;

		if (found && is_parted(found))
			strings_add(arena,
			            &parted_of(repair,
			                       real_path(repair, found->link.common))
			                     ->paths,
			            found->repo.path);
	}
	for (size_t i = 0; i < repair->parted.count; i++) {
		struct parted *parted = &repair->parted.items[i];
		struct strings words = {0};
		BUF line = {0};

		strings_add(arena, &words, "git");
		worktree_link_words(&words, arena, parted->common, &parted->paths);
		words_join(&line, &words);
		parted->command = arena_bytes(arena, buf_text(&line), line.length);
		parted->obstacle = worktree_link_obstacle(repair->invocation,
		                                          parted->common);
		repair->still_parted |= parted->obstacle != NULL;
	}
}

/* Seconds that git may take to write a few small files. */
enum { JOIN_LIMIT = 60 };

/* Has git run. A repository at a time is done by one git: two at once would meet each
 * other's half-written files. */
static void join_parted(struct repair *repair)
{
	static const struct repo anywhere = {.name = "", .path = "/"};
	struct arena *arena = repair->invocation->arena;
	size_t count = 0;
	struct query *queries = arena_take(arena,
	                                   repair->parted.count * sizeof *queries);
	const struct parted **asked = arena_take(arena,
	                                         repair->parted.count * sizeof *asked);

	for (size_t i = 0; i < repair->parted.count; i++) {
		const struct parted *parted = &repair->parted.items[i];

		if (parted->obstacle)
			continue;
		asked[count] = parted;
		/* The environment of what may write. */
		queries[count] = (struct query){.repo = &anywhere, .network = true};
		worktree_link_words(&queries[count++].words, arena, parted->common,
		                    &parted->paths);
	}
	if (query_run(queries, count, JOIN_LIMIT, arena) != STATUS_OK)
		repair->still_parted = true;
	for (size_t i = 0; i < count; i++) {
		struct answer answer;

		if (queries[i].exit == 0)
			continue;
		answer = query_answer(&queries[i]);
		say_failed("repair: '%s': %s", asked[i]->command,
		           queries[i].late ? query_reason(&queries[i], arena)
		                           : ask_reason(&answer, arena));
		repair->still_parted = true;
	}
}

/* The registry may have changed while we searched: what was changed stays. It is first,
 * because a worktree that is registered where it is will be found again. */
static int apply(struct repair *repair)
{
	struct invocation *invocation = repair->invocation;
	struct repo **repos = arena_take(invocation->arena,
	                                 repair->lost.count * sizeof(struct repo *));
	int status = invocation_change(invocation);
	struct error err;
	size_t moved;

	if (status != STATUS_OK)
		return status;
	if (!move_groups(repair, &err)) {
		registry_end(&invocation->registry);
		return say_failed("%s", err.text);
	}
	moved = move_repos(repos, repair);
	forget_leftovers(&invocation->registry, &repair->leftovers);
	status = invocation_commit(invocation);
	if (status != STATUS_OK)
		return status;
	join_parted(repair);
	sightings_update(invocation, repos, moved, true);
	return STATUS_OK;
}

static void print_lost(const struct lost *lost, struct arena *arena)
{
	const char *name = text_escape(arena, lost->repo->name);
	const char *path = text_escape(arena, lost->repo->path);

	if (lost->absent) {
		if (!lost->found)
			out_format("%s: broken: %s\n", name,
			           text_escape(arena, lost->reason));
		return;
	}
	if (lost->found) {
		out_format("%s: %s -> %s\n", name, path,
		           text_escape(arena, lost->found->repo.path));
		return;
	}
	out_format("%s: gone: %s\n", name, path);
	for (size_t i = 0; i < lost->perhaps.count; i++)
		out_format("%s: perhaps %s\n", name,
		           text_escape(arena, lost->perhaps.items[i]));
}

static void print_moves(const struct repair *repair)
{
	struct arena *arena = repair->invocation->arena;

	for (size_t i = 0; i < repair->lost.count; i++)
		print_lost(&repair->lost.items[i], arena);
	for (size_t i = 0; i < repair->unseen.count; i++) {
		const struct unseen *unseen = &repair->unseen.items[i];

		out_format("%s: %s: %s\n", text_escape(arena, unseen->repo->name),
		           state_name(unseen->summary->state),
		           text_escape(arena, unseen->summary->error));
	}
	for (size_t i = 0; i < repair->leftovers.count; i++) {
		const struct repo *repo = repair->leftovers.items[i];

		out_format("%s: forgotten: %s\n", text_escape(arena, repo->name),
		           text_escape(arena, repo->path));
	}
	for (size_t i = 0; i < repair->groups.count; i++) {
		const struct moved_group *group = &repair->groups.items[i];

		out_format("group %s: %s -> %s\n", text_escape(arena, group->name),
		           text_escape(arena, group->from),
		           text_escape(arena, group->to));
	}
	for (size_t i = 0; i < repair->parted.count; i++) {
		const struct parted *parted = &repair->parted.items[i];

		if (parted->obstacle)
			say_failed("repair: '%s' was not run: %s", parted->command,
			           parted->obstacle);
		else
			out_format("%s\n", text_escape(arena, parted->command));
	}
}

/* What there was to be found, and what was not. */
static int print(const struct repair *repair)
{
	size_t missing = 0, gone = 0;
	bool broken = false;

	print_moves(repair);
	for (size_t i = 0; i < repair->lost.count; i++) {
		const struct lost *lost = &repair->lost.items[i];

		missing += !lost->absent;
		gone += !lost->absent && !lost->found;
		broken |= lost->absent && !lost->found;
	}
	if (!repair->lost.count && !repair->leftovers.count && !repair->unseen.count)
		say("repair: no repo is missing");
	if (gone)
		say("repair: %zu of %zu missing repos not found; 'gita rm NAME' "
		    "forgets one",
		    gone, missing);
	if (broken)
		say("repair: not each worktree's repository was found; 'gita repair "
		    "DIR' searches in DIR");
	if (repair->unseen.count)
		say("repair: not all repos could be looked at");
	return gone || broken || repair->unseen.count || repair->still_parted
	               ? STATUS_FAILED
	               : STATUS_OK;
}

static int run_repair(struct invocation *invocation)
{
	struct repair repair = {.invocation = invocation};
	int status = invocation_registry(invocation);

	if (status == STATUS_OK)
		status = find_lost(&repair);
	if (status == STATUS_OK && repair.lost.count) {
		status = find_candidates(&repair);
		if (status == STATUS_OK)
			status = read_candidates(&repair, &repair.candidates);
		if (status != STATUS_OK)
			return status;
		repair_match(&repair);
		status = find_all_inside(&repair);
		if (status != STATUS_OK)
			return status;
		status = find_groups(&repair);
		find_parted(&repair);
	}
	if (status == STATUS_OK && (any_found(&repair) || repair.leftovers.count) &&
	    !args_has(&invocation->args, "dry-run"))
		status = apply(&repair);
	return status == STATUS_OK ? print(&repair) : status;
}

static const struct option_row options[] = {
	{.letter = 'n', .name = "dry-run", .help = "show what would be changed"},
	{0},
};

static const struct operand_row operands[] = {
	{.kind = KIND_FOLDER, .name = "DIR", .repeats = true},
	{0},
};

static const char about[] =
	"Searches for missing repos below each DIR (default: your home folder and\n"
	"where the repos were) and updates their paths. A repo is recognised by a\n"
	"commit it had and by its remote, as recorded by 'add' and 'll'; submodules\n"
	"and group folders move along. Linked worktrees and repositories that have\n"
	"lost each other are brought together by 'git worktree repair'. Repos that\n"
	"are not found, or match more than one folder, are listed: exit status 1.";

static const char *const examples[] = {
	"gita repair",
	"find repos that were moved",
	"gita repair -n /mnt/disk",
	"search there, change nothing",
	NULL,
};

const struct command command_repair = {
	.name = "repair",
	.synonyms = "relocate",
	.summary = "find repos that were moved",
	.about = about,
	.options = options,
	.operands = operands,
	.examples = examples,
	.run = run_repair,
};
