/*
 * Which paths lie on a file system whose answers may never come.
 *
 * A network or FUSE disk that is gone blocks whoever asks it, for ever and
 * beyond SIGKILL. The mount table says where such disks are without touching
 * them; on systems without /proc/self/mountinfo nothing is known to be slow.
 */
#ifndef BASE_MOUNTS_H
#define BASE_MOUNTS_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

struct mount {
	const char *point;
	bool remote; /* answered by another machine or by a process */
};

struct mounts {
	struct mount *items;
	size_t count;
	size_t room;
};

void mounts_load(struct mounts *out, struct arena *arena);

/* Adds one mount a line of `text`, which reads as proc(5) describes
 * /proc/self/mountinfo; any other line is ignored. Changes `text`. */
void mounts_parse(struct mounts *out, struct arena *arena, char *text);

/* By the text of an absolute path: the longest mount point above it decides,
 * of equal ones the last mounted. */
bool mounts_remote(const struct mounts *mounts, const char *path);

/* The same for a path with symbolic links in it, which are followed one by one:
 * each part is looked at only if what leads there is on no such disk. */
bool mounts_lead_remote(const struct mounts *mounts, const char *path);

#endif
