#include "cli/overview.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/path.h"
#include "base/text.h"
#include "base/when.h"
#include "cli/choices.h"
#include "cli/columns.h"
#include "cli/out.h"

struct overview_key {
	unsigned wants;
	int (*compare)(const struct overview_row *one,
	               const struct overview_row *other);
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

static int by_name(const struct overview_row *one, const struct overview_row *other)
{
	return strcmp(one->repo->name, other->repo->name);
}

static int by_path(const struct overview_row *one, const struct overview_row *other)
{
	return strcmp(one->repo->path, other->repo->path);
}

static const char *branch_of(const struct summary *summary)
{
	const char *name = summary_branch(summary);

	return name ? name : "";
}

static int by_branch(const struct overview_row *one, const struct overview_row *other)
{
	return strcmp(branch_of(one->summary), branch_of(other->summary));
}

static int by_time(const struct overview_row *one, const struct overview_row *other)
{
	int64_t left = one->summary->time, right = other->summary->time;

	return (left < right) - (left > right);
}

static int by_state(const struct overview_row *one, const struct overview_row *other)
{
	return attention(one->summary) - attention(other->summary);
}

static const struct overview_key keys[SORT_COUNT] = {
	[SORT_NAME] = {0, by_name},
	[SORT_PATH] = {0, by_path},
	[SORT_BRANCH] = {WANT_HEAD, by_branch},
	[SORT_TIME] = {WANT_HEAD | WANT_COMMIT, by_time},
	[SORT_STATE] = {WANT_HEAD | WANT_SYNC | WANT_FILES | WANT_STASH, by_state},
};

static int refuse_key(struct arena *arena, const char *name)
{
	struct strings names = {0};
	BUF list = {0};

	strings_add_all(arena, &names, sort_keys);
	words_join(&list, &names);
	return say_unknown("ll: no sort key", name, &names,
	                   arena_format(arena, "the keys are %s", buf_text(&list)));
}

int overview_set_order(struct overview *overview, const char *text)
{
	struct overview_order *out = &overview->order;
	struct strings names = {0};

	*out = (struct overview_order){0};
	if (!text)
		return STATUS_OK;
	strings_split(overview->arena, &names, text, ",");
	if (names.count == 0 || names.count > OVERVIEW_KEYS)
		return say_usage("ll: option '--sort' expects keys, not '%s'", text);
	for (size_t i = 0; i < names.count; i++) {
		size_t key = 0;

		while (sort_keys[key] && strcmp(sort_keys[key], names.items[i]) != 0)
			key++;
		if (!sort_keys[key])
			return refuse_key(overview->arena, names.items[i]);
		out->keys[out->count++] = &keys[key];
	}
	return STATUS_OK;
}

unsigned overview_wants(const struct overview *overview)
{
	unsigned wants = WANT_HEAD;

	for (size_t i = 0; i < overview->order.count; i++)
		wants |= overview->order.keys[i]->wants;
	for (size_t i = 0; i < overview->column_count; i++)
		wants |= column_wants(overview->columns[i]);
	return wants;
}

static int compare_rows(const void *one, const void *other)
{
	const struct overview_row *left = one, *right = other;
	const struct overview_order *order = left->order;

	for (size_t i = 0; i < order->count; i++) {
		int way = order->keys[i]->compare(left, right);

		if (way != 0)
			return way;
	}
	return left->index < right->index ? -1 : 1;
}

static void overview_sort(struct overview *overview)
{
	for (size_t i = 0; i < overview->count; i++)
		overview->rows[i].order = &overview->order;
	if (overview->count)
		qsort(overview->rows, overview->count, sizeof *overview->rows,
		      compare_rows);
	if (!overview->reversed)
		return;
	for (size_t i = 0; i < overview->count / 2; i++) {
		struct overview_row row = overview->rows[i];

		overview->rows[i] = overview->rows[overview->count - 1 - i];
		overview->rows[overview->count - 1 - i] = row;
	}
}

void overview_fill(struct overview *overview, struct repo *const *repos,
                   struct summary *const *summaries, size_t count)
{
	overview->count = count;
	overview->rows = arena_take(overview->arena, count * sizeof *overview->rows);
	for (size_t i = 0; i < count; i++)
		overview->rows[i] = (struct overview_row){
			.repo = repos[i], .summary = summaries[i], .index = i};
	overview_sort(overview);
}

enum { INDENT = 2 };

/* A row under its heading; a repo is listed under each of its groups. */
struct overview_entry {
	const char *heading; /* without its colon; NULL: none */
	bool last;           /* after all other headings */
	size_t row;
};

struct overview_entries {
	struct overview_entry *items;
	size_t count;
	size_t room;
};

static int by_heading(const void *one, const void *other)
{
	const struct overview_entry *left = one, *right = other;
	int way = left->last - right->last;

	if (way == 0 && left->heading && right->heading)
		way = strcmp(left->heading, right->heading);
	if (way == 0)
		way = (left->row > right->row) - (left->row < right->row);
	return way;
}

/* Names of repos, to find their rows. */
struct overview_name {
	const char *name;
	size_t row;
};

static int compare_names(const void *one, const void *other)
{
	const struct overview_name *left = one, *right = other;

	return strcmp(left->name, right->name);
}

static struct overview_name *sorted_names(const struct overview *overview)
{
	struct overview_name *names = arena_take(overview->arena,
	                                         overview->count * sizeof *names);

	for (size_t i = 0; i < overview->count; i++)
		names[i] = (struct overview_name){overview->rows[i].repo->name, i};
	if (overview->count)
		qsort(names, overview->count, sizeof *names, compare_names);
	return names;
}

static void add_groups(struct overview_entries *out, const struct overview *overview)
{
	struct arena *arena = overview->arena;
	const struct registry *registry = &overview->invocation->registry;
	const struct overview_name *names = sorted_names(overview);
	bool *grouped = arena_take(arena, overview->count * sizeof *grouped);

	for (size_t i = 0; i < registry->groups.count; i++) {
		const struct group *group = registry->groups.items[i];

		for (size_t j = 0; j < group->members.count; j++) {
			const struct overview_name key = {group->members.items[j], 0};
			const struct overview_name *found = sorted_find(
				&key, names, overview->count, sizeof key,
				compare_names);

			if (!found)
				continue;
			grouped[found->row] = true;
			*ARENA_PUSH(arena, out) = (struct overview_entry){
				group->name, false, found->row};
		}
	}
	for (size_t i = 0; i < overview->count; i++) {
		if (!grouped[i])
			*ARENA_PUSH(arena, out) = (struct overview_entry){"(no group)",
			                                                  true, i};
	}
}

static void add_entries(struct overview_entries *out, const struct overview *overview)
{
	struct arena *arena = overview->arena;

	if (overview->headings == OVERVIEW_GROUPS) {
		add_groups(out, overview);
	} else {
		for (size_t i = 0; i < overview->count; i++) {
			struct overview_entry *entry = ARENA_PUSH(arena, out);

			entry->row = i;
			if (overview->headings == OVERVIEW_FOLDERS)
				entry->heading = path_parent(
					arena, overview->rows[i].repo->path);
		}
	}
	if (out->count)
		qsort(out->items, out->count, sizeof *out->items, by_heading);
}

static void add_row(struct table *table, const struct overview *overview,
                    const struct overview_row *row, int64_t now)
{
	struct invocation *invocation = overview->invocation;
	struct table_row *out = ARENA_PUSH(overview->arena, table);
	const struct column_source source = {
		.repo = row->repo,
		.summary = row->summary,
		.registry = &invocation->registry,
		.settings = &invocation->settings,
		.arena = overview->arena,
		.now = now,
	};

	out->whole = column_whole(&source);
	out->fit = row->summary->state == STATE_MISSING ? FIT_MIDDLE : FIT_END;
	out->color = column_color(&source);
	out->cells = arena_take(overview->arena,
	                        (out->whole ? 1 : table->column_count) *
	                                sizeof *out->cells);
	out->cells[0].text = text_escape(overview->arena, row->repo->name);
	for (size_t i = 0; !out->whole && i < overview->column_count; i++)
		column_cell(&out->cells[i + 1], overview->columns[i], &source);
}

static void set_columns(struct table *table, const struct overview *overview)
{
	const size_t *widths = overview->invocation->settings.widths;

	table->column_count = overview->column_count + 1; /* the name in front */
	table->columns = arena_take(overview->arena,
	                            table->column_count * sizeof *table->columns);
	table->columns[0].fit = FIT_NAME;
	for (size_t i = 0; i < overview->column_count; i++)
		table->columns[i + 1] = (struct table_column){
			.limit = widths[overview->columns[i]],
			.tail_limit = widths[WIDTH_SYMBOLS],
			.fit = column_fit(overview->columns[i]),
		};
}

void overview_table(struct table *out, size_t *indent, const struct overview *overview)
{
	struct arena *arena = overview->arena;
	struct overview_entries entries = {0};
	int64_t now = when_now();

	*out = (struct table){0};
	*indent = overview->headings == OVERVIEW_PLAIN ? 0 : INDENT;
	set_columns(out, overview);
	add_entries(&entries, overview);
	for (size_t i = 0; i < entries.count; i++) {
		const struct overview_entry *entry = &entries.items[i];
		const struct overview_entry *before = i ? entry - 1 : NULL;
		bool same = before && (!entry->heading ||
		                       strcmp(entry->heading, before->heading) == 0);

		if (same && entry->heading && entry->row == before->row)
			continue; /* named twice in its group */
		if (!same && entry->heading)
			ARENA_PUSH(arena, out)->heading = arena_format(
				arena, "%s:", text_escape(arena, entry->heading));
		add_row(out, overview, &overview->rows[entry->row], now);
	}
}

static int refuse_column(struct arena *arena, const char *name)
{
	struct strings names = {0};

	for (size_t i = 0; i < ITEM_COUNT; i++)
		strings_add(arena, &names, settings_items[i].name);
	return say_unknown("ll: no column", name, &names, "'gita info ll' lists them");
}

/* --cols, else those of info.csv; one that is named twice is shown once. */
int overview_set_columns(struct overview *overview, const char *list)
{
	const struct settings *settings = &overview->invocation->settings;
	bool shown[ITEM_COUNT] = {false};
	struct strings names = {0};

	if (!list) {
		for (size_t i = 0; i < settings->column_count; i++)
			overview->columns[i] = settings->columns[i];
		overview->column_count = settings->column_count;
		return STATUS_OK;
	}
	strings_split(overview->arena, &names, list, ", ");
	if (names.count == 0)
		return say_usage("ll: option '--cols' expects columns, not '%s'", list);
	for (size_t i = 0; i < names.count; i++) {
		enum item item;

		if (strcmp(names.items[i], "name") == 0)
			continue; /* it is always there, in front */
		if (!settings_item(&item, names.items[i]))
			return refuse_column(overview->arena, names.items[i]);
		if (!shown[item])
			overview->columns[overview->column_count++] = item;
		shown[item] = true;
	}
	return STATUS_OK;
}

int overview_status(const struct overview *overview)
{
	for (size_t i = 0; i < overview->count; i++) {
		enum state state = overview->rows[i].summary->state;

		if (state == STATE_BROKEN || state == STATE_TIMEOUT)
			return STATUS_FAILED;
	}
	return STATUS_OK;
}
