/*
 * The user's file of commands: YAML to rows of strings, not yet interpreted.
 *
 * It is read event by event, so that no tree is built of a file that exceeds a
 * limit.
 */
#ifndef STORE_COMMANDS_YAML_H
#define STORE_COMMANDS_YAML_H

#include "base/buf.h"
#include "base/error.h"

struct arena;

enum {
	COMMANDS_YAML_SIZE = 1 << 20, /* bytes of the file */
	COMMANDS_YAML_LIMIT = 1000,   /* commands in it */
	COMMANDS_YAML_DEPTH = 8,      /* of nesting in a value that is skipped */
};

/* The keys of a command; from KEY_SHELL on true or false. */
enum {
	KEY_CMD,
	KEY_HELP,
	KEY_SHELL,
	KEY_ALLOW_ALL,
	KEY_DISABLE_ASYNC,
	KEY_PULL_SAFE,
	KEY_COUNT
};
extern const char *const commands_yaml_keys[KEY_COUNT];

struct yaml_command {
	const char *name;
	unsigned line;
	const char *values[KEY_COUNT]; /* NULL: missing, or null */
};

struct yaml_commands {
	struct yaml_command *items;
	size_t count;
	size_t room;
};

/*
 * The commands of a file's text. One whose values are not plain is ignored, with a
 * note `FILE:LINE: why`. False if the whole file is refused, with a note, too.
 */
bool commands_yaml_read(struct yaml_commands *out, const struct buf *text,
                        const char *path, struct arena *arena, struct notes *notes);

/* Replaces each pair of \u escapes by which JSON writes a character beyond U+FFFF
 * (surrogates, RFC 8259, section 7), invalid in YAML, by one \U escape. Line breaks
 * stay in place. */
void commands_yaml_join_surrogates(struct buf *text);

/* "libyaml 1.2.3" */
const char *commands_yaml_library(void);

#endif
