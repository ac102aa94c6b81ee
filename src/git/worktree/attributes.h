/*
 * The rules of one attributes file: gitattributes(5), as far as they change a file on
 * its way into the repository.
 *
 * As with ignore rules a list is the content of one file, and who has several asks the
 * nearest to the path first. A value that one of them has set stays.
 */
#ifndef GIT_WORKTREE_ATTRIBUTES_H
#define GIT_WORKTREE_ATTRIBUTES_H

#include "worktree/ignore.h"

enum attribute {
	ATTRIBUTE_TEXT,
	ATTRIBUTE_CRLF, /* the old name of `text` */
	ATTRIBUTE_EOL,
	ATTRIBUTE_IDENT,
	ATTRIBUTE_FILTER,
	ATTRIBUTE_ENCODING,
	ATTRIBUTE_COUNT
};

/* The values that are no strings; compared by address. */
extern const char attribute_set[], attribute_unset[], attribute_unspecified[];

struct attribute_rule {
	struct ignore_pattern pattern;
	const char *values[ATTRIBUTE_COUNT]; /* NULL: the line does not name it */
};

struct attribute_list {
	struct attribute_rule *items;
	size_t count, room;
	bool needs_git; /* there are lines that only git reads, as macros */
};

/* Parses the text of an attributes file and changes it on the way. Patterns and values
 * live in the arena. */
void attributes_parse(struct attribute_list *out, struct arena *arena,
                      struct buf *text);

/* Sets those of `values` that are NULL to what the list says about a path; the path
 * as for ignore_ask(). */
void attributes_ask(const char *values[ATTRIBUTE_COUNT],
                    const struct attribute_list *list, const char *path, size_t length,
                    size_t name);

#endif
