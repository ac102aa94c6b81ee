#include "commands_yaml.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <yaml.h>

#include "base/arena.h"
#include "base/memory.h"

struct yaml_reader {
	yaml_parser_t parser;
	const struct buf *text;
	const char *path;
	struct arena *arena;
	struct notes *notes;
};

/* What is used of an event. */
struct yaml_piece {
	yaml_event_type_t type;
	unsigned line;
	const char *text; /* of a scalar; NULL if it is null */
};

static bool piece_refuse(const struct yaml_reader *reader, unsigned line,
                         const char *why)
{
	note(reader->notes, "%s:%u: %s; the file is ignored", reader->path, line, why);
	return false;
}

/* For invalid UTF-8, libyaml reports an offset instead of a mark. */
static unsigned error_line(const struct yaml_reader *reader)
{
	const yaml_parser_t *parser = &reader->parser;
	unsigned line = 1;

	if (parser->error != YAML_READER_ERROR)
		return (unsigned)parser->problem_mark.line + 1;
	for (size_t i = 0; i < parser->problem_offset && i < reader->text->length; i++)
		line += reader->text->data[i] == '\n';
	return line;
}

static const char *forbidden(const yaml_event_t *event)
{
	const yaml_char_t *anchor = NULL, *tag = NULL;

	if (event->type == YAML_ALIAS_EVENT)
		return "aliases are not supported";
	if (event->type == YAML_SCALAR_EVENT) {
		anchor = event->data.scalar.anchor;
		tag = event->data.scalar.tag;
	} else if (event->type == YAML_MAPPING_START_EVENT) {
		anchor = event->data.mapping_start.anchor;
		tag = event->data.mapping_start.tag;
	} else if (event->type == YAML_SEQUENCE_START_EVENT) {
		anchor = event->data.sequence_start.anchor;
		tag = event->data.sequence_start.tag;
	}
	if (anchor)
		return "anchors are not supported";
	return tag ? "tags are not supported" : NULL;
}

static bool is_null(const yaml_event_t *event, const char *text)
{
	return event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
	       (!*text || strcmp(text, "~") == 0 || strcasecmp(text, "null") == 0);
}

static bool take_event(struct yaml_piece *out, const struct yaml_reader *reader,
                       const yaml_event_t *event)
{
	const char *why = forbidden(event);

	*out = (struct yaml_piece){event->type, (unsigned)event->start_mark.line + 1,
	                           NULL};
	if (!why && event->type == YAML_SCALAR_EVENT) {
		const char *text = (const char *)event->data.scalar.value;

		if (strlen(text) != event->data.scalar.length)
			why = "NUL byte";
		else if (!is_null(event, text))
			out->text = arena_string(reader->arena, text);
	}
	return !why || piece_refuse(reader, out->line, why);
}

static bool piece_next(struct yaml_piece *out, struct yaml_reader *reader)
{
	yaml_event_t event;
	bool good;

	if (!yaml_parser_parse(&reader->parser, &event)) {
		if (reader->parser.error == YAML_MEMORY_ERROR)
			memory_exhausted();
		return piece_refuse(reader, error_line(reader), reader->parser.problem);
	}
	good = take_event(out, reader, &event);
	yaml_event_delete(&event);
	return good;
}

static bool piece_opens(const struct yaml_piece *piece)
{
	return piece->type == YAML_MAPPING_START_EVENT ||
	       piece->type == YAML_SEQUENCE_START_EVENT;
}

static bool piece_skip(struct yaml_reader *reader)
{
	struct yaml_piece piece;

	for (int depth = 1; depth > 0;) {
		if (!piece_next(&piece, reader))
			return false;
		if (piece_opens(&piece))
			depth++;
		else if (piece.type == YAML_MAPPING_END_EVENT ||
		         piece.type == YAML_SEQUENCE_END_EVENT)
			depth--;
		if (depth > COMMANDS_YAML_DEPTH)
			return piece_refuse(reader, piece.line, "nested too deeply");
	}
	return true;
}

const char *const commands_yaml_keys[KEY_COUNT] = {
	"cmd", "help", "shell", "allow_all", "disable_async", "pull_safe"};

/* Adds the note for an ignored entry, unless there is one (`*good` is false). */
static void spoil(const struct yaml_reader *reader, const struct yaml_command *entry,
                  bool *good, unsigned line, const char *why)
{
	if (*good)
		note(reader->notes, "%s:%u: '%s' is ignored: %s", reader->path, line,
		     entry->name, why);
	*good = false;
}

static void set_value(const struct yaml_reader *reader, struct yaml_command *entry,
                      bool *given, bool *good, const struct yaml_piece *key,
                      const struct yaml_piece *value)
{
	const char *name = key->text ? key->text : "null";

	for (size_t i = 0; i < KEY_COUNT; i++) {
		if (strcmp(commands_yaml_keys[i], name) != 0)
			continue;
		if (piece_opens(value))
			spoil(reader, entry, good, value->line,
			      arena_format(reader->arena, "'%s' must be a single value",
			                   name));
		else if (given[i])
			spoil(reader, entry, good, key->line,
			      arena_format(reader->arena, "duplicate key '%s'", name));
		given[i] = true;
		entry->values[i] = value->text;
		return;
	}
	spoil(reader, entry, good, key->line,
	      arena_format(reader->arena, "unknown key '%s'", name));
}

/* Reads an entry's mapping, of which the start has been read. */
static bool read_values(struct yaml_reader *reader, struct yaml_command *entry,
                        bool *good)
{
	bool given[KEY_COUNT] = {false};
	struct yaml_piece key, value;

	for (;;) {
		if (!piece_next(&key, reader))
			return false;
		if (key.type == YAML_MAPPING_END_EVENT)
			return true;
		if (piece_opens(&key))
			return piece_refuse(reader, key.line, "a key must be a word");
		if (!piece_next(&value, reader))
			return false;
		set_value(reader, entry, given, good, &key, &value);
		if (piece_opens(&value) && !piece_skip(reader))
			return false;
	}
}

/* Reads the value of the key `name` and appends the entry if it is valid. */
static bool read_entry(struct yaml_reader *reader, struct yaml_commands *entries,
                       const struct yaml_piece *name)
{
	struct yaml_command entry = {
		name->text ? name->text : "null", name->line, {NULL}};
	struct yaml_piece value;
	bool good = true;

	if (!piece_next(&value, reader))
		return false;
	for (size_t i = 0; i < entries->count; i++)
		if (strcmp(entries->items[i].name, entry.name) == 0)
			spoil(reader, &entry, &good, name->line,
			      "the name is a duplicate");
	if (value.type == YAML_MAPPING_START_EVENT) {
		if (!read_values(reader, &entry, &good))
			return false;
	} else {
		if (value.type != YAML_SCALAR_EVENT || value.text)
			spoil(reader, &entry, &good, value.line,
			      "expected keys such as 'cmd' and 'help'");
		if (piece_opens(&value) && !piece_skip(reader))
			return false;
	}
	if (good)
		*ARENA_PUSH(reader->arena, entries) = entry;
	return true;
}

static bool read_entries(struct yaml_reader *reader, struct yaml_commands *entries)
{
	struct yaml_piece name;

	for (size_t count = 0;; count++) {
		if (!piece_next(&name, reader))
			return false;
		if (name.type == YAML_MAPPING_END_EVENT)
			return true;
		if (name.type != YAML_SCALAR_EVENT)
			return piece_refuse(reader, name.line, "a name must be a word");
		if (count == COMMANDS_YAML_LIMIT)
			return piece_refuse(reader, name.line, "too many commands");
		if (!read_entry(reader, entries, &name))
			return false;
	}
}

/* At most one document, which is a mapping or empty. */
static bool read_stream(struct yaml_reader *reader, struct yaml_commands *entries)
{
	struct yaml_piece piece;

	for (bool second = false;; second = true) {
		do {
			if (!piece_next(&piece, reader))
				return false;
		} while (piece.type == YAML_STREAM_START_EVENT ||
		         piece.type == YAML_DOCUMENT_END_EVENT);
		if (piece.type == YAML_STREAM_END_EVENT)
			return true;
		if (second)
			return piece_refuse(reader, piece.line,
			                    "only one document is supported");
		if (!piece_next(&piece, reader))
			return false;
		if (piece.type == YAML_MAPPING_START_EVENT) {
			if (!read_entries(reader, entries))
				return false;
		} else if (piece.type != YAML_SCALAR_EVENT || piece.text) {
			return piece_refuse(reader, piece.line,
			                    "expected commands, each with its keys");
		}
	}
}

bool commands_yaml_read(struct yaml_commands *out, const struct buf *text,
                        const char *path, struct arena *arena, struct notes *notes)
{
	struct yaml_reader reader = {
		.text = text, .path = path, .arena = arena, .notes = notes};
	struct yaml_commands entries = {0};
	bool good;

	if (!yaml_parser_initialize(&reader.parser))
		memory_exhausted();
	yaml_parser_set_input_string(
		&reader.parser, (const unsigned char *)buf_text(text), text->length);
	good = read_stream(&reader, &entries);
	yaml_parser_delete(&reader.parser);
	if (good)
		*out = entries;
	return good;
}

enum { ESCAPE = 6, /* \uXXXX */ HIGH = 0xd800, LOW = 0xdc00, END = 0xe000 };

/* The code unit of the \u escape at `at`, 0 if there is none. */
static unsigned code_unit(const char *at)
{
	unsigned unit = 0;

	if (at[0] != '\\' || at[1] != 'u')
		return 0;
	for (int i = 2; i < ESCAPE; i++) {
		static const char digits[] = "0123456789abcdef0123456789ABCDEF";
		const char *digit = at[i] ? strchr(digits, at[i]) : NULL;

		if (!digit)
			return 0;
		unit = unit * 16 + (unsigned)(digit - digits) % 16;
	}
	return unit;
}

void commands_yaml_join_surrogates(struct buf *text)
{
	const char *at = buf_text(text), *end = at + text->length;
	struct buf joined = {0};

	while (at < end) {
		unsigned high = code_unit(at), low = 0;
		size_t step = at[0] == '\\' && at[1] ? 2 : 1;

		if (high >= HIGH && high < LOW)
			low = code_unit(at + ESCAPE);
		if (low >= LOW && low < END) {
			buf_addf(&joined, "\\U%08X",
			         0x10000 + ((high - HIGH) << 10) + (low - LOW));
			step = 2 * ESCAPE;
		} else {
			buf_add(&joined, at, step);
		}
		at += step;
	}
	buf_drop(text);
	*text = joined;
}

const char *commands_yaml_library(void)
{
	static char text[48];

	snprintf(text, sizeof text, "libyaml %s", yaml_get_version_string());
	return text;
}
