/*
 * YAML to rows, by libyaml's events: no tree is built of what is refused.
 */
#include <string.h>

#include "base/arena.h"
#include "delegates_files.h"
#include "pieces.h"

const char *const entries_keys[KEY_COUNT] = {"cmd", "help", "shell", "allow_all",
                                             "disable_async"};

/* The note for an entry that is left out, if `good` until now. */
static void spoil(const struct reader *reader, const struct entry *entry, bool *good,
                  unsigned line, const char *why)
{
	if (*good)
		note(reader->notes, "%s:%u: '%s' is left out: %s", reader->path, line,
		     entry->name, why);
	*good = false;
}

static void set_value(const struct reader *reader, struct entry *entry, bool *given,
                      bool *good, const struct piece *key, const struct piece *value)
{
	const char *name = key->text ? key->text : "null";

	for (size_t i = 0; i < KEY_COUNT; i++) {
		if (strcmp(entries_keys[i], name) != 0)
			continue;
		if (piece_opens(value))
			spoil(reader, entry, good, value->line,
			      arena_format(reader->arena, "'%s' wants one value",
			                   name));
		else if (given[i])
			spoil(reader, entry, good, key->line,
			      arena_format(reader->arena, "'%s' is there twice", name));
		given[i] = true;
		entry->values[i] = value->text;
		return;
	}
	note(reader->notes, "%s:%u: '%s' has an unknown key '%s'", reader->path,
	     key->line, entry->name, name);
}

/* From behind the start of an entry's mapping to behind its end. */
static bool read_values(struct reader *reader, struct entry *entry, bool *good)
{
	bool given[KEY_COUNT] = {false};
	struct piece key, value;

	for (;;) {
		if (!piece_next(&key, reader))
			return false;
		if (key.type == YAML_MAPPING_END_EVENT)
			return true;
		if (piece_opens(&key))
			return piece_refuse(reader, key.line,
			                    "a key wants to be a word");
		if (!piece_next(&value, reader))
			return false;
		set_value(reader, entry, given, good, &key, &value);
		if (piece_opens(&value) && !piece_skip(reader))
			return false;
	}
}

/* The value of the key `name`, which becomes an entry if it can. */
static bool read_entry(struct reader *reader, struct entries *entries,
                       const struct piece *name)
{
	struct entry entry = {name->text ? name->text : "null", name->line, {NULL}};
	struct piece value;
	bool good = true;

	if (!piece_next(&value, reader))
		return false;
	for (size_t i = 0; i < entries->count; i++)
		if (strcmp(entries->items[i].name, entry.name) == 0)
			spoil(reader, &entry, &good, name->line,
			      "it is there already, further up");
	if (value.type == YAML_MAPPING_START_EVENT) {
		if (!read_values(reader, &entry, &good))
			return false;
	} else {
		if (value.type != YAML_SCALAR_EVENT || value.text)
			spoil(reader, &entry, &good, value.line,
			      "it wants keys such as 'cmd' and 'help'");
		if (piece_opens(&value) && !piece_skip(reader))
			return false;
	}
	if (good)
		*ARENA_PUSH(reader->arena, entries) = entry;
	return true;
}

static bool read_entries(struct reader *reader, struct entries *entries)
{
	struct piece name;

	for (size_t count = 0;; count++) {
		if (!piece_next(&name, reader))
			return false;
		if (name.type == YAML_MAPPING_END_EVENT)
			return true;
		if (name.type != YAML_SCALAR_EVENT)
			return piece_refuse(reader, name.line,
			                    "a name wants to be a word");
		if (count == ENTRIES_LIMIT)
			return piece_refuse(reader, name.line, "too many commands");
		if (!read_entry(reader, entries, &name))
			return false;
	}
}

/* One document, or none, with a mapping in it, or nothing. */
static bool read_stream(struct reader *reader, struct entries *entries)
{
	struct piece piece;

	for (bool behind = false;; behind = true) {
		do {
			if (!piece_next(&piece, reader))
				return false;
		} while (piece.type == YAML_STREAM_START_EVENT ||
		         piece.type == YAML_DOCUMENT_END_EVENT);
		if (piece.type == YAML_STREAM_END_EVENT)
			return true;
		if (behind)
			return piece_refuse(reader, piece.line, "a second document");
		if (!piece_next(&piece, reader))
			return false;
		if (piece.type == YAML_MAPPING_START_EVENT) {
			if (!read_entries(reader, entries))
				return false;
		} else if (piece.type != YAML_SCALAR_EVENT || piece.text) {
			return piece_refuse(
				reader, piece.line,
				"names of commands are wanted, each with its keys");
		}
	}
}

bool entries_read(struct entries *out, const struct buf *text, const char *path,
                  struct arena *arena, struct notes *notes)
{
	struct reader reader = {
		.text = text, .path = path, .arena = arena, .notes = notes};
	struct entries entries = {0};
	bool good;

	if (!yaml_parser_initialize(&reader.parser))
		return piece_refuse(&reader, 1, "out of memory");
	yaml_parser_set_input_string(
		&reader.parser, (const unsigned char *)buf_text(text), text->length);
	good = read_stream(&reader, &entries);
	yaml_parser_delete(&reader.parser);
	if (good)
		*out = entries;
	return good;
}
