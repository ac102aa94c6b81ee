/* Facts that are files in the git folder: an operation in progress, stashes,
 * the last fetch. Both ways to a summary take them from here. */
#ifndef GIT_FOLDER_H
#define GIT_FOLDER_H

#include "git/summary.h"
#include "refs.h"

/* What `git status` says is in progress; `*rebasing` (or NULL) is the branch.
 * `detached`: HEAD is, as it is while git rebases. */
enum operation folder_operation(const char **rebasing, struct arena *arena,
                                const char *git_folder, bool detached);

/* How many lines `git stash list` prints. */
size_t folder_stashes(struct refs *refs);

/* When FETCH_HEAD was last written; 0: never. */
int64_t folder_fetched(struct arena *arena, const char *git_folder,
                       const char *common_folder);

#endif
