/*
 * What gita remembers: repos (repos.csv), groups (groups.csv) and the context
 * (NAME.context), read together and changed together.
 *
 * The files are those of the Python tool and may be changed by it between any
 * two calls. A rewrite keeps what gita does not use: rows whose repo is not on
 * disk, additional columns, a second repo of the same name, members of a group
 * that are no repo. Unchanged rows keep their bytes, and lines that start with `#`,
 * which are comments, their place between the rows. Rows of the same group are
 * merged. The order in memory is that of the file. Everything lives in the arena
 * passed at the start; strings are bytes, not necessarily UTF-8; a struct repo or
 * group does not move while others are added and removed.
 *
 * A change consists of registry_begin (creates the folder, takes the lock, reads),
 * changes in memory, registry_commit (writes what changed) and, in every case,
 * registry_end. Rows that do not parse are left out:
 * registry_load adds a note about them, registry_begin fails, so that such a file is
 * never written.
 *
 * The files are written one after the other, in an order in which they agree after
 * each: what is referred to comes before what refers to it, and goes after it; while a
 * name changes, groups.csv has the old one and the new one. So a kill in between, or a
 * reader, finds at worst a member that is no repo, or a group under both names, but no
 * group that has lost a repo, and no context without its group. After an error all is
 * put back.
 */
#ifndef STORE_REGISTRY_H
#define STORE_REGISTRY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/file.h"
#include "base/strings.h"
#include "store/home.h"

struct arena;

struct repo {
	const char *name;
	const char *path;
	const char *type;    /* the third column, "" for a usual repo */
	const char *flags;   /* the fourth column: options for git as quoted
	                        words; registry_flags splits them */
	struct strings rest; /* additional columns, kept */
	unsigned line;       /* in repos.csv; 0: a new repo */
	const char *bytes;   /* the row in the file; NULL: changed */
	bool superseded; /* its path is gone, and another row of the same name has one
	                    that is there: what a move leaves; kept, but not chosen */
};

struct group {
	const char *name;
	struct strings members; /* names; those of no repo are ignored */
	const char *path;       /* "" or the group's folder */
	struct strings rest;
	unsigned line; /* in groups.csv; 0: a new group */
	const char *bytes;
};

/* The comments of a file, in its order. */
struct comments {
	struct comment {
		unsigned line;
		const char *bytes;
	} * items;
	size_t count;
	size_t room;
};

/* A name that has been replaced in memory, not yet in the files. */
struct renaming {
	const char *old, *new;
};

struct renamings {
	struct renaming *items;
	size_t count;
	size_t room;
};

struct repos {
	struct repo **items;
	size_t count;
	size_t room;
};

struct groups {
	struct group **items;
	size_t count;
	size_t room;
};

struct registry {
	struct arena *arena;
	const struct home *home;
	struct repos repos;
	struct groups groups;
	struct comments repo_comments, group_comments;
	const char *context;          /* NULL: none; "auto"; or the name of a group that
	                                 may no longer exist */
	struct strings context_files; /* names of all *.context files, sorted; the
	                                 next change leaves one */
	struct repos by_name;    /* sorted by name, of equal ones the valid first */
	struct strings left_out; /* a sentence a file with rows that do not parse */
	const char *refusal;     /* why nothing may be written then; else NULL */
	bool repos_changed, groups_changed, context_changed;
	struct renamings renamed_members;
	const char *context_before; /* the one that the files have */
	bool context_renamed;       /* the same group, under another name */
	struct file_lock lock;
};

/* Reads without the lock, again if a file was replaced meanwhile; such a registry
 * must not be committed. */
bool registry_load(struct registry *out, const struct home *home, struct arena *arena,
                   struct notes *notes, struct error *err);

bool registry_begin(struct registry *out, const struct home *home, struct arena *arena,
                    struct notes *notes, struct error *err);
bool registry_commit(struct registry *registry, struct error *err);
void registry_end(struct registry *registry);

/* By name; NULL if there is none. Of several rows with the same name the last one
 * whose path exists, else the last one; paths on remote file systems count as
 * existing. */
struct repo *registry_repo(const struct registry *registry, const char *name);
struct group *registry_group(const struct registry *registry, const char *name);

/* The repo with that path, compared byte by byte; NULL if there is none. */
struct repo *registry_repo_at(const struct registry *registry, const char *path);

/*
 * The words of the repo's flags; none if the folder is writable by others (struct
 * home). Fails on an unclosed quote.
 */
bool registry_flags(struct strings *out, const struct registry *registry,
                    const struct repo *repo, struct error *err);

/*
 * The group of the context: with `auto` the one with the deepest path that is
 * `folder` (a real path) or above it. NULL if no context is set or `auto` matches no
 * group; fails if the group of the context does not exist.
 */
bool registry_context(struct group **out, const struct registry *registry,
                      const char *folder, struct error *err);

/*
 * Whether a repo or group may be named `name`, else an error: a name is not empty,
 * contains no space, `:` or control character, is not special on the command line
 * (leading `-` or `@`, `.`, a path with a leading `/`, `./`, `../`, a glob), and not
 * in use. `auto` and `none` are no names of groups: the command `context` uses them.
 */
bool registry_name_free(const struct registry *registry, const char *name,
                        struct error *err);
bool registry_group_name_free(const struct registry *registry, const char *name,
                              struct error *err);

/*
 * Changes in memory. Removing or renaming a repo updates the groups, unless another
 * repo of that name is meant by them (registry_repo); with a repo go those that it has
 * superseded; removing or renaming a group
 * updates the context, and a group that has the new name is replaced. Strings are
 * copied.
 */
struct repo *registry_add_repo(struct registry *registry, const char *name,
                               const char *path, const char *type);
void registry_remove_repo(struct registry *registry, struct repo *repo);
void registry_rename_repo(struct registry *registry, struct repo *repo,
                          const char *name);
void registry_set_path(struct registry *registry, struct repo *repo, const char *path);
void registry_set_flags(struct registry *registry, struct repo *repo,
                        const char *flags);
struct group *registry_add_group(struct registry *registry, const char *name,
                                 const char *path);
void registry_remove_group(struct registry *registry, struct group *group);
void registry_rename_group(struct registry *registry, struct group *group,
                           const char *name);
void registry_set_group_path(struct registry *registry, struct group *group,
                             const char *path);
bool registry_join_group(struct registry *registry, struct group *group,
                         const char *repo); /* false: already a member */
bool registry_leave_group(struct registry *registry, struct group *group,
                          const char *repo); /* false: not a member */
void registry_set_context(struct registry *registry, const char *context);

/*
 * Whether all members are called REPO@GROUP, and there is one: so `wt add` names the
 * worktrees of one branch in several repos.
 */
bool registry_is_worktree_set(const struct group *group);

/* Appends the names of the groups with the member `repo`, in file order. */
void registry_groups_of(struct strings *out, struct arena *arena,
                        const struct registry *registry, const char *repo);

#endif
