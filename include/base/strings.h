/*
 * Lists of strings, look-up in sorted items, and words quoted as for a POSIX
 * shell, which is how gita writes a list on one line.
 *
 * The strings and the list live in an arena. Strings are bytes, not necessarily
 * UTF-8.
 */
#ifndef BASE_STRINGS_H
#define BASE_STRINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct arena;
struct buf;

struct strings {
	const char **items; /* NULL while empty, else terminated by a NULL */
	size_t count;
	size_t room;
};

/* Appends; `text` is not copied. */
void strings_add(struct arena *arena, struct strings *list, const char *text);

/* Appends what stands before the NULL that ends `texts`. */
void strings_add_all(struct arena *arena, struct strings *list,
                     const char *const *texts);
bool strings_have(const struct strings *list, const char *text);

/* Removes the first item equal to `text`; returns whether there was one. */
bool strings_remove(struct strings *list, const char *text);
void strings_sort(struct strings *list); /* by byte value */

/* The same for a sorted list, in O(log n). */
bool strings_have_sorted(const struct strings *sorted, const char *text);

/*
 * The index of the first of `count` sorted items that is not less than `key`;
 * `count` if all are. Arguments as for bsearch(): compare(key, item).
 */
size_t sorted_place(const void *key, const void *items, size_t count, size_t size,
                    int (*compare)(const void *key, const void *item));

/* The first item equal to `key`, NULL if there is none. */
const void *sorted_find(const void *key, const void *items, size_t count, size_t size,
                        int (*compare)(const void *key, const void *item));

/* The non-empty pieces of `text` between bytes of `separators`. */
void strings_split(struct arena *arena, struct strings *out, const char *text,
                   const char *separators);

/*
 * Words as `sh` parses them: blanks separate, '...' and "..." and \ quote
 * (POSIX.1-2017, XCU 2.2); nothing is expanded. Fails on an unclosed quote.
 */
bool words_split(struct strings *out, struct arena *arena, const char *text,
                 struct error *err);

/* Appends a word, quoted for sh (and words_split) if it needs quoting. */
void words_quote(struct buf *out, const char *word);

/* Appends all words, separated by spaces; words_split returns the same list. */
void words_join(struct buf *out, const struct strings *words);

#endif
