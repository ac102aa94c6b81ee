/*
 * What is to be overlooked in a submodule: submodule.<name>.ignore of the
 * configuration, else of .gitmodules, else diff.ignoreSubmodules.
 */
#ifndef GIT_SCAN_MODULES_H
#define GIT_SCAN_MODULES_H

#include "config.h"

struct scan;

/* Each overlooks what those before it do, and more. */
enum overlook {
	OVERLOOK_NOTHING,
	OVERLOOK_UNTRACKED,
	OVERLOOK_DIRTY, /* all but another commit */
	OVERLOOK_ALL,
};

struct modules {
	const struct config *settings;
	struct config file;      /* .gitmodules */
	enum overlook otherwise; /* for submodules of which nothing is said */
};

/* False: only git can say. What is read lives in the scan's arena. */
bool modules_read(struct modules *out, struct scan *scan);
bool modules_overlook(enum overlook *out, const struct modules *modules,
                      struct scan *scan, const char *path);

#endif
