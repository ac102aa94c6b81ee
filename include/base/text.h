/*
 * Text as people see it: its width, a cut, what may reach a terminal, how far
 * one word is from another.
 *
 * Input is bytes; a byte that is no part of valid UTF-8 counts as one column
 * and is shown as \xHH by text_escape, U+FFFD by text_utf8.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct buf;

/*
 * Columns on a terminal: wide characters two, combining ones none; what is
 * shown as one character (a flag, emoji tied by U+200D, one with U+FE0F) never
 * more than two.
 */
size_t text_width(const char *text);

/* `text` if it fits `columns`, else the front of it and U+2026; columns >= 1. */
char *text_cut(struct arena *arena, const char *text, size_t columns);

/*
 * A form that is harmless on a terminal and in one row: C0, DEL, C1 and the
 * bidirectional controls are written as \n, \t, \e, \xHH or \u{HHHH}, bytes that are
 * no UTF-8 as \xHH (big letters). Returns `text` itself where there is nothing to do.
 */
const char *text_escape(struct arena *arena, const char *text);

/* Bytes of the character at the front that must not reach a terminal (those that
 * text_escape writes otherwise, if they are UTF-8), 0 if it is none. */
size_t text_control(const char *text);

/* The bytes as valid UTF-8, each byte that is none replaced by U+FFFD. */
void text_utf8(struct buf *out, const char *bytes, size_t length);

/* Edits (insert, delete, replace a byte, swap neighbours) from one word to the
 * other, none of which changes what another one put there. */
size_t text_distance(const char *from, const char *to);

/*
 * What was meant by `word`: the one candidate that it is the front of, else the
 * nearest (the first of equal ones) within 1 edit for up to 4 bytes, 2 for up to
 * 7, 3 above. NULL where none is that near.
 */
const char *text_nearest(const char *word, const char *const *candidates, size_t count);

/* Behind the prefix, if `text` starts with it, else NULL. */
const char *text_skip_prefix(const char *text, const char *prefix);
bool text_has_suffix(const char *text, const char *suffix);

/* Behind the byte order mark of UTF-8, if `text` starts with one. */
const char *text_skip_bom(const char *text);

/* git's isspace(): space, tab, line feed, carriage return. An int, as <ctype.h>
 * has it, so that both can stand in one table. */
int text_is_space(int byte);

/* Shell glob (fnmatch without flags: `*` matches `/` too). */
bool text_matches(const char *glob, const char *text);
bool text_is_glob(const char *text); /* holds one of * ? [ */

/* A whole decimal number from `low` to `high`, nothing before or behind it. */
bool text_number(long *out, const char *text, long low, long high);

#endif
