/*
 * Names for repos and groups that gita chooses itself.
 */
#ifndef CMD_NAMING_H
#define CMD_NAMING_H

#include "base/strings.h"
#include "store/registry.h"

struct arena;

/*
 * One name a path: the folder's name, with as many parent folders in front as it
 * takes to be unique among themselves, the repos and the groups. What a name may
 * not hold (spaces, `:`, control characters, glob characters, `-` or `@` at the
 * front) becomes `-` or goes.
 */
void naming_choose(struct strings *out, struct arena *arena,
                   const struct registry *registry, const struct strings *paths);

/* A text in the form that a name may have; never empty. */
char *naming_clean(struct arena *arena, const char *text);

#endif
