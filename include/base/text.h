/*
 * Text as people see it: display width, truncation, escaping for a terminal,
 * and the distance between words; prefixes, suffixes, globs and numbers.
 *
 * Input is bytes; a byte that is not part of valid UTF-8 counts as one column
 * and is written as \xHH by text_escape, as U+FFFD by text_utf8.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct buf;
struct strings;

/*
 * Columns on a terminal: two for a wide character, none for a combining one; at
 * most two for a grapheme cluster (a flag, emoji joined by U+200D or with U+FE0F).
 */
size_t text_width(const char *text);

/* `text` if it fits into `columns` (>= 1), else truncated, with U+2026 at the end. */
char *text_cut(struct arena *arena, const char *text, size_t columns);

/* The same with U+2026 in the middle; the front keeps the odd column. */
char *text_cut_middle(struct arena *arena, const char *text, size_t columns);

/*
 * Safe to print on a terminal, in one line: C0, DEL, C1 and the bidirectional
 * controls are written as \n, \t, \e, \xHH or \u{HHHH}, invalid UTF-8 as \xHH (hex
 * digits in upper case). Returns `text` itself if there is nothing to escape.
 */
const char *text_escape(struct arena *arena, const char *text);

/* Without the control sequences of a terminal (`ESC [ ... letter`, ECMA-48), such as
 * those for colours. */
const char *text_plain(struct arena *arena, const char *text);

/* The length of the control character that `text` starts with (one that text_escape
 * escapes, other than invalid UTF-8), 0 if it does not. */
size_t text_control(const char *text);

/* Appends the bytes as valid UTF-8, each invalid byte replaced by U+FFFD. */
void text_utf8(struct buf *out, const char *bytes, size_t length);

/* The number of edits (insert, delete, replace a byte, transpose neighbours) between
 * two words, with no byte edited twice (optimal string alignment). */
size_t text_distance(const char *from, const char *to);

/*
 * Appends what a mistyped `word` probably meant, at most three of the candidates: those
 * that differ only by case, else those with that prefix, else the nearest within 1 edit
 * for up to 4 bytes, 2 for up to 7, 3 above. Where more fit equally well, any of them
 * would be a guess: none. Returns how well they fit, 0 being best; TEXT_NO_FIT if there
 * is none.
 */
#define TEXT_NO_FIT SIZE_MAX
size_t text_nearest(struct strings *out, struct arena *arena, const char *word,
                    const struct strings *candidates);

/* The text after the prefix, NULL if `text` does not start with it. */
const char *text_skip_prefix(const char *text, const char *prefix);
bool text_has_suffix(const char *text, const char *suffix);

/* The text after a UTF-8 byte order mark, `text` itself if it has none. */
const char *text_skip_bom(const char *text);

/* git's isspace(): space, tab, line feed, carriage return. The signature is
 * that of <ctype.h>, so that it can replace isspace(). */
int text_is_space(int byte);

/* Shell glob (fnmatch without flags: `*` matches `/` too). */
bool text_matches(const char *glob, const char *text);
bool text_is_glob(const char *text); /* contains one of * ? [ */

/* Parses true, yes, on or 1, and false, no, off or 0, in any case; false if `text` is
 * anything else. */
bool text_switch(bool *out, const char *text);

/* Parses a decimal number from `low` to `high`; false if `text` is anything else. */
bool text_number(long *out, const char *text, long low, long high);

#endif
