/*
 * The insides of jobs_run: one run, its children, and who calls whom.
 *
 *   jobs.c      when the next child starts, what is handed over, the end
 *   child_start.c, child.c  one child: how it starts; its pipes, time and end
 *   signals.c   what a signal to us means for all children
 *   progress.c  what there is to tell meanwhile
 *
 * A child is over when its process has ended and both pipes are at their end
 * (or silent). libuv tells of these in any order, so handles are counted: when
 * the last one of a child has been closed, run_child_gone is called, once.
 */
#ifndef RUN_ENGINE_H
#define RUN_ENGINE_H

#include <sys/types.h>
#include <uv.h>

#include "base/arena.h"
#include "base/mounts.h"
#include "run/jobs.h"
#include "spool.h"

enum { CHUNK = 64 << 10, SIGNAL_HANDLES = 6 };

/* All that is kept of a job from its start until it is handed over. */
struct entry {
	struct job_result result;
	struct spool out, err;
	bool over;
};

enum phase {
	PHASE_RUNNING,
	PHASE_STOPPING, /* its group got TERM */
	PHASE_KILLED,   /* its group got KILL */
};

struct child {
	struct run *run;
	struct child *next_free;
	size_t index;
	pid_t pid;
	uint64_t began; /* nanoseconds */
	enum phase phase;
	bool exited;
	unsigned pipe_count;
	unsigned open;    /* pipes not at their end */
	unsigned handles; /* of libuv, not closed yet */
	uv_timer_t timer; /* deadline, grace or silence, whatever is next */
	uint64_t due;     /* what it had left when we were stopped */
	uv_pipe_t pipes[2];
};

struct run {
	uv_loop_t loop;
	struct arena arena;
	const struct job *jobs;
	const struct jobs_options *options;
	struct jobs_report *report;
	struct entry *entries; /* `count` */
	size_t count;
	size_t next;   /* to be started */
	size_t handed; /* with in_order: to be handed over next */
	size_t over;
	size_t at_once;
	struct child **running; /* `running_count`, in the order of their starts */
	size_t running_count;
	struct child *free_children;
	bool stopping; /* start no more */
	uint64_t began;
	uint64_t refused_since; /* nothing runs and nothing can be started; or 0 */
	int null;               /* /dev/null, the stdin of all children */
	struct spill spill;
	struct mounts mounts;
	uv_timer_t retry;
	uv_timer_t tick;
	bool changed; /* since on_progress was called */
	unsigned ticks;
	const char **names;
	uv_signal_t signals[SIGNAL_HANDLES]; /* the first: CHLD, up while one runs */
	size_t signal_count;
	char chunk[CHUNK]; /* what any pipe is read into */
};

/* jobs.c */
void run_child_gone(struct child *child);
void run_stop(struct run *run); /* start no more, stop what runs */

/* child_start.c; on failure `*later` tells whether it is worth another try. */
bool child_start(struct run *run, size_t index, bool *later, struct error *why);

/* child.c */
void child_watch(struct child *child, const int *ours);     /* our ends of its pipes */
void child_look(struct child *child);                       /* has it ended? */
void child_stop(struct child *child, enum outcome outcome); /* TERM, then KILL */
void child_kill(struct child *child);
void child_pause(struct child *child);
void child_continue(struct child *child, uint64_t slept); /* nanoseconds */

/* signals.c */
void signals_watch(struct run *run);
void signals_release(struct run *run);

/* progress.c */
void progress_start(struct run *run);
void progress_tell(struct run *run);

#endif
