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
	{{"api", NULL, NULL},
         {"feat/login", GREEN, "[*+\u21912]"},
         {"fix token refresh", NULL, NULL},
         {"(3 hours ago)", NULL, NULL}},
	{{"docs", NULL, NULL},
         {"main", NULL, "[?]"},
         {"typo in the guide", NULL, NULL},
         {"(2 days ago)", NULL, NULL}},
	{{"infra", NULL, NULL},
         {"main|rebase", NULL, "[!$2\u21934]"},
         {"move to the new cluster", NULL, NULL},
         {"(5 weeks ago)", NULL, NULL}},
	{{"\u65B0", NULL, NULL},
         {"main", NULL, "[\u2205]"},
         {"(no commits yet)", NULL, NULL},
         {"", NULL, NULL}},
	{{"old", NULL, NULL}, {0}, {0}, {0}},
};

static struct table_row rows[GREEN_ROWS] = {
	{cells[0], NULL, NULL},
	{cells[1], NULL, NULL},
	{cells[2], NULL, NULL},
	{cells[3], NULL, NULL},
	{cells[4], "missing: /home/me/src/old", NULL},
};

static struct table example(struct table_column *columns)
{
	columns[2].gives = true;
	return (struct table){columns, COLUMNS, rows, GREEN_ROWS, GREEN_ROWS};
}

static void aligns_by_display_width(void **state)
{
	struct table_column columns[COLUMNS] = {0};
	struct table table = example(columns);

	(void)state;
	assert_string_equal(
		printed(&table, 0, false, 0),
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
	struct table_column columns[COLUMNS] = {0};
	struct table table = example(columns);

	(void)state;
	assert_string_equal(
		printed(&table, 54, false, 0),
		"api    feat/login  [*+\u21912]   fix token \u2026  (3 hours ago)\n"
		"docs   main        [?]      typo in th\u2026  (2 days ago)\n"
		"infra  main|rebase [!$2\u21934]  move to th\u2026  (5 weeks ago)\n"
		"\u65B0     main        [\u2205]      (no commit\u2026\n"
		"old    missing: /home/me/src/old\n");
}

static void then_the_others_from_the_right(void **state)
{
	struct table_column columns[COLUMNS] = {0};
	struct table table = example(columns);

	(void)state;
	assert_string_equal(printed(&table, 30, false, 0),
	                    "api    feat/\u2026 [*+\u2026  fix\u2026  (3 \u2026\n"
	                    "docs   main   [?]   typ\u2026  (2 \u2026\n"
	                    "infra  main|\u2026 [!$\u2026  mov\u2026  (5 \u2026\n"
	                    "\u65B0     main   [\u2205]   (no\u2026\n"
	                    "old    missing: /home/me/src/\u2026\n");
}

static void no_line_is_wider_than_the_narrowest_terminal(void **state)
{
	struct table_column columns[COLUMNS] = {0};
	struct table table = example(columns);

	(void)state;
	assert_string_equal(printed(&table, 9, false, 0), "api   fe\u2026\n"
	                                                  "docs  ma\u2026\n"
	                                                  "inf\u2026  ma\u2026\n"
	                                                  "\u65B0    ma\u2026\n"
	                                                  "old   mi\u2026\n");
}

static void a_limit_cuts_and_pads(void **state)
{
	struct table_column columns[COLUMNS] = {
		{0}, {6, 8, false}, {12, 0, false}, {0}};
	struct table table = {columns, COLUMNS, rows, 2, 2};

	(void)state;
	assert_string_equal(
		printed(&table, 0, false, 0),
		"api   feat/\u2026 [*+\u21912]    fix token r\u2026  (3 hours ago)\n"
		"docs  main   [?]       typo in the\u2026  (2 days ago)\n");
}

static void colours_text_and_tail_but_no_blanks(void **state)
{
	struct table_column columns[COLUMNS] = {0};
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
		{NULL, NULL, "work:"},
		rows[0],
		{NULL, NULL, "a heading that is long:"},
		rows[4],
	};
	struct table_column columns[COLUMNS] = {0};
	struct table table = {columns, 2, list, 4, 4};

	(void)state;
	assert_string_equal(printed(&table, 14, false, 2), "work:\n"
	                                                   "  api  fea\u2026 [\u2026\n"
	                                                   "a heading tha\u2026\n"
	                                                   "  old  missin\u2026\n");
}

static void an_empty_column_takes_no_room(void **state)
{
	struct cell row[] = {{"a", NULL, NULL}, {"", NULL, NULL}, {"b", NULL, NULL}};
	struct table_row list[] = {{row, NULL, NULL}};
	struct table_column columns[3] = {0};
	struct table table = {columns, 3, list, 1, 1};

	(void)state;
	assert_string_equal(printed(&table, 0, false, 0), "a  b\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(aligns_by_display_width),
		cmocka_unit_test(the_message_gives_way_first),
		cmocka_unit_test(then_the_others_from_the_right),
		cmocka_unit_test(no_line_is_wider_than_the_narrowest_terminal),
		cmocka_unit_test(a_limit_cuts_and_pads),
		cmocka_unit_test(colours_text_and_tail_but_no_blanks),
		cmocka_unit_test(headings_stand_outside),
		cmocka_unit_test(an_empty_column_takes_no_room),
	};

	return cmocka_run_group_tests(tests, NULL, drop_arena);
}
