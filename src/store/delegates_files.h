/*
 * What delegates_load is made of: the built-in table, the file's rows as they
 * were read from YAML, and the limits of that file.
 */
#ifndef STORE_DELEGATES_FILES_H
#define STORE_DELEGATES_FILES_H

#include "base/buf.h"
#include "store/delegates.h"

struct builtin {
	const char *name;
	const char *command; /* behind `git`, words separated by spaces */
	const char *help;
	bool allow_all;
	bool disable_async;
};
extern const struct builtin delegates_builtin[];
extern const size_t delegates_builtin_count;

enum {
	ENTRIES_SIZE = 1 << 20, /* bytes of the file */
	ENTRIES_LIMIT = 1000,   /* commands in it */
	ENTRIES_DEPTH = 8,      /* nesting that is read past, to go on behind it */
};

/* The keys of an entry. */
enum { KEY_CMD, KEY_HELP, KEY_SHELL, KEY_ALLOW_ALL, KEY_DISABLE_ASYNC, KEY_COUNT };
extern const char *const entries_keys[KEY_COUNT];

struct entry {
	const char *name;
	unsigned line;
	const char *values[KEY_COUNT]; /* NULL: not given, or null */
};

struct entries {
	struct entry *items;
	size_t count;
	size_t room;
};

/*
 * The entries of a file's text, without those that are not made of plain
 * values, which leave a note `FILE:LINE: why`. False if the text as a whole
 * is refused; a note then says why.
 */
bool entries_read(struct entries *out, const struct buf *text, const char *path,
                  struct arena *arena, struct notes *notes);

/* JSON's pairs of \u escapes for one character, which YAML does not know, as
 * one \U escape. Line breaks stay where they are. */
void entries_join_surrogates(struct buf *text);

#endif
