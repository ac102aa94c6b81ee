/*
 * An arena: memory that is allocated piece by piece and freed all at once.
 *
 * Most of what gita holds lives exactly as long as one invocation, or as one
 * row of a table: such things are allocated in an arena and never freed alone.
 * A zeroed struct arena is an empty one. Allocations do not move and are valid
 * until arena_drop(). An arena belongs to one thread at a time.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena_block;

struct arena {
	struct arena_block *last;
};

/* `size` zeroed bytes, aligned for any type; the address is unique for 0, too. */
void *arena_take(struct arena *arena, size_t size);

/* A copy of the string, or of the first `length` bytes; it ends with a NUL. */
char *arena_string(struct arena *arena, const char *text);
char *arena_bytes(struct arena *arena, const char *bytes, size_t length);

__attribute__((format(printf, 2, 3))) char *arena_format(struct arena *arena,
                                                         const char *format, ...);
__attribute__((format(printf, 2, 0))) char *
arena_vformat(struct arena *arena, const char *format, va_list values);

/*
 * Appends a zeroed item to a list with the members `items`, `count` and `room`;
 * the value is the new item's address, valid until the next push.
 */
#define ARENA_PUSH(arena, list) \
	((list)->items = arena_grow((arena), (list)->items, (list)->count, \
	                            &(list)->room, sizeof *(list)->items), \
	 &(list)->items[(list)->count++])

/* What ARENA_PUSH calls: `items` with room for one more than `count`. */
void *arena_grow(struct arena *arena, void *items, size_t count, size_t *room,
                 size_t size);

/* Frees everything; the arena is empty and may be used again. */
void arena_drop(struct arena *arena);

#endif
