#include "scan_ignore.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"

/* Spaces at the end do not count, unless a backslash holds them. */
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

bool ignore_rule_read(struct ignore_rule *out, struct arena *arena, const char *line)
{
	struct ignore_rule rule = {.negated = *line == '!'};

	line += rule.negated;
	rule.length = strlen(line);
	rule.plain = strcspn(line, "*?[\\");
	rule.suffix = *line == '*' && !line[1 + strcspn(line + 1, "*?[\\")];
	rule.folders = rule.length > 0 && line[rule.length - 1] == '/';
	rule.length -= rule.folders;
	rule.by_name = !memchr(line, '/', rule.length);
	/* A slash in front says only that the pattern is no name. */
	if (!rule.by_name && *line == '/') {
		line++;
		rule.length--;
		rule.plain--;
	}
	if (rule.length == 0)
		return false;
	if (rule.plain > rule.length)
		rule.plain = rule.length;
	rule.pattern = arena_bytes(arena, line, rule.length);
	*out = rule;
	return true;
}

void ignore_parse(struct ignore_list *out, struct arena *arena, struct buf *text)
{
	char *line, *end;

	buf_addc(text, '\n');
	line = text->data;
	if (text->length > 3 && memcmp(line, "\xef\xbb\xbf", 3) == 0)
		line += 3;
	for (; line < text->data + text->length; line = end + 1) {
		struct ignore_rule rule;

		end = memchr(line, '\n', (size_t)(text->data + text->length - line));
		*end = '\0';
		if (end > text->data && end[-1] == '\r')
			end[-1] = '\0';
		if (*line == '#')
			continue;
		trim_spaces(line);
		if (ignore_rule_read(&rule, arena, line))
			*ARENA_PUSH(arena, out) = rule;
	}
}

static bool fits_name(const struct ignore_rule *rule, const char *name, size_t length)
{
	size_t tail = rule->length - 1;

	if (rule->plain == rule->length)
		return length == rule->length &&
		       memcmp(rule->pattern, name, length) == 0;
	if (rule->suffix)
		return tail <= length &&
		       memcmp(rule->pattern + 1, name + length - tail, tail) == 0;
	return glob_fits(rule->pattern, name, length, false);
}

bool ignore_rule_fits(const struct ignore_rule *rule, const char *path, size_t length,
                      size_t name)
{
	if (rule->by_name)
		return fits_name(rule, path + name, length - name);
	if (rule->plain > length || memcmp(rule->pattern, path, rule->plain) != 0)
		return false;
	/* As in git the wildcards are asked about the rest alone, so that a `**`
	 * behind plain bytes counts as if it stood in front. */
	return glob_fits(rule->pattern + rule->plain, path + rule->plain,
	                 length - rule->plain, true);
}

enum ignore_answer ignore_ask(const struct ignore_list *list, const char *path,
                              size_t length, size_t name, bool folder)
{
	for (size_t i = list->count; i-- > 0;) {
		const struct ignore_rule *rule = &list->items[i];

		if ((folder || !rule->folders) &&
		    ignore_rule_fits(rule, path, length, name))
			return rule->negated ? IGNORE_NO : IGNORE_YES;
	}
	return IGNORE_UNKNOWN;
}
