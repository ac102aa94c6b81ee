/*
 * The one place where a process is started.
 *
 * By vfork and exec, not uv_spawn: libuv 1.44 forks, which copies our page
 * tables for every child, and it cannot set a resource limit in one. Over 1,000
 * small repos uv_spawn took about 15 % longer than xargs -P does, this takes less.
 */
#ifndef RUN_START_H
#define RUN_START_H

#include <sys/types.h>

#include "run/jobs.h"

struct failure {
	int number;     /* errno */
	bool in_folder; /* it was the folder, not the program */
};

struct start {
	const struct job *job;
	bool session;           /* of its own, and the standard streams below */
	int streams[3];         /* descriptors > 2 that become 0, 1 and 2 */
	struct failure failure; /* filled in by start_child */
};

/* The pid, or -1 and why not in `start`. Returns when the program runs:
 * the folder must not be on a disk that may never answer. */
pid_t start_child(struct start *start);

/* Whether it failed for want of something that others will give back. */
bool start_can_wait(int number);

/* The sentence for a failure. */
bool start_explain(const struct start *start, struct error *err);

/* In the child: what jobs_setup changed for us is put back. */
void setup_restore(void);

/* A signal that was ignored when we were started (nohup, a background job). */
bool signal_is_ignored(int number);

/* The soft limit of descriptors that holds for us. */
size_t setup_descriptors(void);

#endif
