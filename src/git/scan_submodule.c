#include <errno.h>
#include <fcntl.h>

#include "scan_parts.h"

/* Whether there is a repository, or something else that is no empty folder. */
static bool is_absent(const struct scan *scan, struct arena *arena, const char *path)
{
	struct stat st;

	return fstatat(scan->root, path, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	       S_ISDIR(st.st_mode) &&
	       fstatat(scan->root, arena_format(arena, "%s/.git", path), &st,
	               AT_SYMLINK_NOFOLLOW) != 0 &&
	       errno == ENOENT;
}

void scan_submodules(struct scan *scan)
{
	struct arena arena = {0};

	for (size_t i = 0; i < scan->index.count && scan->index.repos; i++) {
		const struct index_entry *entry = scan->index.entries[i];

		if ((index_number(entry->mode) & KIND_MASK) == KIND_REPO &&
		    !is_absent(scan, &arena, index_path(entry)))
			scan_raise(&scan->doubt);
	}
	arena_drop(&arena);
}
