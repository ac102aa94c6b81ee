/*
 * Standard output and standard error, checked.
 *
 * Everything that gita prints goes through here. A write that fails is
 * remembered and becomes exit status 1 in out_finish(); a closed pipe ends the
 * output quietly: out_closed() turns true, further output is dropped, and the
 * process ends as SIGPIPE would have ended it. A descriptor that is
 * non-blocking is waited for.
 */
#ifndef CLI_OUT_H
#define CLI_OUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/strings.h"

struct arena;

/* Results, on stdout, buffered until out_flush() or the end. */
void out_bytes(const void *bytes, size_t length);
void out_text(const char *text);
__attribute__((format(printf, 1, 2))) void out_format(const char *format, ...);
bool out_flush(void); /* false: closed or failed */
bool out_closed(void);

/* Bytes to stderr at once, after what stdout holds. */
bool out_error_bytes(const void *bytes, size_t length);

/* Whether stdout is a terminal; looked up once. */
bool out_is_terminal(void);

/* A name or path as a result: control characters escaped for a terminal (text_escape),
 * the bytes for a program. */
const char *out_escape(struct arena *arena, const char *text);

/* Whether stdout and stderr are the same file (terminal, `2>&1`). */
bool out_streams_are_one(void);

/*
 * Flushes. Turns `status` into 1 where output was lost (and says so), ends the
 * process by SIGPIPE where the reader is gone.
 */
int out_finish(int status);

/* Flushes and ends the process by the signal, as the parent expects. */
void out_end_by_signal(int number);

/* A hook that takes the progress line off the terminal before anything else is
 * written there; set by cli/progress.c. */
void out_before_write(void (*hook)(void));

struct buf;

/* From now on sentences are appended to the buf, a line each, instead of printed: who
 * draws on the whole screen shows them there. NULL: they are printed again. */
void say_into(struct buf *buf);

/*
 * Sentences on stderr, with the prefix `gita: ` and control characters escaped.
 * The first two return the exit status that goes with them, so that a failure
 * is `return say_failed(...)`.
 */
__attribute__((format(printf, 1, 2))) int say_failed(const char *format, ...); /* 1 */
__attribute__((format(printf, 1, 2))) int say_usage(const char *format, ...);  /* 2 */
__attribute__((format(printf, 1, 2))) void say_warning(const char *format, ...);
__attribute__((format(printf, 1, 2))) void say(const char *format, ...);
__attribute__((format(printf, 1, 2))) void say_plain(const char *format,
                                                     ...); /* no `gita: ` */

/* `did you mean 'a' or 'b'?` of one or more words, `mark` in front of each (`--`). */
const char *say_meant(struct arena *arena, const struct strings *words,
                      const char *mark);

/*
 * The usage error `WHAT 'WORD'` for a word that names nothing, with the nearest of
 * `known` as a suggestion, else with `otherwise` at the end (may be NULL).
 */
int say_unknown(const char *what, const char *word, const struct strings *known,
                const char *otherwise);

void say_notes(const struct notes *notes); /* each once, as warnings */

/* A yes-or-no question on the terminal, control characters escaped; false without
 * one. Empty answer: no. */
bool say_ask(const char *question);

#endif
