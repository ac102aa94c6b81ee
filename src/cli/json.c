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

/* Memory that runs out ends the program, here as everywhere. */
static void set_memory(void)
{
	json_set_alloc_funcs(memory_malloc, free);
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

static void write_harmless(struct buf *text, const json_t *value)
{
	struct arena arena = {0};

	dump(text, value, 0);
	if (text_escape(&arena, buf_text(text)) != text->data)
		dump(text, value, JSON_ENSURE_ASCII);
	arena_drop(&arena);
}

static void print_line(const json_t *value)
{
	BUF text = {0};

	write_harmless(&text, value);
	out_bytes(text.data, text.length);
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

const char *json_line(struct arena *arena, struct json *value)
{
	BUF text = {0};

	write_harmless(&text, inner(value));
	json_decref(inner(value));
	return arena_string(arena, buf_text(&text));
}

void json_begin(struct json *object)
{
	BUF text = {0};

	write_harmless(&text, inner(object));
	out_bytes(text.data, text.length - 1); /* without the closing brace */
	json_decref(inner(object));
}

void json_text_begin(struct json_text *text, const char *key)
{
	*text = (struct json_text){.length = 0};
	out_format(", \"%s\": \"", key);
}

/* What stands between the quotes. */
static void print_inside(const char *bytes, size_t length)
{
	json_t *value = new_text(bytes, length);
	BUF text = {0};

	write_harmless(&text, value);
	out_bytes(text.data + 1, text.length - 2);
	json_decref(value);
}

/* Bytes at the end that may be the start of a character (RFC 3629): a lead byte
 * and fewer bytes after it than it announces. */
static size_t open_end(const char *bytes, size_t length)
{
	for (size_t back = 1; back <= 3 && back <= length; back++) {
		unsigned char byte = (unsigned char)bytes[length - back];

		if (byte >= 0xc0)
			return back < (byte >= 0xf0   ? 4u
			               : byte >= 0xe0 ? 3u
			                              : 2u)
			               ? back
			               : 0;
		if (byte < 0x80)
			return 0;
	}
	return 0;
}

void json_text_add(struct json_text *text, const char *bytes, size_t length)
{
	size_t open;
	BUF all = {0};

	buf_add(&all, text->rest, text->length);
	buf_add(&all, bytes, length);
	open = open_end(all.data, all.length);
	print_inside(all.data, all.length - open);
	memcpy(text->rest, all.data + all.length - open, open);
	text->length = open;
}

void json_text_end(struct json_text *text)
{
	print_inside(text->rest, text->length);
	out_text("\"");
}

void json_end(void)
{
	out_text("}\n");
}

struct json *json_parse(const char *line, size_t length)
{
	set_memory();
	return outer(json_loadb(line, length, JSON_ALLOW_NUL, NULL));
}

void json_free(struct json *value)
{
	json_decref(inner(value));
}

static const json_t *member(const struct json *object, const char *key)
{
	return json_object_get((const json_t *)object, key);
}

const char *json_get_text(const struct json *object, const char *key)
{
	const char *text = json_string_value(member(object, key));

	return text ? text : "";
}

bool json_get_integer(int64_t *out, const struct json *object, const char *key)
{
	const json_t *value = member(object, key);

	if (!json_is_integer(value))
		return false;
	*out = json_integer_value(value);
	return true;
}

bool json_get_bool(const struct json *object, const char *key)
{
	return json_is_true(member(object, key));
}
