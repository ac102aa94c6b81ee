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
#include "cli/command.h"
#include "cli/disks.h"
#include "cli/query.h"
#include "git/gitdir.h"
#include "store/registry.h"

/* Seconds. */
enum { LIMIT = 30 };

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

bool discovery_probe(struct probe *out, struct invocation *invocation, const char *path)
{
	const struct strings no_flags = {0};
	struct arena *arena = invocation->arena;
	const struct repo repo = {.name = path, .path = path, .type = "", .flags = ""};
	struct query query = {.repo = &repo};

	*out = (struct probe){.kind = REPO_NONE};
	if (!disks_respond_for_repo(invocation, path, &no_flags))
		return false;
	probe_path(out, arena, path);
	if ((out->kind != REPO_USUAL && out->kind != REPO_BARE) ||
	    (strcmp(out->git_folder, path_join(arena, path, ".git")) == 0 &&
	     !gitdir_may_be_bare(out)))
		return true;
	strings_add(arena, &query.words, "rev-parse");
	strings_add(arena, &query.words, "--is-bare-repository");
	if (query_run(&query, 1, LIMIT, arena) == STATUS_OK && query.exit == 0)
		out->kind = strcmp(query.out, "true\n") == 0 ? REPO_BARE : REPO_USUAL;
	return true;
}

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
	/* The end of the folder leaves errno as it is, an error does not. */
	while ((errno = 0, entry = readdir(folder)))
		if (strcmp(entry->d_name, ".") != 0 &&
		    strcmp(entry->d_name, "..") != 0 &&
		    strcmp(entry->d_name, ".git") != 0 && is_folder(folder, entry))
			strings_add(search->arena, out,
			            path_join(search->arena, path, entry->d_name));
	if (errno != 0)
		note(search->notes, "cannot read the folder '%s': %s", path,
		     strerror(errno));
	closedir(folder);
	strings_sort(out);
}

/* What git keeps in a git folder; a worktree may be anywhere else in it. */
static bool is_gits_own(const char *name)
{
	static const char *const names[] = {
		"branches", "hooks", "info",     "lfs",       "logs", "modules",
		"objects",  "refs",  "rr-cache", "worktrees", NULL,
	};

	for (size_t i = 0; names[i]; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

/* A folder of the search that is still to be looked at. */
struct pending {
	const char *path;
	size_t depth;
	const struct ignores *above;
};

struct pendings {
	struct pending *items;
	size_t count;
	size_t room;
};

/* The last in comes first: pushed backwards, folders are searched in order. */
static void push_folders(struct pendings *pendings, struct search *search,
                         const struct pending *pending, const struct probe *probe)
{
	struct ignores *ignores = arena_take(search->arena, sizeof *ignores);
	const char *git_folder = NULL;
	struct strings folders = {0};

	*ignores = (struct ignores){.folder = pending->path, .above = pending->above};
	read_ignores(search, ignores);
	list_folders(&folders, search, pending->path);
	if (probe->kind != REPO_NONE)
		git_folder = path_absolute(search->arena, probe->git_folder);
	for (size_t i = folders.count; i > 0; i--) {
		const char *folder = folders.items[i - 1];

		if (is_ignored(search, ignores, folder) ||
		    (git_folder && strcmp(folder, git_folder) == 0) ||
		    (git_folder && strcmp(pending->path, git_folder) == 0 &&
		     is_gits_own(path_base(folder))))
			continue;
		*ARENA_PUSH(search->arena, pendings) = (struct pending){
			folder, pending->depth + 1, ignores};
	}
}

/* A strange one may name any work tree; only a person says that it is trusted. */
static bool is_git_folder(const struct probe *probe, const char *path)
{
	return probe->kind != REPO_NONE && strcmp(probe->git_folder, path) == 0;
}

void discover(struct strings *out, struct invocation *invocation, const char *folder,
              const struct discovery *rules, struct notes *notes)
{
	struct arena *arena = invocation->arena;
	struct search search = {out, arena, folder, rules, notes};
	struct pendings pendings = {0};

	*ARENA_PUSH(arena, &pendings) = (struct pending){.path = folder};
	while (pendings.count > 0) {
		const struct pending pending = pendings.items[--pendings.count];
		struct probe probe;

		if (!discovery_probe(&probe, invocation, pending.path)) {
			note(notes, "skipped '%s': " DISK_SILENT, pending.path);
			continue;
		}
		if (discovery_wants(rules, probe.kind) &&
		    (rules->bare || !is_git_folder(&probe, pending.path)))
			strings_add(arena, out, pending.path);
		if (rules->cut_off && probe.absent) {
			strings_add(arena, rules->cut_off, pending.path);
			continue;
		}
		if (probe.unreadable)
			note(notes, "'%s' may be a repository: %s", pending.path,
			     probe.reason);
		if (probe.kind != REPO_NONE && probe.kind != REPO_BARE &&
		    !is_git_folder(&probe, pending.path) && !rules->nested)
			continue;
		if (!rules->depth || pending.depth < rules->depth)
			push_folders(&pendings, &search, &pending, &probe);
	}
}
