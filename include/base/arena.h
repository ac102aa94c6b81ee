/*
 * An arena: memory that is taken piece by piece and given back all at once.
 *
 * Most of what gita holds lives exactly as long as one invocation, or as one
 * row of a table: such things are taken from an arena and never freed alone.
 * A zeroed struct arena is an empty one. What an arena hands out stays where
 * it is until arena_drop(). An arena belongs to one thread at a time.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena_block;

struct arena {
	struct arena_block *last;
};

/* `size` zeroed bytes, aligned for any type; 0 gives a unique address too. */
void *arena_take(struct arena *arena, size_t size);

/* A copy of the string, or of the first `length` bytes with a NUL behind. */
char *arena_string(struct arena *arena, const char *text);
char *arena_bytes(struct arena *arena, const char *bytes, size_t length);

__attribute__((format(printf, 2, 3))) char *arena_format(struct arena *arena,
                                                         const char *format, ...);
__attribute__((format(printf, 2, 0))) char *
arena_vformat(struct arena *arena, const char *format, va_list values);

/*
 * One more zeroed item at the end of a list with the members `items`, `count`
 * and `room`; the value is the new item's address, good until the next push.
 */
#define ARENA_PUSH(arena, list) \
	((list)->items = arena_grow((arena), (list)->items, (list)->count, \
	                            &(list)->room, sizeof *(list)->items), \
	 &(list)->items[(list)->count++])

/* The work behind ARENA_PUSH: `items` with room for one more than `count`. */
void *arena_grow(struct arena *arena, void *items, size_t count, size_t *room,
                 size_t size);

/* Gives everything back; the arena is empty and may be used again. */
void arena_drop(struct arena *arena);

#endif
