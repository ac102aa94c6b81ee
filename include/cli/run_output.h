/*
 * How the results of a run reach the person.
 *
 * A mode is a row of functions (run_output.c); an output is one use of a mode.
 * The runner calls, in this order, and does not know what a mode prints:
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

/* An item that is over. */
struct output_result {
	const char *name;
	const char *folder;
	bool ok;
	const char *reason;           /* why it is not ok, as output_reason() has it */
	const struct job_result *job; /* its spools are NULL after a run on the
	                                 terminal, and valid during the call only */
};

struct output_mode {
	const char *name;
	bool captures;  /* needs the output even of a single child */
	bool separates; /* needs stdout and stderr of a child apart */

	/* Any of them may be NULL: the mode does nothing there. */
	bool (*begin)(struct output *output); /* whether `progress` is wanted */
	void (*start)(struct output *output, const char *name); /* on the terminal */
	void (*progress)(struct output *output, const struct jobs_progress *progress);
	void (*suspend)(struct output *output); /* ^Z: clear what `progress` drew */
	void (*result)(struct output *output, const struct output_result *result);
	void (*end)(struct output *output);
};

enum output_name {
	OUTPUT_BLOCKS,   /* each child's output whole, its name before every line */
	OUTPUT_JSON,     /* one object a line */
	OUTPUT_TERMINAL, /* the children write to the terminal themselves */
	OUTPUT_COUNT
};
extern const struct output_mode output_modes[OUTPUT_COUNT];

/* Zeroed but for the first four members, which the owner sets. */
struct output {
	struct arena *arena;
	const char *title; /* what progress and summary call the run: `fetch` */
	size_t total;      /* items */
	bool quiet;        /* only failures */

	const struct output_mode *mode;
	double started; /* at the first output_begin, by a steady clock */
	size_t ok, failed, not_run;
	struct strings reasons; /* `web: exit 128`, one a failure */
	bool lost;              /* the end of a child's output was lost */
};

/* Whether the mode wants output_progress. */
bool output_begin(struct output *output, const struct output_mode *mode);

/* A child is about to get the terminal. */
void output_start(struct output *output, const char *name);
void output_progress(struct output *output, const struct jobs_progress *progress);
void output_suspend(struct output *output);

/* Prints the result and counts it. */
void output_result(struct output *output, const struct output_result *result);
void output_end(struct output *output);

/* Takes a counted failure back: the item runs again. */
void output_forget(struct output *output, const char *name);

/* The closing sentence on stderr: where there were several items, and something
 * failed or somebody is watching. */
void output_summary(const struct output *output);

/* Whether all items succeeded and all output was printed. */
bool output_succeeded(const struct output *output);

/* `exit 128`, `timed out`, ...; in the arena. */
const char *output_reason(struct arena *arena, const struct job_result *job);

#endif
