/*
 * Rows and columns: measured by display width, aligned, fitted to a terminal.
 *
 * A column is as wide as its widest cell, or as its limit where it has one; one
 * that is empty in every row takes no room. Where the rows must fit a width, the
 * columns give way by their `fit`, one step after the other and no further than
 * needed:
 *
 *   outliers, to the width that most cells need: FIT_END, then FIT_MIDDLE
 *   FIT_END to about 20 columns
 *   FIT_BRIEF: the short forms, then nothing
 *   FIT_MIDDLE and FIT_END to about 10, FIT_END to nothing
 *
 * What is gained by the last step is given back to what was cut. If even that is
 * not enough, columns are left out from the right; only the first one is then cut
 * to what there is. FIT_WHOLE and tails are never cut.
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
	size_t kept;       /* FIT_MIDDLE: bytes at the end of the text that are not cut
	                      (`|rebase`) */
};

enum table_fit {
	FIT_WHOLE,  /* hashes, numbers, words of a list: useless when cut */
	FIT_MIDDLE, /* names, branches, paths: both ends tell them apart */
	FIT_END,    /* sentences */
	FIT_BRIEF,  /* what has a short form, and can be missed */
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
	const char *color;   /* escape sequence for `whole`, or NULL */
	const char *heading; /* a line of its own instead of the row, or NULL */
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
