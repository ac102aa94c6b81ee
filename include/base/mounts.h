/*
 * Which paths are on a file system that may never respond.
 *
 * A network or FUSE file system whose server is gone blocks every process that
 * accesses it, for ever and beyond SIGKILL. The mount table tells where such file
 * systems are without accessing them; where there is no /proc/self/mountinfo, all
 * paths count as local.
 */
#ifndef BASE_MOUNTS_H
#define BASE_MOUNTS_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

struct mount {
	const char *point;
	bool remote; /* served by another machine or by a process */
};

struct mounts {
	struct mount *items;
	size_t count;
	size_t room;
};

void mounts_load(struct mounts *out, struct arena *arena);

/* Appends one mount for each line of `text` that has the format of
 * /proc/self/mountinfo, see proc(5); other lines are ignored. Changes `text`. */
void mounts_parse(struct mounts *out, struct arena *arena, char *text);

/* Decided by the longest mount point that is a prefix of the absolute path, of equal
 * ones by the last mounted. */
bool mounts_remote(const struct mounts *mounts, const char *path);

/* The same for a path that may contain symbolic links: they are resolved one by one,
 * and nothing on a remote file system is accessed for it. */
bool mounts_lead_remote(const struct mounts *mounts, const char *path);

#endif
