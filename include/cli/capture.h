/*
 * What one command says, for gita's own use.
 */
#ifndef CLI_CAPTURE_H
#define CLI_CAPTURE_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

struct captured {
	int exit;        /* -1: did not run, or was stopped */
	const char *out; /* standard output, `length` bytes and a NUL; in the arena */
	size_t length;
	const char *err;
};

/*
 * Runs `words` in `folder` (NULL: here) with the environment of a question to
 * git; true if it ended with status 0.
 */
bool capture(struct captured *out, struct arena *arena, const char *folder,
             const char *const *words);

#endif
