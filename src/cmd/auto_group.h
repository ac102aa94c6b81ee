/*
 * Groups that mirror folders: what `add -a` makes.
 */
#ifndef CMD_AUTO_GROUP_H
#define CMD_AUTO_GROUP_H

#include "base/strings.h"
#include "store/registry.h"

/*
 * For each folder from `root` down to a repo, a group of the repos below it, with
 * that folder as its path: `src`, `src-project1`. `names` and `paths` are the
 * repos, name by path. Groups that are there are joined, so that it may be done
 * again and again; a name that is taken for something else gets the folder above
 * in front. Works on the registry in memory.
 */
void group_by_folder(struct registry *registry, const char *root,
                     const struct strings *names, const struct strings *paths);

#endif
