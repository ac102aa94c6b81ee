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

/*
 * A whole file of rows; a missing one is a success with none. `text` gets what the
 * file holds, `*there` says whether it exists. The error names the file.
 */
bool csv_read_file(struct csv *out, struct buf *text, bool *there, struct arena *arena,
                   const char *path, char delimiter, struct error *err);

/* The same error for what only the caller can see. Always false. */
bool csv_file_error(struct error *err, const char *path, const char *why);

void csv_add_row(struct buf *out, const struct strings *fields, char delimiter);

#endif
