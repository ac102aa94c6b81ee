/*
 * What gita remembers: repos (repos.csv), groups (groups.csv) and the context
 * (NAME.context), read together and changed together.
 *
 * The files are those of the Python tool and may be changed by it between any
 * two calls. What is not understood is kept: rows whose repo is not on disk,
 * further columns, a second repo of the same name, members of a group that name
 * no repo; a row that no change touched keeps its bytes. Rows of one group are
 * read as one. Order in memory is the
 * order in the file. Everything lives in the arena given at the start; strings
 * are bytes, not necessarily UTF-8; a struct repo or group stays where it is
 * while others are added and removed.
 *
 * A change is: registry_begin (makes the folder, takes the lock, reads), the
 * changes in memory, registry_commit (writes what changed: repos, then groups,
 * then the context) or nothing, and registry_end in every case. A file that
 * does not parse fails the call, with its line, and is never written.
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
	const char *type;    /* third column as it stands, "" for a usual one */
	const char *flags;   /* fourth column: options for git, quoted words; to
	                        run them take registry_flags */
	struct strings rest; /* further columns, kept */
	unsigned line;       /* of repos.csv; 0: a new repo */
	const char *bytes;   /* the row as it stands in the file; NULL: changed */
};

struct group {
	const char *name;
	struct strings members; /* names; those that are no repo are ignored */
	const char *path;       /* "" or the group's folder */
	struct strings rest;
	const char *bytes;
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
	const char *context; /* NULL: none; "auto"; or a group's name, which may
	                        be gone */
	struct strings context_files; /* names of all *.context files, sorted; more
	                                 than one is cleaned up by the next change */
	struct repos by_name; /* sorted by name, of equal ones the first row first */
	bool repos_changed, groups_changed, context_changed;
	struct file_lock lock;
};

/* Reads without the lock, to look only. */
bool registry_load(struct registry *out, const struct home *home, struct arena *arena,
                   struct notes *notes, struct error *err);

bool registry_begin(struct registry *out, const struct home *home, struct arena *arena,
                    struct notes *notes, struct error *err);
bool registry_commit(struct registry *registry, struct error *err);
void registry_end(struct registry *registry);

/* By name; NULL where there is none. Of two rows of one name the first. */
struct repo *registry_repo(const struct registry *registry, const char *name);
struct group *registry_group(const struct registry *registry, const char *name);

/* The repo whose path is that folder; both compared as they stand. */
struct repo *registry_repo_at(const struct registry *registry, const char *path);

/*
 * The words of the repo's flags, none where others may write to the folder
 * (struct home). Fails, naming the repo, on a quote that is left open.
 */
bool registry_flags(struct strings *out, const struct registry *registry,
                    const struct repo *repo, struct error *err);

/*
 * The group that the context stands for now: with `auto` the one with the
 * deepest path that is, or lies above, the real path `folder`. NULL for no
 * context or no such group; a context whose group is gone is the error.
 */
bool registry_context(struct group **out, const struct registry *registry,
                      const char *folder, struct error *err);

/*
 * Whether `name` may be given to a repo: not empty, no space, `:`, control
 * character, not a form of the command line (leading `-` or `@`, `.`, a path with
 * a leading `/`, `./`, `../`, a glob), not taken by a repo or group. A group may
 * not be called `auto` or `none` either, which `context` takes for its own.
 */
bool registry_name_free(const struct registry *registry, const char *name,
                        struct error *err);
bool registry_group_name_free(const struct registry *registry, const char *name,
                              struct error *err);

/*
 * Changes in memory. Removing or renaming a repo follows into the groups,
 * removing or renaming a group into the context. Strings are copied.
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
                         const char *repo); /* false: was in it already */
bool registry_leave_group(struct registry *registry, struct group *group,
                          const char *repo); /* false: was not in it */
void registry_set_context(struct registry *registry, const char *context);

/* Names of the groups that `repo` is in, in file order. */
void registry_groups_of(struct strings *out, struct arena *arena,
                        const struct registry *registry, const char *repo);

#endif
