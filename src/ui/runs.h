/*
 * A command over many repos in the background: `gita COMMAND --json NAME...`, run as a
 * process of its own, so that it is the same as on a command line in all respects
 * (shared connections, limits, journal), and no question can come up on the screen.
 */
#ifndef UI_RUNS_H
#define UI_RUNS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"

struct live_repo;
struct loop;

enum run_state { RUN_WAITING, RUN_OK, RUN_FAILED };

/* What came of the last run in one repo. */
struct run_outcome {
	const struct live_repo *repo;
	enum run_state state;
	const char *reason; /* of a failure: `exit 128` */
	const char *output; /* all that it printed, in the arena of the run */
};

struct runs {
	struct loop *loop;
	void (*changed)(void *context); /* set by the owner, as the others here */
	void *context;

	struct arena arena;  /* of the last run */
	const char *command; /* NULL: nothing was run yet */
	struct run_outcome *items;
	size_t count, done, failed;
	size_t logins;            /* of the failed: for want of one */
	struct buf line;          /* the object that is coming */
	struct loop_child *child; /* NULL: nothing runs */
	struct buf complaint;     /* of gita itself, when it is over */
};

bool runs_start(struct runs *runs, const char *command, struct live_repo *const *repos,
                size_t count, struct error *err);
void runs_stop(struct runs *runs);
void runs_drop(struct runs *runs);

/* What the last run did there; NULL: it was not in it. */
const struct run_outcome *runs_outcome(const struct runs *runs,
                                       const struct live_repo *repo);

#endif
