/*
 * Records by what repos can be recognised again (store/seen.h), for `repair`.
 */
#ifndef CLI_SIGHTINGS_H
#define CLI_SIGHTINGS_H

#include "cli/invocation.h"

/*
 * Those of the repos that are not recorded yet, or were without a commit, are read
 * and recorded; `again` does so for all. What cannot be read or written is left out
 * silently: this serves a later day. Forgets paths that are no longer registered.
 */
void sightings_update(struct invocation *invocation, struct repo *const *repos,
                      size_t count, bool again);

#endif
