/*
 * A commit object's text: what `git log` shows of it, in UTF-8.
 *
 * Read from the raw bytes, because git prints commits that libgit2 refuses to
 * parse, and trims subjects and names differently.
 */
#ifndef GIT_COMMIT_H
#define GIT_COMMIT_H

#include <stddef.h>
#include <stdint.h>

struct arena;

struct commit {
	const char *subject; /* %s */
	const char *author;  /* %an */
	int64_t time;        /* %ct */
};

void commit_parse(struct commit *out, struct arena *arena, const char *bytes,
                  size_t length);

#endif
