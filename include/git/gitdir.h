/*
 * Facts that only files in the git folder record, not git's references and objects:
 * the operation in progress and the last fetch, which both ways to a summary
 * take from here, and whether there is a work tree.
 */
#ifndef GIT_GITDIR_H
#define GIT_GITDIR_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct probe;

enum operation {
	OPERATION_NONE,
	OPERATION_MERGE,
	OPERATION_REBASE,
	OPERATION_AM,
	OPERATION_CHERRY_PICK,
	OPERATION_REVERT,
	OPERATION_BISECT,
};

/* As JSON spells it; NULL for none. */
const char *operation_name(enum operation operation);

/* What `git status` reports as in progress; `*rebasing` is the branch that is being
 * rebased, else NULL. `detached`: HEAD is, as it is while git rebases. */
enum operation gitdir_operation(const char **rebasing, struct arena *arena,
                                const char *git_folder, bool detached);

/* When something was last fetched, in seconds: FETCH_HEAD was written, by whichever
 * work tree of the repository, or it was cloned. 0: never, as far as HEAD's log goes
 * back; FETCHED_UNKNOWN: it does not go back to the beginning. */
enum { FETCHED_UNKNOWN = -1 };
int64_t gitdir_fetched(struct arena *arena, const char *git_folder,
                       const char *common_folder);

/* Whether a repository at `.git` may be bare all the same, as `git clone --bare URL
 * .git` makes it: its own configuration says so, or only git can tell. */
bool gitdir_may_be_bare(const struct probe *probe);

#endif
