#include "commit.h"

#include <errno.h>
#include <iconv.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"

/* One part of the text; not ended by a NUL. */
struct part {
	const char *start;
	size_t length;
};

static size_t line_length(const char *line)
{
	return strcspn(line, "\n");
}

/* The last header of that name; git takes the last, too. */
static struct part find_header(const char *text, const char *name)
{
	size_t length = strlen(name);
	struct part found = {"", 0};

	while (*text && *text != '\n') {
		size_t line = line_length(text);

		if (line > length && strncmp(text, name, length) == 0 &&
		    text[length] == ' ')
			found = (struct part){text + length + 1, line - length - 1};
		text += line + (text[line] == '\n');
	}
	return found;
}

/* Into UTF-8 as a whole or not at all: reencode_string_iconv() of git. */
static bool convert(struct buf *out, iconv_t converter, char *from)
{
	size_t left = strlen(from);

	for (;;) {
		size_t room = left * 2 + 32;
		char *to = buf_reserve(out, room);
		size_t free_room = room;
		size_t done = iconv(converter, &from, &left, &to, &free_room);

		out->length += room - free_room;
		if (done != (size_t)-1)
			return true;
		if (errno != E2BIG)
			return false;
	}
}

static char *to_utf8(struct arena *arena, char *text)
{
	struct part header = find_header(text, "encoding");
	const char *name = arena_bytes(arena, header.start, header.length);
	iconv_t converter;
	BUF out = {0};

	if (!*name || strcasecmp(name, "utf-8") == 0 || strcasecmp(name, "utf8") == 0)
		return text;
	if (strcasecmp(name, "latin-1") == 0)
		name = "ISO-8859-1";
	converter = iconv_open("UTF-8", name);
	if (converter == (iconv_t)-1)
		return text;
	if (convert(&out, converter, text))
		text = arena_bytes(arena, buf_text(&out), out.length);
	iconv_close(converter);
	return text;
}

/* The line without blanks at its end. */
static size_t trimmed_length(const char *line)
{
	size_t length = line_length(line);

	while (length > 0 && text_is_space(line[length - 1]))
		length--;
	return length;
}

static const char *next_line(const char *line)
{
	size_t length = line_length(line);

	return line + length + (line[length] == '\n');
}

/* format_subject(): the first paragraph, on one line. */
static const char *read_subject(struct arena *arena, const char *text)
{
	BUF out = {0};

	while (*text && *text != '\n')
		text = next_line(text);
	while (*text && trimmed_length(text) == 0)
		text = next_line(text);
	for (; *text && trimmed_length(text) > 0; text = next_line(text)) {
		if (out.length > 0)
			buf_addc(&out, ' ');
		buf_add(&out, text, trimmed_length(text));
	}
	return arena_bytes(arena, buf_text(&out), out.length);
}

/* split_ident_line(): the name in front of `<`. */
static const char *read_name(struct arena *arena, struct part person)
{
	const char *mail = memchr(person.start, '<', person.length);
	size_t length;

	if (!mail || !memchr(mail, '>', person.length - (size_t)(mail - person.start)))
		return "";
	length = (size_t)(mail - person.start);
	while (length > 0 && text_is_space(person.start[length - 1]))
		length--;
	return arena_bytes(arena, person.start, length);
}

/* split_ident_line(): what stands between `<` and the next `>`. */
static const char *read_mail(struct arena *arena, struct part person)
{
	const char *mail = memchr(person.start, '<', person.length), *end;

	if (!mail)
		return "";
	mail++;
	end = memchr(mail, '>', person.length - (size_t)(mail - person.start));
	return end ? arena_bytes(arena, mail, (size_t)(end - mail)) : "";
}

/* split_ident_line(): the digits after the last `>`, before a time zone. */
static int64_t read_time(struct arena *arena, struct part person)
{
	const char *line = arena_bytes(arena, person.start, person.length);
	const char *date = strrchr(line, '>'), *zone;
	size_t digits;

	if (!date || !strchr(line, '<'))
		return 0;
	date++;
	while (text_is_space(*date))
		date++;
	digits = strspn(date, "0123456789");
	zone = date + digits;
	while (text_is_space(*zone))
		zone++;
	if (digits == 0 || (*zone != '+' && *zone != '-') ||
	    !strchr("0123456789", zone[1]) || !zone[1])
		return 0;
	return strtoll(date, NULL, 10);
}

void commit_parse(struct commit *out, struct arena *arena, const char *header,
                  const char *message)
{
	const char *text = to_utf8(arena,
	                           arena_format(arena, "%s\n%s", header, message));

	out->subject = read_subject(arena, text);
	out->author = read_name(arena, find_header(text, "author"));
	out->email = read_mail(arena, find_header(text, "author"));
	out->time = read_time(arena, find_header(text, "committer"));
}
