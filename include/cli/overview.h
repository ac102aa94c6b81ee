/*
 * The rows of `ll`: which columns, in which order, under which headings.
 *
 * An overview is set up once (columns, sort keys) and may be filled again and again,
 * as a live view does: what a filling makes lives in `arena`, which is the owner's.
 */
#ifndef CLI_OVERVIEW_H
#define CLI_OVERVIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/invocation.h"
#include "cli/table.h"
#include "git/summary.h"

struct overview_key;

/* Keys, the most important first. */
enum { OVERVIEW_KEYS = 8 };

struct overview_order {
	const struct overview_key *keys[OVERVIEW_KEYS];
	size_t count;
};

struct overview_row {
	struct repo *repo;
	const struct summary *summary;
	size_t index;                       /* in the selection */
	const struct overview_order *order; /* while being sorted */
};

enum overview_headings { OVERVIEW_PLAIN, OVERVIEW_GROUPS, OVERVIEW_FOLDERS };

/* Zeroed but for what the owner sets: the first two members, and as it likes
 * `reversed` and `headings`. */
struct overview {
	struct invocation *invocation;
	struct arena *arena;
	struct overview_row *rows;
	size_t count;
	struct overview_order order;
	bool reversed;
	enum overview_headings headings;
	enum item columns[ITEM_COUNT];
	size_t column_count;
};

/* Columns by name, separated by commas, one that is named twice once; NULL: those of
 * the settings, which must have been read. An exit status, its reason printed. */
int overview_set_columns(struct overview *overview, const char *list);

/* Sort keys (cli/choices.h), separated by commas; NULL: none. An exit status, its
 * reason printed. */
int overview_set_order(struct overview *overview, const char *keys);

/* What must be read of each repo to sort and to show it. */
unsigned overview_wants(const struct overview *overview);

/* Makes the rows, sorted; `summaries` hold what overview_wants asked for. */
void overview_fill(struct overview *overview, struct repo *const *repos,
                   struct summary *const *summaries, size_t count);

/* The rows as a table, with their headings; `*indent` is what table_print takes. */
void overview_table(struct table *out, size_t *indent, const struct overview *overview);

/* STATUS_FAILED if a repo could not be read, else STATUS_OK. */
int overview_status(const struct overview *overview);

#endif
