#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/path.h"
#include "base/text.h"
#include "journal_files.h"
#include "store/journal.h"

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

/* The first line, which no other run has. */
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

bool journal_load(struct journal *out, const struct home *home, struct arena *arena,
                  struct error *err)
{
	const char *path = path_join(arena, home->state, JOURNAL_FILE);
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
	return good || error_set(err,
	                         "cannot read '%s': it is no report of a run that gita "
	                         "has written; remove it",
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
		return error_set(err,
		                 "cannot read the output of '%s': another run has "
		                 "taken the place of this one",
		                 entry->name);
	return good || error_set(err, "cannot read the output of '%s': '%s' is cut off",
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
