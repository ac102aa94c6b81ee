#include "base/memory.h"

#include <stdlib.h>
#include <unistd.h>

static _Noreturn void give_up(void)
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
		give_up();
	return memory;
}

size_t memory_sum(size_t one, size_t other)
{
	size_t sum;

	if (__builtin_add_overflow(one, other, &sum))
		give_up();
	return sum;
}

size_t memory_product(size_t count, size_t size)
{
	size_t product;

	if (__builtin_mul_overflow(count, size, &product))
		give_up();
	return product;
}
