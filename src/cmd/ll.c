#include "ll.h"

#include "base/arena.h"
#include "cli/columns.h"
#include "cli/out.h"
#include "cli/remember.h"
#include "cli/select.h"
#include "cli/survey.h"
#include "cmd/commands.h"

static const struct option_row options[] = {
	{'g', "by-group", KIND_NONE, NULL,
         "under headings by group, ungrouped ones last", false},
	{'d', "by-folder", KIND_NONE, NULL, "under headings by folder", false},
	{'C', "no-colors", KIND_NONE, NULL, "no colour at all", false},
	{0, "sort", KIND_SORT, "KEY[,KEY]", "name, path, branch, time or state", false},
	{'R', "reverse", KIND_NONE, NULL, "the other way round", false},
	{0, "cols", KIND_ITEMS, "LIST", "these columns, separated by commas", false},
	{0, "json", KIND_NONE, NULL, "all of it as a JSON array", false},
	{0},
};

static const struct operand_row operands[] = {
	{KIND_SELECTION, "SELECTION", false, true},
	{0},
};

static const char about[] =
	"Signs: ! conflicted, * changed, + staged, $ stashed, ? untracked; ↑ ahead,\n"
	"↓ behind, ⇕ diverged, ∅ no upstream, ✗ gone. By time, the newest come first;\n"
	"by state, what needs attention. A repo that cannot be read is shown as "
	"missing,\n"
	"broken or, after $GITA_STATUS_TIMEOUT seconds (5), timeout: exit status 1.";

static const char *const examples[] = {
	"gita ll @dirty,ahead",
	"only those with something to do",
	"gita ll work --sort state",
	"a group, what needs attention first",
	"gita ll --cols branch,hash,author",
	"other columns",
	NULL,
};

static int refuse_column(struct arena *arena, const char *name)
{
	struct strings names = {0};

	for (size_t i = 0; i < ITEM_COUNT; i++)
		strings_add(arena, &names, settings_items[i].name);
	return say_unknown("ll: no column", name, &names, "'gita info ll' lists them");
}

/* --cols, else those of info.csv; one that is named twice is shown once. */
static int read_columns(struct ll *ll, const char *list)
{
	const struct settings *settings = &ll->invocation->settings;
	bool shown[ITEM_COUNT] = {false};
	struct strings names = {0};

	if (!list) {
		for (size_t i = 0; i < settings->column_count; i++)
			ll->columns[i] = settings->columns[i];
		ll->column_count = settings->column_count;
		return STATUS_OK;
	}
	strings_split(ll->invocation->arena, &names, list, ", ");
	if (names.count == 0)
		return say_usage("ll: option '--cols' wants columns, not '%s'", list);
	for (size_t i = 0; i < names.count; i++) {
		enum item item;

		if (!settings_item(&item, names.items[i]))
			return refuse_column(ll->invocation->arena, names.items[i]);
		if (!shown[item])
			ll->columns[ll->column_count++] = item;
		shown[item] = true;
	}
	return STATUS_OK;
}

static int read_request(struct ll *ll)
{
	const struct args *args = &ll->invocation->args;
	bool groups = args_has(args, "by-group"), folders = args_has(args, "by-folder");
	int status = invocation_settings(ll->invocation);

	if (status == STATUS_OK)
		status = read_columns(ll, args_value(args, "cols"));
	if (status == STATUS_OK)
		status = ll_order_read(&ll->order, ll->invocation,
		                       args_value(args, "sort"));
	if (status == STATUS_OK && groups && folders)
		status = say_usage("ll: either by group (-g) or by folder (-d)");
	ll->headings = groups ? LL_GROUPS : folders ? LL_FOLDERS : LL_PLAIN;
	ll->reversed = args_has(args, "reverse");
	ll->colors = !args_has(args, "no-colors") && invocation_colors(ll->invocation);
	return status;
}

static int read_rows(struct ll *ll, struct selection *selection)
{
	struct arena *arena = ll->invocation->arena;
	struct summary **summaries = selection->summaries;
	int status;

	if (!summaries) {
		summaries = arena_take(arena, selection->count * sizeof *summaries);
		status = survey_read(summaries, ll->invocation, selection->items,
		                     selection->count, selection->wants);
		if (status != STATUS_OK)
			return status;
	}
	ll->count = selection->count;
	ll->rows = arena_take(arena, ll->count * sizeof *ll->rows);
	for (size_t i = 0; i < ll->count; i++)
		ll->rows[i] = (struct ll_row){.repo = selection->items[i],
		                              .summary = summaries[i],
		                              .index = i};
	return STATUS_OK;
}

static void print_json(const struct ll *ll)
{
	struct json_list list = {0};

	for (size_t i = 0; i < ll->count && !out_closed(); i++) {
		struct arena arena = {0};
		const struct column_source source = {
			.repo = ll->rows[i].repo,
			.summary = ll->rows[i].summary,
			.registry = &ll->invocation->registry,
			.arena = &arena,
		};

		json_list_add(&list, column_json(&source));
		arena_drop(&arena);
	}
	json_list_end(&list);
}

static int status_of(const struct ll *ll)
{
	for (size_t i = 0; i < ll->count; i++) {
		enum state state = ll->rows[i].summary->state;

		if (state == STATE_BROKEN || state == STATE_TIMEOUT)
			return STATUS_FAILED;
	}
	return STATUS_OK;
}

/* The table is out before, so that nobody waits for this. */
static void remember(const struct ll *ll)
{
	struct repo **repos = arena_take(ll->invocation->arena,
	                                 ll->count * sizeof(struct repo *));
	size_t count = 0;

	if (!out_flush())
		return;
	for (size_t i = 0; i < ll->count; i++) {
		if (ll->rows[i].summary->head)
			repos[count++] = ll->rows[i].repo;
	}
	remember_repos(ll->invocation, repos, count, false);
}

static unsigned wants_of(const struct ll *ll, bool json)
{
	unsigned wants = WANT_HEAD | ll_order_wants(&ll->order);

	if (json)
		return wants | WANT_TABLE;
	for (size_t i = 0; i < ll->column_count; i++)
		wants |= column_wants(ll->columns[i]);
	return wants;
}

static int run_ll(struct invocation *invocation)
{
	struct ll ll = {.invocation = invocation};
	bool json = args_has(&invocation->args, "json");
	struct selection selection = {0}; /* facts read along what is to be shown */
	int status = read_request(&ll);

	selection.wants = wants_of(&ll, json);
	if (status == STATUS_OK)
		status = select_repos(&selection, invocation, SELECT_ANY);
	if (status == STATUS_OK)
		status = read_rows(&ll, &selection);
	if (status != STATUS_OK)
		return status;
	ll_sort(&ll);
	if (json)
		print_json(&ll);
	else
		ll_print_table(&ll);
	remember(&ll);
	if (invocation->registry.repos.count == 0)
		say("no repos yet; 'gita add PATH...' registers them");
	return status_of(&ll);
}

const struct command command_ll = {
	.name = "ll",
	.summary = "show the state of repos",
	.about = about,
	.options = options,
	.selects = true,
	.operands = operands,
	.examples = examples,
	.run = run_ll,
};
