/*
 * What is read of many repos besides their summaries: branches, commits.
 *
 * In the same two ways as cli/survey.h: on worker threads by libgit2, and by git
 * where that could answer differently, in children with a deadline; the state of a
 * repo that cannot be read at all is the survey's. A kind says how one repo is read.
 */
#ifndef CLI_READINGS_H
#define CLI_READINGS_H

#include "base/arena.h"
#include "cli/invocation.h"
#include "git/ask.h"
#include "git/summary.h"

enum { READINGS_QUESTIONS = 3 }; /* at most */

struct readings_kind {
	size_t size; /* of what is read of one repo; zeroed memory is nothing */
	int questions;

	/* On a thread, with an arena of the repo's own; false: git is to be asked.
	 * `about` is the caller's and the same for all. */
	bool (*read)(void *out, const char *path, const void *about,
	             struct arena *arena);

	/* The words after `git` and the repo's flags, and what comes of the answers;
	 * false: why git could not tell. */
	void (*words)(struct strings *out, int question, const void *about,
	              struct arena *arena);
	bool (*parse)(void *out, const struct answer *answers, const void *about,
	              struct arena *arena, struct error *err);
};

/* What is known of one repo. */
struct finding {
	enum state state;
	const char *error; /* one line, where state is broken or timeout */
	void *out;         /* as its kind reads it; of use only where state is ok */
	struct arena arena;
};

/*
 * One finding a repo; `out` has `count` places, zeroed. An exit status, its reason
 * printed (an invalid GITA_STATUS_TIMEOUT). readings_drop ends their memory.
 */
int readings_make(struct finding *out, struct invocation *invocation,
                  struct repo *const *repos, size_t count,
                  const struct readings_kind *kind, const void *about);
void readings_drop(struct finding *findings, size_t count);

/* A warning for each repo that could not be read; STATUS_FAILED where one is broken or
 * gave no answer (one that is missing is no failure, as in `ll`). */
int readings_report(const struct finding *findings, struct repo *const *repos,
                    size_t count);

#endif
