/*
 * Rows and columns: measured by display width, aligned, fitted to a terminal.
 *
 * A column is as wide as its widest cell, or as its limit where it has one; one
 * that is empty in every row takes no room. Where the rows must fit a width, the
 * columns give way by their `fit`, one step after the other and no further than
 * needed:
 *
 *   FIT_MIDDLE and FIT_NAME: outliers, to what most cells need, but 16 columns at least
 *   FIT_END to 20 columns
 *   FIT_BRIEF: the short forms, then nothing
 *   FIT_MIDDLE and FIT_NAME: outliers further
 *   FIT_MIDDLE to 12 columns; of FIT_END only the first, to 8; FIT_MIDDLE to 9
 *   FIT_END to nothing, FIT_NAME to 9
 *
 * If even that is not enough, columns are left out from the right; only the first one
 * is then cut to what there is. Where a column became short or went, the others begin
 * again from their full widths. FIT_WHOLE and tails are never cut.
 *
 * No blanks stand at the end of a line. Text must already be free of control
 * characters (text_escape).
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
	const char *brief; /* FIT_BRIEF: a shorter form of the text, or NULL */
	size_t kept;       /* FIT_MIDDLE, FIT_NAME: bytes at the end of the text that
	                      are not cut (`|rebase`) */
};

enum table_fit {
	FIT_WHOLE,  /* hashes, numbers, words of a list: useless when cut */
	FIT_MIDDLE, /* branches, paths: both ends tell them apart */
	FIT_NAME,  /* the same of what the row is known by, and so the last to be cut */
	FIT_END,   /* sentences */
	FIT_BRIEF, /* what has a short form, and can be missed */
};

struct table_column {
	size_t limit;      /* 0: none; else just so many columns: cut and padded;
	                      FIT_BRIEF is shortened; FIT_WHOLE is only padded */
	size_t tail_limit; /* 0: none; else at least so many columns */
	enum table_fit fit;
};

struct table_row {
	struct cell *cells;  /* one a column */
	const char *whole;   /* after the first cell, this instead of the others
	                        (`missing: /path`), or NULL */
	enum table_fit fit;  /* of `whole`: FIT_MIDDLE for a path, FIT_END */
	const char *color;   /* escape sequence for `whole`, or NULL */
	const char *heading; /* a line of its own instead of the row, cut in the middle;
	                        or NULL */
};

struct table {
	struct table_column *columns;
	size_t column_count;
	struct table_row *items;
	size_t count;
	size_t room;
};

/* The columns that a row takes where nothing is cut. */
size_t table_width(const struct table *table, struct arena *arena);

/* Writes all rows with cli/out.h; `width` 0: as wide as they are. `indent` blanks
 * stand before rows that are no headings. */
void table_print(const struct table *table, struct arena *arena, size_t width,
                 bool colors, size_t indent);

/* The same as a list of lines, in the arena. */
void table_lines(struct strings *out, const struct table *table, struct arena *arena,
                 size_t width, bool colors, size_t indent);

#endif
