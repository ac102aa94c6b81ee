/* Text that is measured, cut, escaped and made UTF-8. */
#include "fuzz.h"

#include "base/buf.h"
#include "base/strings.h"
#include "base/text.h"
#include "base/when.h"

enum { COLUMNS = 40, WORD = 64 };

static void try_cut(struct arena *arena, const char *text)
{
	size_t width = text_width(text);

	MUST(width <= 2 * strlen(text));
	for (size_t columns = 1; columns < COLUMNS; columns++) {
		const char *cut = text_cut(arena, text, columns);

		MUST(text_width(cut) <= columns);
		MUST((strcmp(cut, text) == 0) == (width <= columns));
	}
}

static void try_escape(struct arena *arena, const char *text)
{
	const char *escaped = text_escape(arena, text);
	BUF once = {0}, twice = {0};

	for (const char *at = escaped; *at; at++)
		MUST(text_control(at) == 0);
	text_utf8(&once, escaped, strlen(escaped));
	MUST(strcmp(buf_text(&once), escaped) == 0);
	text_utf8(&twice, text, strlen(text));
	buf_clear(&once);
	text_utf8(&once, buf_text(&twice), twice.length);
	MUST(strcmp(buf_text(&once), buf_text(&twice)) == 0);
}

static void try_numbers(const char *text)
{
	int64_t seconds;
	long number;
	BUF out = {0};

	if (text_number(&number, text, -5, 5))
		MUST(number >= -5 && number <= 5);
	if (when_parse_span(&seconds, text)) {
		MUST(seconds >= 0);
		when_relative(&out, seconds, INT64_MAX);
		when_relative(&out, INT64_MIN, seconds);
		when_duration(&out, (double)seconds);
	}
}

/* Two words: the distance is the same in both directions, 0 between equal ones. */
static void try_words(struct arena *arena, const char *one, const char *other)
{
	struct strings candidates = {0}, nearest = {0};

	if (strlen(one) > WORD || strlen(other) > WORD)
		return;
	MUST(text_distance(one, other) == text_distance(other, one));
	MUST((text_distance(one, other) == 0) == (strcmp(one, other) == 0));
	strings_add(arena, &candidates, other);
	MUST((text_nearest(&nearest, arena, one, &candidates) == TEXT_NO_FIT) ==
	     (nearest.count == 0));
	(void)text_matches(one, other);
	(void)text_is_glob(one);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = {data, data + size};
	struct arena arena = {0};
	char *text = fuzz_string(&input), *other = fuzz_string(&input);

	try_cut(&arena, text);
	try_escape(&arena, text);
	try_numbers(text);
	try_words(&arena, text, other);
	free(text);
	free(other);
	arena_drop(&arena);
	return 0;
}
