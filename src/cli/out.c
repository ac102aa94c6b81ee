#include "cli/out.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "cli/command.h"

/* One writer a process, as there is one stdout. */
static struct {
	struct buf pending;
	int failure; /* errno of the first write that failed, 0: none */
	void (*hook)(void);
	struct buf *sink; /* where sentences go; NULL: to stderr */
} writer;

enum { PENDING_LIMIT = 64 << 10 };

/* All bytes, however the descriptor behaves; 0 or an errno. */
static int write_all(int descriptor, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t written = write(descriptor, bytes, length);

		if (written >= 0) {
			bytes += written;
			length -= (size_t)written;
		} else if (errno == EAGAIN || errno == EWOULDBLOCK) {
			struct pollfd wait = {.fd = descriptor, .events = POLLOUT};

			poll(&wait, 1, -1);
		} else if (errno != EINTR) {
			return errno;
		}
	}
	return 0;
}

bool out_flush(void)
{
	if (writer.pending.length > 0 && !writer.failure) {
		if (writer.hook)
			writer.hook();
		writer.failure = write_all(STDOUT_FILENO, writer.pending.data,
		                           writer.pending.length);
	}
	buf_clear(&writer.pending);
	return writer.failure == 0;
}

void out_bytes(const void *bytes, size_t length)
{
	if (writer.failure)
		return;
	buf_add(&writer.pending, bytes, length);
	if (writer.pending.length >= PENDING_LIMIT)
		out_flush();
}

void out_text(const char *text)
{
	out_bytes(text, strlen(text));
}

void out_format(const char *format, ...)
{
	va_list values;
	BUF text = {0};

	va_start(values, format);
	buf_vaddf(&text, format, values);
	va_end(values);
	out_bytes(buf_text(&text), text.length);
}

bool out_closed(void)
{
	return writer.failure != 0;
}

bool out_error_bytes(const void *bytes, size_t length)
{
	out_flush();
	if (writer.hook)
		writer.hook();
	return write_all(STDERR_FILENO, bytes, length) == 0;
}

bool out_is_terminal(void)
{
	static enum { UNKNOWN, TERMINAL, OTHER } kind;

	if (kind == UNKNOWN)
		kind = isatty(STDOUT_FILENO) ? TERMINAL : OTHER;
	return kind == TERMINAL;
}

const char *out_escape(struct arena *arena, const char *text)
{
	return out_is_terminal() ? text_escape(arena, text) : text;
}

bool out_streams_are_one(void)
{
	struct stat out, err;

	return fstat(STDOUT_FILENO, &out) == 0 && fstat(STDERR_FILENO, &err) == 0 &&
	       out.st_dev == err.st_dev && out.st_ino == err.st_ino;
}

void out_before_write(void (*hook)(void))
{
	writer.hook = hook;
}

void out_end_by_signal(int number)
{
	sigset_t set;

	out_flush();
	signal(number, SIG_DFL);
	sigemptyset(&set);
	sigaddset(&set, number);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	raise(number);
}

void say_into(struct buf *buf)
{
	writer.sink = buf;
}

/* One write a line, so that lines of two processes do not mix. */
__attribute__((format(printf, 2, 0))) static void
say_line(const char *front, const char *format, va_list values)
{
	struct arena arena = {0};
	BUF text = {0};
	BUF line = {0};

	buf_vaddf(&text, format, values);
	buf_addf(&line, "%s%s\n", front, text_escape(&arena, buf_text(&text)));
	if (writer.sink)
		buf_add(writer.sink, line.data, line.length);
	else
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

const char *say_meant(struct arena *arena, const struct strings *words,
                      const char *mark)
{
	BUF text = {0};

	buf_adds(&text, "did you mean ");
	for (size_t i = 0; i < words->count; i++)
		buf_addf(&text, "%s'%s%s'",
		         i == 0                 ? ""
		         : i + 1 < words->count ? ", "
		                                : " or ",
		         mark, words->items[i]);
	buf_addc(&text, '?');
	return arena_string(arena, buf_text(&text));
}

int say_unknown(const char *what, const char *word, const struct strings *known,
                const char *otherwise)
{
	struct arena arena = {0};
	struct strings meant = {0};

	if (text_nearest(&meant, &arena, word, known) != TEXT_NO_FIT)
		otherwise = say_meant(&arena, &meant, "");
	if (otherwise)
		say_usage("%s '%s'; %s", what, word, otherwise);
	else
		say_usage("%s '%s'", what, word);
	arena_drop(&arena);
	return STATUS_USAGE;
}

void say_notes(const struct notes *notes)
{
	for (size_t i = 0; i < notes->count; i++)
		say_warning("%s", notes->items[i]);
}

bool say_ask(const char *question)
{
	struct arena arena = {0};
	char answer[16];
	BUF line = {0};

	if (!isatty(STDIN_FILENO) || !isatty(STDERR_FILENO))
		return false;
	buf_addf(&line, "%s [y/N] ", text_escape(&arena, question));
	if (writer.sink)
		buf_add(writer.sink, line.data, line.length);
	else
		out_error_bytes(line.data, line.length);
	arena_drop(&arena);
	if (!fgets(answer, sizeof answer, stdin))
		return false;
	return answer[0] == 'y' || answer[0] == 'Y';
}

int out_finish(int status)
{
	out_flush();
	buf_drop(&writer.pending);
	if (writer.failure == EPIPE)
		out_end_by_signal(SIGPIPE);
	if (writer.failure)
		return say_failed("standard output: %s", strerror(writer.failure));
	return status;
}
