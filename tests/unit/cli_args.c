/* The words of a command line, as the rows of a command have them. */
#include "cli/args.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"

static struct arena arena;

static int drop_arena(void **state)
{
	(void)state;
	arena_drop(&arena);
	return 0;
}

static const struct option_row options[] = {
	{.letter = 'd',
         .name = "depth",
         .kind = KIND_NUMBER,
         .value = "N",
         .help = "x"},
	{.name = "wait", .kind = KIND_SECONDS, .value = "SECONDS", .help = "x"},
	{.letter = 'w',
         .name = "when",
         .kind = KIND_WHEN,
         .value = "WHEN",
         .help = "x"},
	{.name = "sort", .kind = KIND_SORT, .value = "KEY", .help = "x"},
	{.letter = 's', .name = "switch", .help = "x"},
	{.name = "name",
         .kind = KIND_TEXT,
         .value = "NAME",
         .help = "x",
         .repeats = true},
	{0},
};

static const struct operand_row two[] = {
	{.kind = KIND_TEXT, .name = "ONE", .required = true},
	{.kind = KIND_TEXT, .name = "TWO"},
	{0},
};

static const struct operand_row many[] = {
	{.kind = KIND_TEXT, .name = "ONE", .required = true},
	{.kind = KIND_TEXT, .name = "MORE", .repeats = true},
	{0},
};

static const struct operand_row after_one[] = {
	{.kind = KIND_TEXT, .name = "ONE", .required = true},
	{.kind = KIND_FLAGS, .name = "FLAGS", .required = true, .repeats = true},
	{0},
};

static const struct operand_row git_after_some[] = {
	{.kind = KIND_SELECTION, .name = "SELECTION", .repeats = true},
	{.kind = KIND_GIT, .name = "GIT-COMMAND", .required = true, .repeats = true},
	{0},
};

static const struct operand_row rest[] = {{.kind = KIND_LINE, .name = "LINE"}, {0}};

static const struct command plain = {
	.name = "plain", .options = options, .operands = two};
static const struct command none = {.name = "none"};
static const struct command nameless = {.options = options, .operands = two};
static const struct command several = {
	.name = "several", .options = options, .operands = many};
static const struct command flags = {
	.name = "flags", .options = options, .operands = after_one};
static const struct command super = {.name = "super",
                                     .options = options,
                                     .operands = git_after_some,
                                     .selects = true,
                                     .runs = true};
static const struct command whole = {.name = "whole", .operands = rest};
static const struct command runs = {.name = "runs", .operands = two, .runs = true};

/* Words that start with `@` choose. */
static bool takes(void *context, const struct args *so_far, const char *word, bool last)
{
	(void)context, (void)so_far;
	return *word == '@' && !last;
}

static const char *meant(void *context, const char *option)
{
	(void)context;
	return strcmp(option, "--dirty") == 0 ? "@dirty" : NULL;
}

static const struct args_selection selection = {takes, meant, NULL};

static struct args args;

/* What args_parse prints on standard error, "" where nothing. */
static const char *complaint(const struct command *command, const char *parent,
                             const struct args_selection *selects, const char *line)
{
	struct strings words = {0};
	FILE *file = tmpfile();
	int error = dup(STDERR_FILENO), status;
	char *text = arena_take(&arena, 1024);

	strings_split(&arena, &words, line, " ");
	assert_non_null(file);
	assert_true(dup2(fileno(file), STDERR_FILENO) >= 0);
	status = args_parse(&args, command, parent, &words, selects, &arena);
	assert_true(dup2(error, STDERR_FILENO) >= 0);
	close(error);
	rewind(file);
	assert_true(fread(text, 1, 1023, file) < 1023);
	fclose(file);
	assert_int_equal(status, *text ? STATUS_USAGE : STATUS_OK);
	return text;
}

/* Operands, `--`, the rest, and the options that were given. */
static const char *parsed(const struct command *command, const char *line)
{
	const char *text = complaint(command, NULL, &selection, line);
	BUF out = {0};

	if (*text)
		return text;
	for (size_t i = 0; i < args.operands.count; i++)
		buf_addf(&out, "%s ", args.operands.items[i]);
	buf_adds(&out, args.ended ? "--" : "|");
	for (size_t i = 0; i < args.rest.count; i++)
		buf_addf(&out, " %s", args.rest.items[i]);
	for (size_t i = 0; i < args.count; i++)
		buf_addf(&out, " %s=%s", args.items[i].row->name,
		         args.items[i].value ? args.items[i].value : "on");
	return arena_bytes(&arena, buf_text(&out), out.length);
}

static void options_stand_anywhere(void **state)
{
	struct strings names = {0};

	(void)state;
	assert_string_equal(parsed(&plain, "-d3 a --wait 1.5 b -s"),
	                    "a b | depth=3 wait=1.5 switch=on");
	assert_string_equal(parsed(&plain, "--depth=3 --sort=x,y -w never a"),
	                    "a | depth=3 sort=x,y when=never");
	assert_string_equal(parsed(&plain, "a -- -d"), "a -d --");
	assert_string_equal(parsed(&several, "a b -s c -- -s"),
	                    "a b c -s -- switch=on");
	assert_string_equal(parsed(&plain, "--name x --name=y -d 1 -d 2 a"),
	                    "a | name=x name=y depth=1 depth=2");
	args_values(&names, &arena, &args, "name");
	assert_int_equal(names.count, 2);
	assert_string_equal(names.items[1], "y");
	assert_string_equal(args_value(&args, "name"), "y");
	assert_null(args_value(&args, "wait"));
	assert_int_equal(args_number(&args, "depth", 7), 2);
	assert_int_equal(args_number(&args, "nosuch", 7), 7);
	assert_true(args_seconds(&args, "wait", 0.5) == 0.5);
	assert_string_equal(parsed(&plain, "a --wait 1.5"), "a | wait=1.5");
	assert_true(args_seconds(&args, "wait", 0.5) == 1.5);
	assert_true(args_has(&args, "wait"));
	assert_false(args_has(&args, "switch"));
}

static void values_are_checked(void **state)
{
	static const char *const numbers[] = {"0", "-1", "x", "1x", "100001"};
	static const char *const seconds[] = {"0",  "x",     "-1",  "1s", "1e9",
	                                      "1e", "1e999", "inf", ".5", "0x"};

	(void)state;
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		assert_string_equal(
			parsed(&plain,
		               arena_format(&arena, "a --depth %s", numbers[i])),
			arena_format(&arena,
		                     "gita: plain: option '--depth' expects a whole "
		                     "number from 1 to 100000, not '%s'\n",
		                     numbers[i]));
	for (size_t i = 0; i < sizeof seconds / sizeof *seconds; i++)
		assert_string_equal(
			parsed(&plain, arena_format(&arena, "a --wait %s", seconds[i])),
			arena_format(&arena,
		                     "gita: plain: option '--wait' expects a number of "
		                     "seconds above 0, not '%s'\n",
		                     seconds[i]));
	assert_string_equal(parsed(&plain, "a --wait 1e8"), "a | wait=1e8");
	assert_string_equal(parsed(&plain, "a -w later"),
	                    "gita: plain: option '--when' expects one of always never "
	                    "auto, not 'later'\n");
}

static void what_is_wrong_is_named(void **state)
{
	(void)state;
	assert_string_equal(parsed(&none, ""), "|");
	assert_string_equal(parsed(&none, "a"),
	                    "gita: none: unexpected argument 'a'; usage: gita none\n");
	assert_string_equal(parsed(&plain, ""),
	                    "gita: plain: ONE is missing; usage: gita plain [OPTIONS] "
	                    "ONE [TWO]\n");
	assert_string_equal(parsed(&plain, "a b c"),
	                    "gita: plain: unexpected argument 'c'; usage: gita plain "
	                    "[OPTIONS] ONE [TWO]\n");
	assert_string_equal(parsed(&plain, "-h"), "| help=on");
	assert_string_equal(parsed(&plain, "a -d"),
	                    "gita: plain: option '-d' needs a value\n");
	assert_string_equal(parsed(&plain, "a --depth"),
	                    "gita: plain: option '--depth' needs a value\n");
	assert_string_equal(parsed(&plain, "a --switch=x"),
	                    "gita: plain: option '--switch' takes no value\n");
	assert_string_equal(parsed(&plain, "a -x"),
	                    "gita: plain: unknown option '-x'; 'gita help plain' lists "
	                    "them\n");
	assert_string_equal(parsed(&plain, "a --swich"),
	                    "gita: plain: unknown option '--swich'; did you mean "
	                    "'--switch'?\n");
	assert_string_equal(parsed(&plain, "a --dirty"),
	                    "gita: plain: unknown option '--dirty'; 'gita help plain' "
	                    "lists them\n");
	assert_string_equal(complaint(&plain, "above", NULL, "a -x"),
	                    "gita: above plain: unknown option '-x'; 'gita help above' "
	                    "lists them\n");
	assert_string_equal(parsed(&nameless, "-x"),
	                    "gita: unknown option '-x'; 'gita help' lists them\n");
	assert_string_equal(parsed(&runs, "a -x"),
	                    "gita: runs: unknown option '-x'; options for git go after "
	                    "'--'\n");
}

/* The last operand has all words from its first one on. */
static void an_open_operand_takes_the_rest(void **state)
{
	(void)state;
	assert_string_equal(parsed(&flags, "-s a -d 1"), "a | -d 1 switch=on");
	assert_string_equal(parsed(&flags, "a -- -d 1"), "a | -d 1");
	assert_string_equal(
		parsed(&flags, "a"),
		"gita: flags: FLAGS is missing; usage: gita flags [OPTIONS] "
		"ONE FLAGS...\n");
	assert_string_equal(parsed(&super, "@a -s @b log -s -- x"),
	                    "@a @b | log -s -- x switch=on");
	assert_string_equal(parsed(&super, "@a @b"), "@a | @b");
	assert_string_equal(parsed(&super, "@a -- log"), "@a -- log");
	assert_string_equal(parsed(&flags, "--no-pager"),
	                    "gita: flags: unknown option '--no-pager'; 'gita help "
	                    "flags' lists them\n");
	assert_string_equal(parsed(&super, "-s --no-pager log"),
	                    "| --no-pager log switch=on");
	assert_string_equal(parsed(&super, "@a -- "),
	                    "gita: super: GIT-COMMAND is missing; '@a' chooses repos, "
	                    "after '--' it is the command; usage: gita super [OPTIONS] "
	                    "[SELECTION...] GIT-COMMAND...\n");
	assert_string_equal(parsed(&super, "@a --dirty log"),
	                    "gita: super: unknown option '--dirty'; did you mean "
	                    "'@dirty'?\n");
	assert_string_equal(
		parsed(&super, "@a -x@b --nosuch"),
		"gita: super: unknown option '--nosuch'; options for git go "
		"after '--'; '@a' chooses repos, after '--' it is the "
		"command\n");
	assert_string_equal(
		parsed(&super, "--nosuch"),
		"gita: super: unknown option '--nosuch'; options for git go "
		"after '--'\n");
	assert_string_equal(complaint(&super, NULL, NULL, "--dirty"),
	                    "gita: super: unknown option '--dirty'; options for git go "
	                    "after '--'\n");
	assert_string_equal(parsed(&flags, ""),
	                    "gita: flags: ONE is missing; usage: gita flags [OPTIONS] "
	                    "ONE FLAGS...\n");
	assert_string_equal(parsed(&whole, "a --b"), "| a --b");
	/* Without one who knows what a selection is, nothing is part of it. */
	assert_string_equal(complaint(&super, NULL, NULL, "@a log"), "");
	assert_int_equal(args.operands.count, 0);
	assert_int_equal(args.rest.count, 2);
}

/* `-- URL`: the operand that is missing, and what is passed on behind another `--`. */
static void an_operand_may_follow_the_dashes(void **state)
{
	(void)state;
	assert_string_equal(parsed(&runs, "-- -a"), "-a --");
	assert_string_equal(parsed(&runs, "-- -a -b"), "-a -- -b");
	assert_string_equal(parsed(&runs, "-- -a -- -b"), "-a -- -b");
	assert_string_equal(parsed(&runs, "a -- -b"), "a -- -b");
	assert_string_equal(
		parsed(&runs, "--"),
		"gita: runs: ONE is missing; usage: gita runs [OPTIONS] ONE [TWO] "
		"[-- GIT-OPTION...]\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options_stand_anywhere),
		cmocka_unit_test(values_are_checked),
		cmocka_unit_test(what_is_wrong_is_named),
		cmocka_unit_test(an_open_operand_takes_the_rest),
		cmocka_unit_test(an_operand_may_follow_the_dashes),
	};

	return cmocka_run_group_tests_name("cli_args", tests, NULL, drop_arena);
}
