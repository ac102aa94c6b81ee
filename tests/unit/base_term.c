/* The terminal: width and colours. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "base/term.h"

static int master, terminal, pipe_end;

/* A terminal of our own, and a pipe for what is none. */
static int open_both(void **state)
{
	int ends[2];

	(void)state;
	master = posix_openpt(O_RDWR | O_NOCTTY);
	if (master < 0 || grantpt(master) != 0 || unlockpt(master) != 0)
		return -1;
	terminal = open(ptsname(master), O_RDWR | O_NOCTTY);
	if (terminal < 0 || pipe(ends) != 0)
		return -1;
	close(ends[0]);
	pipe_end = ends[1];
	return 0;
}

static int close_both(void **state)
{
	(void)state;
	return close(pipe_end) || close(terminal) || close(master);
}

static int plain_environment(void **state)
{
	(void)state;
	return unsetenv("COLUMNS") || unsetenv("NO_COLOR") ||
	       setenv("TERM", "xterm", 1);
}

static void set_size(unsigned short rows, unsigned short columns)
{
	assert_int_equal(ioctl(terminal, TIOCSWINSZ,
	                       &(struct winsize){.ws_row = rows, .ws_col = columns}),
	                 0);
}

static void set_columns(unsigned short columns)
{
	set_size(24, columns);
}

static void the_terminal_knows_its_width(void **state)
{
	(void)state;
	set_columns(132);
	assert_int_equal(term_width(terminal), 132);
	setenv("COLUMNS", "50", 1);
	assert_int_equal(term_width(terminal), 132);
}

static void columns_is_for_one_that_does_not(void **state)
{
	(void)state;
	set_columns(0);
	assert_int_equal(term_width(terminal), 80);
	setenv("COLUMNS", "50", 1);
	assert_int_equal(term_width(terminal), 50);
	setenv("COLUMNS", "wide", 1);
	assert_int_equal(term_width(terminal), 80);
	setenv("COLUMNS", "0", 1);
	assert_int_equal(term_width(terminal), 80);
}

static void what_is_no_terminal_has_no_width(void **state)
{
	(void)state;
	setenv("COLUMNS", "50", 1);
	assert_int_equal(term_width(pipe_end), 0);
	assert_int_equal(term_width(-1), 0);
}

static void the_terminal_knows_its_height(void **state)
{
	(void)state;
	set_size(50, 80);
	assert_int_equal(term_height(terminal), 50);
	set_size(0, 80);
	assert_int_equal(term_height(terminal), 24);
	assert_int_equal(term_height(pipe_end), 24);
}

static void a_dumb_terminal_is_not_capable(void **state)
{
	(void)state;
	assert_true(term_is_capable(terminal));
	assert_false(term_is_capable(pipe_end));
	setenv("TERM", "dumb", 1);
	assert_false(term_is_capable(terminal));
	setenv("TERM", "", 1);
	assert_false(term_is_capable(terminal));
	unsetenv("TERM");
	assert_false(term_is_capable(terminal));
}

/* One at a time, as it is pressed, Ctrl-C like the others; then all as before. */
static void keys_come_one_by_one(void **state)
{
	struct termios before, during, after;
	struct term_keys keys;

	(void)state;
	assert_false(term_keys_begin(&keys, pipe_end));
	assert_int_equal(tcgetattr(terminal, &before), 0);
	assert_true(term_keys_begin(&keys, terminal));
	assert_int_equal(tcgetattr(terminal, &during), 0);
	assert_int_equal(during.c_lflag & (ICANON | ECHO | ISIG), 0);
	assert_int_equal(during.c_oflag, before.c_oflag);
	assert_int_equal(write(master, "a\3\xff", 3), 3);
	assert_int_equal(term_keys_next(&keys), 'a');
	assert_int_equal(term_keys_next(&keys), 3);
	assert_int_equal(term_keys_next(&keys), 0xff);
	term_keys_end(&keys);
	assert_int_equal(tcgetattr(terminal, &after), 0);
	assert_int_equal(after.c_lflag, before.c_lflag);
	keys.descriptor = pipe_end;
	assert_int_equal(term_keys_next(&keys), -1);
}

static void colours_only_where_wanted(void **state)
{
	(void)state;
	assert_true(term_wants_color(terminal, COLOR_AUTO));
	assert_false(term_wants_color(pipe_end, COLOR_AUTO));
	setenv("NO_COLOR", "", 1);
	assert_true(term_wants_color(terminal, COLOR_AUTO));
	setenv("NO_COLOR", "1", 1);
	assert_false(term_wants_color(terminal, COLOR_AUTO));
	unsetenv("NO_COLOR");
	setenv("TERM", "dumb", 1);
	assert_false(term_wants_color(terminal, COLOR_AUTO));
	unsetenv("TERM");
	assert_true(term_wants_color(terminal, COLOR_AUTO));
}

static void an_explicit_choice_wins(void **state)
{
	(void)state;
	setenv("NO_COLOR", "1", 1);
	setenv("TERM", "dumb", 1);
	assert_true(term_wants_color(pipe_end, COLOR_ALWAYS));
	unsetenv("NO_COLOR");
	setenv("TERM", "xterm", 1);
	assert_false(term_wants_color(terminal, COLOR_NEVER));
}

static void knows_the_colours_by_name(void **state)
{
	static const char *const cases[][2] = {
		{"black", "\033[30m"},     {"white", "\033[37m"},
		{"purple", "\033[35m"},    {"b_red", "\033[31;1m"},
		{"b_white", "\033[37;1m"}, {"underline", "\033[4m"},
		{"default", "\033[39m"},   {"end", "\033[39m"},
	};

	(void)state;
	assert_int_equal(term_color_count, 19);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(term_color(cases[i][0])->sequence, cases[i][1]);
	assert_null(term_color("mauve"));
	assert_null(term_color(""));
	assert_null(term_color("Red"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(the_terminal_knows_its_width, plain_environment),
		cmocka_unit_test_setup(columns_is_for_one_that_does_not,
	                               plain_environment),
		cmocka_unit_test_setup(what_is_no_terminal_has_no_width,
	                               plain_environment),
		cmocka_unit_test_setup(the_terminal_knows_its_height,
	                               plain_environment),
		cmocka_unit_test_setup(a_dumb_terminal_is_not_capable,
	                               plain_environment),
		cmocka_unit_test_setup(keys_come_one_by_one, plain_environment),
		cmocka_unit_test_setup(colours_only_where_wanted, plain_environment),
		cmocka_unit_test_setup(an_explicit_choice_wins, plain_environment),
		cmocka_unit_test(knows_the_colours_by_name),
	};

	return cmocka_run_group_tests(tests, open_both, close_both);
}
