/*
 * The journal: what the last run did to each repo, and its output.
 *
 * One run is kept, in the state folder. It is written beside the last one and
 * takes its place whole when the run is over, so that a reader, a second run
 * or a kill finds one run or the other. Of one repo's output the first
 * JOURNAL_REPO_LIMIT bytes are kept, of a run JOURNAL_LIMIT; an entry says
 * whether its output is whole. A journal that cannot be written is a note,
 * never a failure of the run.
 */
#ifndef STORE_JOURNAL_H
#define STORE_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "store/home.h"

struct arena;

enum { JOURNAL_REPO_LIMIT = 4 << 20, JOURNAL_LIMIT = 64 << 20 };

struct journal_entry {
	const char *name;
	const char *path;
	const char *outcome; /* "ok", "failed", "timed out", "not run", ... */
	bool ok;
	bool ran;   /* false: its turn never came */
	int exit;   /* exit status; 0 where a signal ended it */
	int signal; /* 0: none */
	double seconds;
	uint64_t offset, length; /* where its output is; set by the journal */
	bool whole;              /* nothing of it was left out; the same */
};

struct journal {
	const char *command; /* the run as it was typed, quoted */
	int64_t started;     /* seconds since the epoch */
	struct journal_entry *items;
	size_t count;
	size_t room;
	const char *file;               /* NULL: there was no run yet */
	const char *stamp;              /* what tells its file from a later run's */
	struct journal_entry **by_name; /* sorted, for journal_find */
};

/* Reads the last run, in the order of the journal_adds; that there was none is a
 * success with `file` NULL. */
bool journal_load(struct journal *out, const struct home *home, struct arena *arena,
                  struct error *err);

/* Appends the output. Fails if another run has taken the journal's place. */
bool journal_output(struct buf *out, const struct journal *journal,
                    const struct journal_entry *entry, struct error *err);

/* Of two entries of one name (the second a repeat after a login) the last. */
const struct journal_entry *journal_find(const struct journal *journal,
                                         const char *name);

/*
 * A run being written. A writer that failed swallows the rest; journal_begin or
 * journal_end leaves the one note. Until journal_end SIGXFSZ is ignored.
 */
struct journal_writer;

struct journal_writer *journal_begin(const struct home *home, struct arena *arena,
                                     const char *command, struct notes *notes);

/* Output of the entry that the next journal_add tells of, piece by piece. */
void journal_write(struct journal_writer *writer, const void *bytes, size_t length);
void journal_add(struct journal_writer *writer, const struct journal_entry *entry);
void journal_end(struct journal_writer *writer, struct notes *notes);

#endif
