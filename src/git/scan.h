/*
 * The index against HEAD and against the work tree: staged, unstaged,
 * untracked, conflicted, and out as soon as all four are known.
 *
 * One sorted index is merged with the sorted folders of the work tree, walked
 * relative to their descriptors; a file is read only where its stat data leave
 * a doubt. Ignore rules are asked only for names that the index does not know.
 */
#ifndef GIT_SCAN_H
#define GIT_SCAN_H

#include <git2.h>

#include "git/summary.h"

/*
 * Fills the four flags of `out`. READING_ASK_GIT where git would or might
 * judge differently (`out` untouched). A repository that cannot be read
 * makes `out` broken, with the reason in `arena`.
 */
enum reading scan_files(struct summary *out, git_repository *repository,
                        struct arena *arena, const struct spread *spread);

#endif
