/*
 * The part of base/text.h that compares words.
 */
#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

static size_t least(size_t one, size_t other)
{
	return one < other ? one : other;
}

/*
 * Optimal string alignment: rows of the matrix of distances between fronts of
 * both words, of which a swap looks back two.
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

/* How many edits a word of that length may be away and still be meant. */
static size_t tolerance(size_t length)
{
	if (length <= 1)
		return 0; /* one edit would make anything of it */
	if (length <= 4)
		return 1;
	return length <= 7 ? 2 : 3;
}

/* The one candidate that goes on where `word` ends; NULL if there are more. */
static const char *completed(const char *word, const char *const *candidates,
                             size_t count)
{
	const char *found = NULL;

	for (size_t i = 0; *word && i < count; i++) {
		if (!text_skip_prefix(candidates[i], word))
			continue;
		if (found)
			return NULL;
		found = candidates[i];
	}
	return found;
}

const char *text_nearest(const char *word, const char *const *candidates, size_t count)
{
	const char *nearest = completed(word, candidates, count);
	size_t length = strlen(word), bound = tolerance(length) + 1;

	if (nearest)
		return nearest;
	for (size_t i = 0; i < count; i++) {
		size_t other = strlen(candidates[i]), distance;

		/* Two words are never nearer than their lengths are. */
		if ((length > other ? length - other : other - length) >= bound)
			continue;
		distance = text_distance(word, candidates[i]);
		if (distance < bound) {
			bound = distance;
			nearest = candidates[i];
		}
	}
	return nearest;
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
	const char *behind = text_skip_prefix(text, "\xef\xbb\xbf");

	return behind ? behind : text;
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
