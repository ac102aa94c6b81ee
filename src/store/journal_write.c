#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/path.h"
#include "base/text.h"
#include "base/when.h"
#include "journal_files.h"
#include "store/journal.h"

enum { HOUR = 3600 };

struct journal_writer {
	struct arena *arena;
	const char *path, *temporary;
	FILE *file; /* NULL: failed, or over */
	struct buf rows;
	uint64_t at;   /* bytes written */
	uint64_t kept; /* bytes of output, of all entries */
	uint64_t from; /* where the output of the next entry starts */
	bool cut;      /* some of it was left out */
	int why;       /* errno of the first failure */
	struct file_size_guard guard;
};

/* The first failure is the one that is told. */
static void give_up(struct journal_writer *writer, int why)
{
	if (!writer->why)
		writer->why = why;
	if (writer->file) {
		unlink(writer->temporary);
		fclose(writer->file);
	}
	writer->file = NULL;
}

static void tell(const struct journal_writer *writer, struct notes *notes)
{
	struct error err;

	if (!writer->why)
		return;
	error_errno(&err, writer->why, "cannot keep the report of this run in '%s'",
	            writer->path);
	note(notes, "%s", err.text);
}

static void put(struct journal_writer *writer, const void *bytes, size_t length)
{
	if (!writer->file || !length)
		return;
	if (fwrite(bytes, 1, length, writer->file) < length)
		give_up(writer, errno);
	else
		writer->at += length;
}

/* Removes what a killed run has left: old, and locked by nobody. */
static void sweep(const char *state)
{
	DIR *folder = opendir(state);
	const struct dirent *entry;

	while (folder && (entry = readdir(folder))) {
		struct stat info;
		int file;

		if (!text_skip_prefix(entry->d_name, JOURNAL_PREFIX))
			continue;
		file = openat(dirfd(folder), entry->d_name,
		              O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
		if (file < 0)
			continue;
		if (fstat(file, &info) == 0 && info.st_mtime < time(NULL) - HOUR &&
		    flock(file, LOCK_EX | LOCK_NB) == 0)
			unlinkat(dirfd(folder), entry->d_name, 0);
		close(file);
	}
	if (folder)
		closedir(folder);
}

/* 0, or the errno. */
static int open_beside(struct journal_writer *writer, const char *state)
{
	char *name = path_join(writer->arena, state, JOURNAL_PREFIX "XXXXXX");
	int descriptor = mkostemp(name, O_CLOEXEC);

	if (descriptor < 0)
		return errno;
	writer->temporary = name;
	(void)flock(descriptor, LOCK_EX | LOCK_NB);
	writer->file = fdopen(descriptor, "w");
	return writer->file ? 0 : errno;
}

static void add_row(struct journal_writer *writer, const char *const *fields,
                    size_t count)
{
	struct strings row = {0};

	for (size_t i = 0; i < count; i++)
		strings_add(writer->arena, &row, fields[i]);
	csv_add_row(&writer->rows, &row, ',');
}

static const char *number(struct journal_writer *writer, intmax_t value)
{
	return arena_format(writer->arena, "%jd", value);
}

static void put_stamp(struct journal_writer *writer)
{
	char stamp[JOURNAL_STAMP_LIMIT];
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	snprintf(stamp, sizeof stamp, JOURNAL_MAGIC " %ld %jd.%09ld\n", (long)getpid(),
	         (intmax_t)now.tv_sec, now.tv_nsec);
	put(writer, stamp, strlen(stamp));
	writer->from = writer->at;
}

struct journal_writer *journal_begin(const struct home *home, struct arena *arena,
                                     const char *command, struct notes *notes)
{
	struct journal_writer *writer = arena_take(arena, sizeof *writer);
	struct error err;
	int why;

	writer->arena = arena;
	writer->path = path_join(arena, home->state, JOURNAL_FILE);
	file_guard_size(&writer->guard);
	if (!file_make_folder(home->state, true, &err)) {
		note(notes, "cannot keep the report of this run: %s", err.text);
		return writer;
	}
	sweep(home->state);
	why = open_beside(writer, home->state);
	if (why) {
		give_up(writer, why);
		tell(writer, notes);
		writer->why = 0;
	}
	put_stamp(writer);
	add_row(writer, (const char *[]){command, number(writer, when_now())}, 2);
	return writer;
}

void journal_write(struct journal_writer *writer, const void *bytes, size_t length)
{
	uint64_t room = JOURNAL_REPO_LIMIT - (writer->at - writer->from);

	if (room > JOURNAL_LIMIT - writer->kept)
		room = JOURNAL_LIMIT - writer->kept;
	if (length > room) {
		writer->cut = true;
		length = (size_t)room;
	}
	writer->kept += length;
	put(writer, bytes, length);
}

void journal_add(struct journal_writer *writer, const struct journal_entry *entry)
{
	const char *fields[JOURNAL_FIELDS] = {
		entry->name,
		entry->path,
		entry->outcome,
		entry->ok ? "1" : "0",
		entry->ran ? "1" : "0",
		number(writer, entry->exit),
		number(writer, entry->signal),
		number(writer, (intmax_t)(entry->seconds * 1000)),
		number(writer, (intmax_t)writer->from),
		number(writer, (intmax_t)(writer->at - writer->from)),
		!writer->cut ? "1" : "0"};

	if (writer->file)
		add_row(writer, fields, JOURNAL_FIELDS);
	writer->from = writer->at;
	writer->cut = false;
}

/* Not synced to the disk: what a power cut takes is a report, no data. */
void journal_end(struct journal_writer *writer, struct notes *notes)
{
	char trailer[JOURNAL_TRAILER + 1];
	FILE *file;

	snprintf(trailer, sizeof trailer, "%0*ju\n", JOURNAL_TRAILER - 1,
	         (uintmax_t)writer->at);
	put(writer, buf_text(&writer->rows), writer->rows.length);
	put(writer, trailer, JOURNAL_TRAILER);
	if (writer->file && fflush(writer->file) != 0)
		give_up(writer, errno);
	if (writer->file && rename(writer->temporary, writer->path) != 0)
		give_up(writer, errno);
	file = writer->file;
	writer->file = NULL;
	if (file)
		fclose(file);
	tell(writer, notes);
	buf_drop(&writer->rows);
	file_unguard_size(&writer->guard);
}
