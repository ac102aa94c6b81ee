/*
 * The CSV of gita's files: Python's `csv` default dialect, with a delimiter.
 *
 * Reading: fields are split at the delimiter; one that starts with `"` ends
 * at the next single `"` (what still stands before the delimiter is added to
 * it), `""` in it is one `"`, and it may hold newlines; rows end at LF, CRLF
 * or CR. Empty lines are no rows. Writing: a field is quoted when it holds the
 * delimiter, `"`, CR or LF (csv.QUOTE_MINIMAL) and when it is empty and alone;
 * a row ends with CRLF. Source: https://docs.python.org/3/library/csv.html
 */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/strings.h"

struct buf;

struct csv_row {
	struct strings fields;
	unsigned line; /* the line of the file on which the row starts, from 1 */
};

struct csv {
	struct csv_row *items;
	size_t count;
	size_t room;
};

/*
 * Adds all rows of `length` bytes. Fails on an open quote and on a NUL byte; the
 * error reads `line N: why` and wants the file's name in front.
 */
bool csv_parse(struct csv *out, struct arena *arena, const char *bytes, size_t length,
               char delimiter, struct error *err);

void csv_add_row(struct buf *out, const struct strings *fields, char delimiter);

#endif
