/*
 * The one line on the terminal that says what is going on, and the sentence at
 * the end that says how it went.
 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>

struct jobs_progress;

/* Whether there will be a line: stderr is a terminal that is not `dumb`. From
 * here on it is taken away before anything else is written (cli/out.h). */
bool progress_begin(void);

void progress_show(const char *title, const struct jobs_progress *progress);
void progress_clear(void);
void progress_end(void);

#endif
