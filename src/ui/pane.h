/*
 * A text over the list: help, what git says of a repo, what a run printed.
 *
 * It may still be growing while it is read. PANE_MOST bytes are kept, and a last line
 * says where more was left out.
 */
#ifndef UI_PANE_H
#define UI_PANE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "keys.h"

enum { PANE_MOST = 4 << 20 };

#define PANE_NOWHERE SIZE_MAX

struct pane {
	bool open;
	struct buf title;
	struct buf text;
	struct {
		size_t *items; /* where each line starts */
		size_t count, room;
	} lines;
	struct arena arena; /* of `lines` */
	bool cut;
	size_t top;  /* the first line on the screen */
	size_t left; /* columns that are left out in front of each */

	struct buf find; /* what is searched for, also in the next text; or empty */
	size_t found;    /* the line that was found last, as long as nothing has moved
	                    since; else PANE_NOWHERE */
};

/* Opens it anew, empty, with the title escaped. */
void pane_open(struct pane *pane, const char *title);
void pane_close(struct pane *pane);
void pane_drop(struct pane *pane); /* what was searched for as well */

void pane_add(struct pane *pane, const char *bytes, size_t length);

/* A movement; others are ignored. */
void pane_move(struct pane *pane, enum ui_action action);

/* Sets what is searched for, and goes to the first line from the top of the screen on
 * that holds it. False: none does, and nothing moves. */
bool pane_search(struct pane *pane, const char *text);

/* The same for the next line after the last one that was found, or the one before. */
bool pane_search_on(struct pane *pane, bool back);

void pane_draw(const struct pane *pane);

#endif
