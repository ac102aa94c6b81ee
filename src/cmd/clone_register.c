/* What was cloned is registered and grouped; see clone_work.h. */
#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "cli/out.h"
#include "clone_work.h"
#include "naming.h"

/* The plan is some seconds old: somebody may have used the name. */
static void keep_name_free(struct cloning *cloning, const struct registry *registry,
                           struct clone_item *item)
{
	struct arena *arena = cloning->invocation->arena;
	struct strings paths = {0}, names = {0}, taken = {0};
	struct error err;

	if (registry_name_free(registry, item->name, &err))
		return;
	for (size_t i = 0; i < cloning->plan.count; i++)
		strings_add(arena, &taken, cloning->plan.items[i].name);
	strings_add(arena, &paths, item->path);
	naming_choose(&names, arena, registry, &paths, &taken);
	item->name = names.items[0];
}

/* Only `bare` still holds: what was a worktree or a submodule is a clone now. */
static void put(struct cloning *cloning, struct registry *registry,
                struct clone_item *item)
{
	const char *group_name = args_value(&cloning->invocation->args, "group");
	const struct repo *known = registry_repo_at(registry, item->path);
	bool bare = strcmp(item->repo->type, "bare") == 0;
	struct group *group;

	if (known) {
		item->name = arena_string(cloning->invocation->arena, known->name);
	} else if (!item->registered) {
		struct repo *repo;

		keep_name_free(cloning, registry, item);
		repo = registry_add_repo(registry, item->name, item->path,
		                         bare ? "bare" : "");
		if (*item->repo->flags)
			registry_set_flags(registry, repo, item->repo->flags);
	}
	if (!group_name)
		return;
	group = registry_group(registry, group_name);
	if (!group)
		group = registry_add_group(registry, group_name, "");
	registry_join_group(registry, group, item->name);
}

/* The registry is read for each repo: with an arena of its own, for there may be
 * thousands of them. */
void clone_register(struct cloning *cloning, struct clone_item *item)
{
	struct arena arena = {0};
	struct notes notes = {.arena = &arena};
	struct registry registry;
	struct error err;
	bool ok = registry_begin(&registry, &cloning->invocation->home, &arena, &notes,
	                         &err);

	if (ok) {
		put(cloning, &registry, item);
		ok = registry_commit(&registry, &err);
		registry_end(&registry);
	}
	if (!ok)
		clone_note_status(cloning, say_failed("clone: %s", err.text));
	arena_drop(&arena);
}

void clone_take_over(struct cloning *cloning)
{
	int status = invocation_change(cloning->invocation);
	size_t known = 0;

	for (size_t i = 0; status == STATUS_OK && i < cloning->plan.count; i++) {
		struct clone_item *item = &cloning->plan.items[i];

		if (!item->there)
			continue;
		if (!item->registered)
			say("clone: '%s' is there already: %s", item->name, item->path);
		known += item->registered;
		put(cloning, &cloning->invocation->registry, item);
	}
	if (status == STATUS_OK)
		status = invocation_commit(cloning->invocation);
	if (known > 0)
		say("clone: %zu %s registered already", known,
		    known == 1 ? "repo is" : "repos are");
	clone_note_status(cloning, status);
}

static const char *name_here(const struct cloning *cloning, const char *frozen_name)
{
	for (size_t i = 0; i < cloning->plan.count; i++)
		if (strcmp(cloning->plan.items[i].repo->name, frozen_name) == 0)
			return cloning->plan.items[i].name;
	return NULL;
}

static void make_group(struct cloning *cloning, const struct frozen_group *row)
{
	struct registry *registry = &cloning->invocation->registry;
	struct group *group = registry_group(registry, row->name);
	const char *path;
	struct error err;

	if (!group && !registry_group_name_free(registry, row->name, &err)) {
		clone_note_status(cloning,
		                  say_failed("clone: group left out: %s", err.text));
		return;
	}
	if (!group)
		group = registry_add_group(registry, row->name, "");
	path = path_absolute(registry->arena,
	                     path_join(registry->arena, cloning->folder, row->path));
	if (!*group->path && *row->path &&
	    (cloning->keep_paths || path_is_below(path, cloning->folder)))
		registry_set_group_path(registry, group, path);
	for (size_t i = 0; i < row->members.count; i++) {
		const char *name = name_here(cloning, row->members.items[i]);

		if (name && registry_repo(registry, name))
			registry_join_group(registry, group, name);
	}
}

void clone_make_groups(struct cloning *cloning)
{
	int status = invocation_change(cloning->invocation);

	for (size_t i = 0; status == STATUS_OK && i < cloning->plan.frozen.groups.count;
	     i++)
		make_group(cloning, &cloning->plan.frozen.groups.items[i]);
	if (status == STATUS_OK)
		status = invocation_commit(cloning->invocation);
	clone_note_status(cloning, status);
}
