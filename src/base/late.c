#include "base/late.h"

#include <dlfcn.h>
#include <string.h>

#include "base/error.h"

/* POSIX lets a function's address pass through a pointer to void, as dlsym gives it. */
bool late_load(void *functions, const char *library, const char *const *names,
               size_t count, struct error *err)
{
	void *handle = dlopen(library, RTLD_LAZY | RTLD_LOCAL);
	char *member = functions;

	if (!handle)
		return error_set(err, "cannot load a library: %s", dlerror());
	for (size_t i = 0; i < count; i++) {
		void *function = dlsym(handle, names[i]);

		if (!function)
			return error_set(err, "cannot load a library: %s", dlerror());
		memcpy(member, &function, sizeof function);
		member += sizeof function;
	}
	return true;
}
