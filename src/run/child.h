/*
 * One child process: its pipes, its time, its end.
 *
 * libuv reports the end of the process and the ends of its pipes in any order,
 * and a stop, a deadline or a silence may come between any two of them. So a
 * child is a state and each event a step of one table (child.c), which names
 * the next state, the signal for its group and the time until the next event:
 * but for a running child without a deadline, a timer is always up.
 *
 * The owner sets the members of the first part, calls child_start, and may use
 * the struct again when `gone` has been called, once, with all handles closed.
 */
#ifndef RUN_CHILD_H
#define RUN_CHILD_H

#include <sys/types.h>
#include <uv.h>

#include "run/job.h"

enum { CHILD_CHUNK = 64 << 10 };

enum child_state {
	CHILD_RUNNING,
	CHILD_STOPPING,  /* TERM was sent; the grace period */
	CHILD_KILLED,    /* KILL was sent */
	CHILD_DRAINING,  /* the process has ended, another holds its pipes */
	CHILD_LINGERING, /* the same, in the grace period of that one */
	CHILD_OVER,      /* handles are being closed */
	CHILD_STATES
};

enum child_event {
	CHILD_ENDED,  /* the process */
	CHILD_CLOSED, /* the last pipe, of a process that has ended */
	CHILD_TIME,   /* of the timer */
	CHILD_STOP,   /* asked for */
	CHILD_KILL,   /* asked for */
	CHILD_EVENTS
};

struct child {
	uv_loop_t *loop;
	void *owner;
	size_t index;
	double timeout; /* seconds, 0: none */
	bool session;   /* of its own, and outputs read from pipes */
	bool one_pipe;
	int null;                  /* /dev/null, its stdin; with a session only */
	char *chunk;               /* CHILD_CHUNK bytes that any pipe is read into */
	struct job_result *result; /* filled in; zeroed by the owner */
	struct spool *out, *err;
	/* Gets standard output as it comes, instead of `out`; or NULL. */
	void (*take)(struct child *child, const char *bytes, size_t length);
	void (*gone)(struct child *child);

	pid_t pid;
	uint64_t began; /* nanoseconds */
	enum child_state state;
	bool ended;   /* the process, which is reaped when the child is over */
	bool stopped; /* its group was signaled */
	unsigned pipe_count;
	unsigned open;    /* pipes not at their end */
	unsigned handles; /* of libuv, not closed yet */
	uv_timer_t timer;
	uint64_t due; /* milliseconds that the timer had left when paused */
	uv_pipe_t pipes[2];
};

/* On failure the errno is in `failure`, and `gone` will not be called. */
bool child_start(struct child *child, const struct job *job, int *failure);

/* Has the process ended? To be called at each SIGCHLD. */
void child_look(struct child *child);

/* TERM and, after two seconds, KILL; `outcome` unless it has ended already. */
void child_stop(struct child *child, enum outcome outcome);
void child_kill(struct child *child);

/* What the timer does: a step by CHILD_TIME, unless a look shows that the process
 * has ended meanwhile and a new time has begun by that. */
void child_time(struct child *child);

/* Its time stands still until child_resume, which is told how long, in nanoseconds;
 * child_pause and child_continue also stop its group and let it go on. */
void child_hold(struct child *child);
void child_resume(struct child *child, uint64_t slept);
void child_pause(struct child *child);
void child_continue(struct child *child, uint64_t slept);

#endif
