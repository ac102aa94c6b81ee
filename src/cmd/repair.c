#include "repair.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "base/text.h"
#include "cli/out.h"
#include "cli/remember.h"
#include "cli/survey.h"
#include "cmd/commands.h"
#include "discover.h"

static const struct option_row options[] = {
	{'n', "dry-run", KIND_NONE, NULL, "only show what would be changed", false},
	{0},
};

static const struct operand_row operands[] = {
	{KIND_FOLDER, "DIR", false, true},
	{0},
};

static const char about[] =
	"Looks for missing repos below each DIR (without one: below your home\n"
	"folder and where the repos were) and points the registry to where they\n"
	"are now. A repo is known again by a commit it had and by its remote, which\n"
	"'add' and 'll' have noted down. What is not found, or fits in two places,\n"
	"is listed: exit status 1.";

static const char *const examples[] = {
	"gita repair",
	"find what was moved",
	"gita repair -n /mnt/disk",
	"look below that folder, change nothing",
	NULL,
};

/* The missing repos; of the others their identity is noted afresh. */
static int find_lost(struct repair *repair)
{
	struct invocation *invocation = repair->invocation;
	struct arena *arena = invocation->arena;
	const struct repos *repos = &invocation->registry.repos;
	struct summary **summaries = arena_take(arena,
	                                        repos->count * sizeof *summaries);
	struct repo **there = arena_take(arena, repos->count * sizeof(struct repo *));
	struct seen *seen = arena_take(arena, sizeof *seen);
	size_t count = 0;
	int status = survey_read(summaries, invocation, repos->items, repos->count,
	                         WANT_HEAD);

	seen_load(seen, &invocation->home, arena);
	for (size_t i = 0; status == STATUS_OK && i < repos->count; i++) {
		if (summaries[i]->state == STATE_OK) {
			there[count++] = repos->items[i];
			strings_add(arena, &repair->known,
			            path_real(arena, repos->items[i]->path));
		}
		if (summaries[i]->state == STATE_MISSING)
			*ARENA_PUSH(arena, &repair->lost) = (struct lost){
				.repo = repos->items[i],
				.sight = seen_find(seen, repos->items[i]->path)};
	}
	if (status != STATUS_OK)
		return status;
	remember_repos(invocation, there, count, true);
	return STATUS_OK;
}

/* Where a folder is, or was: the deepest one above it that exists. */
static const char *nearest_folder(struct arena *arena, const char *path)
{
	while (!path_is_folder(path) && strcmp(path, "/") != 0)
		path = path_parent(arena, path);
	return path;
}

/* The whole disk is searched only by who asks for it. */
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
		if (!path_is_folder(given->items[i]))
			return say_failed("repair: '%s': no such folder",
			                  given->items[i]);
		strings_add(arena, roots, path_absolute(arena, given->items[i]));
	}
	if (given->count)
		return STATUS_OK;
	if (home && *home == '/')
		add_root(roots, arena, path_absolute(arena, home));
	for (size_t i = 0; i < repair->lost.count; i++)
		add_root(roots, arena,
		         nearest_folder(arena, repair->lost.items[i].repo->path));
	return STATUS_OK;
}

/* What is registered is no candidate; where one folder to search lies below
 * another, a path was found twice. */
static void add_candidates(struct repair *repair, const struct strings *paths)
{
	struct arena *arena = repair->invocation->arena;
	struct strings sorted = {0};

	for (size_t i = 0; i < paths->count; i++)
		strings_add(arena, &sorted, path_real(arena, paths->items[i]));
	strings_sort(&sorted);
	for (size_t i = 0; i < sorted.count; i++) {
		const char *path = sorted.items[i];

		if (strings_have(&repair->known, path) ||
		    (i > 0 && strcmp(path, sorted.items[i - 1]) == 0))
			continue;
		ARENA_PUSH(arena, &repair->candidates)->repo = (struct repo){
			.name = path, .path = path, .type = "", .flags = ""};
	}
}

static int find_candidates(struct repair *repair)
{
	const struct discovery rules = {.bare = true};
	struct arena *arena = repair->invocation->arena;
	struct notes notes = {.arena = arena};
	struct strings roots = {0}, paths = {0};
	int status = read_roots(&roots, repair);

	if (status != STATUS_OK)
		return status;
	for (size_t i = 0; i < roots.count; i++)
		discover(&paths, arena, roots.items[i], &rules, &notes);
	say_notes(&notes);
	add_candidates(repair, &paths);
	return STATUS_OK;
}

static bool any_found(const struct repair *repair)
{
	for (size_t i = 0; i < repair->lost.count; i++) {
		if (repair->lost.items[i].found)
			return true;
	}
	return false;
}

/* The registry may have changed while we searched: what was changed stays. */
static int apply(const struct repair *repair)
{
	struct invocation *invocation = repair->invocation;
	struct arena *arena = invocation->arena;
	size_t moved = 0;
	struct repo **repos = arena_take(arena,
	                                 repair->lost.count * sizeof(struct repo *));
	int status = invocation_change(invocation);

	if (status != STATUS_OK)
		return status;
	for (size_t i = 0; i < repair->lost.count; i++) {
		const struct lost *lost = &repair->lost.items[i];
		struct repo *repo = registry_repo(&invocation->registry,
		                                  lost->repo->name);

		if (!lost->found || !repo || strcmp(repo->path, lost->repo->path) != 0)
			continue;
		registry_set_path(&invocation->registry, repo, lost->found->repo.path);
		repos[moved++] = repo;
	}
	status = invocation_commit(invocation);
	if (status == STATUS_OK)
		remember_repos(invocation, repos, moved, true);
	return status;
}

static void print_lost(const struct lost *lost, struct arena *arena)
{
	const char *name = text_escape(arena, lost->repo->name);
	const char *path = text_escape(arena, lost->repo->path);

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

static int print(const struct repair *repair)
{
	size_t gone = 0;

	for (size_t i = 0; i < repair->lost.count; i++) {
		print_lost(&repair->lost.items[i], repair->invocation->arena);
		gone += !repair->lost.items[i].found;
	}
	if (repair->lost.count == 0)
		say("repair: no repo is missing");
	else if (gone)
		say("repair: %zu of %zu missing repos not found; 'gita rm NAME' "
		    "forgets "
		    "one",
		    gone, repair->lost.count);
	return gone ? STATUS_FAILED : STATUS_OK;
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
			status = repair_look(&repair);
		if (status != STATUS_OK)
			return status;
		repair_match(&repair);
		if (any_found(&repair) && !args_has(&invocation->args, "dry-run"))
			status = apply(&repair);
	}
	return status == STATUS_OK ? print(&repair) : status;
}

const struct command command_repair = {
	.name = "repair",
	.summary = "find repos that were moved",
	.about = about,
	.options = options,
	.operands = operands,
	.examples = examples,
	.run = run_repair,
};
