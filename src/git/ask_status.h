/* What `git status --porcelain=v2 -z --branch --show-stash` prints. */
#ifndef GIT_ASK_STATUS_H
#define GIT_ASK_STATUS_H

#include "git/ask.h"

struct asked_status {
	bool compared; /* git found something to count ahead and behind of */
};

/* Sets branch, upstream, the four flags and stashes, as far as wanted. */
void asked_status_read(struct asked_status *status, struct summary *out, unsigned wants,
                       const struct answer *answer, struct arena *arena);

#endif
