#include "cli/json.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/memory.h"
#include "base/text.h"
#include "cli/out.h"

/* Enough digits for thousandths, too few for 6.2 to become 6.2000000000000002. */
enum { REAL_DIGITS = 15 };

/* Outside this file, jansson's values are ours under another name. */
static json_t *inner(struct json *value)
{
	return (json_t *)value;
}

static struct json *outer(json_t *value)
{
	return (struct json *)value;
}

static void *take_memory(size_t size)
{
	return memory_resize(NULL, size);
}

/* Memory that runs out ends the program, here as everywhere. */
static void set_memory(void)
{
	json_set_alloc_funcs(take_memory, free);
}

struct json *json_new_array(void)
{
	set_memory();
	return outer(json_array());
}

struct json *json_new_object(void)
{
	set_memory();
	return outer(json_object());
}

static void set(struct json *object, const char *key, json_t *value)
{
	json_object_set_new_nocheck(inner(object), key, value);
}

static json_t *new_text(const char *bytes, size_t length)
{
	BUF text = {0};

	text_utf8(&text, bytes, length);
	return json_stringn_nocheck(buf_text(&text), text.length);
}

void json_set_bytes(struct json *object, const char *key, const char *bytes,
                    size_t length)
{
	set(object, key, new_text(bytes, length));
}

void json_set_text(struct json *object, const char *key, const char *text)
{
	set(object, key, text ? new_text(text, strlen(text)) : json_null());
}

void json_set_integer(struct json *object, const char *key, int64_t value)
{
	set(object, key, json_integer(value));
}

void json_set_real(struct json *object, const char *key, double value)
{
	double thousandths = value * 1000 + (value < 0 ? -0.5 : 0.5);

	set(object, key, json_real((double)(int64_t)thousandths / 1000));
}

void json_set_bool(struct json *object, const char *key, bool value)
{
	set(object, key, json_boolean(value));
}

void json_set_null(struct json *object, const char *key)
{
	set(object, key, json_null());
}

void json_set_strings(struct json *object, const char *key, const struct strings *list)
{
	json_t *array = json_array();

	for (size_t i = 0; i < list->count; i++)
		json_array_append_new(array,
		                      new_text(list->items[i], strlen(list->items[i])));
	set(object, key, array);
}

void json_set(struct json *object, const char *key, struct json *value)
{
	set(object, key, inner(value));
}

void json_add(struct json *array, struct json *value)
{
	json_array_append_new(inner(array), inner(value));
}

static int add_piece(const char *bytes, size_t length, void *context)
{
	buf_add(context, bytes, length);
	return 0;
}

static void dump(struct buf *out, const json_t *value, size_t flags)
{
	buf_clear(out);
	json_dump_callback(value, add_piece, out,
	                   flags | JSON_ENCODE_ANY | JSON_REAL_PRECISION(REAL_DIGITS));
}

static void print_line(const json_t *value)
{
	struct arena arena = {0};
	BUF text = {0};

	dump(&text, value, 0);
	if (text_escape(&arena, buf_text(&text)) != text.data)
		dump(&text, value, JSON_ENSURE_ASCII);
	out_bytes(text.data, text.length);
	arena_drop(&arena);
}

void json_list_add(struct json_list *list, struct json *element)
{
	out_text(list->count++ ? ",\n" : "[");
	print_line(inner(element));
	json_decref(inner(element));
}

void json_list_end(struct json_list *list)
{
	out_text(list->count ? "]\n" : "[]\n");
}

static void print_array(json_t *array)
{
	struct json_list list = {0};
	json_t *element;
	size_t i;

	json_array_foreach(array, i, element)
	{
		json_list_add(&list, outer(json_incref(element)));
	}
	json_list_end(&list);
}

void json_print(struct json *value)
{
	if (json_is_array(inner(value))) {
		print_array(inner(value));
	} else {
		print_line(inner(value));
		out_text("\n");
	}
	json_decref(inner(value));
}
