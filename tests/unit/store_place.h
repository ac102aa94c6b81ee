/*
 * A configuration and a state folder for one test, and what was noted in it.
 */
#ifndef TESTS_STORE_PLACE_H
#define TESTS_STORE_PLACE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/strings.h"
#include "scratch.h"
#include "store/home.h"

static struct arena arena;
static struct notes notes;
static struct home home;
static struct error err;

static inline int place_setup(void **state)
{
	scratch_setup(state);
	arena = (struct arena){0};
	notes = (struct notes){.arena = &arena};
	home = (struct home){.config = arena_string(&arena, in_scratch("gita")),
	                     .state = arena_string(&arena, in_scratch("state"))};
	scratch_folder("gita");
	return 0;
}

static inline int place_teardown(void **state)
{
	arena_drop(&arena);
	return scratch_teardown(state);
}

#define PLACE_TEST(test) \
	cmocka_unit_test_setup_teardown(test, place_setup, place_teardown)

static inline void put_bytes(const char *name, const char *bytes, size_t length)
{
	const char *path = home_file(&home, &arena, name);

	scratch_check(file_replace(path, bytes, length, &err), path);
}

static inline void put_file(const char *name, const char *content)
{
	put_bytes(name, content, strlen(content));
}

/* What a file of the configuration holds; "(none)" where there is none. */
static inline const char *got_file(const char *name)
{
	BUF text = {0};
	bool there;

	if (!file_read(&text, &there, home_file(&home, &arena, name), FILE_LIMIT, &err))
		return err.text;
	return there ? arena_bytes(&arena, buf_text(&text), text.length) : "(none)";
}

/* `text` with the configuration folder written as ~. */
static inline const char *short_paths(const char *text)
{
	size_t length = strlen(home.config);
	BUF out = {0};

	while (*text) {
		if (strncmp(text, home.config, length) == 0) {
			buf_addc(&out, '~');
			text += length;
		} else {
			buf_addc(&out, *text++);
		}
	}
	return arena_string(&arena, buf_text(&out));
}

/* All notes since the last call, a line each. */
static inline const char *got_notes(void)
{
	BUF out = {0};

	for (size_t i = 0; i < notes.count; i++) {
		buf_adds(&out, notes.items[i]);
		buf_addc(&out, '\n');
	}
	notes.count = 0;
	return short_paths(buf_text(&out));
}

static inline const char *got_error(void)
{
	return short_paths(err.text);
}

/* The items with a `|` behind each. */
static inline const char *in_bars(const struct strings *list)
{
	BUF out = {0};

	for (size_t i = 0; i < list->count; i++) {
		buf_adds(&out, list->items[i]);
		buf_addc(&out, '|');
	}
	return arena_string(&arena, buf_text(&out));
}

#endif
