#include "pieces.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "delegates_files.h"

bool piece_refuse(const struct reader *reader, unsigned line, const char *why)
{
	note(reader->notes, "%s:%u: %s; the file is not used", reader->path, line, why);
	return false;
}

/* Bytes that are no text have an offset in place of a mark. */
static unsigned error_line(const struct reader *reader)
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
		return "an alias, which is not allowed here";
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
		return "an anchor, which is not allowed here";
	return tag ? "a tag, which is not allowed here" : NULL;
}

static bool is_null(const yaml_event_t *event, const char *text)
{
	return event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
	       (!*text || strcmp(text, "~") == 0 || strcasecmp(text, "null") == 0);
}

static bool take_event(struct piece *out, const struct reader *reader,
                       const yaml_event_t *event)
{
	const char *why = forbidden(event);

	*out = (struct piece){event->type, (unsigned)event->start_mark.line + 1, NULL};
	if (!why && event->type == YAML_SCALAR_EVENT) {
		const char *text = (const char *)event->data.scalar.value;

		if (strlen(text) != event->data.scalar.length)
			why = "a NUL byte";
		else if (!is_null(event, text))
			out->text = arena_string(reader->arena, text);
	}
	return !why || piece_refuse(reader, out->line, why);
}

bool piece_next(struct piece *out, struct reader *reader)
{
	yaml_event_t event;
	bool good;

	if (!yaml_parser_parse(&reader->parser, &event))
		return piece_refuse(reader, error_line(reader), reader->parser.problem);
	good = take_event(out, reader, &event);
	yaml_event_delete(&event);
	return good;
}

bool piece_opens(const struct piece *piece)
{
	return piece->type == YAML_MAPPING_START_EVENT ||
	       piece->type == YAML_SEQUENCE_START_EVENT;
}

bool piece_skip(struct reader *reader)
{
	struct piece piece;

	for (int depth = 1; depth > 0;) {
		if (!piece_next(&piece, reader))
			return false;
		if (piece_opens(&piece))
			depth++;
		else if (piece.type == YAML_MAPPING_END_EVENT ||
		         piece.type == YAML_SEQUENCE_END_EVENT)
			depth--;
		if (depth > ENTRIES_DEPTH)
			return piece_refuse(reader, piece.line, "nested too deep");
	}
	return true;
}
