/* Sentences on stderr; see cli/out.h. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/out.h"

/* One write a line, so that lines of two processes do not mix. */
__attribute__((format(printf, 2, 0))) static void
say_line(const char *front, const char *format, va_list values)
{
	struct arena arena = {0};
	BUF text = {0};
	BUF line = {0};

	buf_vaddf(&text, format, values);
	buf_addf(&line, "%s%s\n", front, text_escape(&arena, buf_text(&text)));
	out_error_bytes(line.data, line.length);
	arena_drop(&arena);
}

int say_failed(const char *format, ...)
{
	va_list values;

	va_start(values, format);
	say_line("gita: ", format, values);
	va_end(values);
	return STATUS_FAILED;
}

int say_usage(const char *format, ...)
{
	va_list values;

	va_start(values, format);
	say_line("gita: ", format, values);
	va_end(values);
	return STATUS_USAGE;
}

void say_warning(const char *format, ...)
{
	va_list values;

	va_start(values, format);
	say_line("gita: warning: ", format, values);
	va_end(values);
}

void say(const char *format, ...)
{
	va_list values;

	va_start(values, format);
	say_line("gita: ", format, values);
	va_end(values);
}

void say_plain(const char *format, ...)
{
	va_list values;

	va_start(values, format);
	say_line("", format, values);
	va_end(values);
}

int say_unknown(const char *what, const char *word, const struct strings *known,
                const char *otherwise)
{
	const char *near = text_nearest(word, known->items, known->count);

	if (near)
		return say_usage("%s '%s'; did you mean '%s'?", what, word, near);
	if (otherwise)
		return say_usage("%s '%s'; %s", what, word, otherwise);
	return say_usage("%s '%s'", what, word);
}

void say_notes(const struct notes *notes)
{
	for (size_t i = 0; i < notes->count; i++)
		say_warning("%s", notes->items[i]);
}

bool say_ask(const char *question)
{
	char answer[16];

	if (!isatty(STDIN_FILENO) || !isatty(STDERR_FILENO))
		return false;
	out_error_bytes(question, strlen(question));
	out_error_bytes(" [y/N] ", 7);
	if (!fgets(answer, sizeof answer, stdin))
		return false;
	return answer[0] == 'y' || answer[0] == 'Y';
}
