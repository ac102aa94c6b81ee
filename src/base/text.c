#include "base/text.h"

#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <utf8proc.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/strings.h"

enum { EMOJI_STYLE = 0xFE0F };

/* Decodes the code point at `text` and returns its length; -1 and 1 for an invalid
 * byte. `left` may be negative if the text ends with a NUL. */
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
	/* Unknown to this utf8proc: most likely as wide as its neighbours. */
	return (point >= 0x1F000 && point <= 0x1FAFF) || point >= 0x20000 ? 2 : 1;
}

/*
 * A grapheme cluster: a character with all that is combined with it (combining
 * marks, variation selectors, emoji joined by U+200D). Returns its length in bytes;
 * `*width` is at most two.
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

		if (used + width >= columns) /* leaves room for the ellipsis */
			break;
		used += width;
		length += step;
	}
	return arena_format(arena, "%.*s\u2026", (int)length, text);
}

char *text_cut_middle(struct arena *arena, const char *text, size_t columns)
{
	size_t left = text_width(text), back = (columns - 1) / 2;
	size_t front = columns - 1 - back, length = 0, width;
	const char *rest = text;

	if (left <= columns)
		return arena_string(arena, text);
	while (left > back) {
		size_t step = take_cluster(&width, rest);

		if (rest == text + length && width <= front) {
			front -= width;
			length += step;
		}
		left -= width;
		rest += step;
	}
	return arena_format(arena, "%.*s\u2026%s", (int)length, text, rest);
}

/* Control and bidirectional characters, as sorted ranges. */
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

const char *text_plain(struct arena *arena, const char *text)
{
	BUF out = {0};

	while (*text) {
		const char *start = strstr(text, "\033[");

		if (!start) {
			buf_adds(&out, text);
			break;
		}
		buf_add(&out, text, (size_t)(start - text));
		text = start + 2;
		text += strspn(text, "0123456789:;<=>?");
		text += strspn(text, " !\"#$%&'()*+,-./");
		text += *text != '\0';
	}
	return arena_string(arena, buf_text(&out));
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

static size_t least(size_t one, size_t other)
{
	return one < other ? one : other;
}

/*
 * Optimal string alignment: three rows of the matrix of distances between prefixes
 * of both words; a transposition looks back two rows.
 */
size_t text_distance(const char *from, const char *to)
{
	struct arena scratch = {0};
	size_t height = strlen(from), width = strlen(to), result;
	size_t *before = arena_take(&scratch, (width + 1) * sizeof *before);
	size_t *above = arena_take(&scratch, (width + 1) * sizeof *above);
	size_t *row = arena_take(&scratch, (width + 1) * sizeof *row);

	for (size_t x = 0; x <= width; x++)
		row[x] = x;
	for (size_t y = 1; y <= height; y++) {
		size_t *oldest = before;

		before = above;
		above = row;
		row = oldest;
		row[0] = y;
		for (size_t x = 1; x <= width; x++) {
			size_t replace = above[x - 1] + (from[y - 1] != to[x - 1]);

			row[x] = least(replace, least(above[x], row[x - 1]) + 1);
			if (y > 1 && x > 1 && from[y - 1] == to[x - 2] &&
			    from[y - 2] == to[x - 1])
				row[x] = least(row[x], before[x - 2] + 1);
		}
	}
	result = row[width];
	arena_drop(&scratch);
	return result;
}

/* How many edits a word of that length may be away. */
static size_t tolerance(size_t length)
{
	if (length <= 1)
		return 0; /* one edit away is every other such word */
	if (length <= 4)
		return 1;
	return length <= 7 ? 2 : 3;
}

/* How badly the candidate fits; TEXT_NO_FIT above `bound`. */
static size_t misfit(const char *word, const char *candidate, size_t bound)
{
	size_t length = strlen(word), other = strlen(candidate), distance;

	if (strcasecmp(word, candidate) == 0)
		return 0;
	if (strncasecmp(word, candidate, length) == 0)
		return 1;
	/* The distance is at least the difference of the lengths. */
	if ((length > other ? length - other : other - length) >= bound)
		return TEXT_NO_FIT;
	distance = text_distance(word, candidate);
	return distance < bound ? distance + 1 : TEXT_NO_FIT;
}

size_t text_nearest(struct strings *out, struct arena *arena, const char *word,
                    const struct strings *candidates)
{
	enum { MOST = 3 };
	size_t bound = tolerance(strlen(word)) + 1, best = TEXT_NO_FIT;
	struct strings found = {0};

	for (size_t i = 0; *word && i < candidates->count; i++) {
		const char *candidate = candidates->items[i];
		size_t fit = misfit(word, candidate, bound);

		if (fit > best || fit == TEXT_NO_FIT || strings_have(&found, candidate))
			continue;
		if (fit < best)
			found = (struct strings){0};
		best = fit;
		strings_add(arena, &found, candidate);
	}
	if (found.count == 0 || found.count > MOST)
		return TEXT_NO_FIT;
	for (size_t i = 0; i < found.count; i++)
		strings_add(arena, out, found.items[i]);
	return best;
}

const char *text_skip_prefix(const char *text, const char *prefix)
{
	size_t length = strlen(prefix);

	return strncmp(text, prefix, length) == 0 ? text + length : NULL;
}

bool text_has_suffix(const char *text, const char *suffix)
{
	size_t length = strlen(text), end = strlen(suffix);

	return length >= end && strcmp(text + length - end, suffix) == 0;
}

const char *text_skip_bom(const char *text)
{
	const char *rest = text_skip_prefix(text, "\xef\xbb\xbf");

	return rest ? rest : text;
}

int text_is_space(int byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

bool text_matches(const char *glob, const char *text)
{
	return fnmatch(glob, text, 0) == 0;
}

bool text_is_glob(const char *text)
{
	return strpbrk(text, "*?[") != NULL;
}

bool text_switch(bool *out, const char *text)
{
	static const struct {
		const char *word;
		bool on;
	} words[] = {
		{"true", true},   {"yes", true}, {"on", true},   {"1", true},
		{"false", false}, {"no", false}, {"off", false}, {"0", false},
	};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcasecmp(text, words[i].word) == 0) {
			*out = words[i].on;
			return true;
		}
	return false;
}

bool text_number(long *out, const char *text, long low, long high)
{
	const char *digits = text + (*text == '-');
	long number;

	if (!*digits || digits[strspn(digits, "0123456789")])
		return false;
	errno = 0;
	number = strtol(text, NULL, 10);
	if (errno || number < low || number > high)
		return false;
	*out = number;
	return true;
}
