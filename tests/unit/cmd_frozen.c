/* The list that `freeze` writes and `clone -f` reads, row by row. */
#include "frozen.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "scratch.h"

static struct arena arena;

static int teardown(void **state)
{
	arena_drop(&arena);
	return scratch_teardown(state);
}

/* All that was read, a line each: repos, groups, errors. */
static const char *listed(const char *content)
{
	struct frozen list = {0};
	struct error err;
	BUF out = {0};

	scratch_file("list", content);
	if (!frozen_read(&list, &arena, in_scratch("list"), &err))
		return arena_string(&arena, err.text);
	for (size_t i = 0; i < list.repos.count; i++) {
		const struct frozen_repo *repo = &list.repos.items[i];

		buf_addf(&out, "%u: %s %s %s [%s] [%s] [%s] [%s]\n", repo->line,
		         repo->url, repo->name, repo->path, repo->type, repo->flags,
		         repo->branch, repo->parent);
	}
	for (size_t i = 0; i < list.groups.count; i++) {
		const struct frozen_group *group = &list.groups.items[i];

		buf_addf(&out, "group %s [%s]", group->name, group->path);
		for (size_t j = 0; j < group->members.count; j++)
			buf_addf(&out, " <%s>", group->members.items[j]);
		buf_addc(&out, '\n');
	}
	for (size_t i = 0; i < list.errors.count; i++)
		buf_addf(&out, "%u: %s\n", list.errors.items[i].line,
		         list.errors.items[i].why);
	return arena_bytes(&arena, buf_text(&out), out.length);
}

static void rows_may_lack_their_end(void **state)
{
	(void)state;
	assert_string_equal(listed("u,a,/a,bare,-c x=y,main  ,top\n"
	                           "u,b,/b\n"
	                           ",c,/c,,,\n"),
	                    "1: u a /a [bare] [-c x=y] [main] [top]\n"
	                    "2: u b /b [] [] [] []\n"
	                    "3:  c /c [] [] [] []\n");
	assert_string_equal(listed(""), "");
}

/* A name may hold what separates names: the longest run that is a repo is one. */
static void members_are_names_of_repos(void **state)
{
	(void)state;
	assert_string_equal(listed("u,a|b,/1\nu,b,/2\nu,b|c|d,/3\n"
	                           ",one,,a|b|c\n"
	                           ",two,/x,b|c|d|a|b|a\n"
	                           ",three,,|b||x|\n"
	                           ",four,,\n"
	                           ",five,\n"),
	                    "1: u a|b /1 [] [] [] []\n"
	                    "2: u b /2 [] [] [] []\n"
	                    "3: u b|c|d /3 [] [] [] []\n"
	                    "group one [] <a|b> <c>\n"
	                    "group two [/x] <b|c|d> <a|b> <a>\n"
	                    "group three [] <b> <x>\n"
	                    "group four []\n"
	                    "group five []\n");
}

#define NEITHER "neither a repo (url,name,path,...) nor a group (,name,path,repos)\n"

static void what_is_no_row_is_named_by_its_line(void **state)
{
	(void)state;
	assert_string_equal(listed("u,a\r\n"
	                           "u,,/x\r\n"
	                           "u,b,\"/two\nlines\"\r"
	                           "u,c,/c\n"
	                           "u,\"open,/x\r\n"
	                           "u,d,/d\n"),
	                    "3: u b /two\nlines [] [] [] []\n"
	                    "5: u c /c [] [] [] []\n"
	                    "7: u d /d [] [] [] []\n"
	                    "1: " NEITHER "2: " NEITHER "6: unclosed quote\n");
	assert_string_equal(listed("u,\"open"), "1: unclosed quote\n");
}

static void what_cannot_be_read_is_an_error(void **state)
{
	struct frozen list = {0};
	struct error err;
	FILE *file;

	(void)state;
	assert_false(frozen_read(&list, &arena, in_scratch("nowhere"), &err));
	assert_string_equal(err.text,
	                    arena_format(&arena, "cannot read '%s': no such file",
	                                 in_scratch("nowhere")));
	scratch_folder("folder");
	assert_false(frozen_read(&list, &arena, in_scratch("folder"), &err));
	assert_string_equal(err.text,
	                    arena_format(&arena, "cannot read '%s': is a directory",
	                                 in_scratch("folder")));
	file = fopen(in_scratch("list"), "w");
	scratch_check(file && fwrite("u,a,/a\0\n", 1, 8, file) == 8, "list");
	fclose(file);
	assert_false(frozen_read(&list, &arena, in_scratch("list"), &err));
	assert_string_equal(err.text,
	                    arena_format(&arena, "cannot read '%s': a NUL byte",
	                                 in_scratch("list")));
}

static void rows_are_written_as_they_are_read(void **state)
{
	const struct frozen_repo usual = {"u", "a", "/a", "", "", "main", "", 1};
	const struct frozen_repo linked = {"", "b,c", "/b", "worktree",
	                                   "", "x",   "a",  2};
	struct frozen_group group = {.name = "g", .path = "/g"};
	BUF out = {0};

	(void)state;
	strings_add(&arena, &group.members, "a");
	strings_add(&arena, &group.members, "b,c");
	frozen_add_repo(&out, &arena, &usual);
	frozen_add_repo(&out, &arena, &linked);
	frozen_add_group(&out, &arena, &group);
	assert_string_equal(buf_text(&out), "u,a,/a,,,main\n"
	                                    ",\"b,c\",/b,worktree,,x,a\n"
	                                    ",g,/g,\"a|b,c\"\n");
	assert_string_equal(listed(buf_text(&out)), "1: u a /a [] [] [main] []\n"
	                                            "2:  b,c /b [worktree] [] [x] [a]\n"
	                                            "group g [/g] <a> <b,c>\n");
}

#define FROZEN_TEST(test) cmocka_unit_test_setup_teardown(test, scratch_setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		FROZEN_TEST(rows_may_lack_their_end),
		FROZEN_TEST(members_are_names_of_repos),
		FROZEN_TEST(what_is_no_row_is_named_by_its_line),
		FROZEN_TEST(what_cannot_be_read_is_an_error),
		FROZEN_TEST(rows_are_written_as_they_are_read),
	};

	return cmocka_run_group_tests_name("cmd_frozen", tests, NULL, NULL);
}
