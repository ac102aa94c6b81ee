/*
 * How a process is started: the one place, for jobs and for the foreground.
 *
 * By posix_spawnp, not uv_spawn. libuv 1.44 forks, which copies our page tables
 * for every child; it lifts what our parent had us ignore (nohup), and it reaps
 * a child before we can signal the rest of its group under a number that
 * is still its own. Nothing of ours runs between fork and exec.
 */
#ifndef RUN_SPAWN_H
#define RUN_SPAWN_H

#include <sys/types.h>

#include "base/error.h"
#include "run/job.h"

struct spawn {
	const struct job *job;
	bool session;   /* of its own, with the streams below and no signal ignored */
	int streams[3]; /* descriptors > 2 that become 0, 1 and 2 */
};

/* The pid, or -1 and the errno in `failure`. Returns when the program runs:
 * the folder must not be on a disk that may never answer. */
pid_t spawn_child(const struct spawn *spawn, int *failure);

/* Whether the failure was for want of something that others will give back. */
bool spawn_can_wait(int failure);

/* The sentence for a failure; whether it is about the program, not the folder. */
bool spawn_explain(const struct job *job, int failure, struct error *err);

/* The same job, whose folder is entered by a shell that becomes the program: a
 * disk that does not answer holds up the child and not us. */
struct job spawn_entering(const struct job *job, struct arena *arena);

/* A signal that was ignored when we were started (nohup, a background job). */
bool spawn_signal_ignored(int number);

/*
 * How many children of `pipes` descriptors each, up to `wanted`, the limit of open
 * files allows; at least one. The soft limit is raised, as far as the hard one
 * goes, only where it does not suffice; children start with the one we found.
 */
size_t spawn_affordable(size_t wanted, size_t pipes);

#endif
