/*
 * The terminal: whether there is one, its size, and colours by name.
 */
#ifndef BASE_TERM_H
#define BASE_TERM_H

#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

/* Columns of the terminal on `descriptor`, 0 if it is not a terminal. If the size
 * is unknown, $COLUMNS if that is a number, else 80. */
size_t term_width(int descriptor);

/* Lines of the terminal on `descriptor`; 24 if that is unknown. */
size_t term_height(int descriptor);

/* Whether it is a terminal on which the cursor can be moved: TERM is set, and not
 * `dumb`. */
bool term_is_capable(int descriptor);

/*
 * Single keys, without Enter and unseen. From `begin` on, which drops what was typed
 * before and fails where there is no terminal, to `end`, ^C and the like are keys as
 * well. `next` waits; -1 if the terminal is gone.
 */
struct term_keys {
	int descriptor;
	struct termios before;
};
bool term_keys_begin(struct term_keys *out, int descriptor);
int term_keys_next(const struct term_keys *keys);
void term_keys_end(const struct term_keys *keys);

enum color_when { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

/* Whether to use colours: with AUTO only on a terminal, with NO_COLOR unset or empty
 * (https://no-color.org) and TERM not `dumb`. */
bool term_wants_color(int descriptor, enum color_when when);

/* The colours that color.csv may name: those of the Python tool, of which `end` is
 * the terminal's own, and `default`, which is the same. */
struct color {
	const char *name;
	const char *sequence; /* switches it on */
};
extern const struct color term_colors[];
extern const size_t term_color_count;
#define TERM_BOLD  "\033[1m"
#define TERM_PLAIN "\033[0m" /* switches all of them off */

const struct color *term_color(const char *name); /* NULL if unknown */

#endif
