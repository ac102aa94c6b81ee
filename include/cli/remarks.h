/*
 * Remarks about many of a kind: what is said of several is said once, with the names
 * of all in front.
 *
 *     gita: clone: 'docs', 'web' skipped: no URL (repos.txt:4, 7)
 *
 * Remarks are collected and printed together, in the order in which each was first
 * made. On a terminal no more names are listed than a person reads. The texts and the
 * list belong to the arena.
 */
#ifndef CLI_REMARKS_H
#define CLI_REMARKS_H

#include <stddef.h>

#include "base/strings.h"

struct arena;

/* Zeroed but for the first members, which the owner sets. */
struct remarks {
	struct arena *arena;
	const char *title; /* of the command */
	const char *file;  /* that lines are those of */
	/* Of cli/out.h: say or say_warning. */
	__attribute__((format(printf, 1, 2))) void (*say)(const char *format, ...);

	struct remark {
		const char *what; /* `skipped: no URL` */
		struct strings about;
		struct strings lines;
	} * items;
	size_t count, room;
};

/* Says of `about` (`'web'`; NULL: it has no name) what `what` says, because of a line
 * of the file (0: of none). */
void remarks_add(struct remarks *remarks, const char *about, const char *what,
                 unsigned line);

/* Prints what was added, and forgets it. */
void remarks_say(struct remarks *remarks);

#endif
