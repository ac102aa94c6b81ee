/*
 * The one line on the terminal that shows what is running.
 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>

struct jobs_progress;

/* Whether there will be a line: stderr is a terminal that is not `dumb`. Until
 * runner_progress_end it is erased before anything else is written (cli/out.h). */
bool runner_progress_begin(void);

void runner_progress_show(const char *title, const struct jobs_progress *progress);
void runner_progress_clear(void);
void runner_progress_end(void);

#endif
