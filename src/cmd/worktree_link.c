#include "worktree_link.h"

#include <dirent.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/mounts.h"
#include "base/path.h"
#include "cli/disks.h"

/* What the file `gitdir` of a worktree's git folder says: the path of the worktree's
 * `.git`, since git 2.48 perhaps relative to the folder. */
static const char *read_recorded(struct arena *arena, const char *folder)
{
	BUF text = {0};
	struct error ignored;
	bool there;
	const char *line;

	if (!file_read(&text, &there, path_join(arena, folder, "gitdir"), FILE_LIMIT,
	               &ignored))
		return NULL;
	line = arena_bytes(arena, buf_text(&text), strcspn(buf_text(&text), "\r\n"));
	if (!*line)
		return NULL;
	return path_parent(arena, path_absolute(arena, path_join(arena, folder, line)));
}

void worktree_link_of(struct worktree_link *out, struct arena *arena,
                      const struct probe *probe)
{
	*out = (struct worktree_link){
		.common = probe->common_folder,
		.folder = probe->git_folder,
		.recorded = read_recorded(arena, probe->git_folder),
	};
}

/* Whose the worktree at a path is. */
enum owner {
	OWNER_NONE, /* there is no worktree, or its repository is gone */
	OWNER_THIS, /* that with the given folder for it */
	OWNER_OTHER,
	OWNER_UNKNOWN, /* it cannot be looked at */
};

static enum owner owner_of(struct invocation *invocation, const char *path,
                           const char *folder)
{
	struct arena *arena = invocation->arena;
	const struct mounts *mounts = disks_mounts(invocation);
	const struct strings no_flags = {0};
	struct probe probe;

	if (!disks_respond_for_repo(invocation, path, &no_flags))
		return OWNER_UNKNOWN;
	probe_path(&probe, arena, path);
	if (probe.unreadable)
		return OWNER_UNKNOWN;
	if (probe.kind != REPO_WORKTREE)
		return OWNER_NONE;
	return strcmp(mounts_real(mounts, arena, probe.git_folder),
	              mounts_real(mounts, arena, folder)) == 0
	               ? OWNER_THIS
	               : OWNER_OTHER;
}

/* A repository that is where the worktree says has forgotten it. */
static bool is_forgotten(struct invocation *invocation, const char *absent)
{
	const struct strings no_flags = {0};
	struct arena *arena = invocation->arena;
	const char *common = path_parent(arena, path_parent(arena, absent));
	struct probe probe;

	if (!disks_respond_for_repo(invocation, common, &no_flags))
		return true;
	probe_path(&probe, arena, common);
	return probe.kind != REPO_NONE || probe.unreadable;
}

bool worktree_link_find(struct worktree_link *out, struct invocation *invocation,
                        const struct strings *commons, const char *path,
                        const char *absent)
{
	struct arena *arena = invocation->arena;
	const char *id = path_join(arena, "worktrees", path_base(absent));

	*out = (struct worktree_link){0};
	if (is_forgotten(invocation, absent))
		return false;
	for (size_t i = 0; i < commons->count; i++) {
		const char *folder = path_join(arena, commons->items[i], id);
		const char *recorded = read_recorded(arena, folder);

		if (!recorded || (strcmp(recorded, path) != 0 &&
		                  owner_of(invocation, recorded, folder) != OWNER_NONE))
			continue;
		if (out->common)
			return false;
		*out = (struct worktree_link){commons->items[i], folder, recorded};
	}
	return out->common != NULL;
}

void worktree_link_words(struct strings *out, struct arena *arena, const char *common,
                         const struct strings *paths)
{
	/* Not with -C: git may have been told to find no bare repository by itself. */
	const char *const words[] = {arena_format(arena, "--git-dir=%s", common),
	                             "worktree", "repair", NULL};

	strings_add_all(arena, out, words);
	strings_add_all(arena, out, paths->items);
}

const char *worktree_link_victim(struct invocation *invocation, const char *common)
{
	struct arena *arena = invocation->arena;
	const char *worktrees = path_join(arena, common, "worktrees");
	DIR *folder = opendir(worktrees);
	const struct dirent *entry;
	const char *victim = NULL;

	while (folder && !victim && (entry = readdir(folder))) {
		const char *one = path_join(arena, worktrees, entry->d_name);
		const char *recorded = read_recorded(arena, one);
		enum owner owner = recorded ? owner_of(invocation, recorded, one)
		                            : OWNER_NONE;

		if (owner == OWNER_OTHER || owner == OWNER_UNKNOWN)
			victim = recorded;
	}
	if (folder)
		closedir(folder);
	return victim;
}
