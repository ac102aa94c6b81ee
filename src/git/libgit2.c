#include "libgit2.h"

#include <git2/sys/alloc.h>
#include <stdlib.h>
#include <string.h>

#include "base/late.h"
#include "base/memory.h"

#ifdef LIBGIT2_LATE
struct libgit2 libgit2;

static bool load(struct error *err)
{
	static const char *const names[] = {
#define NAME(name) "git_" #name,
		LIBGIT2_FUNCTIONS(NAME)
#undef NAME
	};

	return late_load(&libgit2, LIBGIT2_LATE, names, sizeof names / sizeof *names,
	                 err);
}
#else
#define FUNCTION(name) .name = git_##name,
struct libgit2 libgit2 = {LIBGIT2_FUNCTIONS(FUNCTION)};
#undef FUNCTION

static bool load(struct error *err)
{
	(void)err;
	return true;
}
#endif

/* Memory that runs out ends the program, here as everywhere: libgit2 itself would go on
 * with null pointers. */
static void *allocate(size_t size, const char *file, int line)
{
	(void)file, (void)line;
	return memory_malloc(size);
}

static void *reallocate(void *old, size_t size, const char *file, int line)
{
	(void)file, (void)line;
	return memory_realloc(old, size);
}

#if LIBGIT2_VER_MINOR < 7
static void *allocate_zeroed(size_t count, size_t size, const char *file, int line)
{
	(void)file, (void)line;
	return memory_calloc(count, size);
}

static void *allocate_array(size_t count, size_t size, const char *file, int line)
{
	return allocate(memory_product(count, size), file, line);
}

static void *reallocate_array(void *old, size_t count, size_t size, const char *file,
                              int line)
{
	return reallocate(old, memory_product(count, size), file, line);
}

static char *copy(const char *bytes, size_t length, const char *file, int line)
{
	char *out = allocate(memory_sum(length, 1), file, line);

	out[length] = '\0';
	return memcpy(out, bytes, length);
}

static char *duplicate(const char *text, const char *file, int line)
{
	return copy(text, strlen(text), file, line);
}

static char *duplicate_start(const char *text, size_t most, const char *file, int line)
{
	return copy(text, strnlen(text, most), file, line);
}
#endif

static git_allocator allocator = {
	.gmalloc = allocate,
	.grealloc = reallocate,
	.gfree = free,
#if LIBGIT2_VER_MINOR < 7
	.gcalloc = allocate_zeroed,
	.gmallocarray = allocate_array,
	.greallocarray = reallocate_array,
	.gstrdup = duplicate,
	.gstrndup = duplicate_start,
	.gsubstrdup = copy,
#endif
};

bool libgit2_load(struct error *err)
{
	if (!load(err))
		return false;
	libgit2.libgit2_opts(GIT_OPT_SET_ALLOCATOR, &allocator);
	return true;
}
