#include "discover.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/path.h"
#include "base/text.h"

/* The globs of one .gitaignore, and those of the folders above it. */
struct ignores {
	const char *folder;
	struct strings globs;
	const struct ignores *above;
};

struct search {
	struct strings *out;
	struct arena *arena;
	const char *start;
	const struct discovery *rules;
	struct notes *notes;
};

bool discovery_wants(const struct discovery *rules, enum repo_kind kind)
{
	switch (kind) {
	case REPO_NONE:
		return false;
	case REPO_BARE:
		return rules->bare;
	case REPO_SUBMODULE:
		return !rules->skip_submodules;
	default:
		return true;
	}
}

static bool glob_names(const char *glob, const char *folder, const char *path)
{
	size_t length = strlen(glob);
	char pattern[256];

	if (length == 0 || length >= sizeof pattern)
		return false;
	memcpy(pattern, glob, length + 1);
	if (pattern[length - 1] == '/')
		pattern[length - 1] = '\0';
	if (!strchr(pattern, '/'))
		return text_matches(pattern, path_base(path));
	return text_matches(pattern + (pattern[0] == '/'),
	                    path + strlen(folder) + (strcmp(folder, "/") != 0));
}

static bool is_ignored(const struct search *search, const struct ignores *ignores,
                       const char *path)
{
	const struct strings *exclude = search->rules->exclude;

	for (size_t i = 0; exclude && i < exclude->count; i++)
		if (glob_names(exclude->items[i], search->start, path))
			return true;
	for (; ignores; ignores = ignores->above)
		for (size_t i = 0; i < ignores->globs.count; i++)
			if (glob_names(ignores->globs.items[i], ignores->folder, path))
				return true;
	return false;
}

static void read_ignores(struct search *search, struct ignores *ignores)
{
	struct strings lines = {0};
	struct error err;
	bool there;
	BUF text = {0};

	if (!file_read(&text, &there,
	               path_join(search->arena, ignores->folder, ".gitaignore"),
	               FILE_LIMIT, &err)) {
		note(search->notes, "%s", err.text);
		return;
	}
	strings_split(search->arena, &lines,
	              arena_bytes(search->arena, buf_text(&text), text.length), "\r\n");
	for (size_t i = 0; i < lines.count; i++)
		if (lines.items[i][0] != '#')
			strings_add(search->arena, &ignores->globs, lines.items[i]);
}

static bool is_folder(DIR *folder, const struct dirent *entry)
{
	struct stat info;

	if (entry->d_type != DT_UNKNOWN)
		return entry->d_type == DT_DIR;
	return fstatat(dirfd(folder), entry->d_name, &info, AT_SYMLINK_NOFOLLOW) == 0 &&
	       S_ISDIR(info.st_mode);
}

/* The folders in `path` worth entering, read whole so that no descriptor stays
 * open on the way down. */
static void list_folders(struct strings *out, struct search *search, const char *path)
{
	DIR *folder = opendir(path);
	struct dirent *entry;

	if (!folder) {
		note(search->notes, "cannot read the folder '%s': %s", path,
		     strerror(errno));
		return;
	}
	while ((entry = readdir(folder)) != NULL)
		if (strcmp(entry->d_name, ".") != 0 &&
		    strcmp(entry->d_name, "..") != 0 &&
		    strcmp(entry->d_name, ".git") != 0 && is_folder(folder, entry))
			strings_add(search->arena, out,
			            path_join(search->arena, path, entry->d_name));
	closedir(folder);
	strings_sort(out);
}

static void walk_folder(struct search *search, const char *path, size_t depth,
                        const struct ignores *above)
{
	struct ignores ignores = {.folder = path, .above = above};
	struct strings folders = {0};
	struct probe probe;

	probe_path(&probe, search->arena, path);
	if (probe.kind != REPO_NONE) {
		if (discovery_wants(search->rules, probe.kind))
			strings_add(search->arena, search->out, path);
		return;
	}
	if (search->rules->depth && depth >= search->rules->depth)
		return;
	read_ignores(search, &ignores);
	list_folders(&folders, search, path);
	for (size_t i = 0; i < folders.count; i++)
		if (!is_ignored(search, &ignores, folders.items[i]))
			walk_folder(search, folders.items[i], depth + 1, &ignores);
}

void discover(struct strings *out, struct arena *arena, const char *folder,
              const struct discovery *rules, struct notes *notes)
{
	struct search search = {out, arena, folder, rules, notes};

	walk_folder(&search, folder, 0, NULL);
}
