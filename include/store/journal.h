/*
 * The journal: what the last run did to each repo, and its output.
 *
 * One run is kept, in the state folder, and of the last run of each command what became
 * of the repos, without output. Each is written to a temporary file that
 * replaces the last one when the run is over, so that a reader, a concurrent run
 * or a kill leaves one run or the other, never a mixture. Of the output of one repo
 * the first JOURNAL_REPO_LIMIT bytes are kept, of a run JOURNAL_LIMIT; an entry
 * records whether its output is complete. Failing to write the journal adds a note;
 * the run goes on.
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

/* The outcome of an entry that was never started. */
#define JOURNAL_NOT_RUN "not run"

enum { JOURNAL_REPO_LIMIT = 4 << 20, JOURNAL_LIMIT = 64 << 20 };

struct journal_entry {
	const char *name;
	const char *path;
	const char *outcome; /* "ok", "failed", "timed out", "not run", ... */
	bool ok;
	bool ran;   /* false: not started */
	int exit;   /* exit status; 0 if killed by a signal */
	int signal; /* 0: none */
	double seconds;
	uint64_t offset, length; /* of its output; set by the journal */
	bool whole;              /* the output is complete; set by the journal */
};

struct journal {
	const char *command; /* the command line, quoted */
	int64_t started;     /* seconds since the epoch */
	struct journal_entry *items;
	size_t count;
	size_t room;
	const char *file;               /* NULL: no run yet */
	const char *stamp;              /* identifies the run */
	struct journal_entry **by_name; /* sorted, for journal_find */
};

/* Reads the last run, in the order of the calls of journal_add. If there was none,
 * succeeds with `file` NULL. `title`: the last run that journal_begin was given it for;
 * such entries have no output. NULL: of any command. */
bool journal_load(struct journal *out, const struct home *home, const char *title,
                  struct arena *arena, struct error *err);

/* Appends the entry's output. Fails if a later run has replaced the journal. */
bool journal_output(struct buf *out, const struct journal *journal,
                    const struct journal_entry *entry, struct error *err);

/* NULL if there is none; of several entries (a repo that was run again) the last. */
const struct journal_entry *journal_find(const struct journal *journal,
                                         const char *name);

/*
 * A run being written. After an error the writer ignores further calls;
 * journal_begin or journal_end adds one note. A file size guard (base/file.h) is
 * held until journal_end.
 */
struct journal_writer;

struct journal_writer *journal_begin(const struct home *home, struct arena *arena,
                                     const char *title, const char *command,
                                     struct notes *notes);

/* Output of the entry that the next journal_add describes, piece by piece. */
void journal_write(struct journal_writer *writer, const void *bytes, size_t length);
/* The output of that entry is not complete. */
void journal_cut(struct journal_writer *writer);
void journal_add(struct journal_writer *writer, const struct journal_entry *entry);
void journal_end(struct journal_writer *writer, struct notes *notes);

#endif
