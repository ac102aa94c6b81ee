/*
 * A file of CSV rows, read whole.
 */
#ifndef STORE_CSV_FILE_H
#define STORE_CSV_FILE_H

#include "base/buf.h"
#include "base/csv.h"

/* A sentence for a file that does not parse: its path, and why. */
#define CSV_FILE_ERROR "cannot use '%s': %s; correct it or move the file away"

/* A missing file is a success with no rows. `text` is what the file holds. */
bool csv_file_read(struct csv *out, struct buf *text, bool *there, struct arena *arena,
                   const char *path, char delimiter, struct error *err);

#endif
