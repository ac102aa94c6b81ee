/*
 * A command over many repos: what `fetch`, `super`, `shell` and `clone` share.
 *
 * Takes a plan and, from the invocation, the options of a run (cli/command.h), and does
 * the rest: environment, foreground or concurrent, blocks with their prefix, progress,
 * summary, journal, the question about logins and editors, exit status.
 */
#ifndef CLI_RUNNER_H
#define CLI_RUNNER_H

#include "cli/invocation.h"
#include "cli/plan.h"

/*
 * Runs the plan (or with -n prints it) and returns the exit status. Where exit status 1
 * is an answer, a repo that gives it has not failed; the status is then 1 if none has
 * found anything, or if any has differences.
 */
int runner_run(struct invocation *invocation, struct plan *plan);

#endif
