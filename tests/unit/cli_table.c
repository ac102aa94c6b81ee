/* Rows and columns: alignment, limits, the fit to a width. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <unistd.h>

#include "base/arena.h"
#include "cli/out.h"
#include "cli/table.h"

static struct arena arena;

static int drop_arena(void **state)
{
	(void)state;
	arena_drop(&arena);
	return 0;
}

/* What table_print writes on standard output. */
static const char *printed(const struct table *table, size_t width, bool colors,
                           size_t indent)
{
	static char text[4096];
	FILE *file = tmpfile();
	int output = dup(STDOUT_FILENO);
	size_t length;

	assert_non_null(file);
	fflush(stdout);
	assert_true(dup2(fileno(file), STDOUT_FILENO) >= 0);
	table_print(table, &arena, width, colors, indent);
	assert_true(out_flush());
	assert_true(dup2(output, STDOUT_FILENO) >= 0);
	close(output);
	rewind(file);
	length = fread(text, 1, sizeof text - 1, file);
	text[length] = '\0';
	fclose(file);
	return text;
}

enum { COLUMNS = 4, GREEN_ROWS = 5 };
#define GREEN "\033[32m"

/* The example of the manual. */
static struct cell cells[GREEN_ROWS][COLUMNS] = {
	{{.text = "api"},
         {.text = "feat/login", .color = GREEN, .tail = "[*+\u21912]"},
         {.text = "fix token refresh"},
         {.text = "(3 hours ago)", .brief = "3 h"}},
	{{.text = "docs"},
         {.text = "main", .tail = "[?]"},
         {.text = "typo in the guide"},
         {.text = "(2 days ago)", .brief = "2 d"}},
	{{.text = "infra"},
         {.text = "main|rebase", .tail = "[!$2\u21934]", .kept = 7},
         {.text = "move to the new cluster"},
         {.text = "(5 weeks ago)", .brief = "5 w"}},
	{{.text = "\u65B0"},
         {.text = "main", .tail = "[\u2205]"},
         {.text = "(no commits yet)"},
         {.text = ""}},
	{{.text = "old"}, {0}, {0}, {0}},
};

static struct table_row rows[GREEN_ROWS] = {
	{.cells = cells[0]},
	{.cells = cells[1]},
	{.cells = cells[2]},
	{.cells = cells[3]},
	{.cells = cells[4], .whole = "missing: /home/me/src/old", .fit = FIT_MIDDLE},
};

/* The columns of ll. */
static struct table_column columns[COLUMNS] = {
	{.fit = FIT_MIDDLE}, {.fit = FIT_MIDDLE}, {.fit = FIT_END}, {.fit = FIT_BRIEF}};

static const struct table example = {columns, COLUMNS, rows, GREEN_ROWS, GREEN_ROWS};

static void aligns_by_display_width(void **state)
{
	(void)state;
	assert_string_equal(
		printed(&example, 0, false, 0),
		"api    feat/login  [*+\u21912]   fix token refresh        (3 hours "
		"ago)\n"
		"docs   main        [?]      typo in the guide        (2 days ago)\n"
		"infra  main|rebase [!$2\u21934]  move to the new cluster  (5 weeks "
		"ago)\n"
		"\u65B0     main        [\u2205]      (no commits yet)\n"
		"old    missing: /home/me/src/old\n");
}

static void the_message_gives_way_first(void **state)
{
	(void)state;
	assert_string_equal(
		printed(&example, 63, false, 0),
		"api    feat/login  [*+\u21912]   fix token refresh     (3 hours ago)\n"
		"docs   main        [?]      typo in the guide     (2 days ago)\n"
		"infra  main|rebase [!$2\u21934]  move to the new clu\u2026  (5 weeks "
		"ago)\n"
		"\u65B0     main        [\u2205]      (no commits yet)\n"
		"old    missing: /home/me/src/old\n");
}

static void then_the_time_is_short_and_the_message_has_its_room(void **state)
{
	(void)state;
	assert_string_equal(
		printed(&example, 62, false, 0),
		"api    feat/login  [*+\u21912]   fix token refresh        3 h\n"
		"docs   main        [?]      typo in the guide        2 d\n"
		"infra  main|rebase [!$2\u21934]  move to the new cluster  5 w\n"
		"\u65B0     main        [\u2205]      (no commits yet)\n"
		"old    missing: /home/me/src/old\n");
}

static void then_there_is_no_time(void **state)
{
	(void)state;
	assert_string_equal(
		printed(&example, 48, false, 0),
		"api    feat/login  [*+\u21912]   fix token refresh\n"
		"docs   main        [?]      typo in the guide\n"
		"infra  main|rebase [!$2\u21934]  move to the new clu\u2026\n"
		"\u65B0     main        [\u2205]      (no commits yet)\n"
		"old    missing: /home/me/src/old\n");
}

static void then_branch_and_message_are_short(void **state)
{
	(void)state;
	assert_string_equal(printed(&example, 34, false, 0),
	                    "api    feat\u2026ogin [*+\u21912]   fix tok\u2026\n"
	                    "docs   main      [?]      typo in\u2026\n"
	                    "infra  m\u2026|rebase [!$2\u21934]  move to\u2026\n"
	                    "\u65B0     main      [\u2205]      (no com\u2026\n"
	                    "old    missing: /home/me/src/old\n");
}

static void then_there_is_no_message(void **state)
{
	(void)state;
	assert_string_equal(printed(&example, 33, false, 0),
	                    "api    feat/login  [*+\u21912]\n"
	                    "docs   main        [?]\n"
	                    "infra  main|rebase [!$2\u21934]\n"
	                    "\u65B0     main        [\u2205]\n"
	                    "old    missing: /home/me/src/old\n");
}

static void a_branch_keeps_its_operation(void **state)
{
	(void)state;
	assert_string_equal(printed(&example, 24, false, 0),
	                    "api    feat\u2026ogin [*+\u21912]\n"
	                    "docs   main      [?]\n"
	                    "infra  m\u2026|rebase [!$2\u21934]\n"
	                    "\u65B0     main      [\u2205]\n"
	                    "old    missing:\u2026/src/old\n");
}

static void what_is_never_cut_goes_from_the_right(void **state)
{
	(void)state;
	assert_string_equal(printed(&example, 20, false, 0),
	                    "api    feat/login\n"
	                    "docs   main\n"
	                    "infra  main|rebase\n"
	                    "\u65B0     main\n"
	                    "old    missin\u2026rc/old\n");
}

static void no_line_is_wider_than_the_narrowest_terminal(void **state)
{
	(void)state;
	assert_string_equal(printed(&example, 4, false, 0), "api\n"
	                                                    "docs\n"
	                                                    "in\u2026a\n"
	                                                    "\u65B0\n"
	                                                    "old\n");
}

/* One name and one subject are much longer than the others. */
static void outliers_give_way_before_all(void **state)
{
	struct cell fleet[4][3] = {
		{{.text = "a"}, {.text = "one"}, {.text = "1234567"}},
		{{.text = "b-that-has-quite-a-long-name"},
	         {.text = "two"},
	         {.text = "2"}},
		{{.text = "c"},
	         {.text = "three is a sentence that goes on for more than a line of "
	                  "sixty"},
	         {.text = "3"}},
		{{.text = "d"}, {.text = "four"}, {.text = "4"}},
	};
	struct table_row list[] = {{.cells = fleet[0]},
	                           {.cells = fleet[1]},
	                           {.cells = fleet[2]},
	                           {.cells = fleet[3]}};
	struct table_column three[] = {
		{.fit = FIT_MIDDLE}, {.fit = FIT_END}, {.fit = FIT_WHOLE}};
	struct table table = {three, 3, list, 4, 4};

	(void)state;
	assert_string_equal(
		printed(&table, 90, false, 0),
		"a                  one                                                "
		"             1234567\n"
		"b-that-h\u2026ong-name  two                                           "
		"                  2\n"
		"c                  three is a sentence that goes on for more than a "
		"line of sixty  3\n"
		"d                  four                                               "
		"             4\n");
	assert_string_equal(
		printed(&table, 77, false, 0),
		"a                 one                                                 "
		"1234567\n"
		"b-that-h\u2026ng-name  two                                            "
		"     "
		"2\n"
		"c                 three is a sentence that goes on for more than a "
		"\u2026 "
		" 3\n"
		"d                 four                                                "
		"4\n");
	assert_string_equal(printed(&table, 40, false, 0),
	                    "a             one                1234567\n"
	                    "b-that\u2026-name  two                2\n"
	                    "c             three is a sente\u2026  3\n"
	                    "d             four               4\n");
}

static void a_limit_cuts_and_pads(void **state)
{
	struct table_column limited[COLUMNS] = {
		{.fit = FIT_MIDDLE},
		{.limit = 6, .tail_limit = 8, .fit = FIT_MIDDLE},
		{.limit = 12, .fit = FIT_END},
		{.limit = 13, .fit = FIT_BRIEF}};
	struct table table = {limited, COLUMNS, rows, 2, 2};

	(void)state;
	assert_string_equal(
		printed(&table, 0, false, 0),
		"api   fea\u2026in [*+\u21912]    fix token r\u2026  (3 hours ago)\n"
		"docs  main   [?]       typo in the\u2026  (2 days ago)\n");
}

/* The brackets, and a time that has a short form. */
static void a_limit_never_makes_nonsense(void **state)
{
	struct table_column limited[COLUMNS] = {
		{.fit = FIT_MIDDLE},
		{.limit = 2, .tail_limit = 2, .fit = FIT_WHOLE},
		{.limit = 12, .fit = FIT_END},
		{.limit = 12, .fit = FIT_BRIEF}};
	struct table table = {limited, COLUMNS, rows, 2, 2};

	(void)state;
	assert_string_equal(printed(&table, 0, false, 0),
	                    "api   feat/login [*+\u21912]  fix token r\u2026  3 h\n"
	                    "docs  main       [?]     typo in the\u2026  2 d\n");
}

static void colours_text_and_tail_but_no_blanks(void **state)
{
	struct table table = {columns, 2, rows, 2, 2};

	(void)state;
	assert_string_equal(
		printed(&table, 0, true, 0),
		"api   \033[32mfeat/login\033[0m \033[32m[*+\u21912]\033[0m\n"
		"docs  main       [?]\n");
}

static void headings_stand_outside(void **state)
{
	struct table_row list[] = {
		{.heading = "work:"},
		rows[0],
		{.heading = "a heading that is long:"},
		rows[4],
	};
	struct table table = {columns, 2, list, 4, 4};

	(void)state;
	assert_string_equal(printed(&table, 16, false, 2), "work:\n"
	                                                   "  api  feat\u2026ogin\n"
	                                                   "a headin\u2026s long:\n"
	                                                   "  old  miss\u2026/old\n");
}

static void an_empty_column_takes_no_room(void **state)
{
	struct cell row[] = {{.text = "a"}, {.text = ""}, {.text = "b"}};
	struct table_row list[] = {{.cells = row}};
	struct table_column three[3] = {{0}};
	struct table table = {three, 3, list, 1, 1};

	(void)state;
	assert_string_equal(printed(&table, 0, false, 0), "a  b\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(aligns_by_display_width),
		cmocka_unit_test(the_message_gives_way_first),
		cmocka_unit_test(then_the_time_is_short_and_the_message_has_its_room),
		cmocka_unit_test(then_there_is_no_time),
		cmocka_unit_test(then_branch_and_message_are_short),
		cmocka_unit_test(then_there_is_no_message),
		cmocka_unit_test(a_branch_keeps_its_operation),
		cmocka_unit_test(what_is_never_cut_goes_from_the_right),
		cmocka_unit_test(no_line_is_wider_than_the_narrowest_terminal),
		cmocka_unit_test(outliers_give_way_before_all),
		cmocka_unit_test(a_limit_cuts_and_pads),
		cmocka_unit_test(a_limit_never_makes_nonsense),
		cmocka_unit_test(colours_text_and_tail_but_no_blanks),
		cmocka_unit_test(headings_stand_outside),
		cmocka_unit_test(an_empty_column_takes_no_room),
	};

	return cmocka_run_group_tests(tests, NULL, drop_arena);
}
