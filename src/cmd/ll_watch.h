/*
 * `ll --watch`: the table of `ll`, again and again as repos change.
 */
#ifndef CMD_LL_WATCH_H
#define CMD_LL_WATCH_H

#include <stdbool.h>

#include "cli/overview.h"

/* Shows the repos of the invocation until a signal ends it, by which the process then
 * ends. `overview` is set up; an exit status, its reason printed. */
int ll_watch(struct overview *overview, bool json, bool colors);

#endif
