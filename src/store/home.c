#include "store/home.h"

#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/path.h"

/* The value of the variable if it is an absolute path, else NULL. */
static const char *absolute_variable(const char *name)
{
	const char *value = getenv(name);

	return value && value[0] == '/' ? value : NULL;
}

static const char *home_folder(struct arena *arena)
{
	const char *home = absolute_variable("HOME");
	const struct passwd *entry = home ? NULL : getpwuid(getuid());

	if (entry && entry->pw_dir && entry->pw_dir[0] == '/')
		return arena_string(arena, entry->pw_dir);
	return home;
}

/*
 * Whether the group is this user's private group, by the rule of pam_umask's
 * `usergroups`: where the umask is 002, every user has such a group, and a file that
 * is writable by it is writable by no other user.
 */
static bool is_own_group(gid_t group)
{
	const struct passwd *user = getpwuid(geteuid());
	const struct group *entry = getgrgid(group);

	if (!user || !entry || user->pw_gid != group ||
	    strcmp(user->pw_name, entry->gr_name) != 0)
		return false;
	for (char **member = entry->gr_mem; *member; member++)
		if (strcmp(*member, user->pw_name) != 0)
			return false;
	return true;
}

static bool others_may_write(const char *path)
{
	struct stat info;

	if (stat(path, &info) != 0)
		return false;
	return (info.st_uid != geteuid() && info.st_uid != 0) ||
	       (info.st_mode & S_IWOTH) ||
	       ((info.st_mode & S_IWGRP) && !is_own_group(info.st_gid));
}

/* The folder and the files with commands and flags. */
static void check_shared(struct home *home, struct arena *arena, struct notes *notes)
{
	static const char *const names[] = {".", "repos.csv", "cmds.yml", "cmds.yaml",
	                                    "cmds.json"};

	home->shared = false;
	for (size_t i = 0; i < sizeof names / sizeof *names && !home->shared; i++) {
		const char *path = i ? home_file(home, arena, names[i]) : home->config;

		home->shared = others_may_write(path);
		if (home->shared)
			note(notes,
			     "ignoring your own commands and flags: others can write "
			     "to '%s'; make it yours alone (chown, chmod go-w)",
			     path);
	}
}

bool home_find(struct home *out, struct arena *arena, struct notes *notes,
               struct error *err)
{
	const char *project = getenv("GITA_PROJECT_HOME");
	const char *config = project && *project ? path_absolute(arena, project)
	                                         : absolute_variable("XDG_CONFIG_HOME");
	const char *state = absolute_variable("XDG_STATE_HOME");
	const char *home = config && state ? "/" : home_folder(arena);

	if (!home)
		return error_set(err, "cannot find gita's folder: HOME is not set and "
		                      "the password database names no home; set HOME");
	if (!config)
		config = path_join(arena, home, ".config");
	if (!state)
		state = path_join(arena, home, ".local/state");
	out->config = path_join(arena, config, "gita");
	out->state = path_join(arena, state, "gita");
	check_shared(out, arena, notes);
	return true;
}

char *home_file(const struct home *home, struct arena *arena, const char *name)
{
	return path_join(arena, home->config, name);
}
