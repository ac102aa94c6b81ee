/* `branches`: which branch is where, and how it stands. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/term.h"
#include "base/text.h"
#include "cli/columns.h"
#include "cli/json.h"
#include "cli/out.h"
#include "cli/readings.h"
#include "cli/select.h"
#include "cli/table.h"
#include "cmd/commands.h"
#include "git/branches.h"

/* A branch in one of the repos. */
struct use {
	const struct branch *branch;
	size_t repo; /* its place in the selection */
};

struct chart {
	struct invocation *invocation;
	const struct selection *selection;
	const struct finding *findings;
	struct use *items; /* what is shown, by name of the branch, then by repo */
	size_t count;
	size_t room;
};

/* The traits of a branch in a repo; the list counts each of them. */
static bool is_current(const struct branch *branch)
{
	return branch->current;
}

static bool is_ahead(const struct branch *branch)
{
	return branch->ahead > 0 && branch->behind == 0;
}

static bool is_behind(const struct branch *branch)
{
	return branch->behind > 0 && branch->ahead == 0;
}

static bool is_diverged(const struct branch *branch)
{
	return branch->sync == SYNC_DIVERGED;
}

static bool is_gone(const struct branch *branch)
{
	return branch->sync == SYNC_GONE;
}

/* The current one is always merged, which is no news. */
static bool is_merged(const struct branch *branch)
{
	return branch->merged && !branch->current;
}

static const struct trait {
	const char *name;
	bool (*holds)(const struct branch *branch);
	bool option; /* `--NAME` shows no others */
} traits[] = {
	{"current", is_current, false}, {"ahead", is_ahead, false},
	{"behind", is_behind, false},   {"diverged", is_diverged, false},
	{"gone", is_gone, true},        {"merged", is_merged, true},
};
enum { TRAITS = sizeof traits / sizeof *traits };

static int by_branch(const void *one, const void *other)
{
	const struct use *left = one, *right = other;
	int way = strcmp(left->branch->name, right->branch->name);

	return way ? way : (left->repo > right->repo) - (left->repo < right->repo);
}

static bool is_shown(const struct args *args, const struct branch *branch)
{
	for (size_t i = 0; i < TRAITS; i++) {
		if (traits[i].option && args_has(args, traits[i].name) &&
		    !traits[i].holds(branch))
			return false;
	}
	return true;
}

static const struct branches *branches_of(const struct finding *finding)
{
	static const struct branches none;

	return finding->state == STATE_OK ? finding->out : &none;
}

static void collect(struct chart *chart)
{
	const struct args *args = &chart->invocation->args;

	for (size_t i = 0; i < chart->selection->count; i++) {
		const struct branches *branches = branches_of(&chart->findings[i]);

		for (size_t j = 0; j < branches->count; j++) {
			const struct branch *branch = &branches->items[j];

			if (is_shown(args, branch))
				*ARENA_PUSH(chart->invocation->arena,
				            chart) = (struct use){branch, i};
		}
	}
	if (chart->count > 0)
		qsort(chart->items, chart->count, sizeof *chart->items, by_branch);
}

/* How many uses from `first` on are of the same branch. */
static size_t count_same(const struct chart *chart, size_t first)
{
	const char *name = chart->items[first].branch->name;
	size_t count = 1;

	while (first + count < chart->count &&
	       strcmp(chart->items[first + count].branch->name, name) == 0)
		count++;
	return count;
}

/* `*↑2` in the symbols of the status table, less its brackets. */
static struct cell cell_of(const struct chart *chart, const struct branch *branch)
{
	struct arena *arena = chart->invocation->arena;
	const struct settings *settings = &chart->invocation->settings;
	const struct summary summary = {
		.sync = branch->sync, .ahead = branch->ahead, .behind = branch->behind};
	enum situation situation = column_situation(&summary);
	const struct color *color = term_color(settings->colors[situation]);
	BUF sync = {0};

	column_sync(&sync, &summary, settings);
	return (struct cell){
		.text = arena_format(arena, "%s%s%s", branch->current ? "*" : "",
	                             sync.length ? text_escape(arena, sync.data) : "=",
	                             is_merged(branch) ? "✓" : ""),
		.color = color ? color->sequence : NULL,
	};
}

/* The column of each repo that has something to show, 0 for the others; how many
 * columns there are, that of the names included. */
static size_t choose_columns(size_t *columns, const struct chart *chart)
{
	size_t count = 1;

	for (size_t i = 0; i < chart->count; i++)
		columns[chart->items[i].repo] = 1;
	for (size_t i = 0; i < chart->selection->count; i++) {
		if (columns[i])
			columns[i] = count++;
	}
	return count;
}

static struct table_row *add_row(struct table *table, struct arena *arena)
{
	struct table_row *row = ARENA_PUSH(arena, table);

	row->cells = arena_take(arena, table->column_count * sizeof *row->cells);
	for (size_t i = 0; i < table->column_count; i++)
		row->cells[i].text = "";
	return row;
}

/* Branches as rows, repos as columns under their names. */
static void make_matrix(struct table *table, const struct chart *chart)
{
	struct arena *arena = chart->invocation->arena;
	const struct selection *selection = chart->selection;
	size_t *columns = arena_take(arena, selection->count * sizeof *columns);
	struct table_row *row;

	table->column_count = choose_columns(columns, chart);
	table->columns = arena_take(arena,
	                            table->column_count * sizeof *table->columns);
	row = add_row(table, arena);
	for (size_t i = 0; i < selection->count; i++) {
		if (columns[i])
			row->cells[columns[i]].text = text_escape(
				arena, selection->items[i]->name);
	}
	for (size_t i = 0; i < chart->count; i++) {
		const struct use *use = &chart->items[i];

		if (i == 0 || strcmp(use->branch->name, use[-1].branch->name) != 0)
			row = add_row(table, arena);
		row->cells[0].text = text_escape(arena, use->branch->name);
		row->cells[columns[use->repo]] = cell_of(chart, use->branch);
	}
}

/* `2 current, 1 ahead`. */
static const char *count_traits(const struct chart *chart, size_t first, size_t count)
{
	BUF text = {0};

	for (size_t i = 0; i < TRAITS; i++) {
		size_t found = 0;

		for (size_t j = first; j < first + count; j++)
			found += traits[i].holds(chart->items[j].branch);
		if (found > 0)
			buf_addf(&text, "%s%zu %s", text.length ? ", " : "", found,
			         traits[i].name);
	}
	return arena_string(chart->invocation->arena, buf_text(&text));
}

/* `api *↑2, web =`. */
static const char *name_repos(const struct chart *chart, size_t first, size_t count)
{
	struct arena *arena = chart->invocation->arena;
	BUF text = {0};

	for (size_t i = first; i < first + count; i++) {
		const struct use *use = &chart->items[i];

		buf_addf(&text, "%s%s %s", i > first ? ", " : "",
		         text_escape(arena, chart->selection->items[use->repo]->name),
		         cell_of(chart, use->branch).text);
	}
	return arena_string(arena, buf_text(&text));
}

/* A branch a line: in how many repos, how it stands, and in which. */
static void make_list(struct table *table, const struct chart *chart)
{
	enum { NAME, REPOS, COUNTS, NAMES, COLUMNS };
	struct arena *arena = chart->invocation->arena;
	size_t same;

	table->column_count = COLUMNS;
	table->columns = arena_take(arena, COLUMNS * sizeof *table->columns);
	table->columns[NAME].fit = FIT_MIDDLE;
	table->columns[COUNTS].fit = FIT_END;
	table->columns[NAMES].fit = FIT_END;
	for (size_t i = 0; i < chart->count; i += same) {
		struct cell *cells = add_row(table, arena)->cells;

		same = count_same(chart, i);
		cells[NAME].text = text_escape(arena, chart->items[i].branch->name);
		cells[REPOS].text = arena_format(arena, "%zu %s", same,
		                                 same == 1 ? "repo" : "repos");
		cells[COUNTS].text = count_traits(chart, i, same);
		cells[NAMES].text = name_repos(chart, i, same);
	}
}

static void print(const struct chart *chart)
{
	struct arena *arena = chart->invocation->arena;
	bool colors = invocation_colors(chart->invocation);
	size_t width = term_width(1);
	struct table table = {0};

	if (chart->count == 0)
		return;
	if (!args_has(&chart->invocation->args, "list"))
		make_matrix(&table, chart);
	if (table.count == 0 || (width && table_width(&table, arena) > width)) {
		table = (struct table){0};
		make_list(&table, chart);
	}
	table_print(&table, arena, width, colors, 0);
}

static struct json *json_of_branch(const struct branch *branch)
{
	struct json *out = json_new_object();

	json_set_text(out, "branch", branch->name);
	json_set_text(out, "head", branch->head);
	json_set_bool(out, "current", branch->current);
	json_set_bool(out, "merged", branch->merged);
	json_set_text(out, "upstream", branch->upstream);
	json_set_text(out, "sync", sync_name(branch->sync));
	json_set_integer(out, "ahead", (int64_t)branch->ahead);
	json_set_integer(out, "behind", (int64_t)branch->behind);
	return out;
}

static void print_json(const struct chart *chart)
{
	const struct args *args = &chart->invocation->args;
	struct json_list list = {0};

	for (size_t i = 0; i < chart->selection->count && !out_closed(); i++) {
		const struct repo *repo = chart->selection->items[i];
		const struct finding *finding = &chart->findings[i];
		const struct branches *branches = branches_of(finding);
		struct json *out = json_new_object(), *array = json_new_array();

		json_set_text(out, "name", repo->name);
		json_set_text(out, "path", repo->path);
		json_set_text(out, "state", state_name(finding->state));
		json_set_text(out, "error", finding->error);
		for (size_t j = 0; j < branches->count; j++) {
			if (is_shown(args, &branches->items[j]))
				json_add(array, json_of_branch(&branches->items[j]));
		}
		json_set(out, "branches", array);
		json_list_add(&list, out);
	}
	json_list_end(&list);
}

static bool read_one(void *out, const char *path, const void *about,
                     struct arena *arena)
{
	(void)about;
	return branches_read(out, path, arena);
}

static void add_words(struct strings *out, int question, const void *about,
                      struct arena *arena)
{
	(void)about;
	branches_words(out, arena, question);
}

static bool parse(void *out, const struct answer *answers, const void *about,
                  struct arena *arena, struct error *err)
{
	(void)about;
	return branches_parse(out, arena, answers, err);
}

static const struct readings_kind kind = {
	.size = sizeof(struct branches),
	.questions = BRANCHES_QUESTIONS,
	.read = read_one,
	.words = add_words,
	.parse = parse,
};

static int run_branches(struct invocation *invocation)
{
	struct selection selection = {0};
	int status = select_repos(&selection, invocation, SELECT_ANY);
	struct finding *findings;

	if (status == STATUS_OK)
		status = invocation_settings(invocation);
	if (status != STATUS_OK)
		return status;
	findings = arena_take(invocation->arena, selection.count * sizeof *findings);
	status = readings_make(findings, invocation, selection.items, selection.count,
	                       &kind, NULL);
	if (status == STATUS_OK) {
		struct chart chart = {.invocation = invocation,
		                      .selection = &selection,
		                      .findings = findings};

		collect(&chart);
		if (args_has(&invocation->args, "json"))
			print_json(&chart);
		else
			print(&chart);
		status = readings_report(findings, selection.items, selection.count);
	}
	readings_drop(findings, selection.count);
	return status;
}

static const struct option_row options[] = {
	{.name = "merged", .help = "only branches of which HEAD has all commits"},
	{.name = "gone", .help = "only branches whose upstream was deleted"},
	{.letter = 'l', .name = "list", .help = "a line a branch, even if columns fit"},
	{.name = "json", .help = "print a JSON array, one object a repo"},
	{0},
};

static const char about[] =
	"A row for each local branch, a column for each repo, as far as the columns\n"
	"fit the terminal. * current, = equal to its upstream, ↑ ahead, ↓ behind,\n"
	"⇕ diverged, ∅ no upstream, ✗ gone; ✓ merged: HEAD has all its commits.";

static const char *const examples[] = {
	"gita branches web api",
	"which branches do the two share?",
	"gita branches --merged --gone",
	"what can be deleted",
	NULL,
};

const struct command command_branches = {
	.name = "branches",
	.summary = "show which branch is where",
	.about = about,
	.options = options,
	.selects = true,
	.operands = operands_selection,
	.examples = examples,
	.run = run_branches,
};
