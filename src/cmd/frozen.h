/*
 * The list that `freeze` writes and `clone -f` reads: CSV as the Python tool has
 * it, one row a repo, then one a group.
 *
 *	url,name,path,type,flags,branch
 *	,group,path,repo|repo
 *
 * A repo without a URL has all six columns, so that it cannot be taken for a
 * group. Such a file comes from elsewhere: nothing in it is trusted.
 */
#ifndef CMD_FROZEN_H
#define CMD_FROZEN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/strings.h"

struct arena;
struct buf;

struct frozen_repo {
	const char *url; /* "": none */
	const char *name;
	const char *path;
	const char *type;   /* "" for a usual one, else as `ll` shows it */
	const char *flags;  /* quoted words */
	const char *branch; /* or tag, or hash; "": none */
	unsigned line;
};

struct frozen_group {
	const char *name;
	const char *path;
	struct strings members;
};

struct frozen {
	struct {
		struct frozen_repo *items;
		size_t count, room;
	} repos;
	struct {
		struct frozen_group *items;
		size_t count, room;
	} groups;
};

/* Fails with the line on a row that is neither. */
bool frozen_read(struct frozen *out, struct arena *arena, const char *path,
                 struct error *err);

void frozen_add_repo(struct buf *out, struct arena *arena,
                     const struct frozen_repo *repo);
void frozen_add_group(struct buf *out, struct arena *arena,
                      const struct frozen_group *group);

#endif
