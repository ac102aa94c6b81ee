/*
 * JSON out. Values are built and printed; bytes that are no UTF-8 become U+FFFD.
 *
 * A value belongs to the array or object that it is put in; the outermost is
 * freed when it is printed. Keys keep the order in which they were set. Where a
 * text holds what could play tricks on a terminal (C1, bidirectional controls),
 * all of its line is written in ASCII, \uXXXX for the rest: to a reader of
 * JSON that is the same text.
 */
#ifndef CLI_JSON_H
#define CLI_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strings.h"

struct arena;
struct json;

struct json *json_new_array(void);
struct json *json_new_object(void);

/* NULL text is null. */
void json_set_text(struct json *object, const char *key, const char *text);
void json_set_bytes(struct json *object, const char *key, const char *bytes,
                    size_t length);
void json_set_integer(struct json *object, const char *key, int64_t value);
void json_set_real(struct json *object, const char *key, double value); /* 3 digits */
void json_set_bool(struct json *object, const char *key, bool value);
void json_set_null(struct json *object, const char *key);
void json_set_strings(struct json *object, const char *key, const struct strings *list);
void json_set(struct json *object, const char *key, struct json *value);
void json_add(struct json *array, struct json *value);

/* On stdout, with a newline at the end; an array one element a line. */
void json_print(struct json *value);

/* The line that json_print would print, without the newline. */
const char *json_line(struct arena *arena, struct json *value);

/*
 * The same array, its elements printed as they are made, so that a long one
 * need not be held: json_list_add for each, then json_list_end, also for none.
 */
struct json_list {
	size_t count;
};

void json_list_add(struct json_list *list, struct json *element);
void json_list_end(struct json_list *list);

/*
 * One object printed as it comes, where a text in it is too long to be held:
 * json_begin prints (and frees) what `object` has so far, json_text_* one more member
 * piece by piece, json_end closes the line.
 */
struct json_text {
	char rest[4]; /* the start of a character whose end is still to come */
	size_t length;
};

void json_begin(struct json *object);
void json_text_begin(struct json_text *text, const char *key);
void json_text_add(struct json_text *text, const char *bytes, size_t length);
void json_text_end(struct json_text *text);
void json_end(void);

/* JSON in: the object on a line, to be freed; NULL: there is none. */
struct json *json_parse(const char *line, size_t length);
void json_free(struct json *value); /* may be NULL */

/* A member; "" and false where there is none of that kind. */
const char *json_get_text(const struct json *object, const char *key);
bool json_get_integer(int64_t *out, const struct json *object, const char *key);
bool json_get_bool(const struct json *object, const char *key);

#endif
