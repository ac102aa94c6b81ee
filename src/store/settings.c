#include "store/settings.h"

#include <string.h>

#include "base/arena.h"
#include "base/term.h"
#include "base/text.h"
#include "csv_file.h"

bool settings_item(enum item *out, const char *name)
{
	size_t i = 0;

	while (i < ITEM_COUNT && strcmp(settings_items[i].name, name) != 0)
		i++;
	*out = (enum item)i;
	return i < ITEM_COUNT;
}

bool settings_situation(enum situation *out, const char *name)
{
	size_t i = 0;

	while (i < SITUATION_COUNT && strcmp(settings_situations[i].name, name) != 0)
		i++;
	*out = (enum situation)i;
	return i < SITUATION_COUNT;
}

const char *settings_width_name(size_t width)
{
	return width == WIDTH_SYMBOLS ? "symbols" : settings_items[width].name;
}

bool settings_width(size_t *out, const char *name)
{
	size_t i = 0;

	while (i < WIDTH_COUNT && strcmp(settings_width_name(i), name) != 0)
		i++;
	*out = i;
	return i < WIDTH_COUNT;
}

static bool find_mark(size_t *out, const char *name)
{
	size_t i = 0;

	while (i < MARK_COUNT && strcmp(settings_marks[i].name, name) != 0)
		i++;
	*out = i;
	return i < MARK_COUNT;
}

const struct preset *settings_preset(const char *name)
{
	for (size_t i = 0; i < settings_preset_count; i++)
		if (strcmp(settings_presets[i].name, name) == 0)
			return &settings_presets[i];
	return NULL;
}

/* Where a value comes from, for the notes. */
struct source {
	struct settings *settings;
	struct notes *notes;
	const char *path;
	unsigned line;
	bool named[SITUATION_COUNT]; /* there was a colour for today's name */
};

static void take_width(struct source *from, const char *name, const char *value)
{
	size_t width;
	long number;

	if (!settings_width(&width, name) || !*value)
		return;
	if (text_number(&number, value, 0, WIDTH_MOST))
		from->settings->widths[width] = (size_t)number;
	else
		note(from->notes,
		     "%s:%u: the width of '%s' is not set: '%s' is no number from 0 "
		     "to %d",
		     from->path, from->line, name, value, WIDTH_MOST);
}

static bool old_situation(enum situation *out, const char *name)
{
	for (*out = 0; *out < SITUATION_COUNT; ++*out) {
		const char *old = settings_situations[*out].old;

		if (old && strcmp(old, name) == 0)
			return true;
	}
	return false;
}

static void take_color(struct source *from, const char *name, const char *value)
{
	enum situation situation;

	if (!*value)
		return;
	if (settings_situation(&situation, name))
		from->named[situation] = true;
	else if (!old_situation(&situation, name) || from->named[situation])
		return;
	if (term_color(value))
		from->settings->colors[situation] = value;
	else
		note(from->notes,
		     "%s:%u: '%s' has its usual colour: there is no colour '%s'",
		     from->path, from->line, name, value);
}

static void take_symbol(struct source *from, const char *name, const char *value)
{
	struct arena scratch = {0};
	size_t mark;

	if (!find_mark(&mark, name))
		return;
	if (text_escape(&scratch, value) == value)
		from->settings->symbols[mark] = value;
	else
		note(from->notes,
		     "%s:%u: '%s' has its usual symbol: the one given cannot be shown",
		     from->path, from->line, name);
	arena_drop(&scratch);
}

/* A file of names and, below, a value for each. */
static void load_pairs(struct settings *settings, const struct home *home,
                       struct arena *arena, struct notes *notes, const char *file,
                       void (*take)(struct source *, const char *, const char *))
{
	struct source from = {.settings = settings,
	                      .notes = notes,
	                      .path = home_file(home, arena, file)};
	struct error err;
	struct csv rows;
	BUF text = {0};
	bool there;

	if (!csv_file_read(&rows, &text, &there, arena, from.path, ',', &err)) {
		note(notes, "%s", err.text);
		return;
	}
	if (there && rows.count < 2)
		note(notes,
		     "cannot use '%s': it wants a row of names and one of values",
		     from.path);
	if (rows.count < 2)
		return;
	from.line = rows.items[1].line;
	for (size_t i = 0;
	     i < rows.items[0].fields.count && i < rows.items[1].fields.count; i++)
		take(&from, rows.items[0].fields.items[i],
		     rows.items[1].fields.items[i]);
}

/* Adds the item that the first row of info.csv names. */
static void take_column(const struct source *from, const char *name)
{
	struct settings *settings = from->settings;
	const char *why = NULL;
	enum item item;

	if (!settings_item(&item, name))
		why = "there is no such item";
	for (size_t i = 0; !why && i < settings->column_count; i++)
		if (settings->columns[i] == item)
			why = "it is there already";
	if (why)
		note(from->notes, "%s:%u: the column '%s' is left out: %s", from->path,
		     from->line, name, why);
	else
		settings->columns[settings->column_count++] = item;
}

static void load_columns(struct settings *settings, const struct home *home,
                         struct arena *arena, struct notes *notes)
{
	static const enum item usual[] = {ITEM_BRANCH, ITEM_COMMIT_MSG,
	                                  ITEM_COMMIT_TIME};
	struct source from = {.settings = settings,
	                      .notes = notes,
	                      .path = home_file(home, arena, "info.csv")};
	struct error err;
	struct csv rows;
	BUF text = {0};
	bool there;

	if (!csv_file_read(&rows, &text, &there, arena, from.path, ',', &err))
		note(notes, "%s", err.text);
	else if (there && !rows.count)
		note(notes, "the usual columns are shown: '%s' names none", from.path);
	for (size_t i = 0; rows.count && i < rows.items[0].fields.count; i++) {
		from.line = rows.items[0].line;
		take_column(&from, rows.items[0].fields.items[i]);
	}
	if (settings->column_count)
		return;
	memcpy(settings->columns, usual, sizeof usual);
	settings->column_count = sizeof usual / sizeof *usual;
}

void settings_load(struct settings *out, const struct home *home, struct arena *arena,
                   struct notes *notes)
{
	*out = (struct settings){.lock.descriptor = -1};
	for (size_t i = 0; i < SITUATION_COUNT; i++)
		out->colors[i] = settings_presets[0].colors[i];
	for (size_t i = 0; i < MARK_COUNT; i++)
		out->symbols[i] = settings_marks[i].symbol;
	load_columns(out, home, arena, notes);
	load_pairs(out, home, arena, notes, "layout.csv", take_width);
	load_pairs(out, home, arena, notes, "color.csv", take_color);
	load_pairs(out, home, arena, notes, "symbols.csv", take_symbol);
}
