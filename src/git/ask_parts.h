/*
 * What the parts of one reading of git's answers share.
 *
 * A step returns false where the reading ends: the summary then says missing or
 * broken, and nothing else.
 */
#ifndef GIT_ASK_PARTS_H
#define GIT_ASK_PARTS_H

#include "git/ask.h"
#include "refs.h"

struct asked {
	struct summary *out;
	const struct answer *answers;
	struct arena *arena;
	const char *path;
	unsigned wants;
	bool bare; /* without a work tree, however that came about */
	bool in_git_folder;
	bool compared; /* there was something to count ahead and behind of */
	struct refs refs;
};

/* Whether the question was put and git ended well. */
bool asked_well(const struct asked *asked, enum question question);

/* Ends the reading, for the reason that git gave in this answer. */
bool asked_fail(struct asked *asked, enum question question);

/* A copy of the text up to the end of its line; moves behind it. */
const char *asked_line(const struct asked *asked, const char **at);

/* Where the git folder is, and that it is no other folder's. */
bool asked_place(struct asked *asked);

/* Upstream, the four flags and stashes, as far as wanted. */
bool asked_status(struct asked *asked);

#endif
