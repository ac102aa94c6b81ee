#include "base/strings.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"

void strings_add(struct arena *arena, struct strings *list, const char *text)
{
	*ARENA_PUSH(arena, list) = text;
	list->items = arena_grow(arena, list->items, list->count, &list->room,
	                         sizeof *list->items); /* the NULL at the end */
}

void strings_add_all(struct arena *arena, struct strings *list,
                     const char *const *texts)
{
	for (; *texts; texts++)
		strings_add(arena, list, *texts);
}

static size_t place_of(const struct strings *list, const char *text)
{
	size_t i = 0;

	while (i < list->count && strcmp(list->items[i], text) != 0)
		i++;
	return i;
}

bool strings_have(const struct strings *list, const char *text)
{
	return place_of(list, text) < list->count;
}

bool strings_remove(struct strings *list, const char *text)
{
	size_t place = place_of(list, text);

	if (place == list->count)
		return false;
	memmove(list->items + place, list->items + place + 1,
	        (list->count - place) * sizeof *list->items);
	if (--list->count == 0)
		*list = (struct strings){0};
	return true;
}

static int by_bytes(const void *one, const void *other)
{
	return strcmp(*(const char *const *)one, *(const char *const *)other);
}

void strings_sort(struct strings *list)
{
	if (list->count)
		qsort(list->items, list->count, sizeof *list->items, by_bytes);
}

size_t sorted_place(const void *key, const void *items, size_t count, size_t size,
                    int (*compare)(const void *key, const void *item))
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare(key, (const char *)items + middle * size) > 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const void *sorted_find(const void *key, const void *items, size_t count, size_t size,
                        int (*compare)(const void *key, const void *item))
{
	size_t place = sorted_place(key, items, count, size, compare);
	const char *item = items;

	if (place == count || compare(key, item + place * size) != 0)
		return NULL;
	return item + place * size;
}

bool strings_have_sorted(const struct strings *sorted, const char *text)
{
	return sorted_find(&text, sorted->items, sorted->count, sizeof text,
	                   by_bytes) != NULL;
}

void strings_split(struct arena *arena, struct strings *out, const char *text,
                   const char *separators)
{
	for (text += strspn(text, separators); *text;
	     text += strspn(text, separators)) {
		size_t length = strcspn(text, separators);

		strings_add(arena, out, arena_bytes(arena, text, length));
		text += length;
	}
}

static const char blanks[] = " \t\n";

/* After a backslash, which in double quotes quotes only some characters. */
static const char *take_escaped(struct buf *word, const char *at, bool quoted)
{
	if (*at == '\n') /* a line continuation */
		return at + 1;
	if (*at == '\0' || (quoted && !strchr("$`\"\\", *at))) {
		buf_addc(word, '\\');
		return at;
	}
	buf_addc(word, *at);
	return at + 1;
}

/* From after an opening quote to after the closing one; NULL if there is none. */
static const char *take_quoted(struct buf *word, const char *at, char quote)
{
	while (*at && *at != quote) {
		if (*at == '\\' && quote == '"')
			at = take_escaped(word, at + 1, true);
		else
			buf_addc(word, *at++);
	}
	return *at ? at + 1 : NULL;
}

/* Parses one word; `*any` is false for a line continuation alone. */
static const char *take_word(struct buf *word, bool *any, const char *at)
{
	*any = false;
	while (at && *at && !strchr(blanks, *at)) {
		char byte = *at++;

		*any = *any || byte != '\\' || *at != '\n';
		if (byte == '\'' || byte == '"')
			at = take_quoted(word, at, byte);
		else if (byte == '\\')
			at = take_escaped(word, at, false);
		else
			buf_addc(word, byte);
	}
	return at;
}

bool words_split(struct strings *out, struct arena *arena, const char *text,
                 struct error *err)
{
	BUF word = {0};
	const char *at = text + strspn(text, blanks);

	while (*at) {
		bool any;

		buf_clear(&word);
		at = take_word(&word, &any, at);
		if (!at)
			return error_set(err, "cannot parse '%s': unclosed quote",
			                 text);
		if (any)
			strings_add(arena, out, arena_string(arena, buf_text(&word)));
		at += strspn(at, blanks);
	}
	return true;
}

void words_quote(struct buf *out, const char *word)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789_@%+=:,./-";

	if (*word && word[strspn(word, plain)] == '\0') {
		buf_adds(out, word);
		return;
	}
	buf_addc(out, '\'');
	for (; *word; word++) {
		if (*word == '\'')
			buf_adds(out, "'\\''");
		else
			buf_addc(out, *word);
	}
	buf_addc(out, '\'');
}

void words_join(struct buf *out, const struct strings *words)
{
	for (size_t i = 0; i < words->count; i++) {
		if (i)
			buf_addc(out, ' ');
		words_quote(out, words->items[i]);
	}
}
