/*
 * Memory from the C library, for the two owners that exist: arenas and bufs.
 *
 * Running out of memory ends the program here, with one sentence on stderr
 * and exit status 1: no caller checks for it.
 */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stddef.h>

/* realloc() that returns or ends the program; `size` is never 0. */
void *memory_resize(void *old, size_t size);

/* Sizes put together; one that no memory could hold ends the program as well. */
size_t memory_sum(size_t one, size_t other);
size_t memory_product(size_t count, size_t size);

#endif
