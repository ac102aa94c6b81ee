/*
 * The same struct summary, read from git's own output.
 *
 * This side knows which commands to run and how to read their output; the caller
 * runs them, in the repo's folder and with ENVIRONMENT_QUERY. Each is safe for any
 * repository: no hook, no fsmonitor, no network, no lock, no write. None but the last
 * needs another's answer, and to know which are needed the folder is not looked at: it
 * may be on a dead disk.
 */
#ifndef GIT_ASK_H
#define GIT_ASK_H

#include "base/strings.h"
#include "git/summary.h"

/* The questions, the cheapest first; which are needed follows from what is
 * wanted. */
enum question {
	ASK_PLACE,   /* where the git folder is, whether there is a work tree */
	ASK_HEAD,    /* the branch */
	ASK_COMMIT,  /* the commit of HEAD, or that there is none yet */
	ASK_STATUS,  /* files, upstream; fails in a bare repository */
	ASK_COUNTS,  /* ahead and behind */
	ASK_STASHES, /* fails where there are none */
	ASK_TAG,
	ASK_CONFIG, /* remotes; upstream of a bare repository's branch */
	ASK_COUNT
};

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

/*
 * Puts the answers together. `path` is looked at only when git has answered:
 * for kind and operation, and whether it is there at all.
 */
void ask_read(struct summary *out, const char *path, unsigned wants,
              const struct answer answers[ASK_COUNT], struct arena *arena);

/*
 * The one question that follows from the answers: HEAD does not say how far a branch
 * that is being rebased is from its upstream. False: not needed, as is anything but
 * WANT_SYNC; else the answer completes the summary.
 */
bool ask_rebased_words(struct strings *out, struct arena *arena,
                       const struct summary *summary, const struct strings *flags);
void ask_rebased_read(struct summary *out, const struct answer *answer);

/* Why there is no answer: the line on stderr in which git gives up, without the word
 * for that. */
const char *ask_reason(const struct answer *answer, struct arena *arena);

#endif
