#include "base/memory.h"

#include <stdlib.h>
#include <unistd.h>

_Noreturn void memory_exhausted(void)
{
	static const char text[] = "gita: out of memory\n";

	/* _exit, since atexit handlers and stdio may need memory, too. */
	if (write(STDERR_FILENO, text, sizeof text - 1) < 0)
		_exit(1);
	_exit(1);
}

void *memory_resize(void *old, size_t size)
{
	void *memory = realloc(old, size);

	if (!memory)
		memory_exhausted();
	return memory;
}

void *memory_malloc(size_t size)
{
	return memory_resize(NULL, size ? size : 1);
}

void *memory_realloc(void *old, size_t size)
{
	return memory_resize(old, size ? size : 1);
}

void *memory_calloc(size_t count, size_t size)
{
	void *memory = calloc(count ? count : 1, size ? size : 1);

	if (!memory)
		memory_exhausted();
	return memory;
}

size_t memory_sum(size_t one, size_t other)
{
	size_t sum;

	if (__builtin_add_overflow(one, other, &sum))
		memory_exhausted();
	return sum;
}

size_t memory_product(size_t count, size_t size)
{
	size_t product;

	if (__builtin_mul_overflow(count, size, &product))
		memory_exhausted();
	return product;
}
