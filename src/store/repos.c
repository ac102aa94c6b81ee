#include "registry_files.h"

#include <stdlib.h>
#include <string.h>

enum { PATH, NAME, TYPE, FLAGS, COLUMNS };

static const struct rows_form form = {"repos.csv", ',', 2, 2, COLUMNS};

static int by_name(const void *one, const void *other)
{
	const struct repo *a = *(struct repo *const *)one;
	const struct repo *b = *(struct repo *const *)other;
	int order = strcmp(a->name, b->name);

	return order ? order : (a->line > b->line) - (a->line < b->line);
}

/* Fills `by_name`, and says where a name stands twice. */
static void sort_names(struct registry *registry, struct notes *notes)
{
	struct repos *sorted = &registry->by_name;

	for (size_t i = 0; i < registry->repos.count; i++)
		*ARENA_PUSH(registry->arena, sorted) = registry->repos.items[i];
	if (sorted->count)
		qsort(sorted->items, sorted->count, sizeof *sorted->items, by_name);
	for (size_t i = 1; i < sorted->count; i++)
		if (strcmp(sorted->items[i - 1]->name, sorted->items[i]->name) == 0)
			note(notes,
			     "%s:%u: the name '%s' is taken by a repo above; change "
			     "one of the two in the file",
			     home_file(registry->home, registry->arena, form.file),
			     sorted->items[i]->line, sorted->items[i]->name);
}

bool repos_read(struct registry *registry, struct notes *notes, struct error *err)
{
	struct rows rows;

	if (!rows_read(&rows, registry, &form, err))
		return false;
	for (size_t i = 0; i < rows.csv.count; i++) {
		const struct csv_row *row = &rows.csv.items[i];
		struct repo *repo = arena_take(registry->arena, sizeof *repo);

		*repo = (struct repo){.path = row->fields.items[PATH],
		                      .name = row->fields.items[NAME],
		                      .type = row->fields.items[TYPE],
		                      .flags = row->fields.items[FLAGS],
		                      .rest = rows_rest(&row->fields, COLUMNS),
		                      .line = row->line,
		                      .bytes = rows.bytes[i]};
		*ARENA_PUSH(registry->arena, &registry->repos) = repo;
	}
	sort_names(registry, notes);
	return true;
}

bool repos_write(const struct registry *registry, struct error *err)
{
	BUF text = {0};

	for (size_t i = 0; i < registry->repos.count; i++) {
		const struct repo *repo = registry->repos.items[i];

		if (repo->bytes) {
			buf_adds(&text, repo->bytes);
		} else {
			struct strings row = rows_fields(
				registry->arena,
				(const char *[]){repo->path, repo->name, repo->type,
			                         repo->flags},
				COLUMNS, &repo->rest);

			csv_add_row(&text, &row, form.delimiter);
		}
	}
	return file_replace(home_file(registry->home, registry->arena, form.file),
	                    buf_text(&text), text.length, err);
}

static int compare_name(const void *name, const void *item)
{
	return strcmp(name, (*(struct repo *const *)item)->name);
}

size_t repos_place(const struct registry *registry, const char *name)
{
	return sorted_place(name, registry->by_name.items, registry->by_name.count,
	                    sizeof *registry->by_name.items, compare_name);
}
