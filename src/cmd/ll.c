/* `ll`: the state of repos, as a table or JSON. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "base/term.h"
#include "base/text.h"
#include "base/when.h"
#include "cli/columns.h"
#include "cli/out.h"
#include "cli/select.h"
#include "cli/sightings.h"
#include "cli/survey.h"
#include "cmd/commands.h"

struct ll_row {
	struct repo *repo;
	const struct summary *summary;
	size_t index;                 /* in the selection */
	const struct ll_order *order; /* while being sorted */
};

/* Keys, the most important first. */
enum { LL_KEYS = 8 };

struct ll_order {
	const struct ll_key *keys[LL_KEYS];
	size_t count;
};

enum ll_headings { LL_PLAIN, LL_GROUPS, LL_FOLDERS };

struct ll {
	struct invocation *invocation;
	struct ll_row *rows;
	size_t count;
	struct ll_order order;
	bool reversed;
	enum ll_headings headings;
	enum item columns[ITEM_COUNT];
	size_t column_count;
	bool colors;
};

struct ll_key {
	const char *name;
	unsigned wants;
	int (*compare)(const struct ll_row *one, const struct ll_row *other);
};

/*
 * What needs attention first: what cannot be seen at all, what is in the middle
 * of something, what differs from its upstream, what is not committed, what is
 * nowhere else.
 */
static int attention(const struct summary *summary)
{
	const bool reasons[] = {
		summary->state == STATE_BROKEN,
		summary->state == STATE_TIMEOUT,
		summary->state == STATE_MISSING,
		summary->conflicted,
		summary->operation != OPERATION_NONE,
		summary->sync == SYNC_DIVERGED,
		summary->sync == SYNC_REMOTE_AHEAD,
		summary->sync == SYNC_LOCAL_AHEAD,
		summary->unstaged || summary->staged,
		summary->untracked,
		summary->stashes > 0,
		summary->sync == SYNC_GONE,
		summary->sync == SYNC_NO_REMOTE,
	};
	const int count = sizeof reasons / sizeof *reasons;
	int rank = 0;

	while (rank < count && !reasons[rank])
		rank++;
	return rank;
}

static int by_name(const struct ll_row *one, const struct ll_row *other)
{
	return strcmp(one->repo->name, other->repo->name);
}

static int by_path(const struct ll_row *one, const struct ll_row *other)
{
	return strcmp(one->repo->path, other->repo->path);
}

static const char *branch_of(const struct summary *summary)
{
	const char *name = summary->branch ? summary->branch : summary->rebasing;

	return name ? name : "";
}

static int by_branch(const struct ll_row *one, const struct ll_row *other)
{
	return strcmp(branch_of(one->summary), branch_of(other->summary));
}

static int by_time(const struct ll_row *one, const struct ll_row *other)
{
	int64_t left = one->summary->time, right = other->summary->time;

	return (left < right) - (left > right);
}

static int by_state(const struct ll_row *one, const struct ll_row *other)
{
	return attention(one->summary) - attention(other->summary);
}

static const struct ll_key keys[] = {
	{"name", 0, by_name},
	{"path", 0, by_path},
	{"branch", WANT_HEAD, by_branch},
	{"time", WANT_HEAD | WANT_COMMIT, by_time},
	{"state", WANT_HEAD | WANT_SYNC | WANT_FILES | WANT_STASH, by_state},
};
enum { KEYS = sizeof keys / sizeof *keys };

static const struct ll_key *find_key(const char *name)
{
	for (size_t i = 0; i < KEYS; i++) {
		if (strcmp(keys[i].name, name) == 0)
			return &keys[i];
	}
	return NULL;
}

static int refuse_key(struct arena *arena, const char *name)
{
	struct strings names = {0};

	for (size_t i = 0; i < KEYS; i++)
		strings_add(arena, &names, keys[i].name);
	return say_unknown("ll: no sort key", name, &names,
	                   "valid keys: name, path, branch, time, state");
}

static int ll_order_read(struct ll_order *out, struct invocation *invocation,
                         const char *text)
{
	struct strings names = {0};

	*out = (struct ll_order){0};
	if (!text)
		return STATUS_OK;
	strings_split(invocation->arena, &names, text, ",");
	if (names.count == 0 || names.count > LL_KEYS)
		return say_usage("ll: option '--sort' expects keys, not '%s'", text);
	for (size_t i = 0; i < names.count; i++) {
		const struct ll_key *key = find_key(names.items[i]);

		if (!key)
			return refuse_key(invocation->arena, names.items[i]);
		out->keys[out->count++] = key;
	}
	return STATUS_OK;
}

static unsigned ll_order_wants(const struct ll_order *order)
{
	unsigned wants = 0;

	for (size_t i = 0; i < order->count; i++)
		wants |= order->keys[i]->wants;
	return wants;
}

static int compare_rows(const void *one, const void *other)
{
	const struct ll_row *left = one, *right = other;
	const struct ll_order *order = left->order;

	for (size_t i = 0; i < order->count; i++) {
		int way = order->keys[i]->compare(left, right);

		if (way != 0)
			return way;
	}
	return left->index < right->index ? -1 : 1;
}

static void ll_sort(struct ll *ll)
{
	for (size_t i = 0; i < ll->count; i++)
		ll->rows[i].order = &ll->order;
	if (ll->count)
		qsort(ll->rows, ll->count, sizeof *ll->rows, compare_rows);
	if (!ll->reversed)
		return;
	for (size_t i = 0; i < ll->count / 2; i++) {
		struct ll_row row = ll->rows[i];

		ll->rows[i] = ll->rows[ll->count - 1 - i];
		ll->rows[ll->count - 1 - i] = row;
	}
}

enum { INDENT = 2 };

/* A row under its heading; a repo is listed under each of its groups. */
struct ll_entry {
	const char *heading; /* NULL: none */
	bool last;           /* behind all other headings */
	size_t row;
};

struct ll_entries {
	struct ll_entry *items;
	size_t count;
	size_t room;
};

static int by_heading(const void *one, const void *other)
{
	const struct ll_entry *left = one, *right = other;
	int way = left->last - right->last;

	if (way == 0 && left->heading && right->heading)
		way = strcmp(left->heading, right->heading);
	if (way == 0)
		way = (left->row > right->row) - (left->row < right->row);
	return way;
}

/* Names of repos, to find their rows. */
struct ll_name {
	const char *name;
	size_t row;
};

static int compare_names(const void *one, const void *other)
{
	const struct ll_name *left = one, *right = other;

	return strcmp(left->name, right->name);
}

static struct ll_name *sorted_names(const struct ll *ll)
{
	struct ll_name *names = arena_take(ll->invocation->arena,
	                                   ll->count * sizeof *names);

	for (size_t i = 0; i < ll->count; i++)
		names[i] = (struct ll_name){ll->rows[i].repo->name, i};
	if (ll->count)
		qsort(names, ll->count, sizeof *names, compare_names);
	return names;
}

static void add_groups(struct ll_entries *out, const struct ll *ll)
{
	struct arena *arena = ll->invocation->arena;
	const struct registry *registry = &ll->invocation->registry;
	const struct ll_name *names = sorted_names(ll);
	bool *grouped = arena_take(arena, ll->count * sizeof *grouped);

	for (size_t i = 0; i < registry->groups.count; i++) {
		const struct group *group = registry->groups.items[i];

		for (size_t j = 0; j < group->members.count; j++) {
			const struct ll_name key = {group->members.items[j], 0};
			const struct ll_name *found = sorted_find(
				&key, names, ll->count, sizeof key, compare_names);

			if (!found)
				continue;
			grouped[found->row] = true;
			*ARENA_PUSH(arena, out) = (struct ll_entry){
				arena_format(arena, "%s:", group->name), false,
				found->row};
		}
	}
	for (size_t i = 0; i < ll->count; i++) {
		if (!grouped[i])
			*ARENA_PUSH(arena, out) = (struct ll_entry){"(no group):", true,
			                                            i};
	}
}

static void add_entries(struct ll_entries *out, const struct ll *ll)
{
	struct arena *arena = ll->invocation->arena;

	if (ll->headings == LL_GROUPS) {
		add_groups(out, ll);
	} else {
		for (size_t i = 0; i < ll->count; i++) {
			struct ll_entry *entry = ARENA_PUSH(arena, out);

			entry->row = i;
			if (ll->headings == LL_FOLDERS)
				entry->heading = arena_format(
					arena, "%s:",
					path_parent(arena, ll->rows[i].repo->path));
		}
	}
	if (out->count)
		qsort(out->items, out->count, sizeof *out->items, by_heading);
}

static void add_row(struct table *table, const struct ll *ll, const struct ll_row *row,
                    int64_t now)
{
	struct invocation *invocation = ll->invocation;
	struct table_row *out = ARENA_PUSH(invocation->arena, table);
	const struct column_source source = {
		.repo = row->repo,
		.summary = row->summary,
		.registry = &invocation->registry,
		.settings = &invocation->settings,
		.arena = invocation->arena,
		.now = now,
	};

	out->whole = column_whole(&source);
	out->cells = arena_take(invocation->arena,
	                        (out->whole ? 1 : table->column_count) *
	                                sizeof *out->cells);
	out->cells[0].text = text_escape(invocation->arena, row->repo->name);
	for (size_t i = 0; !out->whole && i < ll->column_count; i++)
		column_cell(&out->cells[i + 1], ll->columns[i], &source);
}

static void set_columns(struct table *table, const struct ll *ll)
{
	const size_t *widths = ll->invocation->settings.widths;

	table->column_count = ll->column_count + 1; /* the name in front */
	table->columns = arena_take(ll->invocation->arena,
	                            table->column_count * sizeof *table->columns);
	for (size_t i = 0; i < ll->column_count; i++)
		table->columns[i + 1] = (struct table_column){
			.limit = widths[ll->columns[i]],
			.tail_limit = widths[WIDTH_SYMBOLS],
			.gives = ll->columns[i] == ITEM_COMMIT_MSG,
		};
}

static void ll_print_table(const struct ll *ll)
{
	struct arena *arena = ll->invocation->arena;
	struct table table = {0};
	struct ll_entries entries = {0};
	int64_t now = when_now();

	set_columns(&table, ll);
	add_entries(&entries, ll);
	for (size_t i = 0; i < entries.count; i++) {
		const struct ll_entry *entry = &entries.items[i];
		const struct ll_entry *before = i ? entry - 1 : NULL;
		bool same = before && (!entry->heading ||
		                       strcmp(entry->heading, before->heading) == 0);

		if (same && entry->heading && entry->row == before->row)
			continue; /* named twice in its group */
		if (!same && entry->heading)
			ARENA_PUSH(arena, &table)->heading = text_escape(
				arena, entry->heading);
		add_row(&table, ll, &ll->rows[entry->row], now);
	}
	table_print(&table, arena, term_width(1), ll->colors,
	            ll->headings == LL_PLAIN ? 0 : INDENT);
}

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
		return say_usage("ll: option '--cols' expects columns, not '%s'", list);
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
		status = say_usage("ll: options '-g' and '-d' cannot be used together");
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

/* After the table is printed, so that nobody waits for this. */
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
	sightings_update(ll->invocation, repos, count, false);
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

static const struct option_row options[] = {
	{.letter = 'g',
         .name = "by-group",
         .help = "under headings by group, ungrouped repos last"},
	{.letter = 'd', .name = "by-folder", .help = "under headings by folder"},
	{.letter = 'C', .name = "no-colors", .help = "do not use colours"},
	{.name = "sort",
         .kind = KIND_SORT,
         .value = "KEY[,KEY]",
         .help = "by name, path, branch, time or state"},
	{.letter = 'R', .name = "reverse", .help = "reverse the order"},
	{.name = "cols",
         .kind = KIND_ITEMS,
         .value = "LIST",
         .help = "show these columns, separated by commas"},
	{.name = "json", .help = "print everything as a JSON array"},
	{0},
};

static const struct operand_row operands[] = {
	{.kind = KIND_SELECTION, .name = "SELECTION", .repeats = true},
	{0},
};

static const char about[] =
	"Symbols: ! conflicted, * changed, + staged, $ stashed, ? untracked; ↑ ahead,\n"
	"↓ behind, ⇕ diverged, ∅ no upstream, ✗ gone. By time, the newest come first;\n"
	"by state, what needs attention. A repo that is broken or does not answer\n"
	"within $GITA_STATUS_TIMEOUT seconds (5) makes the exit status 1.";

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
	.summary = "show the state of repos",
	.about = about,
	.options = options,
	.selects = true,
	.operands = operands,
	.examples = examples,
	.run = run_ll,
};
