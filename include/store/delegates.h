/*
 * Delegated commands: the built-in ones and the user's.
 *
 * The user's file (the first that is there of cmds.yml, cmds.yaml, cmds.json;
 * one YAML parser reads them all) adds and replaces; a name for which
 * `reserved` answers true cannot be replaced. A bad entry is left out with a
 * note `FILE:LINE: why`. Refused as a whole, with such a note: what does not
 * parse, anchors, aliases, tags, a second document, NUL, more than 1 MiB or
 * 1000 commands, nesting deeper than 8. Of a folder that others may write to
 * (struct home, whose note says so) nothing is read.
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
	const char *help;     /* one line, harmless on a terminal; may be "" */
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
