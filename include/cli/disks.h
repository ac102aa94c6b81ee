/*
 * Disks that may never respond (base/mounts.h), and which of them do.
 *
 * A process that accesses a dead network or FUSE disk hangs for ever, and not even
 * SIGKILL ends it. So gita accesses nothing there before a child has accessed the same
 * path, within GITA_STATUS_TIMEOUT. A disk that has responded is local from then on,
 * for this process; one that has not is not tried again. Status (cli/survey.h) goes
 * further and leaves all access to children.
 */
#ifndef CLI_DISKS_H
#define CLI_DISKS_H

#include <stdbool.h>

#include "cli/invocation.h"

struct mounts;
struct strings;

/* The mounts, with what is known of them so far. */
const struct mounts *disks_mounts(struct invocation *invocation);

/* Whether all disks that the path leads to respond; local ones do. */
bool disks_respond(struct invocation *invocation, const char *path);

/* The same for all that a look at the repository there accesses. */
bool disks_respond_for_repo(struct invocation *invocation, const char *path,
                            const struct strings *flags);

/* path_real, but where a disk does not respond, links stay as they are. */
const char *disks_real(struct invocation *invocation, const char *path);

/* For an error: why a path on such a disk was left alone. */
#define DISK_SILENT "its disk does not respond"

#endif
