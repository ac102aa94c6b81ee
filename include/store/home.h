/*
 * Where gita's files are.
 *
 * Configuration: $GITA_PROJECT_HOME/gita, else $XDG_CONFIG_HOME/gita, else
 * ~/.config/gita; if HOME is unset, the password database names the home. A
 * relative XDG path is ignored (XDG Base Directory Specification). State (journal
 * and seen.csv): $XDG_STATE_HOME/gita, else ~/.local/state/gita. No folder is
 * created here.
 */
#ifndef STORE_HOME_H
#define STORE_HOME_H

#include <stdbool.h>

#include "base/error.h"

struct arena;

struct home {
	const char *config; /* the folder with repos.csv and the settings */
	const char *state;  /* the folder with the journal */
	bool shared;        /* `config`, or a file in it with commands or flags, is
	                       writable by others: neither is used, and a note
	                       was added */
};

bool home_find(struct home *out, struct arena *arena, struct notes *notes,
               struct error *err);

/* The path of the file `name` in the configuration folder. */
char *home_file(const struct home *home, struct arena *arena, const char *name);

#endif
