/*
 * The CSV of gita's files: Python's `csv` default dialect, with a delimiter.
 *
 * Reading: fields are split at the delimiter; one that starts with `"` ends
 * at the next single `"` (text between that and the delimiter is appended),
 * `""` in it stands for one `"`, and it may hold newlines; rows end at LF, CRLF
 * or CR. Empty lines are ignored, as is a byte order mark at the start. Writing: a
 * field is quoted when it holds the delimiter, `"`, CR or LF (csv.QUOTE_MINIMAL),
 * when it is empty and alone, and when it is the first and starts with `#`; a row
 * ends with CRLF. Source:
 * https://docs.python.org/3/library/csv.html
 */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/strings.h"

struct buf;

struct csv_row {
	struct strings fields; /* none: a comment */
	unsigned line; /* the line of the file on which the row starts, from 1 */
};

struct csv {
	struct csv_row *items;
	size_t count;
	size_t room;

	size_t bad;        /* rows that csv_read_rows and csv_leave_out left out */
	unsigned bad_line; /* of the first of them */
	const char *bad_why;
};

/*
 * Appends all rows of `length` bytes. Fails on an unclosed quote and on a NUL byte;
 * the error reads `line N: why`, to which the caller adds the name of the file.
 */
bool csv_parse(struct csv *out, struct arena *arena, const char *bytes, size_t length,
               char delimiter, struct error *err);

/*
 * Reads and parses a whole file; a missing one has no rows and is no error. `text`
 * gets the content, `*there` whether the file exists. The error names the file.
 */
bool csv_read_file(struct csv *out, struct buf *text, bool *there, struct arena *arena,
                   const char *path, char delimiter, struct error *err);

/*
 * The same, but a line that starts with `#` is a comment, and a row that does not parse
 * is left out; of an unclosed quote, the line in which the row starts. Fails only where
 * the file cannot be read.
 */
bool csv_read_rows(struct csv *out, struct buf *text, bool *there, struct arena *arena,
                   const char *path, char delimiter, struct error *err);

/* Takes out a row that the caller cannot use. */
void csv_leave_out(struct csv *csv, size_t index, const char *why);

void csv_add_row(struct buf *out, const struct strings *fields, char delimiter);

#endif
