#include "store/settings.h"

#include <string.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/term.h"
#include "base/text.h"

const struct item_row settings_items[ITEM_COUNT] = {
	[ITEM_BRANCH] = {"branch", "branch, operation under way and symbols"},
	[ITEM_BRANCH_NAME] = {"branch_name", "branch alone; detached: tag or hash"},
	[ITEM_COMMIT_MSG] = {"commit_msg", "subject of the last commit"},
	[ITEM_COMMIT_TIME] = {"commit_time", "age of the last commit"},
	[ITEM_PATH] = {"path", "folder of the repo"},
	[ITEM_UPSTREAM] = {"upstream", "branch that is followed"},
	[ITEM_HASH] = {"hash", "short hash of the last commit"},
	[ITEM_AUTHOR] = {"author", "author of the last commit"},
	[ITEM_REMOTE] = {"remote", "URL that the branch is fetched from"},
	[ITEM_STASH] = {"stash", "number of stashes"},
	[ITEM_SYNC] = {"sync", "commits ahead of and behind the upstream"},
	[ITEM_FETCHED] = {"fetched", "when it was fetched last"},
	[ITEM_TYPE] = {"type", "repo, bare, worktree or submodule"},
	[ITEM_GROUPS] = {"groups", "groups that the repo is in"},
};

const struct situation_row settings_situations[SITUATION_COUNT] = {
	[SITUATION_IN_SYNC] = {"in_sync", "same commit as the upstream", "in-sync"},
	[SITUATION_LOCAL_AHEAD] = {"local_ahead", "commits to push", "local-ahead"},
	[SITUATION_REMOTE_AHEAD] = {"remote_ahead", "commits to pull", "remote-ahead"},
	[SITUATION_DIVERGED] = {"diverged", "commits on both sides", NULL},
	[SITUATION_NO_REMOTE] = {"no_remote", "no upstream", "no-remote"},
	[SITUATION_UPSTREAM_GONE] = {"upstream_gone", "upstream was deleted", NULL},
	[SITUATION_MISSING] = {"missing", "repo is not on disk", NULL},
	[SITUATION_BROKEN] = {"broken", "repo cannot be read", NULL},
	[SITUATION_TIMEOUT] = {"timeout", "repo did not answer in time", NULL},
};

const struct mark_row settings_marks[MARK_COUNT] = {
	[MARK_CONFLICTED] = {"conflicted", "!"},
	[MARK_DIRTY] = {"dirty", "*"},
	[MARK_STAGED] = {"staged", "+"},
	[MARK_STASHED] = {"stashed", "$"},
	[MARK_UNTRACKED] = {"untracked", "?"},
	[MARK_SITUATION + SITUATION_IN_SYNC] = {"in_sync", ""},
	[MARK_SITUATION + SITUATION_LOCAL_AHEAD] = {"local_ahead", "↑"},
	[MARK_SITUATION + SITUATION_REMOTE_AHEAD] = {"remote_ahead", "↓"},
	[MARK_SITUATION + SITUATION_DIVERGED] = {"diverged", "⇕"},
	[MARK_SITUATION + SITUATION_NO_REMOTE] = {"no_remote", "∅"},
	[MARK_SITUATION + SITUATION_UPSTREAM_GONE] = {"upstream_gone", "✗"},
};

/*
 * Bold, because green, yellow and cyan on a white ground, and blue on a black one,
 * have too little contrast to be read in thin letters.
 *
 * `colorblind` uses what people with red-green colour blindness can distinguish:
 * blue against yellow, and dark against bright. Source: M. Okabe, K. Ito, "Color
 * Universal Design", https://jfly.uni-koeln.de/color/
 */
const struct preset settings_presets[] = {
	{"default",
         "the colours of the Python tool, readable on any ground",
         {[SITUATION_IN_SYNC] = "b_green",
          [SITUATION_LOCAL_AHEAD] = "purple",
          [SITUATION_REMOTE_AHEAD] = "b_yellow",
          [SITUATION_DIVERGED] = "b_red",
          [SITUATION_NO_REMOTE] = "default",
          [SITUATION_UPSTREAM_GONE] = "b_cyan",
          [SITUATION_MISSING] = "b_purple",
          [SITUATION_BROKEN] = "b_red",
          [SITUATION_TIMEOUT] = "b_blue"}},
	{"colorblind",
         "colours that red-green blindness leaves apart",
         {[SITUATION_IN_SYNC] = "b_blue",
          [SITUATION_LOCAL_AHEAD] = "b_purple",
          [SITUATION_REMOTE_AHEAD] = "b_yellow",
          [SITUATION_DIVERGED] = "b_red",
          [SITUATION_NO_REMOTE] = "default",
          [SITUATION_UPSTREAM_GONE] = "underline",
          [SITUATION_MISSING] = "b_cyan",
          [SITUATION_BROKEN] = "b_red",
          [SITUATION_TIMEOUT] = "purple"}},
};
const size_t settings_preset_count = sizeof settings_presets / sizeof *settings_presets;

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
struct settings_source {
	struct settings *settings;
	struct notes *notes;
	const char *path;
	unsigned line;
	bool named[SITUATION_COUNT]; /* has a colour under its present name */
};

static void take_width(struct settings_source *from, const char *name,
                       const char *value)
{
	size_t width;
	long number;

	if (!settings_width(&width, name) || !*value)
		return;
	if (text_number(&number, value, 0, WIDTH_MOST))
		from->settings->widths[width] = (size_t)number;
	else
		note(from->notes,
		     "%s:%u: invalid width of '%s': '%s' is not a number from 0 "
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

/* The terminal's own colour; the Python tool knows it by the second name only. */
static const char own_color[] = "default", old_own_color[] = "end";

static void take_color(struct settings_source *from, const char *name,
                       const char *value)
{
	enum situation situation;

	if (!*value)
		return;
	if (settings_situation(&situation, name))
		from->named[situation] = true;
	else if (!old_situation(&situation, name) || from->named[situation])
		return;
	if (strcmp(value, old_own_color) == 0)
		value = own_color;
	if (term_color(value))
		from->settings->colors[situation] = value;
	else
		note(from->notes,
		     "%s:%u: '%s' has its default colour: unknown colour '%s'",
		     from->path, from->line, name, value);
}

static void take_symbol(struct settings_source *from, const char *name,
                        const char *value)
{
	struct arena scratch = {0};
	size_t mark;

	if (!find_mark(&mark, name))
		return;
	if (text_escape(&scratch, value) == value)
		from->settings->symbols[mark] = value;
	else
		note(from->notes,
		     "%s:%u: '%s' has its default symbol: the one in the file is not "
		     "printable",
		     from->path, from->line, name);
	arena_drop(&scratch);
}

/* Reads a file with a row of names and a row of values. */
static void load_pairs(struct settings *settings, const struct home *home,
                       struct arena *arena, struct notes *notes, const char *file,
                       void (*take)(struct settings_source *, const char *,
                                    const char *))
{
	struct settings_source from = {.settings = settings,
	                               .notes = notes,
	                               .path = home_file(home, arena, file)};
	struct error err;
	struct csv rows;
	BUF text = {0};
	bool there;

	if (!csv_read_file(&rows, &text, &there, arena, from.path, ',', &err)) {
		note(notes, "%s", err.text);
		strings_add(arena, &settings->unread, from.path);
		return;
	}
	if (there && rows.count < 2)
		note(notes,
		     "cannot use '%s': expected a row of names and a row of values",
		     from.path);
	if (rows.count < 2)
		return;
	from.line = rows.items[1].line;
	for (size_t i = 0;
	     i < rows.items[0].fields.count && i < rows.items[1].fields.count; i++)
		take(&from, rows.items[0].fields.items[i],
		     rows.items[1].fields.items[i]);
}

/* Appends the column for the item `name` of info.csv. */
static void take_column(const struct settings_source *from, const char *name)
{
	struct settings *settings = from->settings;
	const char *why = NULL;
	enum item item;

	if (!settings_item(&item, name))
		why = "no such item";
	for (size_t i = 0; !why && i < settings->column_count; i++)
		if (settings->columns[i] == item)
			why = "it is a duplicate";
	if (why)
		note(from->notes, "%s:%u: the column '%s' is ignored: %s", from->path,
		     from->line, name, why);
	else
		settings->columns[settings->column_count++] = item;
}

static void load_columns(struct settings *settings, const struct home *home,
                         struct arena *arena, struct notes *notes)
{
	static const enum item usual[] = {ITEM_BRANCH, ITEM_COMMIT_MSG,
	                                  ITEM_COMMIT_TIME};
	struct settings_source from = {.settings = settings,
	                               .notes = notes,
	                               .path = home_file(home, arena, "info.csv")};
	struct error err;
	struct csv rows;
	BUF text = {0};
	bool there;

	if (!csv_read_file(&rows, &text, &there, arena, from.path, ',', &err)) {
		note(notes, "%s", err.text);
		strings_add(arena, &settings->unread, from.path);
	} else if (there && !rows.count) {
		note(notes, "using the default columns: '%s' names none", from.path);
	}
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

/* The rows of a file that is to be saved, and whose values have been loaded: it may
 * have been unreadable then, so that the defaults would replace what it holds. */
static bool read_rows(struct csv *out, struct arena *arena,
                      const struct settings *settings, const char *path,
                      struct error *err)
{
	BUF text = {0};
	bool there;

	if (!csv_read_file(out, &text, &there, arena, path, ',', err))
		return false;
	return !strings_have(&settings->unread, path) ||
	       error_set(err, "cannot change '%s': it could not be read before", path);
}

static bool write_rows(const char *path, const struct csv *rows, struct error *err)
{
	BUF text = {0};

	for (size_t i = 0; i < rows->count; i++)
		csv_add_row(&text, &rows->items[i].fields, ',');
	return file_replace(path, buf_text(&text), text.length, err);
}

/* Sets the value of each column of that name, or appends a column. */
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

static bool save_pairs(const struct settings *settings, const struct home *home,
                       const char *file, const char *const *names,
                       const char *const *values, size_t count, struct error *err)
{
	struct arena scratch = {0};
	const char *path = home_file(home, &scratch, file);
	struct csv rows;
	bool good = read_rows(&rows, &scratch, settings, path, err);

	if (good) {
		struct strings *below;

		while (rows.count < 2)
			ARENA_PUSH(&scratch, &rows);
		/* As many values as names, so that a pair is appended at the same
		 * index. */
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
	good = save_pairs(settings, home, "layout.csv", names, values, WIDTH_COUNT,
	                  err);
	arena_drop(&scratch);
	return good;
}

/* All of them, since the Python tool has no defaults for a partial file. */
bool settings_save_colors(const struct settings *settings, const struct home *home,
                          struct error *err)
{
	const char *names[2 * SITUATION_COUNT], *colors[2 * SITUATION_COUNT];
	size_t count = SITUATION_COUNT;

	for (size_t i = 0; i < SITUATION_COUNT; i++) {
		names[i] = settings_situations[i].name;
		colors[i] = settings->colors[i];
		if (strcmp(colors[i], own_color) == 0)
			colors[i] = old_own_color;
		if (!settings_situations[i].old)
			continue;
		names[count] = settings_situations[i].old;
		colors[count++] = colors[i];
	}
	return save_pairs(settings, home, "color.csv", names, colors, count, err);
}

/* The columns that are shown, then the unknown ones. */
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
	bool good;

	/* The tools differ in what they show for a file without columns. */
	good = settings->column_count > 0 ||
	       error_set(err, "cannot hide all columns: at least one must be shown");
	good = good && read_rows(&rows, &scratch, settings, path, err);
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
	return reset(home, "info.csv", err) && reset(home, "layout.csv", err);
}

bool settings_reset_colors(const struct home *home, struct error *err)
{
	return reset(home, "color.csv", err);
}
