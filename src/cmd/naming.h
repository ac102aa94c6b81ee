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
 * takes to be unique among themselves, the repos, the groups and the names in
 * `taken`; a number behind where parents do not help.
 */
void naming_choose(struct strings *out, struct arena *arena,
                   const struct registry *registry, const struct strings *paths,
                   const struct strings *taken);

/* A text in the form that a name may have, never empty: what a name may not hold
 * (spaces, `:`, control characters, glob characters) becomes `-`, a `-` or `@` at
 * the front goes. */
char *naming_clean(struct arena *arena, const char *text);

#endif
