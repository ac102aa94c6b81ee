/*
 * Why something could not be done, and what is worth saying though it could.
 *
 * A function that can fail returns bool and takes a struct error last: on
 * false it holds one finished sentence `what failed: why`, lower case, without
 * a full stop or the program's name; on true it was not touched. The layer
 * that prints puts `gita: ` in front.
 *
 * A note is a sentence of the same form for something that stops nothing (a
 * setting that is not valid, a file skipped). Notes are collected in the
 * caller's list and live in its arena.
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* Room for a sentence with two of the longest paths in it; more is cut. */
enum { ERROR_ROOM = 2 * 4096 + 512 };

struct error {
	char text[ERROR_ROOM];
};

/* Always false, so that a failure is `return error_set(err, ...)`. */
__attribute__((format(printf, 2, 3))) bool error_set(struct error *err,
                                                     const char *format, ...);

/* The same with `: ` and the system's words for the errno `number` behind, the
 * first letter made small ("permission denied"). */
__attribute__((format(printf, 3, 4))) bool error_errno(struct error *err, int number,
                                                       const char *format, ...);

struct notes {
	struct arena *arena; /* where the sentences live; set by the owner */
	const char **items;
	size_t count;
	size_t room;
};

__attribute__((format(printf, 2, 3))) void note(struct notes *notes, const char *format,
                                                ...);

#endif
