#include "store/journal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
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

/*
 * The journal's file, `last-run` in the state folder:
 *
 *     gita-journal-1 PID TIME\n     the stamp, which identifies the run
 *     ...                           the outputs, one after the other
 *     CSV rows                      command and start, then a row for each entry:
 *                                   three texts, then numbers, time in milliseconds
 *     %020d\n                       where the rows start
 *
 * It is written as `.gita-run-XXXXXX` in the same folder and locked meanwhile, so
 * that a file left by a killed process can be distinguished from that of a running one.
 *
 * `last-run-TITLE` is the same without outputs, for the last run of that title.
 */
#define JOURNAL_FILE   "last-run"
#define JOURNAL_PREFIX ".gita-run-"
#define JOURNAL_MAGIC  "gita-journal-1"

enum {
	JOURNAL_STAMP_LIMIT = 80,
	JOURNAL_TRAILER = 21,
	JOURNAL_TITLE_LIMIT = 100,
	JOURNAL_TEXTS = 3,
	JOURNAL_OFFSET = 8,
	JOURNAL_FIELDS = 11
};

enum { HOUR = 3600 };

struct journal_writer {
	struct arena *arena;
	const char *state; /* the folder */
	const char *path, *temporary;
	const char *own_path; /* of the title; NULL: it has none */
	FILE *file;           /* NULL after an error and at the end */
	char stamp[JOURNAL_STAMP_LIMIT];
	struct buf rows, own_rows; /* the latter without outputs */
	uint64_t at;               /* bytes written */
	uint64_t kept;             /* bytes of output, of all entries */
	uint64_t from;             /* where the output of the next entry starts */
	bool cut;                  /* that output is truncated */
	int why;                   /* errno of the first failure */
	struct file_size_guard guard;
};

/* Without a file nothing else is tried, so that there is one error to report. */
static void give_up(struct journal_writer *writer, int why)
{
	writer->why = why;
	if (writer->file) {
		unlink(writer->temporary);
		fclose(writer->file);
	}
	writer->file = NULL;
}

static void report_failure(const struct journal_writer *writer, struct notes *notes)
{
	struct error err;

	if (!writer->why)
		return;
	error_errno(&err, writer->why, "cannot write the journal of this run in '%s'",
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

/* Removes files of killed processes: old, and not locked. */
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

/* Where the last run of a title is kept; NULL: it is no name for a file. */
static const char *path_of_title(const struct home *home, const char *title,
                                 struct arena *arena)
{
	if (!title || !*title || strlen(title) > JOURNAL_TITLE_LIMIT ||
	    strchr(title, '/'))
		return NULL;
	return path_join(arena, home->state,
	                 arena_format(arena, JOURNAL_FILE "-%s", title));
}

/* 0, or the errno. */
static int open_beside(struct journal_writer *writer)
{
	char *name = path_join(writer->arena, writer->state, JOURNAL_PREFIX "XXXXXX");
	int descriptor = mkostemp(name, O_CLOEXEC), why;

	if (descriptor < 0)
		return errno;
	writer->temporary = name;
	(void)flock(descriptor, LOCK_EX | LOCK_NB);
	writer->file = fdopen(descriptor, "w");
	if (writer->file)
		return 0;
	why = errno;
	close(descriptor);
	unlink(name);
	return why;
}

static void add_row(struct journal_writer *writer, struct buf *out,
                    const char *const *fields, size_t count)
{
	struct strings row = {0};

	for (size_t i = 0; i < count; i++)
		strings_add(writer->arena, &row, fields[i]);
	csv_add_row(out, &row, ',');
}

static const char *number(struct journal_writer *writer, intmax_t value)
{
	return arena_format(writer->arena, "%jd", value);
}

static void put_stamp(struct journal_writer *writer)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	snprintf(writer->stamp, sizeof writer->stamp, JOURNAL_MAGIC " %ld %jd.%09ld\n",
	         (long)getpid(), (intmax_t)now.tv_sec, now.tv_nsec);
	put(writer, writer->stamp, strlen(writer->stamp));
	writer->from = writer->at;
}

static void put_rows(struct journal_writer *writer, const struct buf *rows)
{
	char trailer[JOURNAL_TRAILER + 1];

	snprintf(trailer, sizeof trailer, "%0*ju\n", JOURNAL_TRAILER - 1,
	         (uintmax_t)writer->at);
	put(writer, buf_text(rows), rows->length);
	put(writer, trailer, JOURNAL_TRAILER);
}

/* The file is whole: it takes its place. */
static void finish(struct journal_writer *writer, const char *path)
{
	FILE *file;

	if (writer->file && fflush(writer->file) != 0)
		give_up(writer, errno);
	if (writer->file && rename(writer->temporary, path) != 0)
		give_up(writer, errno);
	file = writer->file;
	writer->file = NULL;
	if (file)
		fclose(file);
}

static void write_own(struct journal_writer *writer)
{
	int why;

	if (writer->why || !writer->own_path)
		return;
	why = open_beside(writer);
	if (why)
		give_up(writer, why);
	writer->at = 0;
	put(writer, writer->stamp, strlen(writer->stamp));
	put_rows(writer, &writer->own_rows);
	finish(writer, writer->own_path);
}

struct journal_writer *journal_begin(const struct home *home, struct arena *arena,
                                     const char *title, const char *command,
                                     struct notes *notes)
{
	struct journal_writer *writer = arena_take(arena, sizeof *writer);
	const char *const about[] = {command,
	                             arena_format(arena, "%jd", (intmax_t)when_now())};
	struct error err;
	int why;

	writer->arena = arena;
	writer->state = home->state;
	writer->path = path_join(arena, home->state, JOURNAL_FILE);
	writer->own_path = path_of_title(home, title, arena);
	file_guard_size(&writer->guard);
	if (!file_make_folder(home->state, true, &err)) {
		note(notes, "cannot write the journal of this run: %s", err.text);
		return writer;
	}
	sweep(home->state);
	why = open_beside(writer);
	if (why) {
		give_up(writer, why);
		report_failure(writer, notes);
		writer->why = 0;
	}
	put_stamp(writer);
	add_row(writer, &writer->rows, about, 2);
	add_row(writer, &writer->own_rows, about, 2);
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

void journal_cut(struct journal_writer *writer)
{
	writer->cut = true;
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

	if (writer->file) {
		add_row(writer, &writer->rows, fields, JOURNAL_FIELDS);
		fields[JOURNAL_OFFSET] = fields[JOURNAL_OFFSET + 1] = "0";
		add_row(writer, &writer->own_rows, fields, JOURNAL_FIELDS);
	}
	writer->from = writer->at;
	writer->cut = false;
}

/* Not synced: a power failure may cost a report, which is no user data. */
void journal_end(struct journal_writer *writer, struct notes *notes)
{
	bool begun = writer->file != NULL;

	put_rows(writer, &writer->rows);
	finish(writer, writer->path);
	if (begun)
		write_own(writer);
	report_failure(writer, notes);
	buf_drop(&writer->rows);
	buf_drop(&writer->own_rows);
	file_unguard_size(&writer->guard);
}

static bool read_at(struct buf *out, int file, uint64_t offset, uint64_t length)
{
	char *bytes = buf_reserve(out, (size_t)length);

	while (length) {
		ssize_t got = pread(file, bytes, (size_t)length, (off_t)offset);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		bytes += got;
		offset += (uint64_t)got;
		length -= (uint64_t)got;
		out->length += (size_t)got;
	}
	return true;
}

/* The first line, unique to the run. */
static const char *read_stamp(struct arena *arena, int file)
{
	char text[JOURNAL_STAMP_LIMIT];
	ssize_t length = pread(file, text, sizeof text, 0);
	const char *end = length > 0 ? memchr(text, '\n', (size_t)length) : NULL;

	if (!end || strncmp(text, JOURNAL_MAGIC, strlen(JOURNAL_MAGIC)) != 0)
		return NULL;
	return arena_bytes(arena, text, (size_t)(end - text));
}

/* The fields of a row: text and numbers in the order of struct journal_entry. */
static bool read_entry(struct journal_entry *out, const struct strings *row,
                       uint64_t outputs_end)
{
	uint64_t numbers[JOURNAL_FIELDS] = {0};

	if (row->count != JOURNAL_FIELDS)
		return false;
	for (size_t i = JOURNAL_TEXTS; i < JOURNAL_FIELDS; i++) {
		long number;

		if (!text_number(&number, row->items[i], 0, LONG_MAX))
			return false;
		numbers[i] = (uint64_t)number;
	}
	*out = (struct journal_entry){.name = row->items[0],
	                              .path = row->items[1],
	                              .outcome = row->items[2],
	                              .ok = numbers[3],
	                              .ran = numbers[4],
	                              .exit = (int)numbers[5],
	                              .signal = (int)numbers[6],
	                              .seconds = (double)numbers[7] / 1000,
	                              .offset = numbers[8],
	                              .length = numbers[9],
	                              .whole = numbers[10]};
	return out->offset <= outputs_end && out->length <= outputs_end - out->offset;
}

static bool read_rows(struct journal *out, struct arena *arena, const struct buf *text,
                      uint64_t outputs_end)
{
	struct csv rows = {0};
	struct error ignored;
	long started;

	if (!csv_parse(&rows, arena, buf_text(text), text->length, ',', &ignored) ||
	    !rows.count || rows.items[0].fields.count != 2 ||
	    !text_number(&started, rows.items[0].fields.items[1], 0, LONG_MAX))
		return false;
	out->command = rows.items[0].fields.items[0];
	out->started = started;
	for (size_t i = 1; i < rows.count; i++)
		if (!read_entry(ARENA_PUSH(arena, out), &rows.items[i].fields,
		                outputs_end))
			return false;
	return true;
}

/* Of equal names the last entry first: it is the one that is looked up. */
static int by_name(const void *one, const void *other)
{
	const struct journal_entry *a = *(struct journal_entry *const *)one;
	const struct journal_entry *b = *(struct journal_entry *const *)other;
	int order = strcmp(a->name, b->name);

	return order ? order : (a < b) - (a > b);
}

static void sort_names(struct journal *journal, struct arena *arena)
{
	journal->by_name = arena_take(arena, journal->count * sizeof *journal->by_name);
	for (size_t i = 0; i < journal->count; i++)
		journal->by_name[i] = &journal->items[i];
	qsort(journal->by_name, journal->count, sizeof *journal->by_name, by_name);
}

static bool read_journal(struct journal *out, struct arena *arena, int file)
{
	BUF trailer = {0}, rows = {0};
	struct stat info;
	uint64_t end;
	long from;

	if (fstat(file, &info) != 0 || !S_ISREG(info.st_mode) ||
	    info.st_size < JOURNAL_TRAILER)
		return false;
	end = (uint64_t)info.st_size - JOURNAL_TRAILER;
	out->stamp = read_stamp(arena, file);
	if (!out->stamp || !read_at(&trailer, file, end, JOURNAL_TRAILER))
		return false;
	trailer.data[JOURNAL_TRAILER - 1] = '\0';
	return text_number(&from, trailer.data, 0, (long)end) &&
	       end - (uint64_t)from <= JOURNAL_LIMIT &&
	       read_at(&rows, file, (uint64_t)from, end - (uint64_t)from) &&
	       read_rows(out, arena, &rows, (uint64_t)from);
}

bool journal_load(struct journal *out, const struct home *home, const char *title,
                  struct arena *arena, struct error *err)
{
	const char *own = path_of_title(home, title, arena);
	const char *path = own ? own : path_join(arena, home->state, JOURNAL_FILE);
	int file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	bool good;

	*out = (struct journal){0};
	if (file < 0)
		return errno == ENOENT ||
		       error_errno(err, errno, "cannot read '%s'", path);
	good = read_journal(out, arena, file);
	if (good)
		sort_names(out, arena);
	close(file);
	out->file = path;
	return good ||
	       error_set(err, "cannot read '%s': not a journal of gita; remove it",
	                 path);
}

bool journal_output(struct buf *out, const struct journal *journal,
                    const struct journal_entry *entry, struct error *err)
{
	int file = open(journal->file, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	struct arena scratch = {0};
	const char *stamp;
	bool same, good;

	if (file < 0)
		return error_errno(err, errno, "cannot read '%s'", journal->file);
	stamp = read_stamp(&scratch, file);
	same = stamp && strcmp(stamp, journal->stamp) == 0;
	good = same && read_at(out, file, entry->offset, entry->length);
	close(file);
	arena_drop(&scratch);
	if (!same)
		return error_set(
			err,
			"cannot read the output of '%s': a later run has replaced it",
			entry->name);
	return good ||
	       error_set(err, "cannot read the output of '%s': '%s' is truncated",
	                 entry->name, journal->file);
}

static int compare_name(const void *name, const void *item)
{
	return strcmp(name, (*(struct journal_entry *const *)item)->name);
}

const struct journal_entry *journal_find(const struct journal *journal,
                                         const char *name)
{
	struct journal_entry *const *found = sorted_find(
		name, journal->by_name, journal->count, sizeof *found, compare_name);

	return found ? *found : NULL;
}
