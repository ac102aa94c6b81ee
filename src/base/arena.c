#include "base/arena.h"

#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* A row's arena is small and an invocation's is large: blocks start small and
 * double, so that neither wastes much nor asks often. */
enum { FIRST_BLOCK = 1 << 10, LARGEST_BLOCK = 64 << 10, FIRST_ITEMS = 8 };

struct arena_block {
	struct arena_block *previous;
	size_t room;
	size_t used;
	alignas(max_align_t) unsigned char bytes[];
};

static size_t next_room(const struct arena *arena)
{
	if (!arena->last)
		return FIRST_BLOCK;
	if (arena->last->room >= LARGEST_BLOCK)
		return LARGEST_BLOCK;
	return arena->last->room * 2;
}

static void add_block(struct arena *arena, size_t size)
{
	size_t room = next_room(arena);
	struct arena_block *block;

	if (room < size)
		room = size;
	block = memory_resize(NULL, memory_sum(sizeof *block, room));
	*block = (struct arena_block){.previous = arena->last, .room = room};
	arena->last = block;
}

void *arena_take(struct arena *arena, size_t size)
{
	const size_t unit = alignof(max_align_t);
	size_t whole = memory_sum(size ? size : 1, unit - 1) / unit * unit;
	struct arena_block *block = arena->last;
	void *taken;

	if (!block || block->room - block->used < whole) {
		add_block(arena, whole);
		block = arena->last;
	}
	taken = block->bytes + block->used;
	block->used += whole;
	return memset(taken, 0, size);
}

char *arena_bytes(struct arena *arena, const char *bytes, size_t length)
{
	char *copy = arena_take(arena, memory_sum(length, 1));

	if (length)
		memcpy(copy, bytes, length);
	return copy;
}

char *arena_string(struct arena *arena, const char *text)
{
	return arena_bytes(arena, text, strlen(text));
}

char *arena_vformat(struct arena *arena, const char *format, va_list values)
{
	va_list again;
	int length;
	char *text;

	va_copy(again, values);
	length = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (length < 0) /* over INT_MAX bytes */
		length = 0;
	text = arena_take(arena, (size_t)length + 1);
	vsnprintf(text, (size_t)length + 1, format, values);
	return text;
}

char *arena_format(struct arena *arena, const char *format, ...)
{
	va_list values;
	char *text;

	va_start(values, format);
	text = arena_vformat(arena, format, values);
	va_end(values);
	return text;
}

void *arena_grow(struct arena *arena, void *items, size_t count, size_t *room,
                 size_t size)
{
	if (count >= *room) {
		size_t wider = *room ? memory_product(*room, 2) : FIRST_ITEMS;
		void *moved = arena_take(arena, memory_product(wider, size));

		if (count)
			memcpy(moved, items, count * size);
		items = moved;
		*room = wider;
	}
	/* An item that has been removed since may have been stored here. */
	memset((char *)items + count * size, 0, size);
	return items;
}

void arena_drop(struct arena *arena)
{
	while (arena->last) {
		struct arena_block *block = arena->last;

		arena->last = block->previous;
		free(block);
	}
}
