/*
 * The user's file of commands as rows, before anybody asks what they mean.
 *
 * Read by libyaml's events, so that nothing is built of what is refused.
 */
#ifndef STORE_COMMANDS_YAML_H
#define STORE_COMMANDS_YAML_H

#include "base/buf.h"
#include "base/error.h"

struct arena;

enum {
	COMMANDS_YAML_SIZE = 1 << 20, /* bytes of the file */
	COMMANDS_YAML_LIMIT = 1000,   /* commands in it */
	COMMANDS_YAML_DEPTH = 8, /* nesting that is read past, to go on behind it */
};

/* The keys of an entry. */
enum { KEY_CMD, KEY_HELP, KEY_SHELL, KEY_ALLOW_ALL, KEY_DISABLE_ASYNC, KEY_COUNT };
extern const char *const commands_yaml_keys[KEY_COUNT];

struct yaml_command {
	const char *name;
	unsigned line;
	const char *values[KEY_COUNT]; /* NULL: not given, or null */
};

struct yaml_commands {
	struct yaml_command *items;
	size_t count;
	size_t room;
};

/*
 * The entries of a file's text, without those that are not made of plain
 * values, which leave a note `FILE:LINE: why`. False if the text as a whole
 * is refused; a note then says why.
 */
bool commands_yaml_read(struct yaml_commands *out, const struct buf *text,
                        const char *path, struct arena *arena, struct notes *notes);

/* JSON's pairs of \u escapes for one character, which YAML does not know, as
 * one \U escape. Line breaks stay where they are. */
void commands_yaml_join_surrogates(struct buf *text);

#endif
