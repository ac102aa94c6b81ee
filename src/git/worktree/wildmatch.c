#include "worktree/wildmatch.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"

/* Where to resume when what follows a star does not match: the pattern after the
 * star, and the first byte of the text that the star does not cover yet. */
struct wildmatch_star {
	const char *pattern;
	const char *text;
};

struct wildmatch {
	const char *start; /* of the pattern */
	const char *end;   /* of the text */
	bool pathname;
	struct wildmatch_star star; /* the last one that stops at a slash */
	struct wildmatch_star deep; /* the last one that matches slashes, too */
};

/* The classes of [[:name:]]. As in git they hold ASCII alone. */
static const struct {
	const char *name;
	int (*has)(int byte);
} classes[] = {
	{"alnum", isalnum},       {"alpha", isalpha}, {"blank", isblank},
	{"cntrl", iscntrl},       {"digit", isdigit}, {"graph", isgraph},
	{"lower", islower},       {"print", isprint}, {"punct", ispunct},
	{"space", text_is_space}, {"upper", isupper}, {"xdigit", isxdigit},
};

/*
 * Parses a class whose name starts at `*pattern`, after `[:`. Moves to its `]`; where
 * there is no `:]` it stays, and the bracket stands for itself. False: no class has
 * that name.
 */
static bool parse_class(const char **pattern, unsigned char byte, bool *matches,
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
		*matches |= byte < 128 && classes[i].has(byte);
		*found = true;
		*pattern = close;
		return true;
	}
	return false;
}

/* Matches a byte with the set whose first byte is at `pattern`. Returns what stands
 * after the set; NULL: the set has no end. */
static const char *match_set(const char *pattern, unsigned char byte, bool *matches)
{
	bool negated = *pattern == '!' || *pattern == '^';
	unsigned char before = 0, now; /* `before` may start a range */

	*matches = false;
	pattern += negated;
	do {
		bool class = false;

		now = (unsigned char)*pattern;
		if (now == '-' && before && pattern[1] && pattern[1] != ']') {
			pattern += pattern[1] == '\\' ? 2 : 1;
			now = (unsigned char)*pattern;
			*matches |= now && before <= byte && byte <= now;
			before = 0;
		} else if (now == '[' && pattern[1] == ':') {
			const char *name = pattern + 2;

			if (!parse_class(&name, byte, matches, &class))
				return NULL;
			if (class)
				pattern = name;
			else
				*matches |= byte == '[';
			before = class ? 0 : now;
		} else {
			if (now == '\\')
				now = (unsigned char)*++pattern;
			*matches |= now == byte;
			before = now;
		}
		if (!now)
			return NULL;
	} while (*++pattern != ']');
	*matches ^= negated;
	return pattern + 1;
}

/* Matches one byte of the text with what stands at `pattern`, which is no star.
 * Returns what follows it; NULL: they do not match. */
static const char *match_byte(const struct wildmatch *match, const char *pattern,
                              char byte)
{
	bool matches;

	switch (*pattern) {
	case '?':
		return match->pathname && byte == '/' ? NULL : pattern + 1;
	case '[':
		pattern = match_set(pattern + 1, (unsigned char)byte, &matches);
		return pattern && matches && !(match->pathname && byte == '/') ? pattern
		                                                               : NULL;
	case '\\':
		pattern++;
		break;
	}
	return *pattern && *pattern == byte ? pattern + 1 : NULL;
}

/*
 * Takes the stars at `pattern` to match nothing, and remembers how to resume with
 * more. Returns the pattern after them.
 */
static const char *take_stars(struct wildmatch *match, const char *pattern,
                              const char *text)
{
	const char *first = pattern;
	bool whole;

	while (*pattern == '*')
		pattern++;
	whole = pattern - first > 1 && (first == match->start || first[-1] == '/') &&
	        (*pattern == '\0' || *pattern == '/' ||
	         (pattern[0] == '\\' && pattern[1] == '/'));
	if (match->pathname && !whole) {
		match->star = (struct wildmatch_star){pattern, text + 1};
		return pattern;
	}
	match->star.pattern = NULL;
	if (match->pathname &&
	    *pattern == '/') { /* `**` and its slash may match nothing */
		match->deep = (struct wildmatch_star){pattern, text};
		return pattern + 1;
	}
	match->deep = (struct wildmatch_star){pattern, text + 1};
	return pattern;
}

/* Extends the last star that can match one byte more. Earlier ones need no second
 * try: what stands between two stars may as well match where it first does. */
static bool extend_star(struct wildmatch *match, const char **pattern,
                        const char **text)
{
	struct wildmatch_star *star = &match->star, *deep = &match->deep;

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

bool wildmatch(const char *pattern, const char *text, size_t length, bool pathname)
{
	struct wildmatch match = {
		.start = pattern, .end = text + length, .pathname = pathname};

	for (;;) {
		const char *next = NULL;

		if (*pattern == '*') {
			pattern = take_stars(&match, pattern, text);
			continue;
		}
		if (!*pattern && text == match.end)
			return true;
		if (text < match.end)
			next = match_byte(&match, pattern, *text);
		if (next) {
			pattern = next;
			text++;
		} else if (!extend_star(&match, &pattern, &text)) {
			return false;
		}
	}
}
