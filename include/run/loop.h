/*
 * The loop of a view that stays: input, the reader of its output, time, signals, work
 * on a thread, a child whose output comes as it is written, folders that change
 * (run/watch.h).
 *
 * loop_run calls back on its own thread, one call at a time, until loop_stop. What
 * is made here belongs to the arena given to loop_open and ends with loop_close.
 */
#ifndef RUN_LOOP_H
#define RUN_LOOP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "run/job.h"

struct loop;

bool loop_open(struct loop **out, struct arena *arena, struct error *err);
void loop_run(struct loop *loop);
void loop_stop(struct loop *loop); /* loop_run returns after the callback at work */

/* Waits for what was closed, for a child that was asked to stop, and up to a second
 * for work on threads; false: some goes on, and the process must end with _exit(). */
bool loop_close(struct loop *loop);

/* Seconds by a clock that only goes forward, and those of processor time that this
 * process and its children have used. */
double loop_clock(void);
double loop_processor(void);

/* Calls `ready` whenever the descriptor has something to read; one a loop. */
bool loop_on_input(struct loop *loop, int descriptor, void (*ready)(void *context),
                   void *context, struct error *err);

/* Calls `gone` when the descriptor is a pipe whose last reader has closed it, which a
 * writer that waits for something to write would not find out; one a loop. */
void loop_on_no_reader(struct loop *loop, int descriptor, void (*gone)(void *context),
                       void *context);

/* Calls `came` when the signal comes, unless it was ignored when we were started. */
void loop_on_signal(struct loop *loop, int number,
                    void (*came)(void *context, int number), void *context);

/*
 * Leaves the terminal and the signals to another program: until loop_resume neither
 * input nor signals are taken, and loop_run must not be called.
 */
void loop_pause(struct loop *loop);
void loop_resume(struct loop *loop);

/* Stops this process as ^Z does; returns when it is continued. */
void loop_suspend(struct loop *loop);

struct loop_timer;
struct loop_timer *loop_timer(struct loop *loop, void (*due)(void *context),
                              void *context);
void loop_timer_start(struct loop_timer *timer, double seconds); /* once; again: later
                                                                    or sooner */
bool loop_timer_runs(const struct loop_timer *timer);

/* Calls `work` on a thread, and then `done` from the loop. */
void loop_work(struct loop *loop, void (*work)(void *context),
               void (*done)(void *context), void *context);

/* A child as those of run/jobs.h (a session of its own, /dev/null as stdin). `take`
 * gets its standard output piece by piece; `end` gets the result, whose `err` is the
 * standard error. */
struct loop_child;
struct loop_child_options {
	void (*take)(void *context, const char *bytes, size_t length);
	void (*end)(void *context, const struct job_result *result);
	void *context;
};
bool loop_child_start(struct loop_child **out, struct loop *loop, const struct job *job,
                      const struct loop_child_options *options, struct error *err);
void loop_child_stop(struct loop_child *child);   /* TERM, after two seconds KILL */
void loop_child_forget(struct loop_child *child); /* stops it, and calls no more */

/* The program file that runs, in the arena; NULL: unknown. */
const char *run_program(struct arena *arena);

#endif
