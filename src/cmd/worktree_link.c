#include "worktree_link.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/mounts.h"
#include "base/path.h"
#include "cli/disks.h"

/* What the file `gitdir` of a worktree's git folder says: the path of the worktree's
 * `.git`, since git 2.48 perhaps relative to the folder. NULL: nothing, or `*unread`.
 */
static const char *read_recorded(const char **unread, struct arena *arena,
                                 const char *folder)
{
	BUF text = {0};
	struct error err;
	bool there;
	const char *line;

	if (!file_read(&text, &there, path_join(arena, folder, "gitdir"), FILE_LIMIT,
	               &err)) {
		*unread = arena_string(arena, err.text);
		return NULL;
	}
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
	};
	out->recorded = read_recorded(&out->unread, arena, probe->git_folder);
}

/* False: what is there cannot be told, and `*unread` says why. */
static bool look_at(struct probe *out, const char **unread,
                    struct invocation *invocation, const char *path)
{
	const struct strings no_flags = {0};
	struct arena *arena = invocation->arena;
	bool responds = disks_respond_for_repo(invocation, path, &no_flags);

	*out = (struct probe){.kind = REPO_NONE};
	if (responds)
		probe_path(out, arena, path);
	if (responds && !out->unreadable)
		return true;
	*unread = arena_format(arena, "cannot look at '%s': %s", path,
	                       responds ? out->reason : DISK_SILENT);
	return false;
}

/* Whose the worktree at a path is. */
enum owner {
	OWNER_NONE, /* there is no worktree, or its repository is gone */
	OWNER_THIS, /* that with the given folder for it */
	OWNER_OTHER,
	OWNER_UNKNOWN, /* `*unread` says why */
};

static enum owner owner_of(const char **unread, struct invocation *invocation,
                           const char *path, const char *folder)
{
	struct arena *arena = invocation->arena;
	const struct mounts *mounts = disks_mounts(invocation);
	struct probe probe;

	if (!look_at(&probe, unread, invocation, path))
		return OWNER_UNKNOWN;
	if (probe.kind != REPO_WORKTREE)
		return OWNER_NONE;
	return strcmp(mounts_real(mounts, arena, probe.git_folder),
	              mounts_real(mounts, arena, folder)) == 0
	               ? OWNER_THIS
	               : OWNER_OTHER;
}

/* A repository that is where the worktree says has forgotten it. */
static bool is_forgotten(const char **unread, struct invocation *invocation,
                         const char *absent)
{
	struct arena *arena = invocation->arena;
	struct probe probe;

	return look_at(&probe, unread, invocation,
	               path_parent(arena, path_parent(arena, absent))) &&
	       probe.kind != REPO_NONE;
}

bool worktree_link_find(struct worktree_link *out, struct invocation *invocation,
                        const struct strings *commons, const char *path,
                        const char *absent)
{
	struct arena *arena = invocation->arena;
	const char *id = path_join(arena, "worktrees", path_base(absent));
	const char *unread = NULL;
	size_t found = 0;

	*out = (struct worktree_link){0};
	if (is_forgotten(&unread, invocation, absent))
		return false;
	for (size_t i = 0; i < commons->count; i++) {
		const char *folder = path_join(arena, commons->items[i], id);
		const char *recorded = read_recorded(&unread, arena, folder);

		if (!recorded ||
		    (strcmp(recorded, path) != 0 &&
		     owner_of(&unread, invocation, recorded, folder) != OWNER_NONE))
			continue;
		found++;
		out->common = commons->items[i];
		out->folder = folder;
		out->recorded = recorded;
	}
	out->unread = unread;
	return found == 1 && !unread;
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

const char *worktree_link_obstacle(struct invocation *invocation, const char *common)
{
	struct arena *arena = invocation->arena;
	const char *worktrees = path_join(arena, common, "worktrees");
	DIR *folder = opendir(worktrees);
	const struct dirent *entry;
	const char *why = NULL;

	while (folder && !why && (errno = 0, entry = readdir(folder))) {
		const char *one = path_join(arena, worktrees, entry->d_name);
		const char *recorded = read_recorded(&why, arena, one);

		if (recorded &&
		    owner_of(&why, invocation, recorded, one) == OWNER_OTHER)
			why = arena_format(arena,
			                   "it would take '%s' from another repository",
			                   recorded);
	}
	if (!why && errno != 0)
		why = arena_format(arena, "cannot read the folder '%s': %s", worktrees,
		                   strerror(errno));
	if (folder)
		closedir(folder);
	return why;
}
