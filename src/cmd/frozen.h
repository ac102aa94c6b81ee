/*
 * The list that `freeze` writes and `clone -f` reads: CSV as the Python tool has
 * it, one row a repo, then one a group.
 *
 *	url,name,path,type,flags,branch[,parent]
 *	,group,path,repo|repo
 *
 * A repo without a URL has at least six columns, so that it cannot be taken for
 * a group. Such a file comes from elsewhere: nothing in it is trusted.
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
	const char *type;   /* "" for a usual one, else as `ll` shows it; or `mirror`,
	                       for a bare one that git fetch keeps equal to its remote */
	const char *flags;  /* quoted words */
	const char *branch; /* or tag, or hash; "": none */
	const char *parent; /* name of a worktree's main repository or a submodule's
	                       superproject; "" where that is not in the list */
	unsigned line;
};

extern const char frozen_bare[], frozen_mirror[];

/* Whether it is of either type, which have no work tree. */
bool frozen_is_bare(const struct frozen_repo *repo);

struct frozen_group {
	const char *name;
	const char *path;
	struct strings members;
};

/* A row that cannot be used. */
struct frozen_error {
	unsigned line;
	const char *why;
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
	struct {
		struct frozen_error *items;
		size_t count, room;
	} errors;
};

/* `-` is standard input. Rows that cannot be used are put into `errors`, the others are
 * read. Fails on a file that cannot be read, or holds a NUL byte. */
bool frozen_read(struct frozen *out, struct arena *arena, const char *path,
                 struct error *err);

void frozen_add_repo(struct buf *out, struct arena *arena,
                     const struct frozen_repo *repo);
void frozen_add_group(struct buf *out, struct arena *arena,
                      const struct frozen_group *group);

#endif
