#include "base/text.h"

#include <string.h>
#include <utf8proc.h>

#include "base/arena.h"
#include "base/buf.h"

enum { EMOJI_STYLE = 0xFE0F };

/* The code point at `text` and its length; -1 and 1 for a byte that is none.
 * `left` may be negative where a NUL ends the text. */
static size_t decode(int32_t *point, const char *text, ptrdiff_t left)
{
	utf8proc_ssize_t length = utf8proc_iterate((const utf8proc_uint8_t *)text, left,
	                                           point);

	if (length > 0)
		return (size_t)length;
	*point = -1;
	return 1;
}

static size_t point_width(int32_t point)
{
	if (point < 0)
		return 1;
	if (utf8proc_category(point) != UTF8PROC_CATEGORY_CN)
		return (size_t)utf8proc_charwidth(point);
	/* Newer than utf8proc: most likely what its neighbours are. */
	return (point >= 0x1F000 && point <= 0x1FAFF) || point >= 0x20000 ? 2 : 1;
}

/*
 * What a terminal shows in one place: a character with all that joins it
 * (combining marks, variation selectors, emoji tied by U+200D). Its length in
 * bytes; `*width` is two at most.
 */
static size_t take_cluster(size_t *width, const char *text)
{
	utf8proc_int32_t state = 0;
	int32_t point, next;
	size_t length = decode(&point, text, -1);

	*width = point_width(point);
	while (point >= 0 && text[length]) {
		size_t step = decode(&next, text + length, -1);

		if (next < 0 || utf8proc_grapheme_break_stateful(point, next, &state))
			break;
		*width = next == EMOJI_STYLE ? 2 : *width + point_width(next);
		point = next;
		length += step;
	}
	if (*width > 2)
		*width = 2;
	return length;
}

size_t text_width(const char *text)
{
	size_t total = 0, width;

	while (*text) {
		text += take_cluster(&width, text);
		total += width;
	}
	return total;
}

char *text_cut(struct arena *arena, const char *text, size_t columns)
{
	size_t used = 0, length = 0, width;

	if (text_width(text) <= columns)
		return arena_string(arena, text);
	for (;;) {
		size_t step = take_cluster(&width, text + length);

		if (used + width >= columns) /* one is for the ellipsis */
			break;
		used += width;
		length += step;
	}
	return arena_format(arena, "%.*s\u2026", (int)length, text);
}

/* Sorted ranges of what a terminal would obey or reorder by. */
static const struct range {
	int32_t first, last;
} harmful[] = {
	{0x00, 0x1F},     {0x7F, 0x9F},     {0x61C, 0x61C},
	{0x200E, 0x200F}, {0x202A, 0x202E}, {0x2066, 0x2069},
};

static bool is_harmful(int32_t point)
{
	for (size_t i = 0; i < sizeof harmful / sizeof *harmful; i++) {
		if (point <= harmful[i].last)
			return point >= harmful[i].first;
	}
	return false;
}

size_t text_control(const char *text)
{
	int32_t point;
	size_t length = decode(&point, text, -1);

	return *text && is_harmful(point) ? length : 0;
}

static void add_escaped(struct buf *out, int32_t point)
{
	if (point == '\n')
		buf_adds(out, "\\n");
	else if (point == '\t')
		buf_adds(out, "\\t");
	else if (point == '\033')
		buf_adds(out, "\\e");
	else if (point < 0x80)
		buf_addf(out, "\\x%02X", (unsigned)point);
	else
		buf_addf(out, "\\u{%04X}", (unsigned)point);
}

const char *text_escape(struct arena *arena, const char *text)
{
	BUF out = {0};
	bool changed = false;

	for (const char *at = text; *at;) {
		int32_t point;
		size_t length = decode(&point, at, -1);

		changed = changed || is_harmful(point) || point < 0;
		if (point < 0)
			buf_addf(&out, "\\x%02X", (unsigned char)*at);
		else if (is_harmful(point))
			add_escaped(&out, point);
		else
			buf_add(&out, at, length);
		at += length;
	}
	return changed ? arena_string(arena, out.data) : text;
}

void text_utf8(struct buf *out, const char *bytes, size_t length)
{
	for (size_t at = 0; at < length;) {
		int32_t point;
		size_t step = decode(&point, bytes + at, (ptrdiff_t)(length - at));

		if (point < 0)
			buf_adds(out, "\uFFFD");
		else
			buf_add(out, bytes + at, step);
		at += step;
	}
}
