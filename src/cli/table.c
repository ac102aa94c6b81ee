#include "cli/table.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/term.h"
#include "base/text.h"
#include "cli/out.h"

/*
 * A column is two units side by side, text and tail, each with a width of its
 * own: unit 2i is the text of column i, unit 2i + 1 its tail.
 */
enum { UNITS = 2, GAP = 2, TAIL_GAP = 1 };

/* How far a unit is cut: the one that gives way first, then any. */
enum { GIVING_FLOOR = 10, FLOOR = 4 };

struct layout {
	size_t *widths; /* UNITS a column; 0: the unit is not shown */
	size_t units;
	size_t total; /* columns that a full row takes */
};

/* One line being put together. */
struct line {
	struct buf *text;
	struct arena *arena;
	size_t used;  /* columns that `text` takes */
	size_t next;  /* the column at which the next unit starts */
	size_t width; /* 0: no end */
	bool colors;
};

static size_t larger(size_t one, size_t other)
{
	return one > other ? one : other;
}

static size_t gap_before(size_t unit)
{
	if (unit == 0)
		return 0;
	return unit % UNITS ? TAIL_GAP : GAP;
}

static void measure(size_t *width, const char *text, size_t limit)
{
	if (text && *text)
		*width = larger(*width, limit ? limit : text_width(text));
}

static void layout_make(struct layout *out, const struct table *table,
                        struct arena *arena, size_t indent)
{
	size_t *widths;

	out->units = table->column_count * UNITS;
	out->widths = widths = arena_take(arena, out->units * sizeof *widths);
	for (size_t i = 0; i < table->count; i++) {
		const struct table_row *row = &table->items[i];

		for (size_t j = 0; !row->heading && j < table->column_count; j++) {
			const struct table_column *column = &table->columns[j];

			if (j > 0 && row->whole)
				break;
			measure(&widths[j * UNITS], row->cells[j].text, column->limit);
			measure(&widths[j * UNITS + 1], row->cells[j].tail,
			        column->tail_limit);
		}
	}
	out->total = indent;
	for (size_t i = 0; i < out->units; i++)
		out->total += widths[i] ? gap_before(i) + widths[i] : 0;
}

static void shrink(struct layout *layout, size_t unit, size_t floor, size_t width)
{
	size_t over = layout->total > width ? layout->total - width : 0;
	size_t spare = layout->widths[unit] > floor ? layout->widths[unit] - floor : 0;
	size_t less = over < spare ? over : spare;

	layout->widths[unit] -= less;
	layout->total -= less;
}

static void layout_fit(struct layout *layout, const struct table *table, size_t width)
{
	for (size_t i = 0; i < table->column_count; i++) {
		if (table->columns[i].gives)
			shrink(layout, i * UNITS, GIVING_FLOOR, width);
	}
	for (size_t unit = layout->units; unit-- > 0;)
		shrink(layout, unit, FLOOR, width);
}

/* Text at the line's next place, in at most `width` columns and in what is left
 * of the line; the blanks in front come only now, so that none end a line. */
static void put(struct line *line, const char *text, const char *color, size_t width)
{
	size_t columns;

	if (line->width) {
		size_t left = line->width > line->next ? line->width - line->next : 0;

		width = width < left ? width : left;
	}
	if (!*text || width == 0)
		return;
	columns = text_width(text);
	if (columns > width) {
		text = text_cut(line->arena, text, width);
		columns = text_width(text);
	}
	buf_repeat(line->text, ' ', line->next - line->used);
	if (line->colors && color)
		buf_adds(line->text, color);
	buf_adds(line->text, text);
	if (line->colors && color)
		buf_adds(line->text, TERM_PLAIN);
	line->used = line->next + columns;
}

static void put_row(struct line *line, const struct table_row *row,
                    const struct layout *layout)
{
	for (size_t unit = 0; unit < layout->units; unit++) {
		const struct cell *cell = &row->cells[unit / UNITS];
		const char *text = unit % UNITS ? cell->tail : cell->text;

		if (row->whole && unit >= UNITS)
			break;
		if (layout->widths[unit] == 0)
			continue;
		line->next += gap_before(unit);
		put(line, text ? text : "", cell->color, layout->widths[unit]);
		line->next += layout->widths[unit];
	}
	if (row->whole) {
		line->next += GAP;
		put(line, row->whole, NULL, (size_t)-1);
	}
}

static void put_line(struct buf *text, const struct table_row *row,
                     const struct layout *layout, struct line line, size_t indent)
{
	buf_clear(text);
	line.text = text;
	line.next = row->heading ? 0 : indent;
	if (row->heading)
		put(&line, row->heading, NULL, (size_t)-1);
	else
		put_row(&line, row, layout);
}

static void layout_for(struct layout *out, const struct table *table,
                       struct arena *arena, size_t width, size_t indent)
{
	layout_make(out, table, arena, indent);
	if (width)
		layout_fit(out, table, width);
}

void table_lines(struct strings *out, const struct table *table, struct arena *arena,
                 size_t width, bool colors, size_t indent)
{
	const struct line line = {.arena = arena, .width = width, .colors = colors};
	struct layout layout;
	BUF text = {0};

	layout_for(&layout, table, arena, width, indent);
	for (size_t i = 0; i < table->count; i++) {
		put_line(&text, &table->items[i], &layout, line, indent);
		strings_add(arena, out, arena_string(arena, buf_text(&text)));
	}
}

void table_print(const struct table *table, struct arena *arena, size_t width,
                 bool colors, size_t indent)
{
	const struct line line = {.arena = arena, .width = width, .colors = colors};
	struct layout layout;
	BUF text = {0};

	layout_for(&layout, table, arena, width, indent);
	for (size_t i = 0; i < table->count && !out_closed(); i++) {
		put_line(&text, &table->items[i], &layout, line, indent);
		buf_addc(&text, '\n');
		out_bytes(text.data, text.length);
	}
}
