/*
 * What JSON has and YAML has not. JSON writes a character beyond U+FFFF as a
 * pair of UTF-16 surrogates (RFC 8259, section 7), libyaml refuses them.
 */
#include <string.h>

#include "delegates_files.h"

enum { ESCAPE = 6, /* \uXXXX */ HIGH = 0xd800, LOW = 0xdc00, END = 0xe000 };

/* The code unit of the escape at `at`, 0 if there is none. */
static unsigned code_unit(const char *at)
{
	unsigned unit = 0;

	if (at[0] != '\\' || at[1] != 'u')
		return 0;
	for (int i = 2; i < ESCAPE; i++) {
		static const char digits[] = "0123456789abcdef0123456789ABCDEF";
		const char *digit = at[i] ? strchr(digits, at[i]) : NULL;

		if (!digit)
			return 0;
		unit = unit * 16 + (unsigned)(digit - digits) % 16;
	}
	return unit;
}

void entries_join_surrogates(struct buf *text)
{
	const char *at = buf_text(text), *end = at + text->length;
	struct buf joined = {0};

	while (at < end) {
		unsigned high = code_unit(at), low = 0;
		size_t step = at[0] == '\\' && at[1] ? 2 : 1;

		if (high >= HIGH && high < LOW)
			low = code_unit(at + ESCAPE);
		if (low >= LOW && low < END) {
			buf_addf(&joined, "\\U%08X",
			         0x10000 + ((high - HIGH) << 10) + (low - LOW));
			step = 2 * ESCAPE;
		} else {
			buf_add(&joined, at, step);
		}
		at += step;
	}
	buf_drop(text);
	*text = joined;
}
