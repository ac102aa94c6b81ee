#include "store/seen.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/path.h"

enum { FIELDS = 4 };

static char *file_of(const struct home *home, struct arena *arena)
{
	return path_join(arena, home->state, "seen.csv");
}

static int by_path(const void *one, const void *other)
{
	return strcmp(((const struct sight *)one)->path,
	              ((const struct sight *)other)->path);
}

static void take_rows(struct seen *out, struct arena *arena, const struct buf *bytes)
{
	struct csv rows = {0};
	struct error damaged;

	if (!csv_parse(&rows, arena, buf_text(bytes), bytes->length, ',', &damaged))
		return;
	for (size_t i = 0; i < rows.count; i++) {
		const struct strings *fields = &rows.items[i].fields;

		if (fields->count == FIELDS)
			*ARENA_PUSH(arena, out) = (struct sight){
				fields->items[0], fields->items[1], fields->items[2],
				fields->items[3]};
	}
	if (out->count)
		qsort(out->items, out->count, sizeof *out->items, by_path);
}

bool seen_load(struct seen *out, const struct home *home, struct arena *arena,
               struct error *err)
{
	BUF bytes = {0};
	bool there;

	*out = (struct seen){0};
	if (!file_read(&bytes, &there, file_of(home, arena), FILE_LIMIT, err))
		return false;
	take_rows(out, arena, &bytes);
	return true;
}

bool seen_is_writable(const struct home *home)
{
	struct error err;

	return file_make_folder(home->state, true, &err) &&
	       access(home->state, W_OK) == 0;
}

const struct sight *seen_find(const struct seen *seen, const char *path)
{
	const struct sight key = {.path = path};

	return sorted_find(&key, seen->items, seen->count, sizeof key, by_path);
}

void seen_put(struct seen *seen, struct arena *arena, const struct sight *sight)
{
	size_t place = sorted_place(sight, seen->items, seen->count, sizeof *sight,
	                            by_path);

	if (place == seen->count || strcmp(seen->items[place].path, sight->path) != 0) {
		ARENA_PUSH(arena, seen);
		memmove(seen->items + place + 1, seen->items + place,
		        (seen->count - 1 - place) * sizeof *seen->items);
	}
	seen->items[place] = *sight;
}

bool seen_save(const struct seen *seen, const struct home *home,
               bool (*wanted)(void *context, const char *path), void *context,
               struct error *err)
{
	struct arena arena = {0};
	BUF bytes = {0};
	bool ok;

	for (size_t i = 0; i < seen->count; i++) {
		const struct sight *sight = &seen->items[i];
		struct strings fields = {0};

		if (!wanted(context, sight->path))
			continue;
		strings_add(&arena, &fields, sight->path);
		strings_add(&arena, &fields, sight->commit);
		strings_add(&arena, &fields, sight->remote);
		strings_add(&arena, &fields, sight->kind);
		csv_add_row(&bytes, &fields, ',');
	}
	ok = file_replace(file_of(home, &arena), buf_text(&bytes), bytes.length, err);
	arena_drop(&arena);
	return ok;
}
