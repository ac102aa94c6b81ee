/*
 * Facts: what can be true of a repo, as `@dirty` asks.
 *
 * A fact is a row: its name, what must be read to know it, and a test. Rows
 * joined by a comma are alternatives; several `@` words must all hold.
 */
#ifndef CLI_FACTS_H
#define CLI_FACTS_H

#include "cli/select.h"

/* Whether each of the words is a well-formed fact word; else the usage error that
 * lists the facts was said and STATUS_USAGE is returned. */
int facts_check(struct invocation *invocation, const struct strings *words);

/*
 * Takes out of `selection` what does not satisfy all of `words`; with `remove`,
 * what does. State is read only where a fact asks for it, and then left in
 * `selection->summaries`.
 */
int facts_narrow(struct selection *selection, struct invocation *invocation,
                 const struct strings *words, bool remove);

#endif
