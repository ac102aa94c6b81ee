/*
 * Rows and columns: measured by display width, aligned, fitted to a terminal.
 *
 * A column is as wide as its widest cell, or as its limit where it has one; one
 * that is empty in every row takes no room. Where the rows must fit a width,
 * a column with `gives` is cut first, down to a few characters, then the
 * others from the right. No blanks stand at the end of a line. Text must
 * already be free of control characters (text_escape).
 */
#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strings.h"

struct arena;

struct cell {
	const char *text;  /* never NULL */
	const char *color; /* escape sequence for text and tail, or NULL */
	const char *tail;  /* more text after it, aligned as a column of its own (the
	                      symbols beside the branch), or NULL */
};

struct table_column {
	size_t limit; /* 0: none; else just so many columns: cut and padded */
	size_t tail_limit;
	bool gives; /* is cut first */
};

struct table_row {
	struct cell *cells;  /* one a column */
	const char *whole;   /* after the first cell, this instead of the others
	                        (`missing: /path`), or NULL */
	const char *heading; /* a line of its own instead of the row, or NULL */
};

struct table {
	struct table_column *columns;
	size_t column_count;
	struct table_row *items;
	size_t count;
	size_t room;
};

/* Writes all rows with cli/out.h; `width` 0: as wide as they are. `indent` blanks
 * stand before rows that are no headings. */
void table_print(const struct table *table, struct arena *arena, size_t width,
                 bool colors, size_t indent);

/* The same as a list of lines, in the arena. */
void table_lines(struct strings *out, const struct table *table, struct arena *arena,
                 size_t width, bool colors, size_t indent);

#endif
