/*
 * What a fetch, pull, push or clone changed, in words.
 *
 * Derived from the references before and after, so in any language of git, and true
 * whatever git prints: `main 3 new commits (a1b2c3d..d4e5f60)`, `2 new branches,
 * 1 tag`, `up to date`. Commits are counted as `git rev-list --count` would; where the
 * way is too long or history was cut off, none are mentioned. A remote's branches
 * go by their names there, as long as there is one remote.
 *
 * Reads by libgit2, within summary_setup() and summary_teardown() (git/summary.h); what
 * only git could read is left out.
 */
#ifndef GIT_NEWS_H
#define GIT_NEWS_H

#include <stdbool.h>

#include "git/remote.h"

struct arena;
struct buf;
struct references;

/* The references of the repository at `path` as they are now; NULL: unknown. */
const struct references *references_read(struct arena *arena, const char *path);

/*
 * Appends what has changed in the repository at `path` since `before`, which is NULL
 * for a clone; nothing where that is unknown. Names in it are as git has them.
 */
void news_describe(struct buf *out, const struct transfer *transfer,
                   struct arena *arena, const char *path,
                   const struct references *before);

#endif
