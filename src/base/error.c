#include "base/error.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"

__attribute__((format(printf, 2, 0))) static void
set_text(struct error *err, const char *format, va_list values)
{
	/* Not into err directly: its old text may be one of the values. */
	char text[ERROR_ROOM];

	vsnprintf(text, sizeof text, format, values);
	strcpy(err->text, text);
}

bool error_set(struct error *err, const char *format, ...)
{
	va_list values;

	va_start(values, format);
	set_text(err, format, values);
	va_end(values);
	return false;
}

/* strerror() starts with a capital, gita's errors do not; a capital followed by
 * another one ("RPC ...") is part of a name and is kept. */
static void add_reason(struct error *err, int number)
{
	const char *reason = strerror(number);
	size_t length = strlen(err->text);
	bool name = isupper((unsigned char)reason[0]) &&
	            !islower((unsigned char)reason[1]);
	int first = name ? reason[0] : tolower((unsigned char)reason[0]);

	snprintf(err->text + length, sizeof err->text - length, ": %c%s", first,
	         reason + 1);
}

bool error_errno(struct error *err, int number, const char *format, ...)
{
	va_list values;

	va_start(values, format);
	set_text(err, format, values);
	va_end(values);
	add_reason(err, number);
	return false;
}

void note(struct notes *notes, const char *format, ...)
{
	va_list values;

	va_start(values, format);
	*ARENA_PUSH(notes->arena, notes) = arena_vformat(notes->arena, format, values);
	va_end(values);
}
