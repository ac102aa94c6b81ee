/*
 * How the results of a run reach the person.
 *
 * A mode is a row of functions; an output is one use of a mode. The runner calls, in
 * this order, and does not know what a mode prints:
 *
 *     output_begin (output_start | output_progress | output_result)* output_end
 *
 * may come again with another mode (the runs with a login, on the terminal), and
 * output_summary closes. The output counts results whatever its mode: summary
 * and exit status follow from these counts.
 */
#ifndef CLI_RUN_OUTPUT_H
#define CLI_RUN_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strings.h"

struct arena;
struct job_result;
struct jobs_progress;
struct output;
struct spool;
struct spools;

/* An item that is over. */
struct output_result {
	size_t index; /* of the item, in the order of the run */
	const char *name;
	const char *folder;
	bool ok;
	const char *news;             /* what it did, in words; NULL: not known */
	const char *reason;           /* why it is not ok, as output_reason() has it */
	const char *skipped;          /* why it was left out, which is no failure; NULL:
	                                 it was not; "": as was asked for */
	const struct job_result *job; /* its spools are NULL after a run on the
	                                 terminal, and valid during the call only */
};

struct output_mode {
	bool captures;  /* needs the output even of a single child */
	bool separates; /* needs stdout and stderr of a child apart */
	bool describes; /* puts into words what a fetch, pull, push or clone did */
	bool orders;    /* sees to the order itself: results may come in any */

	/* Any of them may be NULL: the mode does nothing there. */
	bool (*begin)(struct output *output); /* whether `progress` is wanted */
	void (*start)(struct output *output, size_t index);
	void (*progress)(struct output *output, const struct jobs_progress *progress);
	void (*suspend)(struct output *output); /* ^Z: clear what `progress` drew */
	void (*result)(struct output *output, const struct output_result *result);
	void (*end)(struct output *output);
};

/* Each child's output whole, its name before every line. */
extern const struct output_mode output_blocks;
/* One object a line. */
extern const struct output_mode output_json;
/* The children write to the terminal themselves. */
extern const struct output_mode output_terminal;

/* Zeroed but for the members up to `colors`, which the owner sets. */
struct output {
	struct arena *arena;
	const char *title;        /* what progress and summary call the run: `fetch` */
	const char *const *names; /* of the items */
	size_t total;             /* items */
	bool quiet;               /* only failures */
	bool in_order;            /* print in the order of the run */
	bool colors;

	const struct output_mode *mode;
	void *state;    /* the mode's own, from output_begin to output_end */
	double started; /* at the first output_begin, by a steady clock */
	double paused;
	size_t ok, failed, skipped, not_run;
	const char **reasons;  /* of the items that failed, by index; else NULL */
	bool lost;             /* the end of a child's output was lost */
	bool cut;              /* that of the one whose result is being printed */
	struct strings errors; /* that are common to all items and were printed */
};

/* Whether the mode wants output_progress. */
bool output_begin(struct output *output, const struct output_mode *mode);

/* An item starts; where children have the terminal, is about to. */
void output_start(struct output *output, size_t index);
void output_progress(struct output *output, const struct jobs_progress *progress);
void output_suspend(struct output *output);

/* From one to the other a person is asked: the terminal is free, and that time is not
 * the run's. */
void output_pause(struct output *output);
void output_resume(struct output *output);

/* Prints the result and counts it. Where the mode has lost the end of the output, it is
 * no longer ok. */
void output_result(struct output *output, struct output_result *result);
void output_end(struct output *output);

/* say_ask (cli/out.h), while the output is paused. */
bool output_ask(struct output *output, const char *question);

/* Takes a counted failure back: the item runs again. */
void output_forget(struct output *output, size_t index);

/* The closing sentence on stderr: where there were several items, and something
 * failed or stderr is a terminal. Those that failed are named by their reasons, on a
 * terminal as many as a line holds. */
void output_summary(const struct output *output);

/* Whether all items succeeded and all output was printed. */
bool output_succeeded(const struct output *output);

/* Whether the child has ended by itself, and the end of its output is lost. */
bool output_is_cut(const struct job_result *job);

/* `exit 128`, `timed out`, `output cut`, ...; in the arena. */
const char *output_reason(struct arena *arena, const struct job_result *job);

/*
 * For modes: a child's output whole, `NAME: ` before every line, each stream to its
 * own; a spool may be NULL. The prefix is bold where the output has colours, but not
 * on a stderr that goes elsewhere.
 */
void output_block(const struct output *output, const char *name, struct spool *out,
                  struct spool *err);

/* For modes: the line about an item that was left out, on stderr. */
void output_say_skipped(const struct output_result *result);

/* For modes that show no rows while the run goes on: the line that says what is
 * running; it ends with progress_end() (cli/progress.h). */
bool output_line_begin(struct output *output);
void output_line_show(struct output *output, const struct jobs_progress *progress);
void output_line_clear(struct output *output);

/*
 * The line that stands for an output, as it can be printed: the last one that is not
 * empty, without colours, and of what was written over itself (CR) the last state.
 * Where the child failed, the first line that git marks as the reason (`fatal: `,
 * `error: `), if there is one. stdout counts before stderr, after a failure the other
 * way round. Nothing where the end of the output is lost.
 */
const char *output_line(struct arena *arena, const struct output_result *result);

/* A spool that outlives the result, in `spools`; NULL for an empty one. Where its end
 * is lost, that is printed and the item has failed. */
struct spool *output_keep(struct output *output, struct spools *spools,
                          const struct output_result *result, struct spool *from);

#endif
