/*
 * The one line on the terminal that says what is going on, and the sentence at
 * the end that says how it went.
 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct jobs_progress;

/* Shows progress only where stderr is a terminal that is not `dumb`; otherwise all
 * of these do nothing. The line is taken away before anything else is written. */
void progress_start(void);
void progress_show(const struct jobs_progress *progress);
void progress_clear(void);
void progress_stop(void);

#endif
