/* Columns, widths, colours and symbols: defaults, what a file gives, notes. */
#include "store_place.h"

#include <math.h>

#include "base/term.h"
#include "store/settings.h"

static struct settings settings;

static void load(void)
{
	settings_load(&settings, &home, &arena, &notes);
}

static void begin(void)
{
	assert_true(settings_begin(&settings, &home, &arena, &notes, &err));
}

static const char *columns(void)
{
	struct strings names = {0};

	for (size_t i = 0; i < settings.column_count; i++)
		strings_add(&arena, &names, settings_items[settings.columns[i]].name);
	return in_bars(&names);
}

static const char *widths(void)
{
	BUF out = {0};

	for (size_t i = 0; i < WIDTH_COUNT; i++)
		if (settings.widths[i])
			buf_addf(&out, "%s=%zu ", settings_width_name(i),
			         settings.widths[i]);
	return arena_string(&arena, buf_text(&out));
}

static const char *colors(void)
{
	struct strings names = {0};

	for (size_t i = 0; i < SITUATION_COUNT; i++)
		strings_add(&arena, &names, settings.colors[i]);
	return in_bars(&names);
}

static const char *symbols(void)
{
	struct strings all = {0};

	for (size_t i = 0; i < MARK_COUNT; i++)
		strings_add(&arena, &all, settings.symbols[i]);
	return in_bars(&all);
}

#define USUAL_COLUMNS "branch|commit_msg|commit_time|"
#define USUAL_COLORS \
	"b_green|purple|b_yellow|b_red|default|b_cyan|b_purple|b_red|b_blue|"
#define USUAL_SYMBOLS "!|*|+|$|?||↑|↓|⇕|∅|✗|"

static void check_defaults(void)
{
	load();
	assert_string_equal(columns(), USUAL_COLUMNS);
	assert_string_equal(widths(), "");
	assert_string_equal(colors(), USUAL_COLORS);
	assert_string_equal(symbols(), USUAL_SYMBOLS);
}

static void without_files_there_are_defaults(void **state)
{
	(void)state;
	check_defaults();
	assert_string_equal(got_notes(), "");
}

static void empty_files_are_noted(void **state)
{
	(void)state;
	put_file("info.csv", "");
	put_file("layout.csv", "");
	put_file("color.csv", "in_sync,diverged\r\n");
	put_file("symbols.csv", "\n\n");
	check_defaults();
	assert_string_equal(got_notes(),
	                    "using the default columns: '~/info.csv' names none\n"
	                    "cannot use '~/layout.csv': expected a row of names and a "
	                    "row of values\n"
	                    "cannot use '~/color.csv': expected a row of names and a "
	                    "row of values\n"
	                    "cannot use '~/symbols.csv': expected a row of names and a "
	                    "row of values\n");
}

static void broken_files_are_noted(void **state)
{
	(void)state;
	put_file("info.csv", "\"branch\n");
	put_bytes("layout.csv", "branch\n1\0\n", 10);
	scratch_folder("gita/color.csv");
	scratch_link("gita/symbols.csv", "/dev/null");
	check_defaults();
	assert_string_equal(
		got_notes(),
		"cannot use '~/info.csv': line 1: unclosed quote; correct it or "
		"move the file away\n"
		"cannot use '~/layout.csv': line 2: NUL byte; correct it or move the "
		"file away\n"
		"cannot read '~/color.csv': is a directory\n"
		"cannot read '~/symbols.csv': not a regular file\n");
}

static void partial_files_are_completed(void **state)
{
	(void)state;
	put_file("info.csv", "path,branch\n");
	put_file("layout.csv", "branch,symbols,commit_msg,path\n19,5,\n");
	put_file("color.csv", "in_sync,future,diverged,no_remote\n"
	                      "blue,b_red,b_black,\n");
	put_file("symbols.csv", "dirty,,in_sync,no_remote,future\nD,,✓,,x,extra\n");
	load();
	assert_string_equal(columns(), "path|branch|");
	assert_string_equal(widths(), "branch=19 symbols=5 ");
	assert_string_equal(colors(),
	                    "blue|purple|b_yellow|b_black|default|b_cyan|b_purple|"
	                    "b_red|b_blue|");
	assert_string_equal(symbols(), "!|D|+|$|?|✓|↑|↓|⇕||✗|");
	assert_string_equal(got_notes(), "");
}

/* The names that older Python tools give to the situations. */
static void old_names_of_situations_count_where_there_is_no_other(void **state)
{
	(void)state;
	put_file("color.csv", "no-remote,in-sync,in_sync,local_ahead,local-ahead\n"
	                      "blue,red,b_red,cyan,red\n");
	load();
	assert_string_equal(
		colors(),
		"b_red|cyan|b_yellow|b_red|blue|b_cyan|b_purple|b_red|b_blue|");
}

static void the_terminals_own_colour_has_two_names(void **state)
{
	(void)state;
	put_file("color.csv", "in_sync,diverged\ndefault,end\n");
	load();
	assert_string_equal(settings.colors[SITUATION_IN_SYNC], "default");
	assert_string_equal(settings.colors[SITUATION_DIVERGED], "default");
}

static void each_wrong_value_is_noted_once(void **state)
{
	(void)state;
	put_file("info.csv", "branch,nothing,path,branch\n");
	put_file("layout.csv", "branch,path,symbols,hash\nx,-1,10001,7\n");
	put_file("color.csv", "in_sync,diverged\npink,b_red\n");
	put_file("symbols.csv", "dirty,staged\n\033[31m,+\n");
	load();
	assert_string_equal(columns(), "branch|path|");
	assert_string_equal(widths(), "hash=7 ");
	assert_string_equal(colors(), USUAL_COLORS);
	assert_string_equal(symbols(), USUAL_SYMBOLS);
	assert_string_equal(
		got_notes(),
		"~/info.csv:1: the column 'nothing' is ignored: no such item\n"
		"~/info.csv:1: the column 'branch' is ignored: it is a duplicate\n"
		"~/layout.csv:2: invalid width of 'branch': 'x' is not a number "
		"from 0 to 10000\n"
		"~/layout.csv:2: invalid width of 'path': '-1' is not a number "
		"from 0 to 10000\n"
		"~/layout.csv:2: invalid width of 'symbols': '10001' is not a number "
		"from 0 to 10000\n"
		"~/color.csv:2: 'in_sync' has its default colour: unknown colour "
		"'pink'\n"
		"~/symbols.csv:2: 'dirty' has its default symbol: the one in the file "
		"is not printable\n");
}

static void a_save_keeps_what_is_unknown(void **state)
{
	(void)state;
	put_file("info.csv", "branch,future\n");
	put_file("layout.csv", "future,branch\n3,19\nmore\n");
	put_file("color.csv", "in_sync,future,diverged\nblue,pink\n");
	begin();
	settings.columns[settings.column_count++] = ITEM_PATH;
	settings.widths[ITEM_BRANCH] = 20;
	settings.colors[SITUATION_DIVERGED] = "b_red";
	assert_true(settings_save_columns(&settings, &home, &err));
	assert_true(settings_save_widths(&settings, &home, &err));
	assert_true(settings_save_colors(&settings, &home, &err));
	settings_end(&settings);
	assert_string_equal(got_file("info.csv"), "branch,path,future\r\n");
	assert_string_equal(
		got_file("layout.csv"),
		"future,branch,branch_name,commit_msg,commit_time,path,upstream,hash,"
		"author,remote,stash,sync,fetched,type,groups,symbols\r\n"
		"3,20,0,0,0,0,0,0,0,0,0,0,0,0,0,0\r\n"
		"more\r\n");
	assert_string_equal(
		got_file("color.csv"),
		"in_sync,future,diverged,local_ahead,remote_ahead,no_remote,"
		"upstream_gone,missing,broken,timeout,in-sync,local-ahead,"
		"remote-ahead,no-remote\r\n"
		"blue,pink,b_red,purple,b_yellow,end,b_cyan,b_purple,b_red,b_blue,"
		"blue,purple,b_yellow,end\r\n");
}

static void a_save_makes_what_is_not_there(void **state)
{
	(void)state;
	scratch_check(rmdir(home.config) == 0, "rmdir");
	begin();
	assert_true(settings_save_columns(&settings, &home, &err));
	settings_end(&settings);
	assert_string_equal(got_file("info.csv"), "branch,commit_msg,commit_time\r\n");
	assert_true(settings_reset_columns(&home, &err));
	assert_string_equal(got_file("info.csv"), "(none)");
	assert_true(settings_reset_columns(&home, &err));
	assert_true(settings_reset_colors(&home, &err));
}

static void a_save_refuses_a_broken_file(void **state)
{
	(void)state;
	put_file("color.csv", "in_sync\n\"blue\n");
	begin();
	assert_false(settings_save_colors(&settings, &home, &err));
	assert_string_equal(got_error(), "cannot use '~/color.csv': line 2: unclosed "
	                                 "quote; correct it or move the file "
	                                 "away");
	settings.column_count = 0;
	assert_false(settings_save_columns(&settings, &home, &err));
	assert_string_equal(got_error(),
	                    "cannot hide all columns: at least one must be shown");
	settings_end(&settings);
	assert_string_equal(got_file("color.csv"), "in_sync\n\"blue\n");
}

/* What was not read is not replaced, whoever has put it right meanwhile. */
static void a_save_refuses_what_was_unreadable(void **state)
{
	(void)state;
	put_file("color.csv", "\"\n");
	begin();
	put_file("color.csv", "in_sync\nblue\n");
	assert_false(settings_save_colors(&settings, &home, &err));
	assert_string_equal(got_error(), "cannot change '~/color.csv': it could not be "
	                                 "read before");
	settings_end(&settings);
	assert_string_equal(got_file("color.csv"), "in_sync\nblue\n");
}

static void what_cannot_be_changed_is_named(void **state)
{
	(void)state;
	scratch_folder("gita/info.csv");
	assert_false(settings_reset_columns(&home, &err));
	assert_string_equal(got_error(), "cannot remove '~/info.csv': is a directory");
	scratch_check(rmdir(in_scratch("gita/info.csv")) == 0, "rmdir");
	put_file("info.csv", "branch\n");
	scratch_folder("gita/layout.csv");
	assert_false(settings_reset_columns(&home, &err));
	assert_string_equal(got_error(),
	                    "cannot remove '~/layout.csv': is a directory");
	assert_string_equal(got_file("info.csv"), "(none)");
	scratch_check(rmdir(in_scratch("gita/layout.csv")) == 0, "rmdir");
	scratch_folder("gita/repos.csv.lock");
	assert_false(settings_begin(&settings, &home, &arena, &notes, &err));
	assert_string_equal(got_error(), "cannot lock '~/repos.csv': is a directory");
	scratch_check(rmdir(in_scratch("gita/repos.csv.lock")) == 0, "rmdir");
	scratch_check(rmdir(home.config) == 0, "rmdir");
	scratch_file("gita", "");
	assert_false(settings_begin(&settings, &home, &arena, &notes, &err));
	assert_string_equal(got_error(), "cannot create the folder '~': file exists");
}

static void the_tables_are_whole(void **state)
{
	enum situation situation;
	enum item item;
	size_t width;

	(void)state;
	for (size_t i = 0; i < ITEM_COUNT; i++) {
		assert_non_null(settings_items[i].help);
		assert_true(settings_item(&item, settings_items[i].name));
		assert_int_equal(item, i);
	}
	for (size_t i = 0; i < SITUATION_COUNT; i++) {
		assert_non_null(settings_situations[i].help);
		assert_true(
			settings_situation(&situation, settings_situations[i].name));
		assert_int_equal(situation, i);
	}
	for (size_t i = 0; i < SITUATION_OF_BRANCH; i++)
		assert_string_equal(settings_marks[MARK_SITUATION + i].name,
		                    settings_situations[i].name);
	for (size_t i = 0; i < MARK_COUNT; i++)
		assert_non_null(settings_marks[i].symbol);
	assert_true(settings_width(&width, "symbols"));
	assert_int_equal(width, WIDTH_SYMBOLS);
	assert_false(settings_item(&item, "symbols"));
	assert_false(settings_situation(&situation, "dirty"));
	assert_false(settings_width(&width, ""));
}

static void the_presets_are_colours_that_differ(void **state)
{
	(void)state;
	assert_ptr_equal(settings_preset("default"), &settings_presets[0]);
	assert_non_null(settings_preset("colorblind"));
	assert_null(settings_preset("pretty"));
	for (size_t i = 0; i < settings_preset_count; i++)
		for (size_t k = 0; k < SITUATION_COUNT; k++) {
			const char *const *names = settings_presets[i].colors;

			assert_non_null(term_color(names[k]));
			for (size_t other =
			             k < SITUATION_OF_BRANCH ? 0 : SITUATION_OF_BRANCH;
			     other < k; other++)
				assert_string_not_equal(names[k], names[other]);
		}
}

/* How bright a colour is, and how much two differ: WCAG 2.1, "relative luminance" and
 * "contrast ratio". */
static double luminance(unsigned rgb)
{
	static const double weights[] = {0.0722, 0.7152, 0.2126};
	double sum = 0;

	for (size_t i = 0; i < 3; i++, rgb >>= 8) {
		double part = (rgb & 0xFF) / 255.0;

		sum += weights[i] * (part <= 0.04045
		                             ? part / 12.92
		                             : pow((part + 0.055) / 1.055, 2.4));
	}
	return sum;
}

static double contrast(unsigned one, unsigned other)
{
	double left = luminance(one) + 0.05, right = luminance(other) + 0.05;

	return left > right ? left / right : right / left;
}

/* Bold letters can be read, and so can the terminal's own colour. */
static void the_presets_can_be_read_on_black_and_on_white(void **state)
{
	static const unsigned palettes[][8] = {
		/* xterm */
		{0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD,
	         0xE5E5E5},
		/* Tango, of GNOME */
		{0x2E3436, 0xCC0000, 0x4E9A06, 0xC4A000, 0x3465A4, 0x75507B, 0x06989A,
	         0xD3D7CF},
		/* Terminal.app */
		{0x000000, 0x990000, 0x00A600, 0x999900, 0x0000B2, 0xB200B2, 0x00A6B2,
	         0xBFBFBF},
	};
	enum { PALETTES = sizeof palettes / sizeof *palettes };

	(void)state;
	for (size_t i = 0; i < settings_preset_count * SITUATION_COUNT; i++) {
		const char *name = settings_presets[i / SITUATION_COUNT]
		                           .colors[i % SITUATION_COUNT];
		const char *sequence = term_color(name)->sequence;

		if (strncmp(sequence, "\033[3", 3) != 0 || strstr(sequence, ";1m") ||
		    strcmp(sequence, "\033[39m") == 0)
			continue;
		for (size_t k = 0; k < PALETTES; k++) {
			unsigned color = palettes[k][sequence[3] - '0'];

			if (contrast(color, 0x000000) < 3 ||
			    contrast(color, 0xFFFFFF) < 3)
				fail_msg("'%s' of preset '%s', palette %zu", name,
				         settings_presets[i / SITUATION_COUNT].name, k);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PLACE_TEST(without_files_there_are_defaults),
		PLACE_TEST(empty_files_are_noted),
		PLACE_TEST(broken_files_are_noted),
		PLACE_TEST(partial_files_are_completed),
		PLACE_TEST(old_names_of_situations_count_where_there_is_no_other),
		PLACE_TEST(the_terminals_own_colour_has_two_names),
		PLACE_TEST(each_wrong_value_is_noted_once),
		PLACE_TEST(a_save_keeps_what_is_unknown),
		PLACE_TEST(a_save_makes_what_is_not_there),
		PLACE_TEST(a_save_refuses_a_broken_file),
		PLACE_TEST(a_save_refuses_what_was_unreadable),
		PLACE_TEST(what_cannot_be_changed_is_named),
		PLACE_TEST(the_tables_are_whole),
		PLACE_TEST(the_presets_are_colours_that_differ),
		PLACE_TEST(the_presets_can_be_read_on_black_and_on_white),
	};

	return cmocka_run_group_tests_name("store_settings", tests, NULL, NULL);
}
