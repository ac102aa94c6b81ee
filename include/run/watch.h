/*
 * Watching folders for changes (inotify, kqueue, by libuv).
 *
 * The system bounds how many folders can be watched; at most half of that, and
 * WATCH_MOST, are taken. A set is the folders of one owner: it is watched whole or,
 * where they are too many, not at all, and its owner must poll. On
 * a disk of another machine no change is reported, and starting may hang: such folders
 * must not come here.
 */
#ifndef RUN_WATCH_H
#define RUN_WATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strings.h"

struct loop;
struct arena;
struct watches;
struct watch_set;

enum { WATCH_MOST = 32768 };

/* Sets of one loop; all end with watches_close, to be called before loop_close. */
struct watches *watches_open(struct loop *loop, struct arena *arena);
void watches_close(struct watches *watches);

/* How many folders all sets together may have, and have. */
size_t watches_most(const struct watches *watches);
size_t watches_count(const struct watches *watches);

/* An empty set. `changed` is called for each change, with the name of what changed
 * (NULL: unknown); `folders`: there may be folders now that were not there before. */
struct watch_set *watch_set_make(struct watches *watches,
                                 void (*changed)(void *context, const char *name,
                                                 bool folders),
                                 void *context);

/*
 * Makes the set consist of these sorted folders; those already in it stay watched.
 * `*grown`: a folder is watched that was not before. False: the system or the limit
 * does not allow it, and the set is empty.
 */
bool watch_set_update(struct watch_set *set, const struct strings *sorted, bool *grown);

#endif
