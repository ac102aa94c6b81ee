/*
 * How the table looks: columns (info.csv), widths (layout.csv), colours
 * (color.csv) and symbols (symbols.csv).
 *
 * Each file may be missing or incomplete: missing values have their default, and
 * so have invalid ones, with one note each. The tables below are the only lists of
 * items, situations and marks: files, `info`, `color`, help, completion and manual
 * follow from them.
 */
#ifndef STORE_SETTINGS_H
#define STORE_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/file.h"
#include "base/strings.h"
#include "store/home.h"

struct arena;

/* What a column of `ll` can show. */
enum item {
	ITEM_BRANCH,
	ITEM_BRANCH_NAME,
	ITEM_COMMIT_MSG,
	ITEM_COMMIT_TIME,
	ITEM_PATH,
	ITEM_UPSTREAM,
	ITEM_HASH,
	ITEM_AUTHOR,
	ITEM_REMOTE,
	ITEM_STASH,
	ITEM_SYNC,
	ITEM_FETCHED,
	ITEM_TYPE,
	ITEM_GROUPS,
	ITEM_COUNT
};

/* The branch compared with its upstream, or why there is no branch to compare; each
 * situation has a colour, those of a branch have a symbol, too. */
enum situation {
	SITUATION_IN_SYNC,
	SITUATION_LOCAL_AHEAD,
	SITUATION_REMOTE_AHEAD,
	SITUATION_DIVERGED,
	SITUATION_NO_REMOTE,
	SITUATION_UPSTREAM_GONE,
	SITUATION_OF_BRANCH, /* so many */
	SITUATION_MISSING = SITUATION_OF_BRANCH,
	SITUATION_BROKEN,
	SITUATION_TIMEOUT,
	SITUATION_COUNT
};

/* What has a symbol, in the order in which symbols are printed: five states of the
 * work tree, then the situation. */
enum mark {
	MARK_CONFLICTED,
	MARK_DIRTY,
	MARK_STAGED,
	MARK_STASHED,
	MARK_UNTRACKED,
	MARK_SITUATION, /* the first of SITUATION_OF_BRANCH marks */
	MARK_COUNT = MARK_SITUATION + SITUATION_OF_BRANCH
};

struct item_row {
	const char *name;
	const char *help;
};
struct situation_row {
	const char *name;
	const char *help;
	const char *old; /* its name in color.csv of the Python tool up to 0.16.2,
	                    or NULL; both are written, `name` has precedence */
};
struct mark_row {
	const char *name;
	const char *symbol;
};
extern const struct item_row settings_items[ITEM_COUNT];
extern const struct situation_row settings_situations[SITUATION_COUNT];
extern const struct mark_row settings_marks[MARK_COUNT];

/* A named set of colours, one for each situation. The first one is the default. */
struct preset {
	const char *name;
	const char *help;
	const char *colors[SITUATION_COUNT];
};
extern const struct preset settings_presets[];
extern const size_t settings_preset_count;

/* The symbols next to the branch have a width of their own, as in the Python tool:
 * layout.csv has a column `symbols`. */
enum { WIDTH_SYMBOLS = ITEM_COUNT, WIDTH_COUNT };
enum { WIDTH_MOST = 10000 };

struct settings {
	enum item columns[ITEM_COUNT];
	size_t column_count;
	size_t widths[WIDTH_COUNT];          /* 0: no limit */
	const char *colors[SITUATION_COUNT]; /* names of base/term.h */
	const char *symbols[MARK_COUNT];
	struct strings unread; /* paths of files that could not be read */
	struct file_lock lock; /* held from settings_begin to settings_end */
};

bool settings_item(enum item *out, const char *name);
bool settings_situation(enum situation *out, const char *name);
bool settings_width(size_t *out, const char *name); /* an item or `symbols` */
const char *settings_width_name(size_t width);
const struct preset *settings_preset(const char *name);

/* For a file that cannot be read, a note is added and the defaults are used. */
void settings_load(struct settings *out, const struct home *home, struct arena *arena,
                   struct notes *notes);

/*
 * A change consists of settings_begin (takes the lock of the registry, loads), the
 * change in the struct, one of the saves and, in every case, settings_end. A save
 * replaces one file and keeps its unknown columns. A file that does not parse, or could
 * not be read by settings_begin, is an error and is not changed.
 */
bool settings_begin(struct settings *out, const struct home *home, struct arena *arena,
                    struct notes *notes, struct error *err);
void settings_end(struct settings *settings);

bool settings_save_columns(const struct settings *settings, const struct home *home,
                           struct error *err); /* at least one column */
bool settings_save_widths(const struct settings *settings, const struct home *home,
                          struct error *err);
bool settings_save_colors(const struct settings *settings, const struct home *home,
                          struct error *err);

/* Restores the defaults by removing the files, of columns that of widths as well. */
bool settings_reset_columns(const struct home *home, struct error *err);
bool settings_reset_colors(const struct home *home, struct error *err);

#endif
