/*
 * One job: what is to be run, how it ended, what it printed.
 *
 * The words that jobs_run (run/jobs.h), the foreground and a single child have
 * in common.
 */
#ifndef RUN_JOB_H
#define RUN_JOB_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct buf;

/* What to run. All strings stay the caller's until it is over. */
struct job {
	const char *name;               /* for progress and errors */
	const char *folder;             /* working directory */
	const char *const *words;       /* argv, NULL-terminated; words[0] in PATH */
	const char *const *environment; /* NAME=VALUE, NULL-terminated */
	const char *lock; /* jobs of one lock never run at the same time; or NULL */
	const char *host; /* counts for jobs_options.per_host; or NULL */
	/* Of the same array: it waits until that one, which prepares, is over; or
	 * NULL. */
	const struct job *after;
	/* What others come after: starts at once, beyond jobs_options.at_once, and is
	 * none of the run's results. */
	bool prepares;
	double weight; /* expected seconds: the longest start first, of equal ones
	                  the earlier in the array; ignored with in_order */
};

enum outcome {
	OUTCOME_NOT_RUN,  /* its turn never came (interrupt, --fail-fast) */
	OUTCOME_EXITED,   /* see `exit` */
	OUTCOME_SIGNALED, /* see `signal` */
	OUTCOME_TIMED_OUT,
	OUTCOME_NOT_STARTED, /* see `error` */
	OUTCOME_STOPPED,     /* by gita: an interrupt, --fail-fast, output closed */
};

/* The output of a child, in memory or in a file. */
struct spool;

/* Hands the bytes over in order, piece by piece. False when `take` returned
 * false, or when the file could not be read: what was taken is not the whole. */
bool spool_each(struct spool *spool,
                bool (*take)(void *context, const char *bytes, size_t length),
                void *context);
size_t spool_length(const struct spool *spool);

/* All bytes, in the arena and followed by a NUL that `length` (which may be NULL)
 * does not count. False when they could not be read back; an empty text then. */
bool spool_text(const char **out, size_t *length, struct arena *arena,
                struct spool *spool);

/* Appends its last bytes, at most `most` of them, as far as they can be read. */
void spool_tail(struct buf *out, struct spool *spool, size_t most);

bool spool_equal(struct spool *one, struct spool *other);

/*
 * Outputs that are kept beyond the callback, bounded in memory as those of a run
 * are. spools_copy is false where the end of the copy is lost (disk full).
 */
struct spools;

struct spools *spools_open(void);
bool spools_copy(struct spool **out, struct spools *spools, struct spool *from);
void spools_close(struct spools *spools);

struct job_result {
	enum outcome outcome;
	int exit;   /* status of a process that exited, also when it was stopped */
	int signal; /* that ended the process, else 0 */
	double seconds;
	unsigned tries; /* how often it was started; see jobs_options.retry */
	/* A sentence: not started, or the end of the output lost (disk full; the
	 * outcome is that of the process). */
	const char *error;
	bool common; /* the error is about the program and names no folder: the same for
	                all jobs of that program, so that it can be reported once */
	/* A sentence about what is no failure, or NULL: a background process still
	 * held the outputs when the job was taken to be over. */
	const char *note;
	struct spool *out; /* valid during the callback only */
	struct spool *err; /* empty where one pipe served both */
};

#endif
