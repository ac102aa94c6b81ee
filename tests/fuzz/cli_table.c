/*
 * A table fitted to a width. The first text is a byte for the width, one for the
 * indent, and one for each column; the second has a row a line, and two fields a cell:
 * its text, then its tail or short form.
 */
#include "fuzz.h"

#include "base/strings.h"
#include "base/term.h"
#include "base/text.h"
#include "cli/table.h"

enum { COLUMNS_MOST = 8, FIELDS = 2, HEADING = '#', WHOLE = '!' };

static void make_columns(struct table *table, struct arena *arena,
                         const uint8_t *format, size_t count)
{
	if (count > COLUMNS_MOST)
		count = COLUMNS_MOST;
	table->columns = arena_take(arena, count * sizeof *table->columns);
	table->column_count = count;
	for (size_t i = 0; i < count; i++)
		table->columns[i] = (struct table_column){
			.fit = format[i] & 3,
			.limit = format[i] >> 2 & 15,
			.tail_limit = format[i] >> 6,
		};
}

/* Without blanks at its end, which would be no fault of the table. */
static const char *shown_text(struct arena *arena, const char *text)
{
	const char *escaped = text_escape(arena, text);
	size_t length = strlen(escaped);

	while (length > 0 && escaped[length - 1] == ' ')
		length--;
	return arena_bytes(arena, escaped, length);
}

/* The text up to the next TAB or the end. */
static const char *next_field(struct arena *arena, const char **at)
{
	size_t length = strcspn(*at, "\t");
	const char *field = arena_bytes(arena, *at, length);

	*at += length + ((*at)[length] != '\0');
	return shown_text(arena, field);
}

static void make_cell(struct cell *cell, struct arena *arena, const char **at,
                      enum table_fit fit)
{
	const char *more, *end;

	cell->text = next_field(arena, at);
	more = next_field(arena, at);
	end = strchr(cell->text, '|');
	if (fit == FIT_BRIEF)
		cell->brief = more;
	else
		cell->tail = more;
	if (fit == FIT_MIDDLE && end)
		cell->kept = strlen(end);
	cell->color = *more ? "\033[31m" : NULL;
}

static void add_row(struct table *table, struct arena *arena, const char *line)
{
	struct table_row *row = ARENA_PUSH(arena, table);
	size_t count = table->column_count;

	*row = (struct table_row){
		.cells = arena_take(arena, count * sizeof *row->cells)};
	if (*line == HEADING)
		row->heading = shown_text(arena, line);
	if (*line == WHOLE)
		row->whole = shown_text(arena, line);
	for (size_t i = 0; i < count; i++)
		make_cell(&row->cells[i], arena, &line, table->columns[i].fit);
}

static void make_rows(struct table *table, struct arena *arena, const char *text)
{
	struct strings lines = {0};

	strings_split(arena, &lines, text, "\n");
	for (size_t i = 0; i < lines.count; i++)
		add_row(table, arena, lines.items[i]);
}

static void check_lines(const struct table *table, struct arena *arena, size_t width,
                        size_t indent)
{
	struct strings plain = {0}, colored = {0};

	table_lines(&plain, table, arena, width, false, indent);
	table_lines(&colored, table, arena, width, true, indent);
	MUST(plain.count == table->count && colored.count == table->count);
	for (size_t i = 0; i < plain.count; i++) {
		const char *line = plain.items[i];

		MUST(width == 0 || text_width(line) <= width);
		MUST(!*line || !text_has_suffix(line, " "));
		MUST(strcmp(text_plain(arena, colored.items[i]), line) == 0);
	}
}

/* Where there is room for all, nothing is cut. */
static void check_room(const struct table *table, struct arena *arena)
{
	size_t width = table_width(table, arena);
	struct strings whole = {0}, fitted = {0};

	table_lines(&whole, table, arena, 0, false, 0);
	table_lines(&fitted, table, arena, width, false, 0);
	for (size_t i = 0; width && i < table->count; i++) {
		const struct table_row *row = &table->items[i];

		if (row->heading || row->whole)
			continue;
		MUST(text_width(whole.items[i]) <= width);
		MUST(strcmp(whole.items[i], fitted.items[i]) == 0);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = {data, data + size};
	struct arena arena = {0};
	struct table table = {0};
	size_t length;
	char *format = fuzz_text(&input, &length), *rows = fuzz_string(&input);

	if (length > 2) {
		make_columns(&table, &arena, (const uint8_t *)format + 2, length - 2);
		make_rows(&table, &arena, rows);
		check_lines(&table, &arena, (uint8_t)format[0], (uint8_t)format[1] % 8);
		check_room(&table, &arena);
	}
	free(format);
	free(rows);
	arena_drop(&arena);
	return 0;
}
