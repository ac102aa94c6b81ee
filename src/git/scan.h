/*
 * The index against HEAD and against the work tree: staged, unstaged,
 * untracked, conflicted, and out as soon as all four are known.
 *
 * One sorted index is merged with the folders of the work tree, walked one by
 * one relative to its root; a file is read only where its stat data leave a
 * doubt. Ignore rules are asked only for names that the index does not know.
 *
 * libgit2 reads and hashes objects here, and nothing else: its index is slow (see
 * scan_index.h), and its ignore rules are not git's.
 */
#ifndef GIT_SCAN_H
#define GIT_SCAN_H

#include "reader.h"

/*
 * Fills the four flags of `out`, whose `unborn` is known; else the reader knows
 * the tree of HEAD and has opened the repository. READING_ASK_GIT where git would or
 * might judge differently, or something cannot be read: `out` is untouched, and git
 * knows the words for it. A bare repository is not for here. `spread` (or NULL)
 * helps with a very large index; while it runs, nothing of libgit2's is touched.
 */
enum reading scan_files(struct summary *out, const struct reader *reader,
                        const struct spread *spread);

#endif
