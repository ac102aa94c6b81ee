#include "base/term.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/text.h"

enum { USUAL_WIDTH = 80, USUAL_HEIGHT = 24 };

size_t term_width(int descriptor)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	long number;

	if (!isatty(descriptor))
		return 0;
	if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	if (columns && text_number(&number, columns, 1, SHRT_MAX))
		return (size_t)number;
	return USUAL_WIDTH;
}

size_t term_height(int descriptor)
{
	struct winsize size;

	return ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_row > 0
	               ? size.ws_row
	               : USUAL_HEIGHT;
}

bool term_is_capable(int descriptor)
{
	const char *kind = getenv("TERM");

	return isatty(descriptor) && kind && *kind && strcmp(kind, "dumb") != 0;
}

bool term_keys_begin(struct term_keys *out, int descriptor)
{
	struct termios now;

	out->descriptor = descriptor;
	if (tcgetattr(descriptor, &out->before) != 0)
		return false;
	now = out->before;
	now.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG);
	now.c_cc[VMIN] = 1;
	now.c_cc[VTIME] = 0;
	return tcsetattr(descriptor, TCSAFLUSH, &now) == 0;
}

int term_keys_next(const struct term_keys *keys)
{
	unsigned char byte;
	ssize_t length;

	do
		length = read(keys->descriptor, &byte, 1);
	while (length < 0 && errno == EINTR);
	return length == 1 ? byte : -1;
}

void term_keys_end(const struct term_keys *keys)
{
	tcsetattr(keys->descriptor, TCSANOW, &keys->before);
}

bool term_wants_color(int descriptor, enum color_when when)
{
	const char *refused = getenv("NO_COLOR");
	const char *kind = getenv("TERM");

	if (when != COLOR_AUTO)
		return when == COLOR_ALWAYS;
	return isatty(descriptor) && !(refused && *refused) &&
	       !(kind && strcmp(kind, "dumb") == 0);
}

const struct color term_colors[] = {
	{"black", "\033[30m"},     {"red", "\033[31m"},
	{"green", "\033[32m"},     {"yellow", "\033[33m"},
	{"blue", "\033[34m"},      {"purple", "\033[35m"},
	{"cyan", "\033[36m"},      {"white", "\033[37m"},
	{"b_black", "\033[30;1m"}, {"b_red", "\033[31;1m"},
	{"b_green", "\033[32;1m"}, {"b_yellow", "\033[33;1m"},
	{"b_blue", "\033[34;1m"},  {"b_purple", "\033[35;1m"},
	{"b_cyan", "\033[36;1m"},  {"b_white", "\033[37;1m"},
	{"underline", "\033[4m"},  {"default", "\033[39m"},
	{"end", "\033[39m"},
};
const size_t term_color_count = sizeof term_colors / sizeof *term_colors;

const struct color *term_color(const char *name)
{
	for (size_t i = 0; i < term_color_count; i++) {
		if (strcmp(term_colors[i].name, name) == 0)
			return &term_colors[i];
	}
	return NULL;
}
