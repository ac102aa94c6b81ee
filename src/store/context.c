#include "registry_files.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

static const char suffix[] = ".context";

/* The context that the file `name` sets, NULL if it is no such file. */
static const char *context_of(struct arena *arena, const char *name)
{
	size_t length = strlen(name), end = strlen(suffix);

	if (length <= end || !text_has_suffix(name, suffix))
		return NULL;
	return arena_bytes(arena, name, length - end);
}

bool context_read(struct registry *registry, struct notes *notes, struct error *err)
{
	struct strings *files = &registry->context_files;
	DIR *folder = opendir(registry->home->config);
	const struct dirent *entry;

	if (!folder)
		return errno == ENOENT || error_errno(err, errno, "cannot read '%s'",
		                                      registry->home->config);
	while ((entry = readdir(folder)))
		if (context_of(registry->arena, entry->d_name))
			strings_add(registry->arena, files,
			            arena_string(registry->arena, entry->d_name));
	closedir(folder);
	strings_sort(files);
	if (files->count)
		registry->context = context_of(registry->arena, files->items[0]);
	if (files->count > 1)
		note(notes,
		     "there are several contexts ('%s' and '%s'%s in '%s'): '%s' is "
		     "used; set one with 'gita context'",
		     files->items[0], files->items[1],
		     files->count > 2 ? " and others" : "", registry->home->config,
		     registry->context);
	return true;
}

/* Puts `wanted` in the place of an old context, so that a kill leaves one. */
static bool make_file(struct registry *registry, const char *wanted, struct error *err)
{
	struct arena *arena = registry->arena;
	struct strings *files = &registry->context_files;
	const char *path = home_file(registry->home, arena, wanted);
	const char *old;

	if (strchr(wanted, '/'))
		return error_set(err,
		                 "cannot make '%s' the context: a name with '/' "
		                 "cannot be the name of a file",
		                 registry->context);
	if (!files->count)
		return file_replace(path, "", 0, err);
	old = home_file(registry->home, arena, files->items[0]);
	if (rename(old, path) != 0)
		return error_errno(err, errno, "cannot rename '%s' to '%s'", old, path);
	strings_remove(files, files->items[0]);
	return true;
}

bool context_write(struct registry *registry, struct error *err)
{
	struct arena *arena = registry->arena;
	struct strings *files = &registry->context_files;
	const char *wanted = NULL;

	if (registry->context)
		wanted = arena_format(arena, "%s%s", registry->context, suffix);
	if (wanted && !strings_have(files, wanted)) {
		if (!make_file(registry, wanted, err))
			return false;
		strings_add(arena, files, wanted);
	}
	for (size_t i = files->count; i-- > 0;) {
		const char *name = files->items[i];

		if (wanted && strcmp(name, wanted) == 0)
			continue;
		if (!file_remove(home_file(registry->home, arena, name), err))
			return false;
		strings_remove(files, name);
	}
	return true;
}
