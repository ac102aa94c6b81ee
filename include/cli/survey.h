/*
 * The state of many repos: worker threads with libgit2, and git where libgit2
 * cannot be trusted with the answer.
 *
 * Joins git/ and run/. The only reader of summaries: `ll`, facts, `check`,
 * freeze and the GITA_* variables all come through here. A repo on a remote
 * disk, with flags, or that summary_read leaves to git is read by git in a child
 * with a deadline; GITA_STATUS_TIMEOUT (seconds, default 5) bounds each.
 */
#ifndef CLI_SURVEY_H
#define CLI_SURVEY_H

#include "base/spread.h"
#include "cli/invocation.h"
#include "git/summary.h"

/*
 * One summary a repo, in the arena of the invocation; `out` has `count` places.
 * What could not be read says so in its `state`. An exit status, its
 * reason printed (an invalid GITA_STATUS_TIMEOUT).
 */
int survey_read(struct summary **out, struct invocation *invocation,
                struct repo *const *repos, size_t count, unsigned wants);

/* Sets ask[i] for the repos that are for git to read: where reading might block for
 * ever, and where flags of the user change what a repository is. */
void survey_divide(bool *ask, struct repo *const *repos, size_t count,
                   struct arena *arena);

/* Why a repo that took longer than its limit has no answer. */
const char *survey_late(struct arena *arena, double limit);

/* GITA_STATUS_TIMEOUT, the seconds that reading one repo may take. An exit status, its
 * reason printed. */
int survey_limit(double *out);

/* pool_run with that limit on each piece, for other facts than those of a summary.
 * Whether a thread was abandoned. */
bool survey_run(size_t count, double limit,
                void (*work)(void *context, size_t index, const struct spread *spread),
                void *context, bool *late);

/*
 * The same for a live view, again and again, on a thread beside its loop: signals are
 * left to the loop and nothing is printed. survey_begin comes first (it prints why
 * libgit2 is missing) and survey_end last.
 *
 * Two may be at work at once where one of them has `remote`: all its repos are on disks
 * that may not answer. `out`, zeroed by the caller, and its summaries live in `arena`;
 * one stays NULL where not even the question could be asked. False: a thread was
 * abandoned, and the arena must stay for good.
 */
void survey_begin(void);
bool survey_refresh(struct summary **out, struct invocation *invocation,
                    struct repo *const *repos, size_t count, unsigned wants,
                    bool remote, double limit, struct arena *arena);
void survey_end(bool left); /* a survey_refresh is still at work */

/* Whether a thread was abandoned at a disk that does not answer: the process
 * must then end with _exit(). */
bool survey_left_threads(void);

#endif
