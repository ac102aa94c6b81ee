/*
 * The same struct summary, told by git itself.
 *
 * This side knows which commands to run and how to read their answers; who
 * has a process engine runs them. Each is safe for any repository: no hook, no
 * fsmonitor, no network, no lock, no write.
 */
#ifndef GIT_ASK_H
#define GIT_ASK_H

#include "base/strings.h"
#include "git/summary.h"

/* The questions; which are needed follows from what is wanted. */
enum question { ASK_STATUS, ASK_COMMIT, ASK_TAG, ASK_REMOTE, ASK_COUNT };

struct answer {
	bool asked;
	int exit;        /* exit status; -1: did not run or was stopped */
	const char *out; /* standard output, `length` bytes and a NUL */
	size_t length;
	const char *err; /* standard error, for the reason of a broken repository */
};

/*
 * The words after `git` for one question, with the repo's own `flags` (split,
 * may be empty) in front; false: not needed for `wants`.
 */
bool ask_words(struct strings *out, struct arena *arena, enum question question,
               unsigned wants, const struct strings *flags);

/* Puts the answers together. `path` is looked at for kind and operation. */
void ask_read(struct summary *out, const char *path, unsigned wants,
              const struct answer answers[ASK_COUNT], struct arena *arena);

#endif
