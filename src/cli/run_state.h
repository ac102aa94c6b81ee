/*
 * One use of runner_run: its options, and what has come of it so far. Private
 * to the runner*.c files.
 */
#ifndef CLI_RUN_STATE_H
#define CLI_RUN_STATE_H

#include "base/strings.h"
#include "cli/runner.h"
#include "git/environment.h"
#include "run/jobs.h"
#include "store/journal.h"

struct run {
	struct invocation *invocation;
	struct run_plan *plan;
	size_t at_once;
	double timeout;
	bool in_order, quiet, fail_fast, json;
	struct strings base; /* environment of every child */
	struct journal_writer *journal;

	double started;
	size_t ok, failed, not_run;
	struct strings reasons;       /* `web: exit 128`, one a failure */
	struct run_item **want_login; /* failed for want of one */
	size_t want_login_count;
	bool output_lost;
	int signal; /* what ended the run, 0: nothing */
};

/* Seconds by a clock that never jumps. */
double run_clock(void);

/* The job for one item; strings and environment in the invocation's arena. */
void run_job(struct job *out, struct run *run, size_t index, enum environment kind);

/* Counts a result, keeps it for summary and journal. The journal's entry closes
 * what run_block_record wrote before. */
void run_count(struct run *run, size_t index, const struct job_result *result);

/* `exit 128`, `timed out`, ...; in the arena. */
const char *run_reason(struct run *run, const struct job_result *result);

/* Prints what a child said, as a block, as JSON or not at all. */
void run_block(struct run *run, const struct run_item *item,
               const struct job_result *result);

/* Puts the child's output into the journal. */
void run_record(struct run *run, const struct job_result *result);

/* Whether git says in its output that it wanted a login. */
bool run_wants_login(const struct job_result *result);

/* The two ways to run; each returns STATUS_OK or what kept it from running. */
int run_concurrent(struct run *run);
int run_foreground(struct run *run, struct run_item **items, size_t count);

/* The closing sentence on stderr, where there is reason for one. */
void run_summary(struct run *run);

/* Offers to run those that wanted a login again, one at a time. */
void run_offer_login(struct run *run);

#endif
