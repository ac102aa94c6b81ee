#include "clone_plan.h"

#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "cli/out.h"
#include "clone_check.h"
#include "git/probe.h"
#include "naming.h"
#include "recognise.h"

/* The reading of one list. */
struct reading {
	struct clone_plan *plan;
	struct invocation *invocation;
	struct arena *arena;
	const char *file;
	const char *folder;
	bool keep_paths;
};

bool clone_is_below(struct arena *arena, const char *path, const char *folder)
{
	return strcmp(path, folder) != 0 && path_is_below(path, folder) &&
	       path_is_below(path_real(arena, path), path_real(arena, folder));
}

static const char *target_path(const struct reading *reading,
                               const struct frozen_repo *repo)
{
	const char *path = repo->path;

	if (!reading->keep_paths && *path == '/')
		path = repo->name + strspn(repo->name, "/");
	return path_absolute(reading->arena,
	                     path_join(reading->arena, reading->folder, path));
}

/* Of two rows with one name or one path the first counts. */
static const char *why_double(const struct clone_plan *plan,
                              const struct frozen_repo *repo, const char *path)
{
	for (size_t i = 0; i < plan->count; i++) {
		if (strcmp(plan->items[i].repo->name, repo->name) == 0)
			return "its name stands above already";
		if (strcmp(plan->items[i].path, path) == 0)
			return "its path stands above already";
	}
	return NULL;
}

static const char *why_not(const struct reading *reading,
                           const struct frozen_repo *repo, const char *path, bool there)
{
	if (!reading->keep_paths &&
	    !clone_is_below(reading->arena, path, reading->folder))
		return "its path leaves the target folder; -p allows that";
	if (clone_path_is_inside(path))
		return "its path leads into a git folder";
	if (!there && !*repo->url)
		return "it has no URL to clone from";
	if (!there && !clone_url_is_plain(repo->url))
		return "its URL is not one of https, http, ssh, git or file";
	return why_double(reading->plan, repo, path);
}

static const char *usable_branch(const struct frozen_repo *repo)
{
	if (!*repo->branch || clone_branch_is_name(repo->branch))
		return repo->branch;
	say_warning(
		"clone: '%s' stays on the branch of its remote: '%s' is no name of a "
		"branch",
		repo->name, repo->branch);
	return "";
}

static void read_row(const struct reading *reading, const struct frozen_repo *repo)
{
	const char *path = target_path(reading, repo), *why;
	struct probe probe;
	bool there;

	probe_path(&probe, reading->arena, path);
	there = probe.kind != REPO_NONE;
	why = why_not(reading, repo, path, there);
	if (why) {
		say("clone: '%s' is left out: %s (%s:%u)", repo->name, why,
		    reading->file, repo->line);
		reading->plan->refused++;
		return;
	}
	*ARENA_PUSH(reading->arena, reading->plan) = (struct clone_item){
		.repo = repo,
		.name = repo->name,
		.path = path,
		.branch = usable_branch(repo),
		.there = there,
	};
}

/* What is registered already, also by a path with other links in it. */
static void find_registered(const struct reading *reading)
{
	struct clone_plan *plan = reading->plan;
	struct sighting *seen = arena_take(reading->arena, plan->count * sizeof *seen);
	struct strings paths = {0};

	for (size_t i = 0; i < plan->count; i++)
		strings_add(reading->arena, &paths, plan->items[i].path);
	recognise(seen, reading->arena, &reading->invocation->registry, &paths);
	for (size_t i = 0; i < plan->count; i++) {
		plan->items[i].registered = seen[i].repo != NULL;
		if (seen[i].repo)
			plan->items[i].name = seen[i].repo->name;
	}
}

/* Names stay where they can; a name that means another repo here is chosen anew. */
static void choose_names(const struct reading *reading)
{
	const struct registry *registry = &reading->invocation->registry;
	struct clone_plan *plan = reading->plan;
	struct strings paths = {0}, names = {0}, taken = {0};
	size_t next = 0;
	struct error err;

	for (size_t i = 0; i < plan->count; i++) {
		struct clone_item *item = &plan->items[i];

		if (!item->registered &&
		    !registry_name_free(registry, item->name, &err)) {
			strings_add(reading->arena, &paths, item->path);
			item->name = NULL;
		} else {
			strings_add(reading->arena, &taken, item->name);
		}
	}
	naming_choose(&names, reading->arena, registry, &paths, &taken);
	for (size_t i = 0; i < plan->count; i++) {
		struct clone_item *item = &plan->items[i];

		if (item->name)
			continue;
		item->name = names.items[next++];
		say("clone: '%s' is called '%s' here: its own name is not free",
		    item->repo->name, item->name);
	}
}

/* A clone into the folder of another one has to wait for that. */
static void measure_depths(struct clone_plan *plan)
{
	for (size_t i = 0; i < plan->count; i++)
		for (size_t k = 0; k < plan->count; k++)
			if (k != i && !plan->items[k].there &&
			    path_is_below(plan->items[i].path, plan->items[k].path))
				plan->items[i].depth++;
}

int clone_plan_read(struct clone_plan *out, struct invocation *invocation,
                    const char *file, const char *folder, bool keep_paths)
{
	struct reading reading = {
		.plan = out,
		.invocation = invocation,
		.arena = invocation->arena,
		.file = file,
		.folder = folder,
		.keep_paths = keep_paths,
	};
	struct error err;

	if (!frozen_read(&out->frozen, reading.arena, file, &err))
		return say_failed("clone: %s", err.text);
	for (size_t i = 0; i < out->frozen.repos.count; i++)
		read_row(&reading, &out->frozen.repos.items[i]);
	find_registered(&reading);
	choose_names(&reading);
	measure_depths(out);
	return STATUS_OK;
}
