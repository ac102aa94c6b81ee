#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/path.h"
#include "scan_parts.h"

/* A value of git's configuration; NULL: not set. Good as long as `config`. */
static const char *value_of(const git_config *config, const char *name)
{
	const char *value;

	return git_config_get_string(&value, config, name) == 0 ? value : NULL;
}

/* Leaves `*out` where nothing is set; false: no boolean, of which git dies. */
static bool read_bool(bool *out, const git_config *config, const char *name)
{
	int truth, result = git_config_get_bool(&truth, config, name);

	if (result == 0)
		*out = truth;
	return result == 0 || result == GIT_ENOTFOUND;
}

static bool read_untracked(enum untracked *out, const git_config *config)
{
	static const char *const modes[] = {"no", "normal", "all"};
	const char *value = value_of(config, "status.showUntrackedFiles");

	*out = UNTRACKED_NORMAL;
	if (!value)
		return true;
	for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
		if (strcmp(value, modes[i]) == 0) {
			*out = (enum untracked)i;
			return true;
		}
	}
	return false;
}

/* ~/.config/git/NAME, wherever that is. */
static const char *default_file(struct arena *arena, const char *name)
{
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");

	if (config && *config)
		return arena_format(arena, "%s/git/%s", config, name);
	return home ? arena_format(arena, "%s/.config/git/%s", home, name) : NULL;
}

/* A file that the user may name; false: in a way that only git reads. */
static bool read_path(const char **out, struct arena *arena, const git_config *config,
                      const char *name, const char *otherwise)
{
	const char *value = value_of(config, name), *home = getenv("HOME");

	*out = default_file(arena, otherwise);
	if (!value)
		return true;
	if (value[0] == '%' || value[0] == ':' || (value[0] == '~' && value[1] != '/'))
		return false;
	if (value[0] == '~' && !home)
		return false;
	*out = value[0] == '~' ? arena_format(arena, "%s%s", home, value + 1)
	                       : arena_string(arena, value);
	return true;
}

static bool read_values(struct scan_config *out, const git_config *config,
                        struct arena *arena)
{
	bool ignore_case = false, sparse = false;
	const char *value;

	*out = (struct scan_config){.trust_ctime = true,
	                            .check_all = true,
	                            .file_mode = true,
	                            .symlinks = true};
	value = value_of(config, "core.checkStat");
	out->check_all = !value || strcasecmp(value, "minimal") != 0;
	value = value_of(config, "core.autocrlf");
	if (value && strcasecmp(value, "input") == 0)
		out->converts_lines = true;
	else if (!read_bool(&out->converts_lines, config, "core.autocrlf"))
		return false;
	value = value_of(config, "diff.ignoreSubmodules");
	out->ignore_submodules = value ? arena_string(arena, value) : NULL;
	return read_bool(&out->trust_ctime, config, "core.trustctime") &&
	       read_bool(&out->file_mode, config, "core.fileMode") &&
	       read_bool(&out->symlinks, config, "core.symlinks") &&
	       read_bool(&ignore_case, config, "core.ignoreCase") && !ignore_case &&
	       read_bool(&sparse, config, "core.sparseCheckout") && !sparse &&
	       read_untracked(&out->untracked, config) &&
	       read_path(&out->ignore_file, arena, config, "core.excludesFile",
	                 "ignore") &&
	       read_path(&out->attributes_file, arena, config, "core.attributesFile",
	                 "attributes");
}

bool scan_config_read(struct scan_config *out, git_repository *repository,
                      struct arena *arena)
{
	git_config *config;
	bool good;

	if (git_repository_config_snapshot(&config, repository) < 0)
		return false;
	good = read_values(out, config, arena);
	git_config_free(config);
	return good;
}
