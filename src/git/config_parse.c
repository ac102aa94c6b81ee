#include "config.h"

#include <ctype.h>

#include "base/arena.h"
#include "base/buf.h"

/* git's own isspace() */
static bool is_space(int byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static bool is_key_byte(int byte)
{
	return byte == '-' || (byte < 128 && isalnum(byte));
}

/* The end counts as one more line end, as get_next_char() has it. */
static int next_byte(struct config_text *text)
{
	if (text->at == text->end) {
		text->over = true;
		return '\n';
	}
	if (*text->at == '\r' && text->at + 1 < text->end && text->at[1] == '\n')
		text->at++;
	return (unsigned char)*text->at++;
}

static void skip_line(struct config_text *text)
{
	while (next_byte(text) != '\n')
		continue;
}

/* ["sub"]: from the blank behind the section's name. */
static bool read_subsection(struct config_text *text)
{
	int byte;

	do {
		byte = next_byte(text);
		if (byte == '\n')
			return false;
	} while (is_space(byte));
	if (byte != '"')
		return false;
	buf_addc(text->key, '.');
	while ((byte = next_byte(text)) != '"') {
		if (byte == '\\')
			byte = next_byte(text);
		if (byte == '\n')
			return false;
		buf_addc(text->key, (char)byte);
	}
	return next_byte(text) == ']';
}

static bool read_section(struct config_text *text)
{
	buf_clear(text->key);
	for (;;) {
		int byte = next_byte(text);

		if (text->over)
			return false;
		if (byte == ']')
			break;
		if (is_space(byte)) {
			if (byte == '\n' || !read_subsection(text))
				return false;
			break;
		}
		if (!is_key_byte(byte) && byte != '.')
			return false;
		buf_addc(text->key, (char)tolower(byte));
	}
	if (text->key->length == 0)
		return false;
	buf_addc(text->key, '.');
	text->section = text->key->length;
	return true;
}

/* What stands for `\` and this byte; 0: the line goes on, -1: not allowed. */
static int escaped(int byte)
{
	switch (byte) {
	case '\n':
		return 0;
	case 't':
		return '\t';
	case 'b':
		return '\b';
	case 'n':
		return '\n';
	case '\\':
	case '"':
		return byte;
	default:
		return -1;
	}
}

static bool read_value(struct config_text *text, struct buf *out)
{
	bool quoted = false;
	size_t blanks = 0;
	int byte;

	while ((byte = next_byte(text)) != '\n') {
		if (!quoted && is_space(byte)) {
			blanks += out->length > 0;
			continue;
		}
		if (!quoted && (byte == ';' || byte == '#')) {
			skip_line(text);
			return true;
		}
		buf_repeat(out, ' ', blanks);
		blanks = 0;
		if (byte == '"') {
			quoted = !quoted;
			continue;
		}
		if (byte == '\\') {
			byte = escaped(next_byte(text));
			if (byte < 0)
				return false;
			if (byte == 0)
				continue;
		}
		buf_addc(out, (char)byte);
	}
	return !quoted;
}

/* From behind the first byte of its name, which is in `key`. */
static bool read_entry(struct config_text *text, struct config_entry *out,
                       struct arena *arena)
{
	BUF value = {0};
	int byte = next_byte(text);

	for (; !text->over && is_key_byte(byte); byte = next_byte(text))
		buf_addc(text->key, (char)tolower(byte));
	while (byte == ' ' || byte == '\t')
		byte = next_byte(text);
	*out = (struct config_entry){arena_string(arena, buf_text(text->key)), NULL};
	if (byte == '\n')
		return true;
	if (byte != '=' || !read_value(text, &value))
		return false;
	out->value = arena_bytes(arena, buf_text(&value), value.length);
	return true;
}

enum config_step config_next(struct config_text *text, struct config_entry *out,
                             struct arena *arena)
{
	for (;;) {
		int byte = next_byte(text);

		if (text->over)
			return CONFIG_END;
		if (is_space(byte))
			continue;
		if (byte == '#' || byte == ';') {
			skip_line(text);
			continue;
		}
		if (byte == '[') {
			if (!read_section(text))
				return CONFIG_BAD;
			continue;
		}
		/* A name before any section is nothing that git would write. */
		if (byte >= 128 || !isalpha(byte) || text->section == 0)
			return CONFIG_BAD;
		text->key->length = text->section;
		buf_addc(text->key, (char)tolower(byte));
		return read_entry(text, out, arena) ? CONFIG_ENTRY : CONFIG_BAD;
	}
}
