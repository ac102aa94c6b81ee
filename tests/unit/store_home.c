/* Where gita's files are, and who else may write to them. */
#include "store_place.h"

#include <pwd.h>
#include <unistd.h>

/* NULL: not set. */
static void set(const char *name, const char *value)
{
	if (value)
		setenv(name, value, 1);
	else
		unsetenv(name);
}

static void check(const char *const variables[4], const char *config, const char *state)
{
	static const char *const names[] = {"GITA_PROJECT_HOME", "XDG_CONFIG_HOME",
	                                    "XDG_STATE_HOME", "HOME"};
	struct home found;

	for (size_t i = 0; i < 4; i++)
		set(names[i], variables[i]);
	assert_true(home_find(&found, &arena, &notes, &err));
	assert_string_equal(found.config, config);
	assert_string_equal(found.state, state);
	assert_false(found.shared);
	assert_string_equal(got_notes(), "");
}

static void the_folders_are_those_of_the_variables(void **state)
{
	const char *const all[] = {"/project", "/config", "/state", "/home"};
	const char *const xdg[] = {NULL, "/config", "/state", "/home"};
	const char *const alone[] = {NULL, NULL, NULL, "/home"};
	const char *const empty[] = {"", "", "", "/home/"};
	const char *const relative[] = {NULL, "config", "state", "/home"};

	(void)state;
	check(all, "/project/gita", "/state/gita");
	check(xdg, "/config/gita", "/state/gita");
	check(alone, "/home/.config/gita", "/home/.local/state/gita");
	check(empty, "/home/.config/gita", "/home/.local/state/gita");
	check(relative, "/home/.config/gita", "/home/.local/state/gita");
}

static void a_relative_project_home_is_below_the_working_directory(void **state)
{
	const char *const relative[] = {"project", NULL, NULL, "/home"};

	(void)state;
	scratch_check(chdir(scratch.path) == 0, "chdir");
	check(relative, in_scratch("project/gita"), "/home/.local/state/gita");
	scratch_check(chdir("/") == 0, "chdir");
}

static void without_home_the_password_database_knows(void **state)
{
	const struct passwd *entry = getpwuid(getuid());
	const char *const unset[] = {NULL, NULL, NULL, NULL};

	(void)state;
	if (!entry || entry->pw_dir[0] != '/')
		skip();
	check(unset, arena_format(&arena, "%s/.config/gita", entry->pw_dir),
	      arena_format(&arena, "%s/.local/state/gita", entry->pw_dir));
}

/* Whether the folder with this mode, and with a file of that mode, is shared. */
static const char *shared_with(mode_t folder, const char *name, mode_t file)
{
	struct home found;

	put_file(name, "");
	scratch_check(chmod(home.config, folder) == 0, "chmod");
	scratch_check(chmod(home_file(&home, &arena, name), file) == 0, "chmod");
	set("GITA_PROJECT_HOME", scratch.path);
	set("HOME", "/home");
	assert_true(home_find(&found, &arena, &notes, &err));
	assert_int_equal(found.shared, notes.count > 0);
	return got_notes();
}

static void what_others_may_write_is_noted(void **state)
{
	(void)state;
	assert_string_equal(shared_with(0700, "repos.csv", 0644), "");
	assert_string_equal(shared_with(0755, "cmds.yml", 0600), "");
	assert_string_equal(shared_with(0757, "repos.csv", 0644),
	                    "ignoring your own commands and flags: others can write to "
	                    "'~'; make it yours alone (chown, chmod go-w)\n");
	assert_string_equal(shared_with(0755, "cmds.json", 0646),
	                    "ignoring your own commands and flags: others can write to "
	                    "'~/cmds.json'; make it yours alone (chown, chmod "
	                    "go-w)\n");
	assert_string_equal(shared_with(0755, "other", 0666),
	                    "ignoring your own commands and flags: others can write to "
	                    "'~/cmds.json'; make it yours alone (chown, chmod "
	                    "go-w)\n");
}

static void a_group_of_several_is_others(void **state)
{
	enum { SOMEBODY = 12345 };

	(void)state;
	if (geteuid() != 0)
		skip();
	/* The group `root` is that of the user alone, as with a umask of 002. */
	assert_string_equal(shared_with(0775, "repos.csv", 0664), "");
	scratch_check(chown(home.config, 0, SOMEBODY) == 0, "chown");
	assert_string_equal(shared_with(0755, "repos.csv", 0644), "");
	assert_string_equal(shared_with(0775, "repos.csv", 0644),
	                    "ignoring your own commands and flags: others can write to "
	                    "'~'; make it yours alone (chown, chmod go-w)\n");
	scratch_check(chown(home.config, SOMEBODY, 0) == 0, "chown");
	assert_string_equal(shared_with(0700, "repos.csv", 0644),
	                    "ignoring your own commands and flags: others can write to "
	                    "'~'; make it yours alone (chown, chmod go-w)\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PLACE_TEST(the_folders_are_those_of_the_variables),
		PLACE_TEST(a_relative_project_home_is_below_the_working_directory),
		PLACE_TEST(without_home_the_password_database_knows),
		PLACE_TEST(what_others_may_write_is_noted),
		PLACE_TEST(a_group_of_several_is_others),
	};

	return cmocka_run_group_tests_name("store_home", tests, NULL, NULL);
}
