#include "registry_files.h"

#include <string.h>

#include "base/mounts.h"
#include "base/path.h"

static bool read_all(struct registry *out, const struct home *home, struct arena *arena,
                     struct notes *notes, struct error *err)
{
	out->arena = arena;
	out->home = home;
	return repos_read(out, notes, err) && groups_read(out, err) &&
	       context_read(out, notes, err);
}

bool registry_load(struct registry *out, const struct home *home, struct arena *arena,
                   struct notes *notes, struct error *err)
{
	*out = (struct registry){.lock.descriptor = -1};
	return read_all(out, home, arena, notes, err);
}

/* The folder is made as the XDG Base Directory Specification wants it: 0700. */
bool registry_begin(struct registry *out, const struct home *home, struct arena *arena,
                    struct notes *notes, struct error *err)
{
	*out = (struct registry){.lock.descriptor = -1};
	if (!file_make_folder(home->config, true, err) ||
	    !file_lock(&out->lock, home_file(home, arena, "repos.csv"), notes, err))
		return false;
	if (read_all(out, home, arena, notes, err))
		return true;
	registry_end(out);
	return false;
}

bool registry_commit(struct registry *registry, struct error *err)
{
	bool repos = registry->repos_changed, groups = registry->groups_changed;

	if (!repos && !groups && !registry->context_changed)
		return true;
	if ((repos && !repos_write(registry, err)) ||
	    (groups && !groups_write(registry, err)) || !context_write(registry, err))
		return false;
	registry->repos_changed = registry->groups_changed = false;
	registry->context_changed = false;
	return true;
}

void registry_end(struct registry *registry)
{
	file_unlock(&registry->lock);
}

struct repo *registry_repo(const struct registry *registry, const char *name)
{
	size_t place = repos_place(registry, name);

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
	return error_set(err, "cannot use the flags of '%s': %s", repo->name, why.text);
}

/* The group with the deepest path at or above the folder, if any. A disk that may
 * not answer is not asked what a path there really is. */
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
		path = mounts_lead_remote(&mounts, group->path)
		               ? group->path
		               : path_real(registry->arena, group->path);
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
