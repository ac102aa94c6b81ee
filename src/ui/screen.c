#include "screen.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#include "base/arena.h"
#include "base/text.h"

/* Last: its macros are words that our headers use. */
#include "curses.h"

enum { COLORS_SGR = 8, ESCAPE_DELAY = 25 };

static struct {
	SCREEN *terminal;
	WINDOW *window; /* all of it */
	bool colors;
	bool away;    /* another program has the terminal */
	size_t typed; /* the column after the text of the last row drawn */
} screen;

/* A text on its way to the screen. */
struct ink {
	attr_t attributes, base;
	short color;     /* a pair of curses; 0: the terminal's own */
	size_t column;   /* of the text */
	size_t from, to; /* those that are on the screen */
	int row;
};

/* curses measures and writes characters by the locale, and ours are UTF-8. */
static void choose_locale(void)
{
	static const char *const names[] = {"", "C.UTF-8", "en_US.UTF-8", "UTF-8"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (setlocale(LC_CTYPE, names[i]) &&
		    strcmp(nl_langinfo(CODESET), "UTF-8") == 0)
			return;
}

static void choose_colors(bool wanted)
{
	screen.colors = wanted && curses.has_colors() && curses.start_color() == OK;
	if (!screen.colors)
		return;
	curses.use_default_colors();
	for (int i = 0; i < COLORS_SGR; i++)
		curses.init_pair((short)(i + 1), (short)i, -1);
}

static void choose_modes(void)
{
	curses.cbreak();
	curses.noecho();
	curses.nonl();
	curses.keypad(screen.window, TRUE);
	curses.nodelay(screen.window, TRUE);
	curses.set_escdelay(ESCAPE_DELAY);
}

/* Asked first, because newterm() leaks where it does not know the terminal. */
static bool is_capable(void)
{
	int status;
	bool capable;

	if (curses.setupterm(NULL, STDOUT_FILENO, &status) != OK)
		return false;
	capable = curses.tigetstr("cup") != NULL;
	curses.del_curterm(curses.set_curterm(NULL));
	return capable;
}

bool screen_open(bool colors, struct error *err)
{
	const char *kind = getenv("TERM");

	if (!curses_load(err))
		return false;
	choose_locale();
	if (is_capable())
		screen.terminal = curses.newterm(NULL, stdout, stdin);
	if (screen.terminal)
		screen.window = curses.newwin(0, 0, 0, 0);
	if (!screen.window) {
		return error_set(err,
		                 "ui: cannot draw on a terminal of the kind '%s'; "
		                 "'gita ll' shows the same once",
		                 kind ? kind : "");
	}
	choose_modes();
	choose_colors(colors);
	return true;
}

void screen_leave(void)
{
	if (!screen.terminal || screen.away)
		return;
	screen.away = true;
	curses.endwin();
}

void screen_enter(void)
{
	screen.away = false;
	screen_resize();
	curses.clearok(screen.window, TRUE);
}

void screen_close(void)
{
	if (!screen.terminal)
		return;
	screen_leave();
	curses.delwin(screen.window);
	curses.delscreen(screen.terminal);
	screen.window = NULL;
	screen.terminal = NULL;
}

void screen_resize(void)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 &&
	    size.ws_col > 0)
		curses.resizeterm(size.ws_row, size.ws_col);
}

size_t screen_width(void)
{
	int width = curses.getmaxx(screen.window);

	return width > 0 ? (size_t)width : 1;
}

size_t screen_height(void)
{
	int height = curses.getmaxy(screen.window);

	return height > 0 ? (size_t)height : 1;
}

size_t screen_room(void)
{
	return screen_height() > 2 ? screen_height() - 2 : 1;
}

/* --- drawing --- */

/* One parameter of ESC [ ... m. */
static void take_code(struct ink *ink, long code)
{
	static const struct {
		long code;
		attr_t on, off;
	} rows[] = {
		{1, A_BOLD, 0},     {2, A_DIM, 0},           {4, A_UNDERLINE, 0},
		{7, A_REVERSE, 0},  {22, 0, A_BOLD | A_DIM}, {24, 0, A_UNDERLINE},
		{27, 0, A_REVERSE},
	};

	if (code == 0) {
		ink->attributes = ink->base;
		ink->color = 0;
	}
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (rows[i].code == code)
			ink->attributes = (ink->attributes & ~rows[i].off) | rows[i].on;
	if (code >= 30 && code < 30 + COLORS_SGR)
		ink->color = (short)(code - 30 + 1);
	if (code >= 90 && code < 90 + COLORS_SGR)
		ink->color = (short)(code - 90 + 1);
	if (code == 39)
		ink->color = 0;
}

/* The bytes of a sequence of colours at the start of the text; 0: it is none. Of a
 * palette beyond the eight colours nothing is taken. */
static size_t take_colors(struct ink *ink, const char *text)
{
	size_t length = 2 + (text[0] == '\033' && text[1] == '['
	                             ? strspn(text + 2, "0123456789;")
	                             : 0);
	const char *at = text + 2;

	if (text[0] != '\033' || text[1] != '[' || text[length] != 'm')
		return 0;
	while (at <= text + length) {
		char *end;
		long code = strtol(at, &end, 10);

		if (code == 38 || code == 48)
			break;
		take_code(ink, code);
		at = end + 1;
	}
	return length + 1;
}

static void put_cell(struct ink *ink, const wchar_t *cell, size_t width)
{
	short color = 0;
	cchar_t out;

	size_t column = ink->column;

	ink->column += width;
	if (column < ink->from || ink->column > ink->to)
		return;
	if (screen.colors)
		color = ink->color;
	curses.setcchar(&out, cell, ink->attributes, color, NULL);
	curses.mvwadd_wch(screen.window, ink->row, (int)(column - ink->from), &out);
}

/* A character with those that combine with it; the bytes that it takes. What the locale
 * cannot show or measure is a question mark. */
static size_t put_character(struct ink *ink, const char *text)
{
	enum { COMBINING = 4 };
	wchar_t cell[COMBINING + 2] = {0};
	mbstate_t state = {0};
	size_t length = mbrtowc(&cell[0], text, strlen(text), &state);
	size_t count = 1;
	int width;

	if (length == (size_t)-1 || length == (size_t)-2 || length == 0) {
		put_cell(ink, L"?", 1);
		return 1;
	}
	width = wcwidth(cell[0]);
	if (width <= 0)
		return width < 0 ? (put_cell(ink, L"?", 1), length) : length;
	while (count <= COMBINING && text[length]) {
		mbstate_t next = {0};
		wchar_t more;
		size_t taken = mbrtowc(&more, text + length, strlen(text + length),
		                       &next);

		if (taken == (size_t)-1 || taken == (size_t)-2 || wcwidth(more) != 0)
			break;
		cell[count++] = more;
		length += taken;
	}
	put_cell(ink, cell, (size_t)width);
	return length;
}

/* As text_escape writes them, in one go. */
static size_t put_control(struct ink *ink, const char *text)
{
	size_t length = text_control(text);
	struct arena arena = {0};
	const char *escaped;

	if (*text == '\t') {
		do
			put_cell(ink, L" ", 1);
		while (ink->column % 8 && ink->column < ink->to);
		return length;
	}
	escaped = text_escape(&arena, arena_bytes(&arena, text, length));
	for (; *escaped; escaped++)
		put_cell(ink, (wchar_t[]){(wchar_t)*escaped, 0}, 1);
	arena_drop(&arena);
	return length;
}

void screen_line(size_t row, const char *text, enum screen_style style)
{
	screen_part(row, text, 0, style);
}

void screen_part(size_t row, const char *text, size_t from, enum screen_style style)
{
	struct ink ink = {
		.base = style == SCREEN_PLAIN ? A_NORMAL : A_REVERSE,
		.from = from,
		.to = from + screen_width(),
		.row = (int)row,
	};

	ink.attributes = ink.base;
	curses.wmove(screen.window, ink.row, 0);
	curses.wclrtoeol(screen.window);
	while (*text && ink.column < ink.to) {
		size_t colors = take_colors(&ink, text);

		if (colors)
			text += colors;
		else if (text_control(text))
			text += put_control(&ink, text);
		else
			text += put_character(&ink, text);
		/* Colours end before the style of the line does. */
		ink.attributes |= ink.base;
	}
	screen.typed = ink.column;
	ink.attributes = ink.base;
	ink.color = 0;
	while (style != SCREEN_PLAIN && ink.column < ink.to)
		put_cell(&ink, L" ", 1);
}

void screen_show(bool types)
{
	size_t last = screen_width() - 1;

	curses.curs_set(types);
	if (types)
		curses.wmove(screen.window, (int)screen_height() - 1,
		             (int)(screen.typed < last ? screen.typed : last));
	curses.wrefresh(screen.window);
}

/* --- keys --- */

int screen_key(void)
{
	static const struct {
		wint_t curses;
		enum screen_key key;
	} rows[] = {
		{KEY_UP, SCREEN_UP},         {KEY_DOWN, SCREEN_DOWN},
		{KEY_LEFT, SCREEN_LEFT},     {KEY_RIGHT, SCREEN_RIGHT},
		{KEY_HOME, SCREEN_HOME},     {KEY_END, SCREEN_END},
		{KEY_PPAGE, SCREEN_PAGE_UP}, {KEY_NPAGE, SCREEN_PAGE_DOWN},
		{KEY_ENTER, SCREEN_ENTER},   {KEY_BACKSPACE, SCREEN_BACKSPACE},
		{KEY_DC, SCREEN_DELETE},
	};
	wint_t key;
	int kind = curses.wget_wch(screen.window, &key);

	if (kind == ERR)
		return SCREEN_NONE;
	for (size_t i = 0; kind == KEY_CODE_YES && i < sizeof rows / sizeof *rows; i++)
		if (rows[i].curses == key)
			return rows[i].key;
	if (kind == KEY_CODE_YES)
		return SCREEN_OTHER;
	if (key == '\r' || key == '\n')
		return SCREEN_ENTER;
	return key == 0x7f || key == '\b' ? SCREEN_BACKSPACE : (int)key;
}

bool screen_is_there(void)
{
	struct termios state;

	return tcgetattr(STDIN_FILENO, &state) == 0;
}
