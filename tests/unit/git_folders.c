/* The folders in which a change can alter what is said of a repository. */
#include "git_sandbox.h"

#include "git/folders.h"

/* Relative to the scratch folder, separated by spaces. */
static const char *folders_of(const char *name)
{
	struct strings list = {0};
	char *text = arena_string(&arena, "");

	if (!folders_list(&list, &arena, in_scratch(name), 100))
		return "too many";
	for (size_t i = 0; i < list.count; i++)
		text = arena_format(&arena, "%s%s%s", text, i ? " " : "",
		                    list.items[i] + strlen(scratch.path) + 1);
	return text;
}

static void git_folder_references_and_work_tree(void **state)
{
	(void)state;
	sandbox_run("git init -q web; mkdir -p web/a/b; touch web/a/b/file;"
	            "git -C web add .; git -C web commit -qm first;"
	            "git -C web branch feat/x");
	assert_string_equal(
		folders_of("web"),
		"web web/.git web/.git/info web/.git/logs/refs "
		"web/.git/refs web/.git/refs/heads "
		"web/.git/refs/heads/feat web/.git/refs/tags web/a web/a/b");
}

static void what_is_ignored_is_left_out_unless_tracked(void **state)
{
	(void)state;
	sandbox_run("git init -q web; cd web; rm -r .git/info .git/refs/tags;"
	            "mkdir -p build/deep kept/here other;"
	            "printf 'build/\\nkept/\\n' >.gitignore; touch kept/here/file;"
	            "git add -f kept");
	assert_string_equal(folders_of("web"), "web web/.git web/.git/refs "
	                                       "web/.git/refs/heads web/kept "
	                                       "web/kept/here web/other");
}

static void a_linked_worktree_has_two_git_folders(void **state)
{
	(void)state;
	sandbox_run("git init -q web; cd web; rm -r .git/info .git/refs/tags;"
	            "git commit -q --allow-empty -m first; rm -r .git/logs;"
	            "git worktree add -q ../side; rm -rf .git/logs "
	            ".git/worktrees/side/logs;"
	            "rm -rf .git/worktrees/side/refs");
	assert_string_equal(
		folders_of("side"),
		"side web/.git/worktrees/side web/.git/worktrees/side/../.. "
		"web/.git/worktrees/side/../../refs "
		"web/.git/worktrees/side/../../refs/heads");
}

static void a_bare_one_has_no_work_tree(void **state)
{
	(void)state;
	sandbox_run(
		"git init -q --bare bare; cd bare; rm -r info refs/tags; mkdir some");
	assert_string_equal(folders_of("bare"), "bare bare/refs bare/refs/heads");
}

static void where_one_would_appear(void **state)
{
	(void)state;
	scratch_folder("src");
	scratch_folder("plain");
	assert_string_equal(folders_of("src/web"), "src");
	assert_string_equal(folders_of("plain"), "plain");
	assert_string_equal(folders_of("not/there"), "too many");
}

static void too_many_are_too_many(void **state)
{
	(void)state;
	sandbox_run("git init -q web; cd web; i=0;"
	            "while [ $i -lt 101 ]; do mkdir d$i; i=$((i + 1)); done");
	assert_string_equal(folders_of("web"), "too many");
}

static void strange_repositories_count_every_folder(void **state)
{
	(void)state;
	sandbox_run("git init -q web; cd web; rm -r .git/info .git/refs/tags;"
	            "mkdir build; echo build/ >.gitignore;"
	            "git config core.repositoryFormatVersion 1;"
	            "git config extensions.worktreeConfig true");
	assert_string_equal(folders_of("web"), "web web/.git web/.git/refs "
	                                       "web/.git/refs/heads web/build");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(git_folder_references_and_work_tree,
	                                        sandbox_setup, sandbox_teardown),
		cmocka_unit_test_setup_teardown(
			what_is_ignored_is_left_out_unless_tracked, sandbox_setup,
			sandbox_teardown),
		cmocka_unit_test_setup_teardown(a_linked_worktree_has_two_git_folders,
	                                        sandbox_setup, sandbox_teardown),
		cmocka_unit_test_setup_teardown(a_bare_one_has_no_work_tree,
	                                        sandbox_setup, sandbox_teardown),
		cmocka_unit_test_setup_teardown(where_one_would_appear, sandbox_setup,
	                                        sandbox_teardown),
		cmocka_unit_test_setup_teardown(too_many_are_too_many, sandbox_setup,
	                                        sandbox_teardown),
		cmocka_unit_test_setup_teardown(strange_repositories_count_every_folder,
	                                        sandbox_setup, sandbox_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
