/*
 * gitattributes(5), as far as they change a file on its way into the
 * repository.
 *
 * As for ignore rules a list is the content of one file, and who has several
 * asks the nearest to the path first. A value that one has given stays.
 */
#ifndef GIT_SCAN_ATTRIBUTES_H
#define GIT_SCAN_ATTRIBUTES_H

#include "scan_ignore.h"

enum attribute {
	ATTRIBUTE_TEXT,
	ATTRIBUTE_CRLF, /* what `text` was called once */
	ATTRIBUTE_EOL,
	ATTRIBUTE_IDENT,
	ATTRIBUTE_FILTER,
	ATTRIBUTE_ENCODING,
	ATTRIBUTE_COUNT
};

/* The values that are no text; told apart by their address. */
extern const char attribute_set[], attribute_unset[], attribute_unspecified[];

struct attribute_rule {
	struct ignore_rule rule;
	const char *values[ATTRIBUTE_COUNT]; /* NULL: the line does not name it */
};

struct attribute_list {
	struct attribute_rule *items;
	size_t count, room;
	bool odd; /* holds what only git is to read, as macros */
};

/* Reads the text of an attributes file, which is changed on the way. */
void attributes_parse(struct attribute_list *out, struct arena *arena,
                      struct buf *text);

/* Gives those of `values` that are NULL what the list says of the path; as for
 * ignore_ask(). */
void attributes_ask(const char *values[ATTRIBUTE_COUNT],
                    const struct attribute_list *list, const char *path, size_t length,
                    size_t name);

#endif
