/*
 * The rows of `gita ll`: what is shown, in which order, under which headings.
 */
#ifndef CMD_LL_H
#define CMD_LL_H

#include "cli/command.h"
#include "git/summary.h"

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

/* The value of --sort; an exit status, its reason said. */
int ll_order_read(struct ll_order *out, struct invocation *invocation,
                  const char *keys);
unsigned ll_order_wants(const struct ll_order *order);
void ll_sort(struct ll *ll);

void ll_print_table(const struct ll *ll);

#endif
