/*
 * Shell wildcards, matched as wildmatch() of git's wildmatch.c does: `?`, `*`, `[...]`
 * with ranges, negation and classes, and `\` before a byte that stands for itself.
 * Case always counts.
 */
#ifndef GIT_WORKTREE_WILDMATCH_H
#define GIT_WORKTREE_WILDMATCH_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Whether the pattern matches all `length` bytes of the text. With `pathname` a slash
 * is matched by a slash alone, and by `**` where that is a whole component of the
 * pattern; without it, a slash is a byte like any other. Uses no memory, and no
 * pattern makes it take exponential time.
 */
bool wildmatch(const char *pattern, const char *text, size_t length, bool pathname);

#endif
