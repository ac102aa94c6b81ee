/* What is parsed is written as what is parsed again to the same. */
#include "fuzz.h"

#include "base/buf.h"
#include "base/csv.h"

static bool same(const struct csv *one, const struct csv *other)
{
	if (one->count != other->count)
		return false;
	for (size_t i = 0; i < one->count; i++) {
		const struct strings *a = &one->items[i].fields;
		const struct strings *b = &other->items[i].fields;

		if (a->count != b->count)
			return false;
		for (size_t j = 0; j < a->count; j++)
			if (strcmp(a->items[j], b->items[j]) != 0)
				return false;
	}
	return true;
}

static void try_delimiter(const uint8_t *data, size_t size, char delimiter)
{
	struct arena arena = {0};
	struct csv csv = {0}, again = {0};
	struct error err = {""};
	BUF text = {0};

	if (csv_parse(&csv, &arena, (const char *)data, size, delimiter, &err)) {
		for (size_t i = 0; i < csv.count; i++)
			csv_add_row(&text, &csv.items[i].fields, delimiter);
		MUST(csv_parse(&again, &arena, buf_text(&text), text.length, delimiter,
		               &err));
		MUST(same(&csv, &again));
	} else {
		MUST(strncmp(err.text, "line ", 5) == 0);
	}
	arena_drop(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	try_delimiter(data, size, ',');
	try_delimiter(data, size, ':');
	return 0;
}
