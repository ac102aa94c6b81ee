/* How the members of a summary are spelled outside. */
#include "git/summary.h"

const char *state_name(enum state state)
{
	static const char *const names[] = {"ok", "missing", "broken", "timeout"};

	return names[state];
}

const char *sync_name(enum sync sync)
{
	static const char *const names[] = {"in_sync",  "local_ahead", "remote_ahead",
	                                    "diverged", "no_remote",   "gone"};

	return names[sync];
}

const char *operation_name(enum operation operation)
{
	static const char *const names[] = {NULL,          "merge",  "rebase", "am",
	                                    "cherry-pick", "revert", "bisect"};

	return names[operation];
}
