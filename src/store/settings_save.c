#include "store/settings.h"

#include <string.h>

#include "base/arena.h"
#include "csv_file.h"

bool settings_begin(struct settings *out, const struct home *home, struct arena *arena,
                    struct notes *notes, struct error *err)
{
	struct file_lock lock;

	out->lock.descriptor = -1;
	if (!file_make_folder(home->config, true, err) ||
	    !file_lock(&lock, home_file(home, arena, "repos.csv"), notes, err))
		return false;
	settings_load(out, home, arena, notes);
	out->lock = lock;
	return true;
}

void settings_end(struct settings *settings)
{
	file_unlock(&settings->lock);
}

static bool write_rows(const char *path, const struct csv *rows, struct error *err)
{
	BUF text = {0};

	for (size_t i = 0; i < rows->count; i++)
		csv_add_row(&text, &rows->items[i].fields, ',');
	return file_replace(path, buf_text(&text), text.length, err);
}

/* The value below each column of that name; a new column if there is none. */
static void put(struct csv *rows, struct arena *arena, const char *name,
                const char *value)
{
	struct strings *names = &rows->items[0].fields;
	struct strings *values = &rows->items[1].fields;
	bool found = false;

	for (size_t i = 0; i < names->count; i++) {
		if (strcmp(names->items[i], name) != 0)
			continue;
		values->items[i] = value;
		found = true;
	}
	if (found)
		return;
	strings_add(arena, names, name);
	strings_add(arena, values, value);
}

static bool save_pairs(const struct home *home, const char *file,
                       const char *const *names, const char *const *values,
                       size_t count, struct error *err)
{
	struct arena scratch = {0};
	const char *path = home_file(home, &scratch, file);
	struct csv rows;
	BUF text = {0};
	bool there, good;

	good = csv_file_read(&rows, &text, &there, &scratch, path, ',', err);
	if (good) {
		struct strings *below;

		while (rows.count < 2)
			ARENA_PUSH(&scratch, &rows);
		/* As many values as names, so that a new pair meets. */
		below = &rows.items[1].fields;
		while (below->count < rows.items[0].fields.count)
			strings_add(&scratch, below, "");
		below->count = rows.items[0].fields.count;
		for (size_t i = 0; i < count; i++)
			put(&rows, &scratch, names[i], values[i]);
		good = write_rows(path, &rows, err);
	}
	arena_drop(&scratch);
	return good;
}

bool settings_save_widths(const struct settings *settings, const struct home *home,
                          struct error *err)
{
	const char *names[WIDTH_COUNT], *values[WIDTH_COUNT];
	struct arena scratch = {0};
	bool good;

	for (size_t i = 0; i < WIDTH_COUNT; i++) {
		names[i] = settings_width_name(i);
		values[i] = arena_format(&scratch, "%zu", settings->widths[i]);
	}
	good = save_pairs(home, "layout.csv", names, values, WIDTH_COUNT, err);
	arena_drop(&scratch);
	return good;
}

/* All of them, for the Python tools know no defaults for a partial file. */
bool settings_save_colors(const struct settings *settings, const struct home *home,
                          struct error *err)
{
	const char *names[2 * SITUATION_COUNT], *colors[2 * SITUATION_COUNT];
	size_t count = SITUATION_COUNT;

	for (size_t i = 0; i < SITUATION_COUNT; i++) {
		names[i] = settings_situations[i].name;
		colors[i] = settings->colors[i];
		if (!settings_situations[i].old)
			continue;
		names[count] = settings_situations[i].old;
		colors[count++] = settings->colors[i];
	}
	return save_pairs(home, "color.csv", names, colors, count, err);
}

/* The row: the columns that are shown, then those that gita does not know. */
static void fill_columns(struct strings *row, struct arena *arena,
                         const struct settings *settings)
{
	struct strings old = *row;
	enum item item;

	*row = (struct strings){0};
	for (size_t i = 0; i < settings->column_count; i++)
		strings_add(arena, row, settings_items[settings->columns[i]].name);
	for (size_t i = 0; i < old.count; i++)
		if (!settings_item(&item, old.items[i]))
			strings_add(arena, row, old.items[i]);
}

bool settings_save_columns(const struct settings *settings, const struct home *home,
                           struct error *err)
{
	struct arena scratch = {0};
	const char *path = home_file(home, &scratch, "info.csv");
	struct csv rows;
	BUF text = {0};
	bool there, good;

	/* What a file without columns means differs between the tools. */
	good = settings->column_count > 0 ||
	       error_set(err, "cannot hide all columns: one at least is shown");
	good = good && csv_file_read(&rows, &text, &there, &scratch, path, ',', err);
	if (good) {
		if (!rows.count)
			ARENA_PUSH(&scratch, &rows);
		fill_columns(&rows.items[0].fields, &scratch, settings);
		good = write_rows(path, &rows, err);
	}
	arena_drop(&scratch);
	return good;
}

static bool reset(const struct home *home, const char *file, struct error *err)
{
	struct arena scratch = {0};
	bool good = file_remove(home_file(home, &scratch, file), err);

	arena_drop(&scratch);
	return good;
}

bool settings_reset_columns(const struct home *home, struct error *err)
{
	return reset(home, "info.csv", err);
}

bool settings_reset_colors(const struct home *home, struct error *err)
{
	return reset(home, "color.csv", err);
}
