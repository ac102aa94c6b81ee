/*
 * From a summary to what a person reads: cells of the table and JSON.
 *
 * Cells hold no control characters: what came out of a repository is escaped
 * here.
 */
#ifndef CLI_COLUMNS_H
#define CLI_COLUMNS_H

#include "cli/json.h"
#include "cli/table.h"
#include "git/summary.h"
#include "store/registry.h"
#include "store/settings.h"

struct arena;
struct buf;

/* What must be read to show an item. */
unsigned column_wants(enum item item);

/* How its column gives way on a narrow terminal. */
enum table_fit column_fit(enum item item);

struct column_source {
	const struct repo *repo;
	const struct summary *summary;
	const struct registry *registry;
	const struct settings *settings;
	struct arena *arena;
	int64_t now;
};

/* For a summary whose state is ok. */
void column_cell(struct cell *out, enum item item, const struct column_source *source);

/* The row's text for a repo that is missing or could not be read, else NULL. */
const char *column_whole(const struct column_source *source);

/* Where the summary stands to its upstream, or why it does not, as settings call it;
 * and the escape sequence of its colour, or NULL. */
enum situation column_situation(const struct summary *summary);
const char *column_color(const struct column_source *source);

/* The branch alone: its name, the one being rebased, `(tag)` or `(short hash)`. */
const char *column_branch(const struct summary *summary, struct arena *arena);

/* `↑2`: where the summary stands to its upstream, as a symbol; nothing while both are
 * equal, unless symbols.csv has a symbol for that. */
void column_sync(struct buf *out, const struct summary *summary,
                 const struct settings *settings);

/* `[*+$3?↑2]`: the symbols in their order, brackets included. */
void column_symbols(struct buf *out, const struct summary *summary,
                    const struct settings *settings);

/* The object of `ll --json`; needs WANT_TABLE. */
struct json *column_json(const struct column_source *source);

#endif
