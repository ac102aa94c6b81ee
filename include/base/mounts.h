/*
 * Which paths are on a file system that may never respond.
 *
 * A network or FUSE file system whose server is gone blocks every process that
 * accesses it, for ever and beyond SIGKILL. The mount table shows where such file
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
	bool silent; /* for its owner to note: it has not responded */
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

/* Whether any of them is remote: without one, no path needs to be looked at. */
bool mounts_have_remote(const struct mounts *mounts);

/* Decided by the longest mount point that is a prefix of the absolute path, of equal
 * ones by the last mounted. */
bool mounts_remote(const struct mounts *mounts, const char *path);

/* The same for a path that may contain symbolic links: they are resolved one by one,
 * and nothing on a remote file system is accessed for it. */
bool mounts_lead_remote(const struct mounts *mounts, const char *path);

/* Where the path leads, as far as it can be resolved without accessing a remote file
 * system; and whether that is on one. */
const char *mounts_follow(bool *remote, const struct mounts *mounts,
                          struct arena *arena, const char *path);

/* The same where it is on one; NULL: it is not. */
const char *mounts_find_remote(const struct mounts *mounts, struct arena *arena,
                               const char *path);

/* The same for a name in a folder that mounts_follow has resolved, at the cost of one
 * look where it is no link: for many names in many folders. */
const char *mounts_find_remote_in(const struct mounts *mounts, struct arena *arena,
                                  const char *real_folder, const char *name);

/* path_real (base/path.h), but links on a remote file system stay as they are. */
const char *mounts_real(const struct mounts *mounts, struct arena *arena,
                        const char *path);

/* The mount that an absolute path is on; NULL: there is no mount table. One that has
 * been seen to respond may be taken for local from then on, by its owner. */
struct mount *mounts_find(const struct mounts *mounts, const char *path);

#endif
