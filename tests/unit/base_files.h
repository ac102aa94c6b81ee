/*
 * What the tests of base/file.h assert: a file's content, an error's text.
 */
#ifndef TESTS_BASE_FILES_H
#define TESTS_BASE_FILES_H

#include "base/file.h"
#include "scratch.h"

static struct error err;

/* The regular file's content; the test fails where it is another one. */
static inline void assert_content(const char *name, const char *content)
{
	BUF got = {0};
	bool there;

	if (!file_read(&got, &there, in_scratch(name), FILE_LIMIT, &err))
		fail_msg("%s", err.text);
	assert_true(there);
	assert_string_equal(buf_text(&got), content);
}

__attribute__((format(printf, 1, 2))) static inline void
assert_error(const char *format, ...)
{
	char expected[400];
	va_list values;

	va_start(values, format);
	vsnprintf(expected, sizeof expected, format, values);
	va_end(values);
	assert_string_equal(err.text, expected);
}

#endif
