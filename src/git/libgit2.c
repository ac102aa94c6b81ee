#include "libgit2.h"

#include "base/late.h"

#ifdef LIBGIT2_LATE
struct libgit2 libgit2;

bool libgit2_load(struct error *err)
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

bool libgit2_load(struct error *err)
{
	(void)err;
	return true;
}
#endif
