#include "auto_group.h"

#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "naming.h"

/* `/home/me/src` below `/home/me` reads `me-src`: from the last part of `from` on. */
static char *folder_name(struct arena *arena, const char *folder, const char *from)
{
	size_t front = strlen(from) - strlen(path_base(from));
	char *name = arena_string(arena, folder + front);

	for (char *c = name; *c; c++)
		if (*c == '/')
			*c = '-';
	return naming_clean(arena, name);
}

/* NULL where every name up to the root of the disk is taken. */
static struct group *folder_group(struct registry *registry, const char *root,
                                  const char *folder)
{
	const char *from = root;
	struct error err;

	while (strcmp(from, "/") != 0) {
		const char *name = folder_name(registry->arena, folder, from);
		struct group *group = registry_group(registry, name);

		if (group && strcmp(group->path, folder) == 0)
			return group;
		if (!group && registry_group_name_free(registry, name, &err))
			return registry_add_group(registry, name, folder);
		from = path_parent(registry->arena, from);
	}
	return NULL;
}

/* From the root down, so that a group stands before those inside it. */
static void join_folders(struct registry *registry, const char *root,
                         const char *folder, const char *name)
{
	struct group *group;

	if (!path_is_below(folder, root))
		return;
	if (strcmp(folder, root) != 0)
		join_folders(registry, root, path_parent(registry->arena, folder),
		             name);
	group = folder_group(registry, root, folder);
	if (group)
		registry_join_group(registry, group, name);
}

void group_by_folder(struct registry *registry, const char *root,
                     const struct strings *names, const struct strings *paths)
{
	for (size_t i = 0; i < names->count; i++)
		join_folders(registry, root,
		             path_parent(registry->arena, paths->items[i]),
		             names->items[i]);
}
