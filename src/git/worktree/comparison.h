/*
 * One work tree compared with its index and with HEAD: what is asked, what git's
 * configuration wants, and the answers so far.
 *
 * A struct comparison is made on one thread; the walk may then go on in several pieces
 * at once, each with a struct rules of its own. During the walk the repository's
 * handles are not used, the answers are atomic, and what is read late is read under
 * the lock.
 *
 * Answers only ever turn true. One that is true already is not looked for any more, and
 * `ask_git` ends everything.
 */
#ifndef GIT_WORKTREE_COMPARISON_H
#define GIT_WORKTREE_COMPARISON_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "libgit2.h"
#include "worktree/attributes.h"
#include "worktree/ignore.h"
#include "worktree/index.h"

struct config;

/* The four facts of a work tree. */
struct worktree_state {
	bool staged, unstaged, untracked, conflicted;
};

/* What the caller knows of the repository; all of it stays the caller's. */
struct worktree_question {
	git_repository *repository; /* for its objects */
	const struct config *config;
	const git_oid *tree; /* of HEAD; NULL: there is no commit yet */
	const char *path;    /* of the work tree */
	const char *git_folder;
	const char *common_folder;
	unsigned depth; /* how many superprojects this is a submodule of */
	/*
	 * Reads another repository: its commit in hexadecimal digits (NULL: none yet)
	 * and its state. `depth` is that of its own question. False: only git can.
	 */
	bool (*read_submodule)(struct worktree_state *state, const char **head,
	                       struct arena *arena, const char *path, unsigned depth);
};

enum untracked { UNTRACKED_NO, UNTRACKED_NORMAL, UNTRACKED_ALL };

/* git's configuration, as far as it decides what a status says. */
struct comparison_config {
	bool trust_ctime;
	bool check_all; /* core.checkStat is not `minimal` */
	bool file_mode;
	bool symlinks;
	bool converts_lines; /* core.autocrlf */
	enum untracked untracked;
	const char *ignore_file;       /* core.excludesFile; NULL: none */
	const char *attributes_file;   /* core.attributesFile; NULL: none */
	const char *ignore_submodules; /* diff.ignoreSubmodules; NULL: not set */
};

/* Files that hold for all folders, the strongest first: info/exclude and
 * core.excludesFile; info/attributes, core.attributesFile and the system's. */
enum { COMMON_IGNORES = 2, COMMON_ATTRIBUTES = 3 };

struct comparison {
	const struct worktree_question *question;
	struct comparison_config config;
	struct index_file index;
	int root; /* the work tree, open */
	struct arena *arena;

	atomic_bool unstaged;
	atomic_bool untracked;
	atomic_bool ask_git;

	pthread_mutex_t lock;
	const char *ignore_files[COMMON_IGNORES];
	bool ignores_read;
	struct ignore_list ignores[COMMON_IGNORES];
	bool attributes_read;
	struct attribute_list attributes[COMMON_ATTRIBUTES];
};

static inline bool comparison_has(const atomic_bool *answer)
{
	return atomic_load_explicit(answer, memory_order_relaxed);
}

static inline void comparison_raise(atomic_bool *answer)
{
	atomic_store_explicit(answer, true, memory_order_relaxed);
}

/* Whether the work tree has nothing more to add to the answers. */
bool comparison_is_done(const struct comparison *comparison);

/* Opens the work tree, reads configuration and index. False: git must judge. What is
 * opened is closed by comparison_end() in both cases. */
bool comparison_begin(struct comparison *out, const struct worktree_question *question,
                      struct arena *arena);
void comparison_end(struct comparison *comparison);

/*
 * Reads a file whole, by its name in an open folder; `flags` are more flags for
 * openat(). False: there is none, or it cannot be read. Where the file is not to blame
 * (no descriptor is left, it is too large to be held) `ask_git` is raised as well.
 */
bool comparison_read(struct buf *out, struct comparison *comparison, int folder,
                     const char *name, int flags);

#endif
