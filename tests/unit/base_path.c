/* Paths as bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/path.h"
#include "scratch.h"

static struct arena arena;

/* Each test works in a folder of its own, from the "here" in it. */
static int enter(void **state)
{
	scratch_setup(state);
	scratch_folder("here");
	return chdir(in_scratch("here"));
}

static int leave(void **state)
{
	arena_drop(&arena);
	return chdir("/") || scratch_teardown(state);
}

static void joins(void **state)
{
	(void)state;
	assert_string_equal(path_join(&arena, "/a", "b"), "/a/b");
	assert_string_equal(path_join(&arena, "/", "b"), "/b");
	assert_string_equal(path_join(&arena, "/a/", "b"), "/a/b");
	assert_string_equal(path_join(&arena, "/a", "/b"), "/b");
	assert_string_equal(path_join(&arena, "", "b"), "b");
	assert_string_equal(path_join(&arena, "a", ""), "a/");
}

static void makes_absolute_by_text(void **state)
{
	static const char *const cases[][2] = {
		{"/", "/"},           {"//", "/"},          {"/a//b/", "/a/b"},
		{"/a/./b/.", "/a/b"}, {"/a/../b", "/b"},    {"/../..", "/"},
		{"/a/b/../..", "/"},  {"/a/...", "/a/..."}, {"/a/..b/.c", "/a/..b/.c"},
		{"/\xff", "/\xff"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(path_absolute(&arena, cases[i][0]), cases[i][1]);
	assert_string_equal(path_absolute(&arena, ""), in_scratch("here"));
	assert_string_equal(path_absolute(&arena, "."), in_scratch("here"));
	assert_string_equal(path_absolute(&arena, "../x/"), in_scratch("x"));
}

static void a_working_directory_that_is_gone_is_not_the_root(void **state)
{
	(void)state;
	scratch_check(rmdir(in_scratch("here")) == 0, "rmdir");
	assert_string_equal(path_absolute(&arena, "x"), "/dev/null/(unreachable)/x");
}

static void resolves_what_there_is(void **state)
{
	(void)state;
	scratch_folder("real");
	scratch_folder("real/in");
	scratch_file("real/file", "");
	scratch_link("link", "real");
	scratch_link("dead", "nowhere");
	scratch_link("loop", "loop");
	assert_string_equal(path_real(&arena, in_scratch("link/in")),
	                    in_scratch("real/in"));
	assert_string_equal(path_real(&arena, in_scratch("link//in/")),
	                    in_scratch("real/in"));
	assert_string_equal(path_real(&arena, "../link/in/.."), in_scratch("real"));
	assert_string_equal(path_real(&arena, in_scratch("link/no/more")),
	                    in_scratch("real/no/more"));
	assert_string_equal(path_real(&arena, in_scratch("link/no//./x/../more/")),
	                    in_scratch("real/no/more"));
	assert_string_equal(path_real(&arena, in_scratch("link/file/x")),
	                    in_scratch("real/file/x"));
	assert_string_equal(path_real(&arena, in_scratch("dead")), in_scratch("dead"));
	assert_string_equal(path_real(&arena, in_scratch("loop/x")),
	                    in_scratch("loop/x"));
	assert_string_equal(path_real(&arena, "/"), "/");
	assert_string_equal(path_real(&arena, "/no such thing"), "/no such thing");
	assert_string_equal(path_real(&arena, "no"), in_scratch("here/no"));
	assert_string_equal(path_real(&arena, "//no//more//"), "/no/more");
}

static void takes_apart(void **state)
{
	(void)state;
	assert_string_equal(path_base("/a/b"), "b");
	assert_string_equal(path_base("b"), "b");
	assert_string_equal(path_base("/b"), "b");
	assert_string_equal(path_base("/"), "/");
	assert_string_equal(path_parent(&arena, "/a/b"), "/a");
	assert_string_equal(path_parent(&arena, "/a"), "/");
	assert_string_equal(path_parent(&arena, "/"), "/");
	assert_string_equal(path_parent(&arena, "a/b"), "a");
	assert_string_equal(path_parent(&arena, "a"), ".");
}

static void knows_what_is_below(void **state)
{
	(void)state;
	assert_true(path_is_below("/a/b", "/a"));
	assert_true(path_is_below("/a", "/a"));
	assert_true(path_is_below("/a/b", "/a/"));
	assert_true(path_is_below("/a", "/"));
	assert_true(path_is_below("/", "/"));
	assert_false(path_is_below("/ab", "/a"));
	assert_false(path_is_below("/", "/a"));
	assert_false(path_is_below("/a", "/a/b"));
}

static void sees_one_from_another(void **state)
{
	static const char *const cases[][3] = {
		{"/a/b", "/a", "b"},        {"/a/b", "/a/c", "../b"},
		{"/a", "/a", "."},          {"/a", "/a/b/c", "../.."},
		{"/a/bc", "/a/b", "../bc"}, {"/a", "/", "a"},
		{"/", "/a/b", "../.."},     {"/", "/", "."},
		{"/x/y", "/a", "../x/y"},   {"/a/b", "/a/bc", "../b"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(path_relative(&arena, cases[i][0], cases[i][1]),
		                    cases[i][2]);
}

static void knows_a_folder(void **state)
{
	(void)state;
	scratch_file("file", "");
	scratch_link("link", "here");
	scratch_link("dead", "nowhere");
	assert_true(path_is_folder(in_scratch("here")));
	assert_true(path_is_folder(in_scratch("link")));
	assert_false(path_is_folder(in_scratch("file")));
	assert_false(path_is_folder(in_scratch("dead")));
	assert_false(path_is_folder(in_scratch("nowhere")));
}

/* In one of the folders of PATH; not a folder, nor a file that is no program. */
static void finds_a_program(void **state)
{
	(void)state;
	scratch_file("here/tool", "#!/bin/sh\n");
	scratch_file("here/text", "");
	scratch_folder("here/folder");
	scratch_link("here/dead", "nowhere");
	scratch_check(chmod(in_scratch("here/tool"), 0755) == 0, "chmod");
	setenv("PATH",
	       arena_format(&arena, ":%s/none:%s/here", scratch.path, scratch.path), 1);
	assert_true(path_is_program("tool"));
	assert_false(path_is_program("text"));
	assert_false(path_is_program("folder"));
	assert_false(path_is_program("dead"));
	assert_false(path_is_program("tools"));
	setenv("PATH", "", 1);
	assert_false(path_is_program("tool"));
	unsetenv("PATH");
	assert_false(path_is_program("tool"));
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, enter, leave)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(joins),
		IN_SCRATCH(makes_absolute_by_text),
		IN_SCRATCH(a_working_directory_that_is_gone_is_not_the_root),
		IN_SCRATCH(resolves_what_there_is),
		IN_SCRATCH(takes_apart),
		IN_SCRATCH(knows_what_is_below),
		IN_SCRATCH(sees_one_from_another),
		IN_SCRATCH(knows_a_folder),
		IN_SCRATCH(finds_a_program),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
