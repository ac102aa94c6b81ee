/* The context: its file, what it stands for, how it follows its group. */
#include "store_place.h"

#include <sys/resource.h>

#include "base/path.h"
#include "store/registry.h"

static struct registry registry;

static void begin(void)
{
	assert_true(registry_begin(&registry, &home, &arena, &notes, &err));
}

static void commit(void)
{
	assert_true(registry_commit(&registry, &err));
	registry_end(&registry);
}

/* Sets it in a change of its own. */
static void set_context(const char *context)
{
	begin();
	registry_set_context(&registry, context);
	commit();
}

static const char *context_of(const char *folder)
{
	struct group *group;

	assert_true(registry_load(&registry, &home, &arena, &notes, &err));
	if (!registry_context(&group, &registry, folder, &err))
		return err.text;
	return group ? group->name : "(none)";
}

static void it_is_set_changed_and_left(void **state)
{
	(void)state;
	put_file("groups.csv", "g::\nh::\n");
	assert_string_equal(context_of("/"), "(none)");
	set_context("g");
	assert_string_equal(got_file("g.context"), "");
	assert_string_equal(context_of("/"), "g");
	set_context("h");
	assert_string_equal(got_file("g.context"), "(none)");
	assert_string_equal(got_file("h.context"), "");
	assert_string_equal(context_of("/"), "h");
	set_context("h");
	assert_string_equal(got_file("h.context"), "");
	set_context(NULL);
	assert_string_equal(got_file("h.context"), "(none)");
	assert_string_equal(context_of("/"), "(none)");
}

static void it_follows_its_group(void **state)
{
	(void)state;
	put_file("groups.csv", "g::\nh::\n");
	set_context("g");
	begin();
	registry_rename_group(&registry, registry_group(&registry, "h"), "other");
	registry_rename_group(&registry, registry_group(&registry, "g"), "new");
	commit();
	assert_string_equal(got_file("groups.csv"), "new::\r\nother::\r\n");
	assert_string_equal(context_of("/"), "new");
	begin();
	registry_remove_group(&registry, registry_group(&registry, "other"));
	commit();
	assert_string_equal(context_of("/"), "new");
	begin();
	registry_remove_group(&registry, registry_group(&registry, "new"));
	commit();
	assert_string_equal(context_of("/"), "(none)");
	assert_string_equal(got_file("new.context"), "(none)");
}

/* Changed and renamed at once: the file of the last name is the one that stays. */
static void it_follows_a_group_that_it_has_just_become(void **state)
{
	static const char *const before[] = {NULL, "g", "h"};

	(void)state;
	for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
		struct group *group;

		put_file("groups.csv", "g::\nh::\n");
		set_context(before[i]);
		begin();
		group = registry_group(&registry, "h");
		registry_set_context(&registry, "h");
		registry_rename_group(&registry, group, "between");
		registry_rename_group(&registry, group, "new");
		commit();
		assert_string_equal(got_file("groups.csv"), "g::\nnew::\r\n");
		assert_string_equal(context_of("/"), "new");
		assert_string_equal(got_notes(), "");
	}
}

/* A rename that did not come to its end has left a group of each name. */
static void the_group_that_a_rename_left_is_the_same(void **state)
{
	(void)state;
	put_file("groups.csv", "g:a:\nh::\nnew:a:\n");
	set_context("g");
	begin();
	registry_rename_group(&registry, registry_group(&registry, "g"), "new");
	registry_rename_group(&registry, registry_group(&registry, "h"), "h");
	commit();
	assert_string_equal(got_file("groups.csv"), "new:a:\r\nh::\r\n");
	assert_string_equal(context_of("/"), "new");
}

static void one_whose_group_is_gone_says_how_to_leave(void **state)
{
	(void)state;
	put_file("gone.context", "");
	assert_string_equal(context_of("/"),
	                    "cannot use the context 'gone': there is no such group; "
	                    "leave it with 'gita context none'");
}

static void of_several_one_is_left_by_the_next_change(void **state)
{
	(void)state;
	put_file("groups.csv", "a::\nb::\n");
	put_file("b.context", "");
	put_file("a.context", "");
	put_file("c.context", "");
	assert_string_equal(context_of("/"), "a");
	assert_string_equal(got_notes(),
	                    "there are several contexts ('a.context' and 'b.context' "
	                    "and others in '~'): 'a' is used; set one with 'gita "
	                    "context'\n");
	begin();
	registry_add_repo(&registry, "r", "/r", "");
	commit();
	got_notes();
	assert_string_equal(context_of("/"), "a");
	assert_string_equal(got_notes(), "");
	assert_string_equal(got_file("a.context"), "");
	assert_string_equal(got_file("b.context"), "(none)");
	assert_string_equal(got_file("c.context"), "(none)");
}

static void auto_is_the_deepest_group_above_by_real_path(void **state)
{
	const char *top = path_real(&arena, scratch.path);

	(void)state;
	scratch_folder("src");
	scratch_folder("src/one");
	scratch_folder("src/one/repo");
	scratch_folder("src/oneself");
	scratch_link("link", "src/one");
	put_file("groups.csv",
	         arena_format(&arena,
	                      "nowhere::\nbad::src\nsrc::%s/src\none::%s/link\n"
	                      "apart::%s/elsewhere/far/away\nagain::%s/src\n",
	                      top, top, top, top));
	set_context("auto");
	assert_string_equal(context_of(path_join(&arena, top, "src/one/repo")), "one");
	assert_string_equal(context_of(path_join(&arena, top, "src/one")), "one");
	assert_string_equal(context_of(path_join(&arena, top, "src/oneself")), "src");
	assert_string_equal(context_of(top), "(none)");
	begin();
	registry_remove_group(&registry, registry_group(&registry, "one"));
	commit();
	assert_string_equal(got_file("auto.context"), "");
	assert_string_equal(context_of(path_join(&arena, top, "src/one/repo")), "src");
}

static void a_name_with_a_slash_cannot_be_one(void **state)
{
	(void)state;
	put_file("a.context", "");
	begin();
	registry_set_context(&registry, "x/y");
	assert_false(registry_commit(&registry, &err));
	registry_end(&registry);
	assert_string_equal(err.text, "cannot make 'x/y' the context: a name with '/' "
	                              "cannot be the name of a file");
	assert_string_equal(got_file("a.context"), "");
}

/* The context is the last of three files to be written. */
static void after_an_error_all_is_as_before(void **state)
{
	(void)state;
	put_file("repos.csv", "/a,a,,\n");
	put_file("groups.csv", "g:a:\n");
	put_file("g.context", "");
	begin();
	registry_rename_repo(&registry, registry_repo(&registry, "a"), "b");
	registry_rename_group(&registry, registry_group(&registry, "g"), "x/y");
	assert_false(registry_commit(&registry, &err));
	registry_end(&registry);
	assert_string_equal(got_file("repos.csv"), "/a,a,,\n");
	assert_string_equal(got_file("groups.csv"), "g:a:\n");
	assert_string_equal(context_of("/"), "g");
}

static void a_file_that_was_not_there_goes_again(void **state)
{
	(void)state;
	begin();
	registry_add_repo(&registry, "a", "/a", "");
	registry_set_context(&registry, "x/y");
	assert_false(registry_commit(&registry, &err));
	registry_end(&registry);
	assert_string_equal(got_file("repos.csv"), "(none)");
	assert_string_equal(got_file("groups.csv"), "(none)");
}

/* Fails with `error`, and leaves the three files as they are. */
static void refused(const char *error)
{
	const char *repos = got_file("repos.csv"), *groups = got_file("groups.csv");

	assert_false(registry_commit(&registry, &err));
	registry_end(&registry);
	assert_string_equal(got_error(), error);
	assert_string_equal(got_file("repos.csv"), repos);
	assert_string_equal(got_file("groups.csv"), groups);
	assert_string_equal(context_of("/"), "g");
	got_notes();
}

/* The file of a context has a longer name than its group: it is renamed last. */
static void a_name_too_long_for_a_file_cannot_be_one(void **state)
{
	const char *name = arena_format(&arena, "%0*d", 250, 0);

	(void)state;
	put_file("repos.csv", "/a,a,,\n");
	put_file("groups.csv", arena_format(&arena, "g:a:\n%s:a:\n", name));
	set_context("g");
	begin();
	registry_add_repo(&registry, "b", "/b", "");
	registry_join_group(&registry, registry_group(&registry, "g"), "b");
	registry_set_context(&registry, name);
	refused(arena_format(&arena,
	                     "cannot rename '~/g.context' to '~/%s.context': file name "
	                     "too long",
	                     name));
}

static void one_that_cannot_be_removed_is_named(void **state)
{
	(void)state;
	put_file("groups.csv", "g::\n");
	put_file("g.context", "");
	scratch_folder("gita/h.context");
	begin();
	assert_string_equal(got_notes(),
	                    "there are several contexts ('g.context' and 'h.context' "
	                    "in '~'): 'g' is used; set one with 'gita context'\n");
	registry_set_context(&registry, NULL);
	refused("cannot remove '~/h.context': is a directory");
	assert_string_equal(got_file("g.context"), "");
}

/* A commit during which no file can become larger than `size`. */
static bool commit_with_little_room(rlim_t size)
{
	struct rlimit limit, little;
	bool good;

	scratch_check(getrlimit(RLIMIT_FSIZE, &limit) == 0, "getrlimit");
	little = (struct rlimit){size, limit.rlim_max};
	scratch_check(setrlimit(RLIMIT_FSIZE, &little) == 0, "setrlimit");
	good = registry_commit(&registry, &err);
	scratch_check(setrlimit(RLIMIT_FSIZE, &limit) == 0, "setrlimit");
	registry_end(&registry);
	return good;
}

/* Each of the three is the one that cannot be written: groups.csv with two names for
 * what is renamed, repos.csv, groups.csv after that. */
static void what_cannot_be_written_leaves_all_as_before(void **state)
{
	static const char repos[] = "/a,a,,\r\n", groups[] = "g:a:\n";
	const char *name = arena_format(&arena, "%0*d", 100, 0);

	(void)state;
	put_file("repos.csv", repos);
	put_file("groups.csv", groups);
	for (int which = 0; which < 3; which++) {
		begin();
		if (which == 0) {
			registry_rename_repo(&registry, registry.repos.items[0], name);
		} else if (which == 1) {
			registry_add_repo(&registry, "b", name, "");
		} else {
			registry_remove_repo(&registry, registry.repos.items[0]);
			registry_add_repo(&registry, "b", "/b", "");
			registry_set_group_path(&registry, registry.groups.items[0],
			                        name);
		}
		assert_false(commit_with_little_room(20));
		assert_string_equal(got_error(),
		                    which == 1
		                            ? "cannot write '~/repos.csv': file too "
		                              "large"
		                            : "cannot write '~/groups.csv': file too "
		                              "large");
		assert_string_equal(got_file("repos.csv"), repos);
		assert_string_equal(got_file("groups.csv"), groups);
	}
}

/* What is to be put back after an error could not be read. */
static void what_became_a_folder_meanwhile_is_no_file_to_write(void **state)
{
	static const char *const names[] = {"repos.csv", "groups.csv"};

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *path = home_file(&home, &arena, names[i]);

		begin();
		registry_add_repo(&registry, "a", "/a", "");
		registry_add_group(&registry, "g", "");
		scratch_check(mkdir(path, 0777) == 0, path);
		assert_false(registry_commit(&registry, &err));
		registry_end(&registry);
		assert_string_equal(got_error(),
		                    arena_format(&arena,
		                                 "cannot read '~/%s': is a directory",
		                                 names[i]));
		scratch_check(rmdir(path) == 0, path);
		assert_string_equal(got_file("repos.csv"), "(none)");
		assert_string_equal(got_file("groups.csv"), "(none)");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PLACE_TEST(it_is_set_changed_and_left),
		PLACE_TEST(it_follows_its_group),
		PLACE_TEST(it_follows_a_group_that_it_has_just_become),
		PLACE_TEST(the_group_that_a_rename_left_is_the_same),
		PLACE_TEST(one_whose_group_is_gone_says_how_to_leave),
		PLACE_TEST(of_several_one_is_left_by_the_next_change),
		PLACE_TEST(auto_is_the_deepest_group_above_by_real_path),
		PLACE_TEST(a_name_with_a_slash_cannot_be_one),
		PLACE_TEST(after_an_error_all_is_as_before),
		PLACE_TEST(a_file_that_was_not_there_goes_again),
		PLACE_TEST(a_name_too_long_for_a_file_cannot_be_one),
		PLACE_TEST(one_that_cannot_be_removed_is_named),
		PLACE_TEST(what_cannot_be_written_leaves_all_as_before),
		PLACE_TEST(what_became_a_folder_meanwhile_is_no_file_to_write),
	};

	return cmocka_run_group_tests_name("store_context", tests, NULL, NULL);
}
