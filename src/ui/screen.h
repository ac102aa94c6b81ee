/*
 * The terminal as a screen, by ncurses, whose names do not leave screen.c.
 *
 * Text may hold colours as base/term.h and git write them (SGR); all other control
 * characters are shown escaped, so that nothing in a repository can move the cursor.
 * Between screen_open and screen_close nothing else may be written to the terminal,
 * but between screen_leave and screen_enter.
 */
#ifndef UI_SCREEN_H
#define UI_SCREEN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

bool screen_open(bool colors, struct error *err);
void screen_close(void); /* gives the terminal back; also where it is left already */
void screen_leave(void);
void screen_enter(void);
void screen_resize(void); /* to be called when the size may have changed */

size_t screen_width(void);
size_t screen_height(void);
size_t screen_room(void); /* lines between the first and the last; at least one */

enum screen_style { SCREEN_PLAIN, SCREEN_BAR, SCREEN_CURSOR };

/* A line of the screen: the text as far as it fits, in that style to the edge; and the
 * same from that column of the text on. */
void screen_line(size_t row, const char *text, enum screen_style style);
void screen_part(size_t row, const char *text, size_t from, enum screen_style style);

/* Shows what was drawn; the cursor stands after the text of the last row if
 * `types`. */
void screen_show(bool types);

/* Keys that are no character are above all of Unicode. */
enum screen_key {
	SCREEN_NONE = -1, /* nothing was typed */
	SCREEN_UP = 0x110000,
	SCREEN_DOWN,
	SCREEN_LEFT,
	SCREEN_RIGHT,
	SCREEN_HOME,
	SCREEN_END,
	SCREEN_PAGE_UP,
	SCREEN_PAGE_DOWN,
	SCREEN_ENTER,
	SCREEN_BACKSPACE,
	SCREEN_DELETE,
	SCREEN_OTHER
};
int screen_key(void);

/* Whether there still is a terminal to read from. */
bool screen_is_there(void);

#endif
