#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "base/term.h"
#include "base/text.h"
#include "base/when.h"
#include "cli/columns.h"
#include "ll.h"

enum { INDENT = 2 };

/* A row under its heading; a repo stands under each of its groups. */
struct entry {
	const char *heading; /* NULL: none */
	bool last;           /* behind all other headings */
	size_t row;
};

struct entries {
	struct entry *items;
	size_t count;
	size_t room;
};

static int by_heading(const void *one, const void *other)
{
	const struct entry *left = one, *right = other;
	int way = left->last - right->last;

	if (way == 0 && left->heading && right->heading)
		way = strcmp(left->heading, right->heading);
	if (way == 0)
		way = (left->row > right->row) - (left->row < right->row);
	return way;
}

/* Names of repos, to find their rows. */
struct name_row {
	const char *name;
	size_t row;
};

static int by_name(const void *one, const void *other)
{
	const struct name_row *left = one, *right = other;

	return strcmp(left->name, right->name);
}

static struct name_row *sorted_names(const struct ll *ll)
{
	struct name_row *names = arena_take(ll->invocation->arena,
	                                    ll->count * sizeof *names);

	for (size_t i = 0; i < ll->count; i++)
		names[i] = (struct name_row){ll->rows[i].repo->name, i};
	if (ll->count)
		qsort(names, ll->count, sizeof *names, by_name);
	return names;
}

static void add_groups(struct entries *out, const struct ll *ll)
{
	struct arena *arena = ll->invocation->arena;
	const struct registry *registry = &ll->invocation->registry;
	const struct name_row *names = sorted_names(ll);
	bool *grouped = arena_take(arena, ll->count * sizeof *grouped);

	for (size_t i = 0; i < registry->groups.count; i++) {
		const struct group *group = registry->groups.items[i];

		for (size_t j = 0; ll->count && j < group->members.count; j++) {
			const struct name_row key = {group->members.items[j], 0};
			const struct name_row *found = bsearch(&key, names, ll->count,
			                                       sizeof key, by_name);

			if (!found)
				continue;
			grouped[found->row] = true;
			*ARENA_PUSH(arena, out) = (struct entry){
				arena_format(arena, "%s:", group->name), false,
				found->row};
		}
	}
	for (size_t i = 0; i < ll->count; i++) {
		if (!grouped[i])
			*ARENA_PUSH(arena, out) = (struct entry){"(no group):", true,
			                                         i};
	}
}

static void add_entries(struct entries *out, const struct ll *ll)
{
	struct arena *arena = ll->invocation->arena;

	if (ll->headings == LL_GROUPS) {
		add_groups(out, ll);
	} else {
		for (size_t i = 0; i < ll->count; i++) {
			struct entry *entry = ARENA_PUSH(arena, out);

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

void ll_print_table(const struct ll *ll)
{
	struct arena *arena = ll->invocation->arena;
	struct table table = {0};
	struct entries entries = {0};
	int64_t now = when_now();

	set_columns(&table, ll);
	add_entries(&entries, ll);
	for (size_t i = 0; i < entries.count; i++) {
		const struct entry *entry = &entries.items[i];
		const struct entry *before = i ? entry - 1 : NULL;
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
