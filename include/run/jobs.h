/*
 * Many child processes at once, each one's output handed over whole.
 *
 * Delegated commands, `super`, `shell`, `clone` and the questions to git all go
 * through jobs_run. A child has a session (process group) of its own, /dev/null
 * as stdin and pipes as outputs. It is over when its process has ended and its
 * pipes are closed; a grandchild in the background that keeps them open is
 * given a quarter of a second more.
 *
 * Output past a mebibyte a job, or 64 MiB in all, goes to an unlinked temporary
 * file in $TMPDIR, so memory is bounded however much a child prints. Descriptors
 * and processes bound how many run at once, never how many run.
 */
#ifndef RUN_JOBS_H
#define RUN_JOBS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "run/job.h"

struct jobs_progress {
	size_t total, done, failed; /* without those that prepare */
	size_t running;
	double seconds;           /* since the start */
	const char *const *names; /* of the `running` ones, longest running first */
};

struct jobs_options {
	size_t at_once;    /* >= 1; fewer where descriptors or processes run out */
	size_t per_host;   /* jobs of one host at once; 0: no limit */
	double timeout;    /* seconds a job may take; 0: no limit */
	double hold;       /* seconds that all others wait for those that prepare, at
	                      most, also where they do not come after one */
	bool fail_fast;    /* after a failure start no more and stop what runs */
	bool answers;      /* exit status 1 is an answer, no failure */
	bool one_pipe;     /* stdout and stderr of a child in one spool, in order */
	bool in_order;     /* on_end by index instead of as they end */
	bool gather;       /* on_end by index for jobs that end within 150 ms of each
	                      other; none waits longer, and the last ones do not wait */
	bool keep_retried; /* the output of a try that is repeated stays in front of
	                      that of the next one; else it is dropped */
	bool signals;      /* handle INT, TERM, HUP, TSTP and CONT while running */
	/* A job is about to start: false if it need not, its outcome is then
	 * OUTCOME_NOT_STARTED, without an error. May be NULL. */
	bool (*admit)(void *context, size_t index);
	/* The child of a job runs; once for each try. May be NULL. */
	void (*on_start)(void *context, size_t index);
	/* A job has ended: seconds after which it is to be tried again, negative if
	 * it is not (on_end follows). Asked only while the run goes on, and never
	 * about a job that was stopped or could not start. May be NULL. */
	double (*retry)(void *context, size_t index, const struct job_result *result);
	/* A job is over; return false to stop the run (our output is closed). When it
	 * is one that prepares, a person may be asked meanwhile, also by
	 * job_run_foreground: the time of those that run stands still. */
	bool (*on_end)(void *context, size_t index, const struct job_result *result);
	/* At most ten times a second, at least once a second; NULL: no interest. A
	 * job counts as done when it has ended, its on_end may come later. */
	void (*on_progress)(void *context, const struct jobs_progress *progress);
	/* We are about to be stopped by ^Z: clear the line; on_progress is called
	 * again as soon as we are continued. May be NULL. */
	void (*on_suspend)(void *context);
	void *context;
};

/* Jobs that prepare do not count. */
struct jobs_report {
	size_t ok; /* exit status 0 (or an answer) and the whole output */
	size_t failed, not_run;
	int signal; /* the signal that ended the run, 0: none; the caller raises it
	               when it has printed what there is to print */
};

/*
 * Runs `count` jobs; on_end is called once for each, also for those that never
 * ran. Fails (false) only where no loop can be made at all.
 *
 * A folder on a disk that may not answer (base/mounts.h) is entered by the child
 * alone, so that the timeout covers it.
 *
 * INT, TERM, HUP and QUIT stop every child's process group with TERM, after two
 * seconds or at a second INT with KILL; a child that is over its time likewise. One
 * that not even KILL ends (a disk that does not answer) is left after a second more.
 * A signal that was ignored when we were started stays ignored. SIGPIPE is the
 * caller's: it must be ignored where on_end writes to a pipe.
 */
bool jobs_run(struct jobs_report *out, const struct job *jobs, size_t count,
              const struct jobs_options *options, struct error *err);

/*
 * One job in the foreground: it has the terminal, our standard streams and our
 * process group. INT and QUIT are left to it meanwhile, as by system(3); the
 * terminal's state is put back if a signal killed the child. TERM and HUP to us are
 * passed on as TERM: OUTCOME_STOPPED, `signal` being what we got. With a timeout the
 * child is stopped like any other. `out` and `err` of the result are NULL, its error
 * is valid until the next call. `lock`, `host` and `weight` do not matter.
 */
void job_run_foreground(struct job_result *out, const struct job *job, double timeout);

/* To be called once at the very start, while there is one thread: opens /dev/null
 * on standard streams that are closed, and undoes an inherited ignored or
 * blocked SIGCHLD. */
void jobs_setup(void);

/* The library below, as "libuv 1.2.3". */
const char *run_library_version(void);

#endif
