#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

#include "git/probe.h"
#include "scan_names.h"
#include "scan_parts.h"

/* Whether the folder's `.git` is a repository in git's eyes, and another one than
 * that which is scanned. */
static bool is_other_repository(const struct walk *walk, int descriptor)
{
	const struct scan *scan = walk->scan;
	struct arena arena = {0};
	struct probe probe;
	struct stat there, own;
	bool other;

	probe_path(&probe, &arena,
	           arena_format(&arena, "%s%s", scan->folder, walk->path.data));
	other = probe.kind != REPO_NONE && probe.kind != REPO_BARE;
	if (other && fstatat(descriptor, ".git", &there, 0) == 0 &&
	    stat(scan->git_folder, &own) == 0)
		other = there.st_ino != own.st_ino || there.st_dev != own.st_dev;
	arena_drop(&arena);
	return other;
}

static void look_inside(struct walk *walk, struct folder *folder,
                        const struct names *names)
{
	const struct dirent64 *name;
	size_t at = 0;

	while (!scan_done(walk->scan) && (name = names_next(names, &at))) {
		bool is_folder = name->d_type == DT_DIR;

		if (!is_folder && name->d_type != DT_REG && name->d_type != DT_LNK)
			continue;
		scan_set_path(walk, folder, name->d_name);
		if (scan_ignored(walk, folder, is_folder))
			continue;
		if (!is_folder) {
			scan_raise(&walk->scan->untracked);
			return;
		}
		*ARENA_PUSH(&walk->arena, &walk->pending) = (struct pending){
			.path = arena_format(&walk->arena, "%s/", walk->path.data),
			.length = walk->path.length + 1,
		};
	}
}

void scan_unknown(struct walk *walk, struct folder *parent)
{
	struct folder folder = {.parent = parent, .length = walk->path.length};
	size_t count = walk->pending.count;
	struct names names;
	int descriptor;

	/* git asks for whole paths, and warns of what is beyond their limit. */
	if (walk->path.length >= PATH_MAX)
		return;
	descriptor = scan_open_folder(walk);
	if (descriptor < 0) {
		if (errno == EMFILE || errno == ENFILE)
			scan_raise(&walk->scan->doubt);
		return; /* as an empty one, for git too */
	}
	names_read(&names, &walk->names, descriptor);
	if (names.repo && is_other_repository(walk, descriptor))
		scan_raise(&walk->scan->untracked);
	close(descriptor);
	look_inside(walk, &folder, &names);
	scan_pending(walk, &folder, count);
}
