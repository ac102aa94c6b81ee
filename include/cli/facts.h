/*
 * Facts: what can be true of a repo, as `@dirty` asks.
 *
 * A fact is a row: its name, what must be read to know it, and a test. Facts
 * joined by a comma (`@ahead,behind`) are alternatives; several `@` words must
 * all hold.
 */
#ifndef CLI_FACTS_H
#define CLI_FACTS_H

#include "cli/invocation.h"
#include "git/summary.h"

/* The rows, for help, completion and the test of the manual. */
struct fact_row {
	const char *name;  /* without @ */
	const char *value; /* what help calls the value after `:`, or NULL */
	const char *help;
};
const struct fact_row *facts_row(size_t index); /* NULL after the last */

/* Whether a word, `dirty` or `on:main`, is a fact but for its @. */
bool facts_know(const char *word);

/* Whether all of the words are valid: STATUS_OK, or prints the usage error (an
 * unknown fact lists all facts). The registry must have been read. */
int facts_check(struct invocation *invocation, const struct strings *words);

/* What must be read of a repo (WANT_*) to judge valid words; 0: nothing. */
unsigned facts_wants(struct invocation *invocation, const struct strings *words);

/*
 * Sets holds[i] to whether all of the words are true of repos[i]. `summaries`
 * hold at least what facts_wants asked for, or are NULL where that is nothing.
 * Reads the journal if a fact asks for the last run. An exit status, its reason
 * printed.
 */
int facts_judge(bool *holds, struct invocation *invocation, const struct strings *words,
                struct repo *const *repos, struct summary *const *summaries,
                size_t count);

#endif
