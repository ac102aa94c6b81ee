#include "base/csv.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/text.h"

struct csv_reader {
	struct arena *arena;
	const char *at;
	const char *end;
	unsigned line;
	char delimiter;
	struct buf field;
};

/* Not to be asked at the end. */
static bool at_newline(const struct csv_reader *reader)
{
	return *reader->at == '\n' || *reader->at == '\r';
}

/* LF, CRLF and CR each end a line, in quotes, too. */
static void skip_newline(struct csv_reader *reader)
{
	if (*reader->at == '\r' && reader->at + 1 < reader->end &&
	    reader->at[1] == '\n')
		reader->at++;
	reader->at++;
	reader->line++;
}

/* From after the opening quote to after the closing one. */
static bool read_quoted(struct csv_reader *reader)
{
	while (reader->at < reader->end) {
		const char *from = reader->at;

		if (at_newline(reader))
			skip_newline(reader);
		else if (*reader->at++ == '"') {
			if (reader->at == reader->end || *reader->at != '"')
				return true;
			from = reader->at++;
		}
		buf_add(&reader->field, from, (size_t)(reader->at - from));
	}
	return false;
}

/* One field, up to the delimiter or the row's end. Text between
 * a closing quote and the delimiter belongs to the field, as in Python. */
static bool read_field(struct csv_reader *reader)
{
	const char *from;

	buf_clear(&reader->field);
	if (reader->at < reader->end && *reader->at == '"') {
		reader->at++;
		if (!read_quoted(reader))
			return false;
	}
	from = reader->at;
	while (reader->at < reader->end && *reader->at != reader->delimiter &&
	       !at_newline(reader))
		reader->at++;
	buf_add(&reader->field, from, (size_t)(reader->at - from));
	return true;
}

static bool read_row(struct csv_reader *reader, struct csv_row *row, struct error *err)
{
	row->line = reader->line;
	for (;;) {
		if (!read_field(reader))
			return error_set(err, "line %u: unclosed quote", row->line);
		strings_add(reader->arena, &row->fields,
		            arena_string(reader->arena, buf_text(&reader->field)));
		if (reader->at == reader->end)
			return true;
		if (at_newline(reader)) {
			skip_newline(reader);
			return true;
		}
		reader->at++; /* the delimiter */
	}
}

static void skip_line(struct csv_reader *reader)
{
	while (reader->at < reader->end && !at_newline(reader))
		reader->at++;
}

static void read_comment(struct csv_reader *reader, struct csv_row *row)
{
	row->line = reader->line;
	skip_line(reader);
	if (reader->at < reader->end)
		skip_newline(reader);
}

static bool refuse_nul(const char *bytes, size_t length, struct error *err)
{
	struct csv_reader reader = {.at = bytes, .line = 1};

	reader.end = length ? memchr(bytes, '\0', length) : NULL;
	if (!reader.end)
		return true;
	while (reader.at < reader.end) {
		if (at_newline(&reader))
			skip_newline(&reader);
		else
			reader.at++;
	}
	return error_set(err, "line %u: NUL byte", reader.line);
}

static struct csv_reader start(struct arena *arena, const char *bytes, size_t length,
                               char delimiter)
{
	static const char mark[] = "\xEF\xBB\xBF";
	size_t skipped = sizeof mark - 1;

	if (length < skipped || memcmp(bytes, mark, skipped) != 0)
		skipped = 0;
	return (struct csv_reader){.arena = arena,
	                           .at = length ? bytes + skipped : bytes,
	                           .end = length ? bytes + length : bytes,
	                           .line = 1,
	                           .delimiter = delimiter};
}

bool csv_parse(struct csv *out, struct arena *arena, const char *bytes, size_t length,
               char delimiter, struct error *err)
{
	struct csv_reader reader = start(arena, bytes, length, delimiter);
	bool good = refuse_nul(bytes, length, err);

	while (good && reader.at < reader.end) {
		if (at_newline(&reader))
			skip_newline(&reader);
		else
			good = read_row(&reader, ARENA_PUSH(arena, out), err);
	}
	buf_drop(&reader.field);
	return good;
}

static void count_bad(struct csv *csv, unsigned line, const char *why)
{
	if (!csv->bad++ || line < csv->bad_line) {
		csv->bad_line = line;
		csv->bad_why = why;
	}
}

void csv_leave_out(struct csv *csv, size_t index, const char *why)
{
	count_bad(csv, csv->items[index].line, why);
	csv->count--;
	memmove(&csv->items[index], &csv->items[index + 1],
	        (csv->count - index) * sizeof *csv->items);
}

/* After a row that does not parse, reading goes on in the next line. */
static void read_rows(struct csv *out, struct csv_reader *reader)
{
	while (reader->at < reader->end) {
		const struct csv_reader before = *reader;
		struct csv_row row = {0};
		struct error ignored;

		if (at_newline(reader)) {
			skip_newline(reader);
			continue;
		}
		if (*reader->at == '#')
			read_comment(reader, &row);
		else if (!read_row(reader, &row, &ignored)) {
			count_bad(out, row.line, "unclosed quote");
			reader->at = before.at;
			reader->line = before.line;
			skip_line(reader);
			continue;
		}
		if (memchr(before.at, '\0', (size_t)(reader->at - before.at)))
			count_bad(out, row.line, "NUL byte");
		else
			*ARENA_PUSH(reader->arena, out) = row;
	}
}

bool csv_read_rows(struct csv *out, struct buf *text, bool *there, struct arena *arena,
                   const char *path, char delimiter, struct error *err)
{
	struct csv_reader reader;

	*out = (struct csv){0};
	if (!file_read(text, there, path, FILE_LIMIT, err))
		return false;
	reader = start(arena, buf_text(text), text->length, delimiter);
	read_rows(out, &reader);
	buf_drop(&reader.field);
	return true;
}

bool csv_read_file(struct csv *out, struct buf *text, bool *there, struct arena *arena,
                   const char *path, char delimiter, struct error *err)
{
	struct error why;

	*out = (struct csv){0};
	if (!file_read(text, there, path, FILE_LIMIT, err))
		return false;
	return csv_parse(out, arena, buf_text(text), text->length, delimiter, &why) ||
	       error_set(err, "cannot use '%s': %s; correct it or move the file away",
	                 path, why.text);
}

static void add_field(struct buf *out, const char *field, char delimiter, bool first)
{
	const char special[] = {delimiter, '"', '\r', '\n', '\0'};

	/* At the start of a file a byte order mark would be skipped, at that of a line
	 * `#` may start a comment. */
	if (!strpbrk(field, special) && text_skip_bom(field) == field &&
	    !(first && *field == '#')) {
		buf_adds(out, field);
		return;
	}
	buf_addc(out, '"');
	for (; *field; field++) {
		if (*field == '"')
			buf_addc(out, '"');
		buf_addc(out, *field);
	}
	buf_addc(out, '"');
}

void csv_add_row(struct buf *out, const struct strings *fields, char delimiter)
{
	for (size_t i = 0; i < fields->count; i++) {
		if (i)
			buf_addc(out, delimiter);
		add_field(out, fields->items[i], delimiter, i == 0);
	}
	/* A row of one empty field would be read as an empty line, which is ignored. */
	if (fields->count == 1 && fields->items[0][0] == '\0')
		buf_adds(out, "\"\"");
	buf_adds(out, "\r\n");
}
