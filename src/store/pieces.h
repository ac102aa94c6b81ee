/*
 * The events of a YAML file, one by one, as far as they are allowed.
 */
#ifndef STORE_PIECES_H
#define STORE_PIECES_H

#include <yaml.h>

#include "base/buf.h"
#include "base/error.h"

struct arena;

struct reader {
	yaml_parser_t parser;
	const struct buf *text;
	const char *path;
	struct arena *arena;
	struct notes *notes;
};

/* What is left of an event. */
struct piece {
	yaml_event_type_t type;
	unsigned line;
	const char *text; /* of a scalar; NULL for a null */
};

/* The next one. False where the file is refused, with a note: it does not parse,
 * or holds an anchor, alias, tag or NUL. */
bool piece_next(struct piece *out, struct reader *reader);

/* Whether a mapping or a sequence starts here. */
bool piece_opens(const struct piece *piece);

/* From behind such a start to behind its end; refuses what is nested deeper
 * than ENTRIES_DEPTH. */
bool piece_skip(struct reader *reader);

/* Always false, with the note that the file is refused. */
bool piece_refuse(const struct reader *reader, unsigned line, const char *why);

#endif
