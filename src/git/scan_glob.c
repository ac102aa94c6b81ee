#include <ctype.h>
#include <string.h>

#include "scan_ignore.h"

/* Where to go on when what follows a star does not fit: the pattern behind it,
 * and the first byte that the star has not swallowed yet. */
struct retry {
	const char *pattern;
	const char *text;
};

struct match {
	const char *start; /* of the pattern */
	const char *end;   /* of the text */
	bool parts;
	struct retry star; /* stays within a part */
	struct retry deep; /* swallows slashes, too */
};

/* git's own idea of space has no vertical tab and no form feed. */
static int is_space(int byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* The classes of [[:name:]], for ASCII only: in other bytes git sees none. */
static const struct {
	const char *name;
	int (*has)(int byte);
} classes[] = {
	{"alnum", isalnum},  {"alpha", isalpha}, {"blank", isblank},
	{"cntrl", iscntrl},  {"digit", isdigit}, {"graph", isgraph},
	{"lower", islower},  {"print", isprint}, {"punct", ispunct},
	{"space", is_space}, {"upper", isupper}, {"xdigit", isxdigit},
};

/*
 * A class at `pattern`, which is behind `[:`. Moves to its `]`, or stays where
 * no `:]` is found, so that the bracket counts for itself. False: no such class.
 */
static bool read_class(const char **pattern, unsigned char byte, bool *fits,
                       bool *found)
{
	const char *close = strchr(*pattern, ']');
	size_t length;

	*found = false;
	if (!close)
		return false;
	if (close == *pattern || close[-1] != ':')
		return true;
	length = (size_t)(close - 1 - *pattern);
	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
		if (strlen(classes[i].name) != length ||
		    memcmp(classes[i].name, *pattern, length) != 0)
			continue;
		*fits |= byte < 128 && classes[i].has(byte);
		*found = true;
		*pattern = close;
		return true;
	}
	return false;
}

/* Behind the set whose first byte is at `pattern`; NULL where it never ends. */
static const char *read_set(const char *pattern, unsigned char byte, bool *fits)
{
	bool negated = *pattern == '!' || *pattern == '^';
	unsigned char before = 0, now; /* `before`: could be where a range starts */

	*fits = false;
	pattern += negated;
	do {
		bool class = false;

		now = (unsigned char)*pattern;
		if (now == '-' && before && pattern[1] && pattern[1] != ']') {
			pattern += pattern[1] == '\\' ? 2 : 1;
			now = (unsigned char)*pattern;
			*fits |= now && before <= byte && byte <= now;
			before = 0;
		} else if (now == '[' && pattern[1] == ':') {
			const char *name = pattern + 2;

			if (!read_class(&name, byte, fits, &class))
				return NULL;
			if (class)
				pattern = name;
			else
				*fits |= byte == '[';
			before = class ? 0 : now;
		} else {
			if (now == '\\')
				now = (unsigned char)*++pattern;
			*fits |= now == byte;
			before = now;
		}
		if (!now)
			return NULL;
	} while (*++pattern != ']');
	*fits ^= negated;
	return pattern + 1;
}

/* One byte of the text against what stands at `pattern`, which is no star;
 * behind it, or NULL where they do not fit. */
static const char *fit_byte(const struct match *match, const char *pattern, char byte)
{
	bool fits;

	switch (*pattern) {
	case '?':
		return match->parts && byte == '/' ? NULL : pattern + 1;
	case '[':
		pattern = read_set(pattern + 1, (unsigned char)byte, &fits);
		return pattern && fits && !(match->parts && byte == '/') ? pattern
		                                                         : NULL;
	case '\\':
		pattern++;
		break;
	}
	return *pattern && *pattern == byte ? pattern + 1 : NULL;
}

/*
 * The stars at `pattern`: remembers how to go on with more swallowed, and
 * returns the pattern to try with nothing swallowed.
 */
static const char *take_stars(struct match *match, const char *pattern,
                              const char *text)
{
	const char *first = pattern;
	bool whole;

	while (*pattern == '*')
		pattern++;
	whole = pattern - first > 1 && (first == match->start || first[-1] == '/') &&
	        (*pattern == '\0' || *pattern == '/' ||
	         (pattern[0] == '\\' && pattern[1] == '/'));
	if (match->parts && !whole) {
		match->star = (struct retry){pattern, text + 1};
		return pattern;
	}
	match->star.pattern = NULL;
	if (match->parts && *pattern == '/') { /* `**` and its slash may be nothing */
		match->deep = (struct retry){pattern, text};
		return pattern + 1;
	}
	match->deep = (struct retry){pattern, text + 1};
	return pattern;
}

/* The last star that can swallow one byte more does; earlier ones need not: what
 * stands between two stars fits best where it fits first. */
static bool take_more(struct match *match, const char **pattern, const char **text)
{
	struct retry *star = &match->star, *deep = &match->deep;

	if (star->pattern && star->text <= match->end && star->text[-1] != '/') {
		*pattern = star->pattern;
		*text = star->text++;
		return true;
	}
	star->pattern = NULL;
	if (!deep->pattern || deep->text > match->end)
		return false;
	*pattern = deep->pattern;
	*text = deep->text++;
	return true;
}

bool glob_fits(const char *pattern, const char *text, size_t length, bool parts)
{
	struct match match = {.start = pattern, .end = text + length, .parts = parts};

	for (;;) {
		const char *next = NULL;

		if (*pattern == '*') {
			pattern = take_stars(&match, pattern, text);
			continue;
		}
		if (!*pattern && text == match.end)
			return true;
		if (text < match.end)
			next = fit_byte(&match, pattern, *text);
		if (next) {
			pattern = next;
			text++;
		} else if (!take_more(&match, &pattern, &text)) {
			return false;
		}
	}
}
