#include "curses.h"

#include "base/late.h"

#ifdef CURSES_LATE
struct curses curses;

bool curses_load(struct error *err)
{
	static const char *const names[] = {
#define NAME(name) #name,
		CURSES_FUNCTIONS(NAME)
#undef NAME
	};

	return late_load(&curses, CURSES_LATE, names, sizeof names / sizeof *names,
	                 err);
}
#else
#define FUNCTION(name) .name = (name),
struct curses curses = {CURSES_FUNCTIONS(FUNCTION)};
#undef FUNCTION

bool curses_load(struct error *err)
{
	(void)err;
	return true;
}
#endif
