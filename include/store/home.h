/*
 * Where gita's files are.
 *
 * Configuration: $GITA_PROJECT_HOME/gita, else $XDG_CONFIG_HOME/gita, else
 * ~/.config/gita, with the password database for an unset HOME; a relative
 * XDG path is ignored (XDG Base Directory Specification). State (the journal):
 * $XDG_STATE_HOME/gita, else ~/.local/state/gita. Nothing is made on disk here.
 */
#ifndef STORE_HOME_H
#define STORE_HOME_H

#include <stdbool.h>

#include "base/error.h"

struct arena;

struct home {
	const char *config; /* the folder with repos.csv and its friends */
	const char *state;  /* the folder of the journal */
	bool shared;        /* others may write to `config` or to a file in it that
	                       says what to run: the user's commands and flags
	                       are not used, and a note was left */
};

bool home_find(struct home *out, struct arena *arena, struct notes *notes,
               struct error *err);

/* The path of the file `name` in the configuration folder. */
char *home_file(const struct home *home, struct arena *arena, const char *name);

#endif
