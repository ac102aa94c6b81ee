#include "store/registry.h"

#include <string.h>

#include "base/arena.h"
#include "base/mounts.h"
#include "base/path.h"
#include "base/text.h"

static int compare_name(const void *name, const void *item)
{
	return strcmp(name, (*(struct repo *const *)item)->name);
}

static size_t place_of(const struct registry *registry, const char *name)
{
	return sorted_place(name, registry->by_name.items, registry->by_name.count,
	                    sizeof *registry->by_name.items, compare_name);
}

struct repo *registry_repo(const struct registry *registry, const char *name)
{
	size_t place = place_of(registry, name);

	if (place == registry->by_name.count ||
	    strcmp(registry->by_name.items[place]->name, name) != 0)
		return NULL;
	return registry->by_name.items[place];
}

struct group *registry_group(const struct registry *registry, const char *name)
{
	for (size_t i = 0; i < registry->groups.count; i++)
		if (strcmp(registry->groups.items[i]->name, name) == 0)
			return registry->groups.items[i];
	return NULL;
}

struct repo *registry_repo_at(const struct registry *registry, const char *path)
{
	for (size_t i = 0; i < registry->repos.count; i++)
		if (strcmp(registry->repos.items[i]->path, path) == 0)
			return registry->repos.items[i];
	return NULL;
}

bool registry_flags(struct strings *out, const struct registry *registry,
                    const struct repo *repo, struct error *err)
{
	struct error why;

	*out = (struct strings){0};
	if (registry->home->shared ||
	    words_split(out, registry->arena, repo->flags, &why))
		return true;
	return error_set(err, "cannot use its flags: %s", why.text);
}

/* The group with the deepest path at or above the folder, if any. A path on a
 * remote file system is not resolved, since that might block. */
static struct group *group_around(const struct registry *registry, const char *folder)
{
	struct group *deepest = NULL;
	struct mounts mounts = {0};
	size_t depth = 0;

	mounts_load(&mounts, registry->arena);
	for (size_t i = 0; i < registry->groups.count; i++) {
		struct group *group = registry->groups.items[i];
		const char *path;

		if (group->path[0] != '/')
			continue;
		path = mounts_real(&mounts, registry->arena, group->path);
		if (strlen(path) > depth && path_is_below(folder, path)) {
			deepest = group;
			depth = strlen(path);
		}
	}
	return deepest;
}

bool registry_context(struct group **out, const struct registry *registry,
                      const char *folder, struct error *err)
{
	const char *context = registry->context;

	*out = NULL;
	if (!context)
		return true;
	if (strcmp(context, "auto") == 0) {
		*out = group_around(registry, folder);
		return true;
	}
	*out = registry_group(registry, context);
	return *out || error_set(err,
	                         "cannot use the context '%s': there is no such group; "
	                         "leave it with 'gita context none'",
	                         context);
}

void registry_groups_of(struct strings *out, struct arena *arena,
                        const struct registry *registry, const char *repo)
{
	for (size_t i = 0; i < registry->groups.count; i++) {
		const struct group *group = registry->groups.items[i];

		if (strings_have(&group->members, repo))
			strings_add(arena, out, group->name);
	}
}

static bool holds_control(const char *name)
{
	for (; *name; name++)
		if (text_control(name))
			return true;
	return false;
}

/* What the command line takes as a path: `.`, `./x`, `../x`, `/x`. */
static bool is_path(const char *name)
{
	if (name[0] == '.')
		name += name[1] == '.' ? 2 : 1;
	else if (name[0] != '/')
		return false;
	return *name == '\0' || *name == '/';
}

bool registry_name_free(const struct registry *registry, const char *name,
                        struct error *err)
{
	const char *why = NULL;

	if (!*name)
		return error_set(err, "cannot use an empty name");
	if (strpbrk(name, " :"))
		why = "it contains a space or ':'";
	else if (holds_control(name))
		why = "it contains a control character";
	else if (*name == '-' || *name == '@')
		why = "a name cannot start with '-' or '@'";
	else if (is_path(name))
		why = "it looks like a path";
	else if (text_is_glob(name))
		why = "it looks like a glob";
	else if (registry_repo(registry, name))
		why = "a repo of that name exists";
	else if (registry_group(registry, name))
		why = "a group of that name exists";
	return !why || error_set(err, "cannot use the name '%s': %s", name, why);
}

bool registry_group_name_free(const struct registry *registry, const char *name,
                              struct error *err)
{
	if (strcmp(name, "auto") == 0 || strcmp(name, "none") == 0)
		return error_set(
			err, "cannot use the name '%s': it is reserved for the context",
			name);
	return registry_name_free(registry, name, err);
}

static void change_repo(struct registry *registry, struct repo *repo)
{
	repo->bytes = NULL;
	registry->repos_changed = true;
}

static void change_group(struct registry *registry, struct group *group)
{
	group->bytes = NULL;
	registry->groups_changed = true;
}

/* Removes the pointer `which` from the list of pointers `items`. */
static void take_out(void *items, size_t *count, const void *which)
{
	char *at = items, *end = at + *count * sizeof which;

	while (at < end && memcmp(at, &which, sizeof which) != 0)
		at += sizeof which;
	if (at == end)
		return;
	memmove(at, at + sizeof which, (size_t)(end - at) - sizeof which);
	--*count;
}

/* After those of the same name, which are older. */
static void insert_name(struct registry *registry, struct repo *repo)
{
	struct repos *sorted = &registry->by_name;
	size_t place = place_of(registry, repo->name);

	while (place < sorted->count &&
	       strcmp(sorted->items[place]->name, repo->name) == 0)
		place++;
	ARENA_PUSH(registry->arena, sorted);
	memmove(sorted->items + place + 1, sorted->items + place,
	        (sorted->count - 1 - place) * sizeof *sorted->items);
	sorted->items[place] = repo;
}

static void remove_name(struct registry *registry, const struct repo *repo)
{
	take_out(registry->by_name.items, &registry->by_name.count, repo);
}

struct repo *registry_add_repo(struct registry *registry, const char *name,
                               const char *path, const char *type)
{
	struct arena *arena = registry->arena;
	struct repo *repo = arena_take(arena, sizeof *repo);

	*repo = (struct repo){.name = arena_string(arena, name),
	                      .path = arena_string(arena, path),
	                      .type = arena_string(arena, type),
	                      .flags = ""};
	*ARENA_PUSH(arena, &registry->repos) = repo;
	insert_name(registry, repo);
	change_repo(registry, repo);
	return repo;
}

static void remove_member(struct registry *registry, const char *name)
{
	for (size_t i = 0; i < registry->groups.count; i++)
		while (registry_leave_group(registry, registry->groups.items[i], name))
			;
}

static void note_renaming(struct registry *registry, const char *old, const char *new)
{
	struct renamings *renamed = &registry->renamed_members;

	for (size_t i = 0; i < renamed->count; i++) {
		if (strcmp(renamed->items[i].new, old) == 0) {
			renamed->items[i].new = new;
			return;
		}
	}
	*ARENA_PUSH(registry->arena, renamed) = (struct renaming){old, new};
}

/* A commit that did not come to its end has left both names. */
static void rename_member(struct registry *registry, const char *old, const char *new)
{
	bool any = false;

	for (size_t i = 0; i < registry->groups.count; i++) {
		struct group *group = registry->groups.items[i];

		if (!strings_have(&group->members, old))
			continue;
		while (strings_remove(&group->members, new))
			;
		for (size_t k = 0; k < group->members.count; k++)
			if (strcmp(group->members.items[k], old) == 0)
				group->members.items[k] = new;
		change_group(registry, group);
		any = true;
	}
	if (any)
		note_renaming(registry, old, new);
}

void registry_remove_repo(struct registry *registry, struct repo *repo)
{
	const char *name = repo->name;

	do {
		take_out(registry->repos.items, &registry->repos.count, repo);
		remove_name(registry, repo);
		repo = registry_repo(registry, name);
	} while (repo && repo->superseded);
	registry->repos_changed = true;
	if (!repo)
		remove_member(registry, name);
}

void registry_rename_repo(struct registry *registry, struct repo *repo,
                          const char *name)
{
	const char *old = repo->name;
	bool known = registry_repo(registry, old) == repo;

	remove_name(registry, repo);
	repo->name = arena_string(registry->arena, name);
	insert_name(registry, repo);
	change_repo(registry, repo);
	if (known)
		rename_member(registry, old, repo->name);
}

void registry_set_path(struct registry *registry, struct repo *repo, const char *path)
{
	repo->path = arena_string(registry->arena, path);
	change_repo(registry, repo);
}

void registry_set_flags(struct registry *registry, struct repo *repo, const char *flags)
{
	repo->flags = arena_string(registry->arena, flags);
	change_repo(registry, repo);
}

struct group *registry_add_group(struct registry *registry, const char *name,
                                 const char *path)
{
	struct group *group = arena_take(registry->arena, sizeof *group);

	group->name = arena_string(registry->arena, name);
	group->path = arena_string(registry->arena, path);
	*ARENA_PUSH(registry->arena, &registry->groups) = group;
	change_group(registry, group);
	return group;
}

static bool is_context(const struct registry *registry, const struct group *group)
{
	return registry->context && strcmp(registry->context, "auto") != 0 &&
	       strcmp(registry->context, group->name) == 0;
}

void registry_remove_group(struct registry *registry, struct group *group)
{
	take_out(registry->groups.items, &registry->groups.count, group);
	registry->groups_changed = true;
	if (is_context(registry, group))
		registry_set_context(registry, NULL);
}

void registry_rename_group(struct registry *registry, struct group *group,
                           const char *name)
{
	struct group *copy = registry_group(registry, name);

	if (copy && copy != group)
		take_out(registry->groups.items, &registry->groups.count, copy);
	if (is_context(registry, group)) {
		const char *before = registry->context_before;
		bool renamed = registry->context_renamed ||
		               (before && strcmp(before, group->name) == 0);

		registry_set_context(registry, name);
		registry->context_renamed = renamed;
	}
	group->name = arena_string(registry->arena, name);
	change_group(registry, group);
}

void registry_set_group_path(struct registry *registry, struct group *group,
                             const char *path)
{
	group->path = arena_string(registry->arena, path);
	change_group(registry, group);
}

bool registry_join_group(struct registry *registry, struct group *group,
                         const char *repo)
{
	if (strings_have(&group->members, repo))
		return false;
	strings_add(registry->arena, &group->members,
	            arena_string(registry->arena, repo));
	change_group(registry, group);
	return true;
}

bool registry_leave_group(struct registry *registry, struct group *group,
                          const char *repo)
{
	if (!strings_remove(&group->members, repo))
		return false;
	change_group(registry, group);
	return true;
}

void registry_set_context(struct registry *registry, const char *context)
{
	registry->context = context ? arena_string(registry->arena, context) : NULL;
	registry->context_changed = true;
	registry->context_renamed = false;
}

bool registry_is_worktree_set(const struct group *group)
{
	size_t length = strlen(group->name);

	for (size_t i = 0; i < group->members.count; i++) {
		const char *member = group->members.items[i];
		size_t front = strlen(member) - length;

		if (strlen(member) < length + 2 || member[front - 1] != '@' ||
		    strcmp(member + front, group->name) != 0)
			return false;
	}
	return group->members.count > 0;
}
