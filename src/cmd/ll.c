/* `ll`: the state of repos, as a table or JSON. */
#include <unistd.h>

#include "base/arena.h"
#include "base/term.h"
#include "cli/columns.h"
#include "cli/out.h"
#include "cli/overview.h"
#include "cli/select.h"
#include "cli/sightings.h"
#include "cli/survey.h"
#include "cmd/commands.h"
#include "ll_watch.h"

static int read_request(struct overview *overview, struct invocation *invocation)
{
	const struct args *args = &invocation->args;
	bool groups = args_has(args, "by-group"), folders = args_has(args, "by-folder");
	int status = invocation_settings(invocation);

	if (status == STATUS_OK)
		status = overview_set_columns(overview, args_value(args, "cols"));
	if (status == STATUS_OK)
		status = overview_set_order(overview, args_value(args, "sort"));
	if (status == STATUS_OK && groups && folders)
		status = say_usage("ll: options '-g' and '-d' cannot be used together");
	overview->headings = groups    ? OVERVIEW_GROUPS
	                     : folders ? OVERVIEW_FOLDERS
	                               : OVERVIEW_PLAIN;
	overview->reversed = args_has(args, "reverse");
	return status;
}

static int read_rows(struct overview *overview, struct selection *selection)
{
	struct invocation *invocation = overview->invocation;
	struct summary **summaries = selection->summaries;
	int status;

	if (!summaries) {
		summaries = arena_take(invocation->arena,
		                       selection->count * sizeof *summaries);
		status = survey_read(summaries, invocation, selection->items,
		                     selection->count, selection->wants);
		if (status != STATUS_OK)
			return status;
	}
	overview_fill(overview, selection->items, summaries, selection->count);
	return STATUS_OK;
}

static void print_table(const struct overview *overview, bool colors)
{
	const struct invocation *invocation = overview->invocation;
	struct table table;
	size_t indent;

	overview_table(&table, &indent, overview);
	table_print(&table, invocation->arena, term_width(1), colors, indent);
}

static void print_json(const struct overview *overview)
{
	struct json_list list = {0};

	for (size_t i = 0; i < overview->count && !out_closed(); i++) {
		struct arena arena = {0};
		const struct column_source source = {
			.repo = overview->rows[i].repo,
			.summary = overview->rows[i].summary,
			.registry = &overview->invocation->registry,
			.arena = &arena,
		};

		json_list_add(&list, column_json(&source));
		arena_drop(&arena);
	}
	json_list_end(&list);
}

/* After the table is printed, so that nobody waits for this. */
static void remember(const struct overview *overview)
{
	struct repo **repos = arena_take(overview->invocation->arena,
	                                 overview->count * sizeof(struct repo *));
	size_t count = 0;

	if (!out_flush())
		return;
	for (size_t i = 0; i < overview->count; i++) {
		if (overview->rows[i].summary->head)
			repos[count++] = overview->rows[i].repo;
	}
	sightings_update(overview->invocation, repos, count, false);
}

/* Who set a context yesterday misses repos today; a script does not want to know. */
static void show_hidden(const struct selection *selection)
{
	if (selection->context && selection->hidden && isatty(STDERR_FILENO))
		say("the context '%s' hides %zu repo%s; 'gita ll --all' shows all",
		    selection->context, selection->hidden,
		    selection->hidden == 1 ? "" : "s");
}

static int run_ll(struct invocation *invocation)
{
	struct overview overview = {.invocation = invocation,
	                            .arena = invocation->arena};
	const struct args *args = &invocation->args;
	bool json = args_has(args, "json");
	bool colors = !args_has(args, "no-colors") && invocation_colors(invocation);
	struct selection selection = {0}; /* facts read along what is to be shown */
	int status = read_request(&overview, invocation);

	if (status == STATUS_OK && args_has(args, "watch"))
		return ll_watch(&overview, json, colors);
	selection.wants = overview_wants(&overview) | (json ? WANT_TABLE : 0);
	if (status == STATUS_OK)
		status = select_repos(&selection, invocation, SELECT_ANY);
	if (status == STATUS_OK)
		status = read_rows(&overview, &selection);
	if (status != STATUS_OK)
		return status;
	if (json)
		print_json(&overview);
	else
		print_table(&overview, colors);
	show_hidden(&selection);
	remember(&overview);
	invocation_hint_if_empty(invocation);
	return overview_status(&overview);
}

static const struct option_row options[] = {
	{.letter = 'g',
         .name = "by-group",
         .help = "under headings by group, ungrouped repos last"},
	{.letter = 'd', .name = "by-folder", .help = "under headings by folder"},
	{.letter = 'C', .name = "no-colors", .help = "do not use colours"},
	{.name = "sort",
         .kind = KIND_SORT,
         .value = "KEY[,KEY]",
         .help = "name, path, branch, time (newest first) or state"},
	{.letter = 'R', .name = "reverse", .help = "reverse the order"},
	{.name = "cols",
         .kind = KIND_ITEMS,
         .value = "LIST",
         .help = "show these columns, separated by commas"},
	{.name = "json", .help = "print everything as a JSON array"},
	{.name = "watch", .help = "keep running, and show changes as they happen"},
	{0},
};

static const char about[] =
	"Symbols: ! conflicted, * changed, + staged, $ stashed, ? untracked; ↑ ahead,\n"
	"↓ behind, ⇕ diverged, ∅ no upstream, ✗ gone. Colours of the branch: green in\n"
	"sync, purple ahead, yellow behind, red diverged, cyan gone ('gita color').";

static const char *const examples[] = {
	"gita ll @dirty,ahead",
	"repos with something to commit or push",
	"gita ll work --sort state",
	"a group, what needs attention first",
	"gita ll --cols branch,hash,author",
	"other columns",
	NULL,
};

const struct command command_ll = {
	.name = "ll",
	.synonyms = "list status overview",
	.summary = "show the state of repos",
	.about = about,
	.options = options,
	.selects = true,
	.operands = operands_selection,
	.examples = examples,
	.run = run_ll,
};
