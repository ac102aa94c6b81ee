/*
 * Delegated commands: the built-in ones and the user's.
 *
 * The user's file (the first that exists of cmds.yml, cmds.yaml, cmds.json; all
 * are parsed as YAML) adds commands and replaces built-in ones, except those whose
 * name is `reserved`. An invalid entry is ignored with a note `FILE:LINE: why`. The
 * whole file is ignored, with such a note, for a syntax error, an anchor, alias or
 * tag, a second document, a NUL, more than 1 MiB or 1000 commands, or nesting
 * deeper than 8. If the folder is writable by others (struct home), no file is
 * read.
 */
#ifndef STORE_DELEGATES_H
#define STORE_DELEGATES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/strings.h"
#include "store/home.h"

struct arena;

/* What one does besides running its words; of the user's only those with the key
 * `pull_safe` have such a rule. */
enum delegate_rule {
	DELEGATE_PLAIN,
	DELEGATE_PULL,     /* takes --safe */
	DELEGATE_CHECKOUT, /* runs only where there is such a branch */
	DELEGATE_SEARCH,   /* exits as grep does: 1 means that nothing was found */
};

struct delegate {
	const char *name;
	const char *help;     /* one line, safe to print; may be "" */
	const char *script;   /* for sh -c, or NULL */
	struct strings words; /* else what follows `git` (never empty) */
	const char *operand;  /* what stands before the selection, as help calls it:
	                         `BRANCH`; NULL: nothing */
	const char *more; /* an example of what can follow `--`, and its effect; NULL
	                     for a user's command */
	const char *more_help;
	enum delegate_rule rule;
	bool allow_all;     /* may be called without a selection */
	bool disable_async; /* needs the terminal */
	bool safe;          /* DELEGATE_PULL: always --safe */
	bool users;         /* from the user's file */
	bool git;           /* `git` stood in front of its words there */
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

/* The library that parses the user's file, as "libyaml 1.2.3". */
const char *store_library_version(void);

#endif
