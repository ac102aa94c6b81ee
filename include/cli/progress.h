/*
 * What a terminal shows of a run while it goes on: one line that says what is
 * running, and rows above it where the output mode has some.
 *
 * It is drawn over itself at the bottom of the screen, on stderr, and is gone while
 * anything else is written (cli/out.h). A new size of the terminal is taken up when it
 * is drawn again.
 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

struct jobs_progress;
struct strings;

/* Whether anything will be shown: stderr is a terminal that is not `dumb`. */
bool progress_begin(void);

/* How many rows fit above the line. */
size_t progress_room(void);

/* The rows may hold escape sequences for colours and are no wider than the terminal;
 * NULL: none. */
void progress_show(const char *title, const struct jobs_progress *progress,
                   const struct strings *rows);

/* A question in its place, until progress_end; it begins and is there without
 * progress_begin. */
void progress_ask(const char *question);
void progress_clear(void);
void progress_end(void);

#endif
