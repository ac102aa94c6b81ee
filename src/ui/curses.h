/*
 * ncursesw, loaded when a screen is opened (base/late.h).
 *
 * Functions only: what is a variable in one build of ncurses (stdscr, LINES, ...) is
 * a function in another.
 */
#ifndef UI_CURSES_H
#define UI_CURSES_H

#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1
#include <curses.h>
#include <stdbool.h>
#include <term.h>

struct error;

/* Each function that gita calls. */
#define CURSES_FUNCTIONS(X) \
	X(cbreak) \
	X(clearok) \
	X(curs_set) \
	X(del_curterm) \
	X(delscreen) \
	X(delwin) \
	X(endwin) \
	X(getmaxx) \
	X(getmaxy) \
	X(has_colors) \
	X(init_pair) \
	X(keypad) \
	X(mvwadd_wch) \
	X(newterm) \
	X(newwin) \
	X(nodelay) \
	X(noecho) \
	X(nonl) \
	X(resizeterm) \
	X(set_curterm) \
	X(set_escdelay) \
	X(setcchar) \
	X(setupterm) \
	X(start_color) \
	X(tigetstr) \
	X(use_default_colors) \
	X(wclrtoeol) \
	X(wget_wch) \
	X(wmove) \
	X(wrefresh)

#define CURSES_MEMBER(name) __typeof__(&(name)) name;

extern struct curses {
	CURSES_FUNCTIONS(CURSES_MEMBER)
} curses;

/* Fills the struct; again does no harm. */
bool curses_load(struct error *err);

#endif
