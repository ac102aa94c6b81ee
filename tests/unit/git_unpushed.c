/* Which reference holds commits that are on no remote, and how many. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/arena.h"
#include "git/unpushed.h"
#include "git/worktrees.h"

static struct arena arena;

static int drop_arena(void **state)
{
	(void)state;
	arena_drop(&arena);
	return 0;
}

/* Ids are letters: the parser asks for no length. */
static void references(struct unpushed *out, const char *text)
{
	unpushed_parse_references(out, &arena, text, strlen(text), NULL);
}

static void count(struct unpushed *unpushed, const char *graph)
{
	unpushed_count(unpushed, &arena, graph, strlen(graph));
}

static const struct holder *holder(const struct unpushed *unpushed, const char *name)
{
	for (size_t i = 0; i < unpushed->count; i++) {
		if (strcmp(unpushed->items[i].name, name) == 0)
			return &unpushed->items[i];
	}
	fail_msg("no holder '%s'", name);
	return NULL;
}

static void a_commit_is_counted_for_each_branch_that_holds_it(void **state)
{
	struct unpushed unpushed = {0};

	(void)state;
	references(&unpushed, "refs/heads/left c commit  \n"
	                      "refs/heads/merge d commit  \n"
	                      "refs/heads/pushed o commit  \n"
	                      "refs/remotes/origin/main o commit  \n");
	assert_true(unpushed_suspects(&unpushed));
	count(&unpushed, "d c b\nc a\nb a\na o\n");
	assert_int_equal(holder(&unpushed, "left")->count, 2);
	assert_int_equal(holder(&unpushed, "merge")->count, 4);
	assert_int_equal(holder(&unpushed, "pushed")->count, 0);
	assert_int_equal(unpushed.totals[HOLDER_BRANCH], 4);
}

static void a_later_kind_counts_what_no_earlier_one_holds(void **state)
{
	struct unpushed unpushed = {0};

	(void)state;
	references(&unpushed, "refs/heads/main a commit  \n"
	                      "refs/tags/light a commit  \n"
	                      "refs/tags/heavy T tag d commit\n"
	                      "refs/notes/commits n commit  \n"
	                      "refs/stash s commit  \n");
	unpushed_add_head(&unpushed, &arena, "/w", "b");
	count(&unpushed, "d b\nb a\na\nn\n");
	assert_int_equal(unpushed.count, 5);
	assert_int_equal(holder(&unpushed, "main")->count, 1);
	assert_int_equal(holder(&unpushed, "/w")->count, 1);
	assert_int_equal(holder(&unpushed, "light")->count, 0);
	assert_int_equal(holder(&unpushed, "heavy")->count, 1);
	assert_int_equal(holder(&unpushed, "refs/notes/commits")->count, 1);
}

static void what_the_remote_lists_is_excluded_with_all_it_reaches(void **state)
{
	struct unpushed unpushed = {0};
	static const char list[] = "b\trefs/tags/v1\nx\tHEAD\nB\trefs/tags/blob\n";

	(void)state;
	references(&unpushed, "refs/heads/main c commit  \n"
	                      "refs/tags/blob B blob  \n"
	                      "refs/tags/other O blob  \n");
	count(&unpushed, "c b\nb a\na\n");
	assert_int_equal(holder(&unpushed, "main")->count, 3);
	unpushed_exclude(&unpushed, &arena, list, strlen(list));
	count(&unpushed, "c b\nb a\na\n");
	assert_int_equal(holder(&unpushed, "main")->count, 1);
	assert_null(holder(&unpushed, "blob")->commit);
	assert_true(holder(&unpushed, "blob")->on_remote);
	assert_false(holder(&unpushed, "other")->on_remote);
}

static void refspecs_say_what_tracks_a_remote(void **state)
{
	struct unpushed unpushed = {0};
	static const char settings[] =
		"remote.a.b.url\nhttps://h/x\0remote.a.b.fetch\n+refs/heads/*:refs/"
		"copy/*\0"
		"remote.a.b.fetch\nrefs/tags/v1:refs/kept/v1\0remote.a.b.fetch\n^refs/"
		"no\0"
		"submodule.lib.url\nx\0remote.a.b.fetch\nrefs/heads/only\0";
	struct strings words = {0};

	(void)state;
	unpushed_parse_settings(&unpushed, &arena, settings, sizeof settings - 1);
	assert_int_equal(unpushed.remotes.count, 1);
	assert_string_equal(unpushed.remotes.items[0], "a.b");
	assert_int_equal(unpushed.submodules, 1);
	references(&unpushed, "refs/copy/main a commit  \n"
	                      "refs/kept/v1 b commit  \n"
	                      "refs/kept/v2 c commit  \n");
	assert_int_equal(unpushed.count, 1);
	assert_string_equal(unpushed.items[0].name, "refs/kept/v2");
	unpushed_graph_words(&words, &arena, &unpushed);
	assert_true(strings_have(&words, "--glob=refs/copy/*"));
	assert_true(strings_have(&words, "--glob=refs/kept/v[1]"));
}

static void what_a_fetch_did_not_find_is_on_no_remote(void **state)
{
	static const char settings[] =
		"remote.o.url\nx\0"
		"remote.o.fetch\n+refs/heads/*:refs/remotes/o/*\0"
		"remote.o.fetch\n+refs/tags/*:refs/tags/*\0";
	static const char fetched[] = "a\t\tbranch 'main' of x\n"
				      "c\tnot-for-merge\ttag 'v1' of x\n";
	static const char all[] = "refs/remotes/o/main a commit  \n"
				  "refs/remotes/o/old b commit  \n"
				  "refs/remotes/svn b commit  \n"
				  "refs/tags/v1 c commit  \n"
				  "refs/tags/v2 d commit  \n";
	struct unpushed unpushed = {0}, partly = {0};
	struct strings words = {0};

	(void)state;
	unpushed_parse_settings(&unpushed, &arena, settings, sizeof settings - 1);
	unpushed_parse_fetched(&unpushed, &arena, fetched, sizeof fetched - 1);
	references(&unpushed, all);
	assert_int_equal(unpushed.count, 1);
	assert_string_equal(unpushed.items[0].name, "v2");
	unpushed_graph_words(&words, &arena, &unpushed);
	assert_true(strings_have(&words, "--exclude=o/old"));
	assert_true(strings_have(&words, "--exclude=refs/tags/v2"));
	assert_false(strings_have(&words, "--exclude=svn"));

	unpushed_parse_settings(&partly, &arena, settings, sizeof settings - 1);
	unpushed_parse_settings(&partly, &arena, "remote.p.skipfetchall\ntrue", 26);
	unpushed_parse_fetched(&partly, &arena, fetched, sizeof fetched - 1);
	references(&partly, all);
	assert_int_equal(partly.count, 0);
	assert_int_equal(partly.deleted.count, 0);
}

static void untracked_files_may_be_hidden(void **state)
{
	static const char *const values[] = {"no", "false", "off", "0", "False", ""};
	struct unpushed unpushed = {0};

	(void)state;
	for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
		const char *entry = arena_format(
			&arena, "status.showuntrackedfiles\n%s", values[i]);

		unpushed_parse_settings(&unpushed, &arena, entry, strlen(entry));
		assert_true(unpushed.hides_untracked);
		unpushed_parse_settings(&unpushed, &arena,
		                        "status.showuntrackedfiles\nall", 29);
		assert_false(unpushed.hides_untracked);
	}
	assert_int_equal(unpushed.submodules, 0);
}

static void nothing_is_suspected_where_all_ids_are_tracked(void **state)
{
	struct unpushed unpushed = {0};

	(void)state;
	references(&unpushed, "refs/heads/main a commit  \n"
	                      "refs/remotes/origin/b b commit  \n"
	                      "refs/remotes/origin/a a commit  \n"
	                      "refs/tags/v T tag b commit\n");
	assert_false(unpushed_suspects(&unpushed));
	unpushed_add_head(&unpushed, &arena, "/w", "z");
	assert_true(unpushed_suspects(&unpushed));
}

static void work_trees_are_listed_as_git_prints_them(void **state)
{
	struct worktrees worktrees = {0};
	static const char text[] =
		"worktree /a b\0HEAD 12\0branch refs/heads/x\0\0"
		"worktree /c\nd\0HEAD 34\0detached\0locked on a stick\0\0"
		"worktree /e\0HEAD 00\0branch refs/heads/y\0prunable gone\0\0"
		"worktree /f\0bare\0\0";

	(void)state;
	assert_true(worktrees_parse(&worktrees, &arena, text, sizeof text - 1));
	assert_int_equal(worktrees.count, 4);
	assert_string_equal(worktrees.items[0].path, "/a b");
	assert_string_equal(worktrees.items[0].branch, "refs/heads/x");
	assert_string_equal(worktrees.items[1].path, "/c\nd");
	assert_string_equal(worktrees.items[1].head, "34");
	assert_null(worktrees.items[1].branch);
	assert_true(worktrees.items[1].locked);
	assert_null(worktrees.items[2].head);
	assert_string_equal(worktrees.items[2].prunable, "gone");
	assert_true(worktrees.items[3].bare);
	assert_false(worktrees_parse(&(struct worktrees){0}, &arena, "", 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(
			a_commit_is_counted_for_each_branch_that_holds_it, drop_arena),
		cmocka_unit_test_teardown(a_later_kind_counts_what_no_earlier_one_holds,
	                                  drop_arena),
		cmocka_unit_test_teardown(
			what_the_remote_lists_is_excluded_with_all_it_reaches,
			drop_arena),
		cmocka_unit_test_teardown(refspecs_say_what_tracks_a_remote,
	                                  drop_arena),
		cmocka_unit_test_teardown(what_a_fetch_did_not_find_is_on_no_remote,
	                                  drop_arena),
		cmocka_unit_test_teardown(untracked_files_may_be_hidden, drop_arena),
		cmocka_unit_test_teardown(
			nothing_is_suspected_where_all_ids_are_tracked, drop_arena),
		cmocka_unit_test_teardown(work_trees_are_listed_as_git_prints_them,
	                                  drop_arena),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
