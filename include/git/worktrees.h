/*
 * The work trees that belong to one repository: the main one, the linked ones of
 * `git worktree add`, and those of its submodules.
 *
 * As in git/ask.h this side knows which commands to run and how to parse what they
 * print; a layer with a process engine runs them. Strings live in the arena.
 */
#ifndef GIT_WORKTREES_H
#define GIT_WORKTREES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strings.h"

struct arena;

struct worktree {
	const char *path;     /* absolute; the first one's is the repository's key */
	const char *head;     /* full hash; NULL: none, or bare */
	const char *branch;   /* refs/heads/...; NULL: detached or bare */
	bool bare;            /* the main entry of a repository without a work tree */
	bool locked;          /* `git worktree lock`: its disk may be elsewhere */
	const char *prunable; /* git's reason, where nothing of it is left; or NULL */
};

struct worktrees {
	struct worktree *items; /* the main one first, never empty once parsed */
	size_t count;
	size_t room;
};

/* Where the work tree of the repository at `path` is: where `--work-tree` among its
 * flags or core.worktree of its own configuration says, else `path`. Looks into it. */
const char *worktree_at(struct arena *arena, const char *path,
                        const struct strings *flags);

/* The words after `git` that list the work trees, and their output
 * (git-worktree(1), "Porcelain Format", with -z); false: it is none. */
void worktrees_words(struct strings *out, struct arena *arena);
bool worktrees_parse(struct worktrees *out, struct arena *arena, const char *text,
                     size_t length);

/* The words that print where the work tree's root is, one line. */
void worktrees_root_words(struct strings *out, struct arena *arena);

/* The words that list the submodules of the work tree in whose root they run, and
 * their output: paths within it. Exit status 1: there are none. */
void submodules_words(struct strings *out, struct arena *arena);
void submodules_parse(struct strings *out, struct arena *arena, const char *text,
                      size_t length);

#endif
