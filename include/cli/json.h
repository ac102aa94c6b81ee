/*
 * JSON out. Values are built and printed; bytes that are no UTF-8 become U+FFFD.
 *
 * A value belongs to the array or object that it is put in; the outermost is
 * freed by json_print.
 */
#ifndef CLI_JSON_H
#define CLI_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strings.h"

struct json;

struct json *json_array(void);
struct json *json_object(void);

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

/* On stdout, with a newline behind; an array one element a line. */
void json_print(struct json *value);

#endif
