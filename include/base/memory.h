/*
 * Memory from the C library, for those who own any: arenas, bufs, and the libraries
 * that can be told where to get theirs.
 *
 * If there is none left, the program ends here, with one sentence on stderr and
 * exit status 1: no caller checks for it.
 */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stddef.h>

/* realloc() that returns or ends the program; `size` is never 0. */
void *memory_resize(void *old, size_t size);

/* malloc(), realloc() and calloc() for libraries, whose sizes may be 0. */
void *memory_malloc(size_t size);
void *memory_realloc(void *old, size_t size);
void *memory_calloc(size_t count, size_t size);

/* Ends the program so: for a library that can only report it. */
_Noreturn void memory_exhausted(void);

/* Sums and products of sizes; an overflow counts as out of memory. */
size_t memory_sum(size_t one, size_t other);
size_t memory_product(size_t count, size_t size);

#endif
