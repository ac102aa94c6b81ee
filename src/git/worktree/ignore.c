#include "worktree/ignore.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "worktree/wildmatch.h"

/* Drops spaces at the end, as far as no backslash protects them. */
static void trim_spaces(char *line)
{
	char *spaces = NULL;

	for (char *at = line; *at; at++) {
		if (*at == ' ') {
			if (!spaces)
				spaces = at;
			continue;
		}
		spaces = NULL;
		if (*at == '\\' && !*++at)
			return;
	}
	if (spaces)
		*spaces = '\0';
}

bool ignore_pattern_parse(struct ignore_pattern *out, struct arena *arena,
                          const char *line)
{
	struct ignore_pattern pattern = {.negated = *line == '!'};

	line += pattern.negated;
	pattern.length = strlen(line);
	pattern.literal = strcspn(line, "*?[\\");
	pattern.suffix = *line == '*' && !line[1 + strcspn(line + 1, "*?[\\")];
	pattern.folders = pattern.length > 0 && line[pattern.length - 1] == '/';
	pattern.length -= pattern.folders;
	pattern.by_name = !memchr(line, '/', pattern.length);
	/* A slash in front only says that the pattern is not for names. */
	if (!pattern.by_name && *line == '/') {
		line++;
		pattern.length--;
		pattern.literal--;
	}
	if (pattern.length == 0)
		return false;
	if (pattern.literal > pattern.length)
		pattern.literal = pattern.length;
	pattern.text = arena_bytes(arena, line, pattern.length);
	*out = pattern;
	return true;
}

void ignore_parse(struct ignore_list *out, struct arena *arena, struct buf *text)
{
	char *line, *end;

	buf_addc(text, '\n');
	line = text->data + (text_skip_bom(text->data) - text->data);
	for (; line < text->data + text->length; line = end + 1) {
		struct ignore_pattern pattern;

		end = memchr(line, '\n', (size_t)(text->data + text->length - line));
		*end = '\0';
		if (end > text->data && end[-1] == '\r')
			end[-1] = '\0';
		if (*line == '#')
			continue;
		trim_spaces(line);
		if (ignore_pattern_parse(&pattern, arena, line))
			*ARENA_PUSH(arena, out) = pattern;
	}
}

static bool matches_name(const struct ignore_pattern *pattern, const char *name,
                         size_t length)
{
	size_t tail = pattern->length - 1;

	if (pattern->literal == pattern->length)
		return length == pattern->length &&
		       memcmp(pattern->text, name, length) == 0;
	if (pattern->suffix)
		return tail <= length &&
		       memcmp(pattern->text + 1, name + length - tail, tail) == 0;
	return wildmatch(pattern->text, name, length, false);
}

bool ignore_pattern_matches(const struct ignore_pattern *pattern, const char *path,
                            size_t length, size_t name)
{
	if (pattern->by_name)
		return matches_name(pattern, path + name, length - name);
	if (pattern->literal > length ||
	    memcmp(pattern->text, path, pattern->literal) != 0)
		return false;
	/* As in git only the rest is matched with wildcards, so that a `**` after
	 * literal bytes counts as if it stood in front. */
	return wildmatch(pattern->text + pattern->literal, path + pattern->literal,
	                 length - pattern->literal, true);
}

enum ignore_answer ignore_ask(const struct ignore_list *list, const char *path,
                              size_t length, size_t name, bool folder)
{
	for (size_t i = list->count; i-- > 0;) {
		const struct ignore_pattern *pattern = &list->items[i];

		if ((folder || !pattern->folders) &&
		    ignore_pattern_matches(pattern, path, length, name))
			return pattern->negated ? IGNORE_NO : IGNORE_YES;
	}
	return IGNORE_UNKNOWN;
}
