#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/path.h"
#include "config.h"
#include "scan_parts.h"

/* Leaves `*out` where nothing is set; false: no boolean, of which git dies. */
static bool read_bool(bool *out, const struct config *config, const char *key)
{
	const struct config_entry *entry = config_last(config, key);

	return !entry || config_boolean(out, entry->value);
}

static bool read_untracked(enum untracked *out, const struct config *config)
{
	static const char *const modes[] = {"no", "normal", "all"};
	const char *value = config_text(config, "status.showuntrackedfiles");

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
static bool read_path(const char **out, struct arena *arena,
                      const struct config *config, const char *name,
                      const char *otherwise)
{
	const char *value = config_text(config, name), *home = getenv("HOME");

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

bool scan_config_read(struct scan_config *out, const struct config *config,
                      struct arena *arena)
{
	bool ignore_case = false, sparse = false;
	const char *value;

	*out = (struct scan_config){.trust_ctime = true,
	                            .check_all = true,
	                            .file_mode = true,
	                            .symlinks = true};
	value = config_text(config, "core.checkstat");
	out->check_all = !value || strcasecmp(value, "minimal") != 0;
	value = config_text(config, "core.autocrlf");
	if (value && strcasecmp(value, "input") == 0)
		out->converts_lines = true;
	else if (!read_bool(&out->converts_lines, config, "core.autocrlf"))
		return false;
	value = config_text(config, "diff.ignoresubmodules");
	out->ignore_submodules = value ? arena_string(arena, value) : NULL;
	return read_bool(&out->trust_ctime, config, "core.trustctime") &&
	       read_bool(&out->file_mode, config, "core.filemode") &&
	       read_bool(&out->symlinks, config, "core.symlinks") &&
	       read_bool(&ignore_case, config, "core.ignorecase") && !ignore_case &&
	       read_bool(&sparse, config, "core.sparsecheckout") && !sparse &&
	       read_untracked(&out->untracked, config) &&
	       read_path(&out->ignore_file, arena, config, "core.excludesfile",
	                 "ignore") &&
	       read_path(&out->attributes_file, arena, config, "core.attributesfile",
	                 "attributes");
}
