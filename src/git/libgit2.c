#include "libgit2.h"

#include "base/error.h"

#ifdef LIBGIT2_LATE
#include <dlfcn.h>
#include <string.h>

struct libgit2 libgit2;

/* POSIX lets a function's address pass through a pointer to void, as dlsym gives it. */
bool libgit2_load(struct error *err)
{
	static const char *const names[] = {
#define NAME(name) "git_" #name,
		LIBGIT2_FUNCTIONS(NAME)
#undef NAME
	};
	void *library = dlopen(LIBGIT2_LATE, RTLD_LAZY | RTLD_LOCAL);
	char *member = (char *)&libgit2;

	if (!library)
		return error_set(err, "cannot load libgit2: %s", dlerror());
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		void *function = dlsym(library, names[i]);

		if (!function)
			return error_set(err, "cannot load libgit2: %s", dlerror());
		memcpy(member, &function, sizeof function);
		member += sizeof function;
	}
	return true;
}
#else
#define FUNCTION(name) .name = git_##name,
struct libgit2 libgit2 = {LIBGIT2_FUNCTIONS(FUNCTION)};
#undef FUNCTION

bool libgit2_load(struct error *err)
{
	(void)err;
	return true;
}
#endif
