#include "worktree/attributes.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"

const char attribute_set[] = "set", attribute_unset[] = "unset",
	   attribute_unspecified[] = "unspecified";

enum { LINE_LIMIT = 2048 }; /* git skips longer ones */

static const char blank[] = " \t\r\n";

static const char name_bytes[] =
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._";

static const char *const names[ATTRIBUTE_COUNT] = {
	"text", "crlf", "eol", "ident", "filter", "working-tree-encoding",
};

/*
 * Parses one of the words after a pattern: NAME, -NAME, !NAME or NAME=VALUE. Of git's
 * own macro `binary` only -text matters here. False: only git knows what it means. That
 * is an invalid name, for which git drops the line, and `binary` with another value.
 */
static bool parse_word(const char *values[ATTRIBUTE_COUNT], struct arena *arena,
                       const char *word)
{
	const char *value = attribute_set;
	size_t length;

	if (*word == '-' || *word == '!')
		value = *word++ == '-' ? attribute_unset : attribute_unspecified;
	if (strcmp(word, "binary") == 0) {
		values[ATTRIBUTE_TEXT] = attribute_unset;
		return value == attribute_set;
	}
	length = strcspn(word, "=");
	if (length == 0 || *word == '-' || strspn(word, name_bytes) < length)
		return false;
	for (size_t i = 0; i < ATTRIBUTE_COUNT; i++) {
		if (strlen(names[i]) != length || memcmp(names[i], word, length) != 0)
			continue;
		if (value == attribute_set && word[length])
			value = arena_string(arena, word + length + 1);
		values[i] = value;
	}
	return true;
}

static void parse_line(struct attribute_list *out, struct arena *arena, char *line)
{
	struct attribute_rule rule = {0};
	bool sets_any = false;
	char *rest;

	if (strlen(line) >= LINE_LIMIT)
		return;
	line += strspn(line, blank);
	if (!*line || *line == '#')
		return;
	if (*line == '"' || strncmp(line, "[attr]", 6) == 0) {
		out->needs_git = true;
		return;
	}
	rest = line + strcspn(line, blank);
	while (*rest) {
		char *word = rest + 1;

		*rest = '\0';
		word += strspn(word, blank);
		rest = word + strcspn(word, blank);
		if (*word) {
			char after = *rest;

			*rest = '\0';
			out->needs_git |= !parse_word(rule.values, arena, word);
			*rest = after;
		}
	}
	for (size_t i = 0; i < ATTRIBUTE_COUNT; i++)
		sets_any |= rule.values[i] != NULL;
	/* git allows no negated patterns here, and asks about no folders. */
	if (sets_any && ignore_pattern_parse(&rule.pattern, arena, line) &&
	    !rule.pattern.negated && !rule.pattern.folders)
		*ARENA_PUSH(arena, out) = rule;
}

void attributes_parse(struct attribute_list *out, struct arena *arena, struct buf *text)
{
	char *line, *end;

	buf_addc(text, '\n');
	line = text->data + (text_skip_bom(text->data) - text->data);
	for (; line < text->data + text->length; line = end + 1) {
		end = memchr(line, '\n', (size_t)(text->data + text->length - line));
		*end = '\0';
		parse_line(out, arena, line);
	}
}

void attributes_ask(const char *values[ATTRIBUTE_COUNT],
                    const struct attribute_list *list, const char *path, size_t length,
                    size_t name)
{
	for (size_t i = list->count; i-- > 0;) {
		const struct attribute_rule *rule = &list->items[i];

		if (!ignore_pattern_matches(&rule->pattern, path, length, name))
			continue;
		for (size_t k = 0; k < ATTRIBUTE_COUNT; k++) {
			if (!values[k])
				values[k] = rule->values[k];
		}
	}
}
