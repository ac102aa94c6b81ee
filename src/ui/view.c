#include "view.h"

#include <string.h>

#include "base/term.h"
#include "base/text.h"
#include "cli/choices.h"
#include "cli/facts.h"
#include "cli/out.h"
#include "screen.h"

enum { FRONT = 2 }; /* columns for cursor and mark */

static bool is_marked(const struct view *view, const struct live_repo *repo)
{
	return repo->id < view->marks.count && view->marks.items[repo->id];
}

static void set_mark(struct view *view, const struct live_repo *repo, bool mark)
{
	while (view->marks.count <= repo->id)
		*ARENA_PUSH(view->overview.invocation->arena, &view->marks) = false;
	view->marks.items[repo->id] = mark;
}

/* --- which rows --- */

static bool has_text(const struct overview_row *row, const char *text)
{
	const struct summary *summary = row->summary;
	const char *const places[] = {row->repo->name, row->repo->path,
	                              summary_branch(summary), summary->subject,
	                              summary->upstream};

	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		if (places[i] && strcasestr(places[i], text))
			return true;
	return false;
}

/* Sets holds[i] for the rows of which the facts are true. */
static int judge(bool *holds, struct view *view)
{
	struct overview *overview = &view->overview;
	struct invocation invocation = *overview->invocation;
	struct repo **repos = arena_take(&view->arena,
	                                 overview->count * sizeof(struct repo *));
	struct summary **summaries = arena_take(
		&view->arena, overview->count * sizeof(struct summary *));

	invocation.arena = &view->arena;
	for (size_t i = 0; i < overview->count; i++) {
		repos[i] = overview->rows[i].repo;
		summaries[i] = view->shown[overview->rows[i].index]->summary;
	}
	return facts_judge(holds, &invocation, &view->facts, repos, summaries,
	                   overview->count);
}

/* Drops the rows that are filtered out; `shown` is then by row. */
static int narrow(struct view *view)
{
	struct overview *overview = &view->overview;
	bool *holds = arena_take(&view->arena, overview->count * sizeof *holds);
	struct live_repo **shown = arena_take(
		&view->arena, overview->count * sizeof(struct live_repo *));
	int status = judge(holds, view);
	size_t kept = 0;

	for (size_t i = 0; status == STATUS_OK && i < overview->count; i++) {
		if (!holds[i] ||
		    (view->find && !has_text(&overview->rows[i], view->find)))
			continue;
		shown[kept] = view->shown[overview->rows[i].index];
		overview->rows[kept++] = overview->rows[i];
	}
	overview->count = view->count = kept;
	view->shown = shown;
	return status;
}

/* --- rows to lines --- */

static struct cell describe(const struct view *view, struct arena *arena,
                            const struct live_repo *repo)
{
	const struct run_outcome *outcome = runs_outcome(view->runs, repo);
	const char *command = view->runs->command;
	struct cell cell = {.text = ""};

	if (!outcome)
		return cell;
	switch (outcome->state) {
	case RUN_WAITING:
		cell.text = arena_format(arena, "%s ...", command);
		break;
	case RUN_OK:
		cell.text = arena_format(arena, "%s ok", command);
		cell.color = term_color("b_green")->sequence;
		break;
	case RUN_FAILED:
		cell.text = arena_format(arena, "FAILED, %s", outcome->reason);
		cell.color = term_color("b_red")->sequence;
		break;
	}
	return cell;
}

static struct cell *add_cell(const struct table_row *row, struct cell cell,
                             size_t count, struct arena *arena)
{
	struct cell *cells = arena_take(arena, count * sizeof *cells);

	cells[0] = row->cells[0];
	cells[1] = cell;
	if (!row->whole)
		memcpy(&cells[2], &row->cells[1], (count - 2) * sizeof *cells);
	return cells;
}

/* A column after the names for what the last run did. */
static void add_outcomes(struct table *table, struct view *view)
{
	struct arena *arena = &view->arena;
	size_t count = table->column_count + 1;
	struct table_column *columns = arena_take(arena, count * sizeof *columns);

	columns[0] = table->columns[0];
	columns[1] = (struct table_column){.fit = FIT_WHOLE};
	memcpy(&columns[2], &table->columns[1], (count - 2) * sizeof *columns);
	for (size_t i = 0; i < table->count; i++) {
		struct table_row *row = &table->items[i];
		struct cell cell = describe(view, arena, view->shown[i]);

		if (row->whole && *cell.text)
			row->whole = arena_format(arena, "%s  %s", cell.text,
			                          row->whole);
		row->cells = add_cell(row, cell, count, arena);
	}
	table->columns = columns;
	table->column_count = count;
}

static void make_lines(struct view *view)
{
	size_t width = screen_width();
	struct table table;
	size_t indent;

	overview_table(&table, &indent, &view->overview);
	if (view->runs->command)
		add_outcomes(&table, view);
	view->lines = (struct strings){0};
	table_lines(&view->lines, &table, &view->arena,
	            width > FRONT + 1 ? width - FRONT : 1, view->colors, indent);
}

/* The line of the repo under the cursor; if it is gone, what is there now. */
static void find_cursor(struct view *view)
{
	size_t at = 0;

	while (at < view->count && view->shown[at] != view->current)
		at++;
	if (at < view->count)
		view->cursor = at;
	else if (view->cursor >= view->count)
		view->cursor = view->count ? view->count - 1 : 0;
	view->current = view->count ? view->shown[view->cursor] : NULL;
}

int view_refresh(struct view *view)
{
	struct arena before = view->arena;
	int status;

	view->arena = (struct arena){0};
	view->overview.arena = &view->arena;
	status = live_fill(&view->overview, &view->shown, view->live);
	if (status == STATUS_OK)
		status = narrow(view);
	if (status != STATUS_OK)
		view->overview.count = view->count = 0;
	make_lines(view);
	find_cursor(view);
	arena_drop(&before);
	return status;
}

static void scroll(struct view *view)
{
	if (view->cursor < view->top)
		view->top = view->cursor;
	if (view->cursor >= view->top + screen_room())
		view->top = view->cursor - screen_room() + 1;
	if (view->top + screen_room() > view->count)
		view->top = view->count > screen_room() ? view->count - screen_room()
		                                        : 0;
}

void view_draw(struct view *view)
{
	struct arena arena = {0};

	scroll(view);
	for (size_t i = 0; i + 2 < screen_height(); i++) {
		size_t at = view->top + i;
		bool current = at == view->cursor;

		if (at >= view->count) {
			screen_line(i + 1, "", SCREEN_PLAIN);
			continue;
		}
		screen_line(i + 1,
		            arena_format(&arena, "%c%c%s", current ? '>' : ' ',
		                         is_marked(view, view->shown[at]) ? '*' : ' ',
		                         view->lines.items[at]),
		            current ? SCREEN_CURSOR : SCREEN_PLAIN);
	}
	arena_drop(&arena);
}

void view_move(struct view *view, enum ui_action action)
{
	size_t last = view->count ? view->count - 1 : 0;

	view->cursor = ui_moved(view->cursor, last, screen_room(), action);
	view->current = view->count ? view->shown[view->cursor] : NULL;
}

void view_mark(struct view *view)
{
	if (view->current)
		set_mark(view, view->current, !is_marked(view, view->current));
	view_move(view, UI_DOWN);
}

void view_mark_all(struct view *view)
{
	bool all = true;

	for (size_t i = 0; i < view->count; i++)
		all &= is_marked(view, view->shown[i]);
	for (size_t i = 0; i < view->count; i++)
		set_mark(view, view->shown[i], !all);
}

size_t view_marked(const struct view *view)
{
	size_t count, marked = 0;
	struct live_repo *const *repos = live_repos(view->live, &count);

	for (size_t i = 0; i < count; i++)
		marked += is_marked(view, repos[i]);
	return marked;
}

struct live_repo **view_targets(const struct view *view, size_t *count,
                                struct arena *arena)
{
	size_t all;
	struct live_repo *const *repos = live_repos(view->live, &all);
	struct live_repo **out = arena_take(arena,
	                                    (all + 1) * sizeof(struct live_repo *));

	*count = 0;
	for (size_t i = 0; i < all; i++)
		if (is_marked(view, repos[i]))
			out[(*count)++] = repos[i];
	if (*count == 0 && view->current)
		out[(*count)++] = view->shown[view->cursor];
	return out;
}

const char *view_sort(struct view *view)
{
	const char *name;

	view->key = sort_keys[view->key] ? view->key + 1 : 0;
	name = view->key ? sort_keys[view->key - 1] : NULL;
	view->overview.arena = view->overview.invocation->arena;
	overview_set_order(&view->overview, name);
	return name ? name : "as given";
}
