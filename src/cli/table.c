#include "cli/table.h"

#include <stdlib.h>
#include <string.h>

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

struct layout {
	const struct table *table;
	struct arena *arena;
	size_t units;
	size_t *widths; /* one a unit; 0: it is not shown */
	bool *brief;    /* one a column: shows its short forms */
	size_t total;   /* columns that a full row takes */
	size_t room;    /* columns that it may take */
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

static size_t smaller(size_t one, size_t other)
{
	return one < other ? one : other;
}

static bool is_cut(enum table_fit fit)
{
	return fit == FIT_MIDDLE || fit == FIT_NAME || fit == FIT_END;
}

static size_t gap_before(size_t unit)
{
	if (unit == 0)
		return 0;
	return unit % UNITS ? TAIL_GAP : GAP;
}

static enum table_fit fit_of(const struct layout *layout, size_t unit)
{
	return unit % UNITS ? FIT_WHOLE : layout->table->columns[unit / UNITS].fit;
}

/* What the row has in that unit. */
static const char *shown(const struct layout *layout, const struct table_row *row,
                         size_t unit)
{
	const struct cell *cell;
	const char *text;

	if (row->heading || (row->whole && unit >= UNITS))
		return "";
	cell = &row->cells[unit / UNITS];
	if (unit % UNITS)
		text = cell->tail;
	else if (layout->brief[unit / UNITS] && cell->brief)
		text = cell->brief;
	else
		text = cell->text;
	return text ? text : "";
}

static size_t cost(const struct layout *layout, size_t unit)
{
	return layout->widths[unit] ? gap_before(unit) + layout->widths[unit] : 0;
}

static void resize(struct layout *layout, size_t unit, size_t width)
{
	layout->total -= cost(layout, unit);
	layout->widths[unit] = width;
	layout->total += cost(layout, unit);
}

/* As wide as the widest cell, or as the limit says. */
static void measure(struct layout *layout, size_t unit)
{
	const struct table *table = layout->table;
	const struct table_column *column = &table->columns[unit / UNITS];
	enum table_fit fit = fit_of(layout, unit);
	size_t limit = unit % UNITS ? column->tail_limit : column->limit;
	size_t widest = 0;

	for (size_t i = 0; i < table->count; i++) {
		const char *text = shown(layout, &table->items[i], unit);

		widest = larger(widest, text_width(text));
	}
	if (widest && limit)
		widest = is_cut(fit) ? limit : larger(widest, limit);
	resize(layout, unit, widest);
}

static void shorten(struct layout *layout, size_t unit)
{
	layout->brief[unit / UNITS] = true;
	measure(layout, unit);
}

static void layout_make(struct layout *out, const struct table *table,
                        struct arena *arena, size_t width, size_t indent)
{
	size_t units = table->column_count * UNITS;

	*out = (struct layout){
		.table = table,
		.arena = arena,
		.units = units,
		.widths = arena_take(arena, units * sizeof *out->widths),
		.brief = arena_take(arena, table->column_count * sizeof *out->brief),
		.total = indent,
		.room = width ? width : (size_t)-1,
	};
	for (size_t unit = 0; unit < units; unit++) {
		size_t limit = table->columns[unit / UNITS].limit;

		measure(out, unit);
		if (fit_of(out, unit) == FIT_BRIEF && limit &&
		    out->widths[unit] > limit)
			shorten(out, unit);
	}
}

static int compare_sizes(const void *one, const void *other)
{
	const size_t *left = one, *right = other;

	return (*left > *right) - (*left < *right);
}

/* The width that three quarters of the cells need, or a little more: what is much wider
 * is an outlier. */
static size_t usual_width(const struct layout *layout, size_t unit)
{
	const struct table *table = layout->table;
	size_t *widths = arena_take(layout->arena, table->count * sizeof *widths);
	size_t count = 0, last, most;

	for (size_t i = 0; i < table->count; i++) {
		const char *text = shown(layout, &table->items[i], unit);

		if (*text)
			widths[count++] = text_width(text);
	}
	qsort(widths, count, sizeof *widths, compare_sizes);
	last = count * 3 / 4;
	last -= last > 0;
	most = widths[last] * 5 / 4;
	while (last + 1 < count && widths[last + 1] <= most)
		last++;
	return widths[last];
}

/* Takes away what is too much, but leaves `floor`. */
static void shrink(struct layout *layout, size_t unit, size_t floor)
{
	size_t over = layout->total > layout->room ? layout->total - layout->room : 0;
	size_t width = layout->widths[unit];

	if (width > floor)
		resize(layout, unit, width - smaller(over, width - floor));
}

/*
 * How columns give way. `feature/…n-form` still tells which branch, and 9 columns are
 * what `(f3d2048)` takes. 20 columns of a sentence say what it is about, 8 have its
 * first word.
 */
static const struct table_step {
	enum table_fit fit;
	enum { TO_USUAL, TO_FLOOR, TO_BRIEF, TO_ONE, TO_NOTHING } way;
	size_t floor;
} steps[] = {
	{FIT_MIDDLE, TO_USUAL, 16}, {FIT_NAME, TO_USUAL, 16},
	{FIT_END, TO_FLOOR, 20},    {FIT_BRIEF, TO_BRIEF, 0},
	{FIT_BRIEF, TO_NOTHING, 0}, {FIT_MIDDLE, TO_USUAL, 12},
	{FIT_NAME, TO_USUAL, 12},   {FIT_MIDDLE, TO_FLOOR, 12},
	{FIT_END, TO_ONE, 0},       {FIT_END, TO_FLOOR, 8},
	{FIT_MIDDLE, TO_FLOOR, 9},  {FIT_NAME, TO_USUAL, 9},
	{FIT_END, TO_NOTHING, 0},   {FIT_NAME, TO_FLOOR, 9},
};
enum { STEPS = sizeof steps / sizeof *steps };

/* Whether a column of that fit is shown before this one. */
static bool stands_before(const struct layout *layout, size_t unit, enum table_fit fit)
{
	while (unit-- > 0)
		if (layout->widths[unit] && fit_of(layout, unit) == fit)
			return true;
	return false;
}

/* Whether that left more room than was needed. */
static bool give_way(struct layout *layout, size_t unit, const struct table_step *step)
{
	switch (step->way) {
	case TO_USUAL:
		shrink(layout, unit, larger(usual_width(layout, unit), step->floor));
		return false;
	case TO_FLOOR:
		shrink(layout, unit, step->floor);
		return false;
	case TO_BRIEF:
		if (layout->brief[unit / UNITS])
			return false;
		shorten(layout, unit);
		return true;
	case TO_ONE:
		if (!stands_before(layout, unit, step->fit))
			return false;
		break;
	case TO_NOTHING:
		break;
	}
	resize(layout, unit, 0);
	return true;
}

static bool take_step(struct layout *layout, const struct table_step *step)
{
	for (size_t unit = layout->units; unit-- > 0 && layout->total > layout->room;)
		if (layout->widths[unit] && fit_of(layout, unit) == step->fit &&
		    give_way(layout, unit, step))
			return true;
	return false;
}

/* The last column that is shown goes, but not the first one. */
static bool drop_last(struct layout *layout)
{
	for (size_t unit = layout->units; unit-- > 1;)
		if (layout->widths[unit]) {
			resize(layout, unit, 0);
			return true;
		}
	return false;
}

/* Where a column became short or went, the others try again from their full widths. */
static void layout_fit(struct layout *layout)
{
	size_t step = 0;

	while (layout->total > layout->room && step <= STEPS) {
		if (step < STEPS ? !take_step(layout, &steps[step])
		                 : !drop_last(layout)) {
			step++;
			continue;
		}
		for (size_t unit = 0; unit < layout->units; unit++)
			if (layout->widths[unit])
				measure(layout, unit);
		step = 0;
	}
	shrink(layout, 0, 1);
}

static const char *cut(struct arena *arena, const char *text, size_t width, size_t kept)
{
	size_t length = strlen(text) - kept;
	const char *end = text + length;
	size_t taken = text_width(end);

	if (taken >= width)
		return text_cut_middle(arena, text, width);
	return arena_format(
		arena, "%s%s",
		text_cut_middle(arena, arena_bytes(arena, text, length), width - taken),
		end);
}

/* Text at the line's next place, in at most `width` columns and in what is left
 * of the line; the blanks in front come only now, so that none end a line. */
static void put(struct line *line, const char *text, const struct cell *cell,
                size_t width, enum table_fit fit)
{
	size_t left = line->width > line->next ? line->width - line->next : 0;
	size_t columns = text_width(text);

	if (line->width)
		width = smaller(width, left);
	if (columns == 0 || width == 0)
		return;
	if (columns > width) {
		text = fit == FIT_MIDDLE || fit == FIT_NAME
		               ? cut(line->arena, text, width, cell->kept)
		               : text_cut(line->arena, text, width);
		columns = text_width(text);
	}
	buf_repeat(line->text, ' ', line->next - line->used);
	if (line->colors && cell->color)
		buf_adds(line->text, cell->color);
	buf_adds(line->text, text);
	if (line->colors && cell->color)
		buf_adds(line->text, TERM_PLAIN);
	line->used = line->next + columns;
}

static void put_row(struct line *line, const struct table_row *row,
                    const struct layout *layout)
{
	for (size_t unit = 0; unit < layout->units; unit++) {
		if (row->whole && unit >= UNITS)
			break;
		if (layout->widths[unit] == 0)
			continue;
		line->next += gap_before(unit);
		put(line, shown(layout, row, unit), &row->cells[unit / UNITS],
		    layout->widths[unit], fit_of(layout, unit));
		line->next += layout->widths[unit];
	}
	if (row->whole) {
		line->next += GAP;
		put(line, row->whole, &(struct cell){.color = row->color}, (size_t)-1,
		    row->fit);
	}
}

static void put_line(struct buf *text, const struct table_row *row,
                     const struct layout *layout, struct line line, size_t indent)
{
	buf_clear(text);
	line.text = text;
	line.next = row->heading ? 0 : indent;
	if (row->heading)
		put(&line, row->heading, &(struct cell){0}, (size_t)-1, FIT_MIDDLE);
	else
		put_row(&line, row, layout);
}

size_t table_width(const struct table *table, struct arena *arena)
{
	struct layout layout;

	layout_make(&layout, table, arena, 0, 0);
	return layout.total;
}

void table_lines(struct strings *out, const struct table *table, struct arena *arena,
                 size_t width, bool colors, size_t indent)
{
	const struct line line = {.arena = arena, .width = width, .colors = colors};
	struct layout layout;
	BUF text = {0};

	layout_make(&layout, table, arena, width, indent);
	layout_fit(&layout);
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

	layout_make(&layout, table, arena, width, indent);
	layout_fit(&layout);
	for (size_t i = 0; i < table->count && !out_closed(); i++) {
		put_line(&text, &table->items[i], &layout, line, indent);
		buf_addc(&text, '\n');
		out_bytes(text.data, text.length);
	}
}
