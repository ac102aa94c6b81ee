#include "cli/output_rows.h"

#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/term.h"
#include "base/text.h"
#include "base/when.h"
#include "cli/out.h"
#include "cli/progress.h"
#include "cli/table.h"
#include "run/jobs.h"

/* `59.9 s`, `12 min 5 s` */
enum { SECONDS_WIDTH = 10 };

enum row_state { ROW_WAITING, ROW_RUNNING, ROW_OVER };

struct output_row {
	enum row_state state;
	bool ok;
	bool printed;            /* for good, or not to be printed at all */
	const char *status;      /* once it is over, as are the next ones */
	const char *seconds;     /* "" where it never ran */
	const char *text;        /* what it did */
	struct spool *out, *err; /* of a failure; NULL: nothing */
};

/* What the two modes differ in. */
struct row_kind {
	bool seconds;        /* there is such a column */
	bool waits;          /* rows are printed when all are there */
	size_t status_width; /* where it is fixed */
	void (*fill)(struct output_row *row, struct arena *arena,
	             const struct output_result *result);
};

/* The state of an output. */
struct output_rows {
	const struct row_kind *kind;
	struct output_row *items; /* one an item */
	size_t first;             /* all before it are printed */
	size_t name_width;
	bool live;  /* rows stand on the terminal while the run goes on */
	bool fixed; /* not all rows are known: widths do not follow from them */
	struct spools *kept;
};

static const char *seconds_text(struct arena *arena, double seconds)
{
	BUF text = {0};

	when_duration(&text, seconds);
	return arena_string(arena, buf_text(&text));
}

/* `ok` with what it did, or `failed` with the reason in front of the text. */
static void fill_line(struct output_row *row, struct arena *arena,
                      const struct output_result *result)
{
	const char *last = output_line(arena, result);

	if (result->job->outcome == OUTCOME_NOT_RUN) {
		row->status = result->reason;
		row->text = result->skipped ? result->skipped : "";
	} else if (result->ok) {
		row->status = "ok";
		row->text = result->news ? result->news : last;
	} else {
		row->status = "failed";
		row->text = *last ? arena_format(arena, "%s: %s", result->reason, last)
		                  : result->reason;
	}
}

/* The exit status, or why there is none. */
static void fill_cells(struct output_row *row, struct arena *arena,
                       const struct output_result *result)
{
	row->status = result->job->outcome == OUTCOME_EXITED
	                      ? arena_format(arena, "%d", result->job->exit)
	                      : result->reason;
	if (result->skipped)
		row->text = result->skipped;
	else
		row->text = output_is_cut(result->job) ? result->reason
		                                       : output_line(arena, result);
}

static const struct row_kind lines_kind = {
	.status_width = sizeof "waiting" - 1,
	.fill = fill_line,
};
static const struct row_kind table_kind = {
	.seconds = true,
	.waits = true,
	.status_width = sizeof "timed out" - 1,
	.fill = fill_cells,
};

/* Names are as wide as the widest one, on a terminal at most half of it. */
static size_t name_width(const struct output *output)
{
	size_t width = 1, most = term_width(STDOUT_FILENO) / 2;

	for (size_t i = 0; i < output->total; i++) {
		size_t own = text_width(text_escape(output->arena, output->names[i]));

		width = own > width ? own : width;
	}
	return most > 0 && width > most ? most : width;
}

static bool begin_rows(struct output *output, const struct row_kind *kind)
{
	struct output_rows *rows = arena_take(output->arena, sizeof *rows);
	bool progress = progress_begin();

	*rows = (struct output_rows){
		.kind = kind,
		.items = arena_take(output->arena, output->total * sizeof *rows->items),
		.name_width = name_width(output),
		.live = progress && out_is_terminal() && out_streams_are_one(),
		.kept = spools_open(),
	};
	rows->fixed = rows->live || !kind->waits;
	output->state = rows;
	return progress;
}

static bool begin_lines(struct output *output)
{
	return begin_rows(output, &lines_kind);
}

static bool begin_table(struct output *output)
{
	return begin_rows(output, &table_kind);
}

static const char *color_of(const struct output_row *row)
{
	if (row->state != ROW_OVER)
		return NULL;
	return term_color(row->ok ? "b_green" : "b_red")->sequence;
}

static void add_row(struct table *table, const struct output *output, size_t index,
                    struct arena *arena)
{
	static const char *const states[] = {"waiting", "running"};
	const struct output_rows *rows = output->state;
	const struct output_row *row = &rows->items[index];
	bool over = row->state == ROW_OVER;
	struct cell *cells = arena_take(arena, table->column_count * sizeof *cells);
	size_t at = 0;

	cells[at++].text = text_escape(arena, output->names[index]);
	cells[at].color = color_of(row);
	cells[at++].text = over ? row->status : states[row->state];
	if (rows->kind->seconds)
		cells[at++].text = over ? row->seconds : "";
	cells[at].text = over ? row->text : "";
	*ARENA_PUSH(arena, table) = (struct table_row){.cells = cells};
}

/* The rows of those items as lines that fit the terminal. */
static void make_lines(struct strings *out, const struct output *output,
                       const size_t *indices, size_t count, struct arena *arena)
{
	const struct output_rows *rows = output->state;
	struct table_column columns[] = {
		{.limit = rows->name_width, .fit = FIT_MIDDLE},
		{.limit = rows->fixed ? rows->kind->status_width : 0},
		{.limit = rows->fixed ? SECONDS_WIDTH : 0},
		{.fit = FIT_END},
	};
	struct table table = {.columns = columns, .column_count = 4};

	if (!rows->kind->seconds) {
		columns[2] = columns[3];
		table.column_count = 3;
	}
	for (size_t i = 0; i < count; i++)
		add_row(&table, output, indices[i], arena);
	table_lines(out, &table, arena, term_width(STDOUT_FILENO), output->colors, 0);
}

/* Prints the rows from `first` to before `end` for good. */
static void print_rows(struct output *output, size_t first, size_t end)
{
	struct output_rows *rows = output->state;
	struct arena arena = {0};
	size_t *indices = arena_take(&arena, (end - first) * sizeof *indices);
	struct strings lines = {0};
	size_t count = 0;

	for (size_t i = first; i < end; i++)
		if (!rows->items[i].printed)
			indices[count++] = i;
	make_lines(&lines, output, indices, count, &arena);
	for (size_t i = 0; i < count; i++) {
		out_format("%s\n", lines.items[i]);
		rows->items[indices[i]].printed = true;
	}
	arena_drop(&arena);
}

/* Prints those at the top that are over for good, unless all that are left fit. */
static void scroll(struct output *output, size_t room)
{
	struct output_rows *rows = output->state;
	size_t end = rows->first;

	while (end < output->total && output->total - end > room &&
	       rows->items[end].state == ROW_OVER)
		end++;
	print_rows(output, rows->first, end);
	rows->first = end;
}

/* Chooses the rows to be shown: what runs, then what is over, then what waits. */
static size_t choose(size_t *indices, const struct output *output, size_t room)
{
	static const enum row_state order[] = {ROW_RUNNING, ROW_OVER, ROW_WAITING};
	const struct output_rows *rows = output->state;
	size_t quota[] = {0, 0, 0}, count = 0;

	for (size_t i = rows->first; i < output->total; i++)
		quota[rows->items[i].state] += !rows->items[i].printed;
	for (size_t i = 0; i < 3; i++) {
		size_t *own = &quota[order[i]];

		*own = *own < room ? *own : room;
		room -= *own;
	}
	for (size_t i = rows->first; i < output->total; i++) {
		size_t *left = &quota[rows->items[i].state];

		if (rows->items[i].printed || *left == 0)
			continue;
		--*left;
		indices[count++] = i;
	}
	return count;
}

static void show_rows(struct output *output, const struct jobs_progress *progress)
{
	struct output_rows *rows = output->state;
	size_t room = progress_room(), count;
	struct arena arena = {0};
	struct strings lines = {0};
	size_t *indices = arena_take(&arena, room * sizeof *indices);

	if (rows->live) {
		scroll(output, room);
		count = choose(indices, output, room);
		make_lines(&lines, output, indices, count, &arena);
	}
	progress_show(output->title, progress, &lines);
	arena_drop(&arena);
}

static void start_row(struct output *output, size_t index)
{
	struct output_rows *rows = output->state;

	rows->items[index].state = ROW_RUNNING;
}

static void take_row(struct output *output, const struct output_result *result)
{
	struct output_rows *rows = output->state;
	struct output_row *row = &rows->items[result->index];
	const struct job_result *job = result->job;

	row->state = ROW_OVER;
	row->ok = result->ok;
	row->printed = output->quiet && result->ok;
	row->seconds = job->outcome == OUTCOME_NOT_RUN ||
	                               job->outcome == OUTCOME_NOT_STARTED
	                       ? ""
	                       : seconds_text(output->arena, job->seconds);
	rows->kind->fill(row, output->arena, result);
	if (!result->ok) {
		row->out = output_keep(output, rows->kept, result, job->out);
		row->err = output_keep(output, rows->kept, result, job->err);
	}
	if (rows->live || rows->kind->waits)
		return;
	if (output->in_order)
		scroll(output, 0);
	else
		print_rows(output, result->index, result->index + 1);
}

static void end_rows(struct output *output)
{
	struct output_rows *rows = output->state;

	progress_end();
	rows->fixed = rows->first > 0 || !rows->kind->waits;
	print_rows(output, rows->first, output->total);
	for (size_t i = 0; i < output->total && !out_closed(); i++)
		output_block(output, output->names[i], rows->items[i].out,
		             rows->items[i].err);
	spools_close(rows->kept);
}

const struct output_mode output_lines = {
	.captures = true,
	.describes = true,
	.orders = true,
	.begin = begin_lines,
	.start = start_row,
	.progress = show_rows,
	.suspend = output_line_clear,
	.result = take_row,
	.end = end_rows,
};

const struct output_mode output_table = {
	.captures = true,
	.orders = true,
	.begin = begin_table,
	.start = start_row,
	.progress = show_rows,
	.suspend = output_line_clear,
	.result = take_row,
	.end = end_rows,
};
