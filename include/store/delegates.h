/*
 * Delegated commands: the built-in ones and the user's.
 *
 * The user's file (cmds.yml, else cmds.yaml, else cmds.json, read by one YAML
 * parser) adds and replaces; a name for which `reserved` answers true cannot
 * be replaced. A bad entry is left out with a note `FILE:LINE: why`. Refused
 * with the whole file: anchors, aliases, tags, more than 1 MiB, deeper nesting
 * than an entry needs.
 */
#ifndef STORE_DELEGATES_H
#define STORE_DELEGATES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/strings.h"
#include "store/home.h"

struct arena;

struct delegate {
	const char *name;
	const char *help;
	const char *script;   /* for sh -c, or NULL */
	struct strings words; /* else: what follows `git` (never empty) */
	bool allow_all;       /* may be called without a selection */
	bool disable_async;   /* needs the terminal */
	bool users;           /* from the user's file */
};

struct delegates {
	struct delegate *items; /* sorted by name */
	size_t count;
	size_t room;
};

void delegates_load(struct delegates *out, const struct home *home,
                    bool (*reserved)(const char *name), struct arena *arena,
                    struct notes *notes);

const struct delegate *delegates_find(const struct delegates *delegates,
                                      const char *name);

#endif
