/* Which folder is which lost repo, and where group folders are. */
#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "cli/out.h"
#include "repair.h"

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
void repair_match(struct repair *repair)
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
		repair_add_candidate(repair, &candidates, place);
	}
	status = repair_read_candidates(repair, &candidates);
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

int repair_find_inside(struct repair *repair)
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

int repair_find_groups(struct repair *repair)
{
	struct invocation *invocation = repair->invocation;
	const struct groups *groups = &invocation->registry.groups;

	for (size_t i = 0; i < groups->count; i++) {
		const struct group *group = groups->items[i];
		const char *to = place_of_group(repair, group), *why;
		enum repair_folder old = to ? repair_look_at_folder(&why, invocation,
		                                                    group->path)
		                            : FOLDER_THERE;
		enum repair_folder new = old == FOLDER_GONE
		                                 ? repair_look_at_folder(&why,
		                                                         invocation, to)
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
