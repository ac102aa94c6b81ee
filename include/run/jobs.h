/*
 * Many child processes at once, each one's output handed over whole.
 *
 * jobs_run is the only user of libuv's loop and the only place that starts
 * processes: delegated commands, `super`, `shell`, `clone` and the questions to
 * git all go through it. A child has a session (process group) of its own,
 * /dev/null as stdin and pipes as outputs. It is over when its process has
 * ended and its pipes are closed, or silent for a quarter of a second (a
 * grandchild in the background may hold them for ever).
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

/* What to run. All strings stay the caller's until jobs_run returns. */
struct job {
	const char *name;               /* for progress and errors */
	const char *folder;             /* working directory */
	const char *const *words;       /* argv, NULL-terminated; words[0] in PATH */
	const char *const *environment; /* NAME=VALUE, NULL-terminated */
};

enum outcome {
	OUTCOME_NOT_RUN,  /* its turn never came (interrupt, --fail-fast) */
	OUTCOME_EXITED,   /* see `exit` */
	OUTCOME_SIGNALED, /* see `signal` */
	OUTCOME_TIMED_OUT,
	OUTCOME_NOT_STARTED, /* see `error` */
	OUTCOME_STOPPED,     /* by gita: an interrupt, --fail-fast, output closed */
};

/* The output of a child, in memory or in a file; read it with spool_each. */
struct spool;

/* Hands the bytes over in order, piece by piece, until `take` returns false. */
bool spool_each(struct spool *spool,
                bool (*take)(void *context, const char *bytes, size_t length),
                void *context);
size_t spool_length(const struct spool *spool);

struct job_result {
	enum outcome outcome;
	int exit;   /* status of a process that exited, also when it was stopped */
	int signal; /* that ended the process, else 0 */
	double seconds;
	/* A sentence: not started, or the end of the output lost (disk full; the
	 * outcome is that of the process). It names no folder where the program is
	 * at fault, so that it is the same for all jobs and can be said once. */
	const char *error;
	struct spool *out; /* valid during the on_end call only */
	struct spool *err; /* empty where one pipe served both */
};

struct jobs_progress {
	size_t total, done, failed, running;
	double seconds;           /* since the start */
	const char *const *names; /* of the `running` ones, longest running first */
};

struct jobs_options {
	size_t at_once; /* >= 1; fewer where descriptors or processes run out */
	double timeout; /* seconds a job may take; 0: no limit */
	bool fail_fast; /* after a failure start no more and stop what runs */
	bool one_pipe;  /* stdout and stderr of a child in one spool, in order */
	bool in_order;  /* on_end by index instead of as they end */
	bool signals;   /* handle INT, TERM, HUP, TSTP and CONT while running */
	/* A job is over; return false to stop the run (our output is closed). */
	bool (*on_end)(void *context, size_t index, const struct job_result *result);
	/* At most ten times a second, at least once a second; NULL: no interest. */
	void (*on_progress)(void *context, const struct jobs_progress *progress);
	/* We are about to be stopped by ^Z: clear the line; on_progress is called
	 * again as soon as we are continued. May be NULL. */
	void (*on_suspend)(void *context);
	void *context;
};

struct jobs_report {
	size_t ok; /* exit status 0 and the whole output */
	size_t failed, not_run;
	int signal; /* the signal that ended the run, 0: none; the caller raises it
	               when it has said what there is to say */
};

/*
 * Runs `count` jobs; on_end is called once for each, also for those that never
 * ran. Fails (false) only where no loop can be made at all.
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
 * process group. We sit out INT and QUIT meanwhile, as system(3) does; the
 * terminal's state is put back if a signal killed the child. TERM and HUP to us are
 * passed on as TERM: OUTCOME_STOPPED, `signal` being what we got. With a timeout the
 * child is stopped like any other. `out` and `err` of the result are NULL, its error
 * is good until the next call.
 */
void job_run_foreground(struct job_result *out, const struct job *job, double timeout);

/* To be called once at the very start, while there is one thread: opens /dev/null
 * on standard streams that are closed, and undoes an inherited ignored or
 * blocked SIGCHLD. Remembers the soft limit of descriptors for the children and
 * raises our own. */
void jobs_setup(void);

#endif
