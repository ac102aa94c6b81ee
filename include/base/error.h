/*
 * Errors, which say why something failed, and notes, which are warnings.
 *
 * A function that can fail returns bool and takes a struct error last: on
 * false it holds one complete sentence `what failed: why`, lower case, without
 * a full stop or the program's name; on true it is unchanged. The layer
 * that prints adds the prefix `gita: `.
 *
 * A note is a sentence of the same form about a problem that does not stop the
 * work (an invalid setting, an ignored file). Notes are collected in the
 * caller's list and live in its arena.
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* Room for a sentence with two of the longest paths in it; longer ones are cut. */
enum { ERROR_ROOM = 2 * 4096 + 512 };

struct error {
	char text[ERROR_ROOM];
};

/* Always false, so that a failure is `return error_set(err, ...)`. */
__attribute__((format(printf, 2, 3))) bool error_set(struct error *err,
                                                     const char *format, ...);

/* Appends `: ` and strerror(number), with a lower-case first letter. */
__attribute__((format(printf, 3, 4))) bool error_errno(struct error *err, int number,
                                                       const char *format, ...);

struct notes {
	struct arena *arena; /* of the sentences; set by the owner */
	const char **items;
	size_t count;
	size_t room;
};

__attribute__((format(printf, 2, 3))) void note(struct notes *notes, const char *format,
                                                ...);

#endif
