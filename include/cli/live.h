/*
 * The state of many repos, kept up to date while a view stays.
 *
 * What git looks at is watched (git/folders.h, run/watch.h); a change only says which
 * repo it happened in. That repo is read again by the one survey, on a thread, with all
 * others that changed meanwhile. A repo that cannot be watched (too
 * many folders, a disk of another machine, a system without watches) is read again and
 * again at a pace that takes at most a two-hundredth of the time; so is, much
 * more rarely, each of the others, for changes that none of its folders shows.
 *
 * Repos follow the registry: one that is added, removed or renamed while the view stays
 * appears, vanishes or changes its name. Reads only: nothing is written to a
 * repository.
 */
#ifndef CLI_LIVE_H
#define CLI_LIVE_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/invocation.h"
#include "cli/overview.h"
#include "git/summary.h"

struct live;
struct loop;

/* One repo, for as long as the view stays. */
struct live_repo {
	size_t id; /* counts from 0; of one that comes back, the same */
	struct repo *repo;
	struct summary *summary; /* NULL: not read yet */
	bool chosen;             /* by the words of the command line */
};

struct live_options {
	unsigned wants; /* besides what the facts of the selection need */
	/* Something has changed: a summary, the list of repos, the last run. */
	void (*changed)(void *context);
	void *context;
};

/* Chooses the repos by the words of the invocation, and begins to read and to watch
 * them on the loop. An exit status, its reason printed; after a failure the loop is
 * closed. */
int live_open(struct live **out, struct invocation *invocation, struct loop *loop,
              const struct live_options *options);

/* To be called when loop_run has returned; closes the loop. A reading that does not
 * end is abandoned (survey_left_threads). */
void live_close(struct live *live);

/* All that are chosen, whatever the facts say, in the order of the selection. */
struct live_repo *const *live_repos(const struct live *live, size_t *count);

/* How many of them have not been read yet. */
size_t live_unread(const struct live *live);

/* The rows of those that have been read and of which the facts are true, in the arena
 * of the overview; `shown`, unless NULL, gets them by the index of a row. */
int live_fill(struct overview *overview, struct live_repo ***shown,
              const struct live *live);

/* Reads all again. */
void live_reread(struct live *live);

#endif
