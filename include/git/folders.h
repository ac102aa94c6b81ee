/*
 * The folders of a repository in which a change can alter its summary.
 *
 * Those of the work tree that git looks into for a status (not the ignored ones,
 * unless something in them is tracked), the git folder with its references, and the
 * git folders of submodules. Where the rules of ignoring cannot be read as git reads
 * them, every folder counts. Of a repository that is not there it is the folder in
 * which it would appear.
 */
#ifndef GIT_FOLDERS_H
#define GIT_FOLDERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strings.h"

struct arena;

/* Sorted, no folder twice. False: there are more than `most`, or nothing to watch.
 * May be called on several threads at once. */
bool folders_list(struct strings *out, struct arena *arena, const char *path,
                  size_t most);

#endif
