/*
 * From words to repos.
 *
 * A selection is what a person types to choose repos: names of repos and
 * groups, globs, paths, facts (`@dirty`), less what `-x` names; without words it
 * is the context's repos, or all. A name wins over any other meaning of a word.
 * Repos stand in the order of the words, those of one word (a group, a glob)
 * sorted by name; no repo is in it twice.
 */
#ifndef CLI_SELECT_H
#define CLI_SELECT_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/invocation.h"
#include "git/summary.h"

struct selection {
	struct repo **items;
	size_t count;
	size_t room;
	bool named;          /* there were words */
	const char *context; /* the group that chose them for want of words, or NULL */
	size_t hidden;       /* repos that are not in it */
	unsigned wants; /* set before: what the caller will need of each repo, so that
	                   facts read it along; after: what `summaries` hold */
	struct summary **summaries; /* one a repo where facts were asked, else NULL */
};

/* Whether a command may go without words. */
enum select_rule {
	SELECT_ANY,   /* none: the context's, else all */
	SELECT_NAMED, /* none: the context's, else a usage error */
};

/*
 * The operands of the invocation, its -x and --all. An exit status, its reason
 * printed; an unknown word is a usage error with a suggestion.
 */
int select_repos(struct selection *out, struct invocation *invocation,
                 enum select_rule rule);

/* The same for words that stand elsewhere, without -x and --all. */
int select_words(struct selection *out, struct invocation *invocation,
                 const struct strings *words);

/*
 * The same in two steps, for a view in which state changes: the repos that the words
 * of the invocation name, and the facts by which some of them are shown.
 */
struct select_filter {
	struct strings facts;    /* all must hold */
	struct strings excluded; /* none may hold */
};
int select_candidates(struct selection *out, struct select_filter *filter,
                      struct invocation *invocation);

/* What must be read (WANT_*) to judge. */
unsigned select_filter_wants(const struct select_filter *filter,
                             struct invocation *invocation);

/* Sets holds[i] to whether repos[i] is shown. An exit status, its reason printed. */
int select_filter_judge(bool *holds, const struct select_filter *filter,
                        struct invocation *invocation, struct repo *const *repos,
                        struct summary *const *summaries, size_t count);

/* Whether a word reads as part of a selection now: a name, a glob that matches,
 * a path to a repo, a fact. For `super` and `shell`, where a command follows. */
bool select_understands(struct invocation *invocation, const char *word);

/*
 * The usage error for a word that names no repo: that no repo holds the path or matches
 * the glob, else `WHAT 'WORD'` with a suggestion: the fact without its @, else what is
 * near among repos, groups and `further`. The registry must have been read.
 */
int select_refuse(struct invocation *invocation, const char *what, const char *word,
                  const struct strings *further);

/* The one repo that a word names by name or path; a usage error otherwise. */
int select_one(struct repo **out, struct invocation *invocation, const char *word);
int select_group(struct group **out, struct invocation *invocation, const char *word);

/* The word that chooses the repo on a command line: its name, or the path where the
 * name, which is another tool's then, would be taken for an option. */
const char *select_word(const struct repo *repo);

/* For completion: the first repo that the words name, else the one we are in, else
 * the first of the context or of all; NULL: there is none. */
struct repo *select_nearest(struct invocation *invocation, const struct strings *words);

#endif
