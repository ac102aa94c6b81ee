#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/mounts.h"
#include "base/path.h"

/* As many as the kernel follows (path_resolution(7)). */
enum { MOST_LINKS = 40 };

static bool have_remote(const struct mounts *mounts)
{
	for (size_t i = 0; i < mounts->count; i++) {
		if (mounts->items[i].remote)
			return true;
	}
	return false;
}

/* Where the link at `path` leads, NULL where there is none. */
static const char *read_link(struct arena *arena, const char *path)
{
	char target[PATH_MAX];
	ssize_t length = readlink(path, target, sizeof target);

	return length > 0 ? arena_bytes(arena, target, (size_t)length) : NULL;
}

static bool follow(const struct mounts *mounts, struct arena *arena, const char *path)
{
	const char *reached = "/", *rest = path;
	int links = 0;

	while (links <= MOST_LINKS) {
		size_t length;
		const char *part, *there, *target;

		rest += strspn(rest, "/");
		length = strcspn(rest, "/");
		if (length == 0)
			return false;
		part = arena_bytes(arena, rest, length);
		rest += length;
		/* No link is left in `reached`, so its text can be folded. */
		there = path_absolute(arena, path_join(arena, reached, part));
		if (mounts_remote(mounts, there))
			return true;
		target = read_link(arena, there);
		if (!target) {
			reached = there;
			continue;
		}
		links++;
		rest = arena_format(arena, "%s/%s", target, rest);
		if (*target == '/')
			reached = "/";
	}
	return false;
}

bool mounts_lead_remote(const struct mounts *mounts, const char *path)
{
	struct arena arena = {0};
	bool remote = have_remote(mounts) && follow(mounts, &arena, path);

	arena_drop(&arena);
	return remote;
}
