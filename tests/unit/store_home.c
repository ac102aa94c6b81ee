/* Where gita's files are, and who else may write to them. */
#include "store_place.h"

#include <grp.h>
#include <pwd.h>
#include <unistd.h>

static struct passwd user;
static struct group group;
static uid_t effective;
static bool has_user, has_group;
static char me[] = "me", other[] = "other", folder[] = "/home/me";

/* In place of the C library's, for the users of other machines. */
struct passwd *getpwuid(uid_t number)
{
	(void)number;
	return has_user ? &user : NULL;
}

struct group *getgrgid(gid_t number)
{
	(void)number;
	return has_group ? &group : NULL;
}

uid_t geteuid(void)
{
	return effective;
}

/* A user with a group of the same name, which has no other member. */
static void add_user(void)
{
	static char *members[] = {NULL};

	user = (struct passwd){.pw_name = me, .pw_dir = folder, .pw_gid = getegid()};
	group = (struct group){.gr_name = me, .gr_mem = members};
	has_user = has_group = true;
	effective = getuid();
}

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
	const char *const unset[] = {NULL, NULL, NULL, NULL};
	const char *const config[] = {NULL, "/config", NULL, NULL};
	const char *const all[] = {NULL, "/config", "/state", NULL};

	(void)state;
	add_user();
	check(unset, "/home/me/.config/gita", "/home/me/.local/state/gita");
	check(config, "/config/gita", "/home/me/.local/state/gita");
	for (int i = 0; i < 3; i++) {
		struct home found;

		has_user = i > 0;
		user.pw_dir = i > 1 ? folder + 1 : NULL;
		check(all, "/config/gita", "/state/gita");
		set("XDG_STATE_HOME", NULL);
		assert_false(home_find(&found, &arena, &notes, &err));
		assert_string_equal(
			err.text, "cannot find gita's folder: HOME is not set and the "
				  "password database names no home; set HOME");
	}
}

/* Whether the folder with this mode, and with a file of that mode, is shared. */
static const char *shared_with(mode_t mode, const char *name, mode_t file)
{
	struct home found;

	put_file(name, "");
	scratch_check(chmod(home.config, mode) == 0, "chmod");
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
	add_user();
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

/* Whether what the file's group may write is shared, as what is not its owner's. */
static void check_group(bool shared)
{
	assert_string_equal(shared_with(0775, "repos.csv", 0664),
	                    shared ? "ignoring your own commands and flags: others can "
	                             "write to '~'; make it yours alone (chown, chmod "
	                             "go-w)\n"
	                           : "");
	assert_string_equal(shared_with(0755, "repos.csv", 0644), "");
}

/* As where the umask is 002: every user has a group of the same name. */
static void a_group_of_several_is_others(void **state)
{
	static char *alone[] = {me, NULL}, *several[] = {me, other, NULL};

	(void)state;
	add_user();
	check_group(false);
	group.gr_mem = alone;
	check_group(false);
	group.gr_mem = several;
	check_group(true);
	add_user();
	group.gr_name = other;
	check_group(true);
	add_user();
	user.pw_gid++;
	check_group(true);
	add_user();
	has_group = false;
	check_group(true);
	add_user();
	has_user = false;
	check_group(true);
}

static void what_is_roots_is_nobody_elses(void **state)
{
	struct home found;
	struct stat info;

	(void)state;
	if (stat("/", &info) != 0 || info.st_uid != 0)
		skip();
	add_user();
	effective = getuid() + 1;
	scratch_check(rmdir(home.config) == 0, "rmdir");
	scratch_link("gita", "/");
	set("GITA_PROJECT_HOME", scratch.path);
	assert_true(home_find(&found, &arena, &notes, &err));
	assert_false(found.shared);
	assert_string_equal(got_notes(), "");
}

static void a_folder_of_another_user_is_shared(void **state)
{
	enum { SOMEBODY = 12345 };

	(void)state;
	add_user();
	if (getuid() == 0)
		scratch_check(chown(home.config, SOMEBODY, getegid()) == 0, "chown");
	else
		effective = SOMEBODY;
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
		PLACE_TEST(what_is_roots_is_nobody_elses),
		PLACE_TEST(a_folder_of_another_user_is_shared),
	};

	return cmocka_run_group_tests_name("store_home", tests, NULL, NULL);
}
