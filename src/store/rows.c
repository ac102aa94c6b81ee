#include "registry_files.h"

#include <string.h>

#include "csv_file.h"

/*
 * Where the line `wanted` starts, going on from `at` in line `*line`: LF, CRLF
 * and CR end one, as csv_parse counts them.
 */
static const char *line_start(const char *at, unsigned *line, unsigned wanted)
{
	for (; *line < wanted && *at; at++) {
		if (*at == '\n' || (*at == '\r' && at[1] != '\n'))
			++*line;
	}
	return at;
}

static void keep_bytes(struct rows *rows, struct arena *arena, const char *text)
{
	const char *at = text;
	unsigned line = 1;

	rows->bytes = arena_take(arena, rows->csv.count * sizeof *rows->bytes);
	for (size_t i = 0; i < rows->csv.count; i++) {
		bool last = i + 1 == rows->csv.count;
		const char *end = last ? at + strlen(at)
		                       : line_start(at, &line,
		                                    rows->csv.items[i + 1].line);
		const char *newline = end[-1] == '\n' || end[-1] == '\r' ? "" : "\r\n";

		rows->bytes[i] = arena_format(arena, "%.*s%s", (int)(end - at), at,
		                              newline);
		at = end;
	}
}

/* Fills the row up to the usual columns; the reason if it is none. */
static const char *complete(struct csv_row *row, const struct rows_form *form,
                            struct arena *arena)
{
	if (row->fields.count < form->least)
		return "too few fields";
	for (size_t i = 0; i < form->filled; i++)
		if (row->fields.items[i][0] == '\0')
			return "an empty field";
	while (row->fields.count < form->columns)
		strings_add(arena, &row->fields, "");
	return NULL;
}

bool rows_read(struct rows *out, const struct registry *registry,
               const struct rows_form *form, struct error *err)
{
	struct arena *arena = registry->arena;
	const char *path = home_file(registry->home, arena, form->file);
	BUF text = {0};
	bool there;

	if (!csv_file_read(&out->csv, &text, &there, arena, path, form->delimiter, err))
		return false;
	for (size_t i = 0; i < out->csv.count; i++) {
		struct csv_row *row = &out->csv.items[i];
		const char *why = complete(row, form, arena);

		if (why)
			return error_set(
				err, CSV_FILE_ERROR, path,
				arena_format(arena, "line %u: %s", row->line, why));
	}
	keep_bytes(out, arena, buf_text(&text));
	return true;
}

struct strings rows_fields(struct arena *arena, const char *const *fields, size_t count,
                           const struct strings *rest)
{
	struct strings row = {0};

	for (size_t i = 0; i < count; i++)
		strings_add(arena, &row, fields[i]);
	for (size_t i = 0; i < rest->count; i++)
		strings_add(arena, &row, rest->items[i]);
	return row;
}

struct strings rows_rest(const struct strings *fields, size_t count)
{
	struct strings rest = *fields;

	rest.items += count;
	rest.count -= count;
	rest.room = rest.count;
	return rest;
}
