/*
 * The rows behind cli/facts.h.
 */
#ifndef CLI_FACTS_TABLE_H
#define CLI_FACTS_TABLE_H

#include "cli/select.h"
#include "git/summary.h"
#include "store/journal.h"

/* What a fact is asked about. */
struct subject {
	struct invocation *invocation;
	const struct repo *repo;
	const struct summary *summary; /* NULL where no fact asked for state */
	const char *value;             /* behind the `:` */
	const struct journal *journal;
	int64_t now;
};

/* What a fact looks at; only the first needs a repo that could be read. */
enum asks { ASKS_STATE, ASKS_ANY_STATE, ASKS_JOURNAL };

struct fact {
	struct fact_row row;
	unsigned wants; /* what of a summary it needs; 0: nothing */
	enum asks asks;
	bool (*holds)(const struct subject *subject);
};

/* The row whose name is the first `length` bytes, or NULL. */
const struct fact *fact_find(const char *name, size_t length);

#endif
