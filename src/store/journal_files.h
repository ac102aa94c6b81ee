/*
 * The journal's file, `last-run` in the state folder:
 *
 *     gita-journal-1 PID TIME\n     the stamp, which tells two runs apart
 *     ...                           the outputs, one behind the other
 *     CSV rows                      command and start, then a row an entry: three
 *                                   texts, then numbers, time in milliseconds
 *     %020d\n                       where the rows start
 *
 * It is written as `.gita-run-XXXXXX` beside it and locked as long as somebody
 * writes it, so that what a kill has left can be told from a run under way.
 */
#ifndef STORE_JOURNAL_FILES_H
#define STORE_JOURNAL_FILES_H

#define JOURNAL_FILE   "last-run"
#define JOURNAL_PREFIX ".gita-run-"
#define JOURNAL_MAGIC  "gita-journal-1"

enum {
	JOURNAL_STAMP_LIMIT = 80,
	JOURNAL_TRAILER = 21,
	JOURNAL_TEXTS = 3,
	JOURNAL_FIELDS = 11
};

#endif
