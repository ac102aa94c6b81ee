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
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "cli/out.h"
#include "cli/sightings.h"
#include "cmd/commands.h"
#include "repair.h"

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
	repair_join_parted(repair);
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
		status = repair_find_lost(&repair);
	if (status == STATUS_OK && repair.lost.count) {
		status = repair_find_candidates(&repair);
		if (status == STATUS_OK)
			status = repair_read_candidates(&repair, &repair.candidates);
		if (status != STATUS_OK)
			return status;
		repair_match(&repair);
		status = repair_find_inside(&repair);
		if (status != STATUS_OK)
			return status;
		status = repair_find_groups(&repair);
		repair_find_parted(&repair);
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
