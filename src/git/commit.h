/*
 * What `git log` shows of a commit, in UTF-8.
 *
 * libgit2 finds the commit and hands out its text; the text is parsed here, because
 * libgit2 converts no encoding, and trims subjects, names and dates differently.
 */
#ifndef GIT_COMMIT_H
#define GIT_COMMIT_H

#include <stdint.h>

struct arena;

struct commit {
	const char *subject; /* %s */
	const char *author;  /* %an */
	const char *email;   /* %ae */
	int64_t time;        /* %ct */
};

/* `header`: the lines of the object with their line ends; `message`: what follows
 * the empty line, up to its first NUL, where it ends to git, too. */
void commit_parse(struct commit *out, struct arena *arena, const char *header,
                  const char *message);

#endif
