#include "git/environment.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "config.h"
#include "git/probe.h"

struct variable {
	const char *name;
	const char *value;     /* NULL: taken out */
	enum environment from; /* for this kind and those behind it */
};

/* The first part is local_repo_env of git's environment.c, the user's
 * configuration left out, with what later versions added. */
static const struct variable variables[] = {
	{"GIT_ALTERNATE_OBJECT_DIRECTORIES", NULL, ENVIRONMENT_FOREGROUND},
	{"GIT_COMMON_DIR", NULL, ENVIRONMENT_FOREGROUND},
	{"GIT_CONFIG", NULL, ENVIRONMENT_FOREGROUND},
	{"GIT_DIR", NULL, ENVIRONMENT_FOREGROUND},
	{"GIT_GRAFT_FILE", NULL, ENVIRONMENT_FOREGROUND},
	{"GIT_IMPLICIT_WORK_TREE", NULL, ENVIRONMENT_FOREGROUND},
	{"GIT_INDEX_FILE", NULL, ENVIRONMENT_FOREGROUND},
	{"GIT_INTERNAL_SUPER_PREFIX", NULL, ENVIRONMENT_FOREGROUND},
	{"GIT_NO_REPLACE_OBJECTS", NULL, ENVIRONMENT_FOREGROUND},
	{"GIT_OBJECT_DIRECTORY", NULL, ENVIRONMENT_FOREGROUND},
	{"GIT_PREFIX", NULL, ENVIRONMENT_FOREGROUND},
	{"GIT_REFERENCE_BACKEND", NULL, ENVIRONMENT_FOREGROUND},
	{"GIT_REPLACE_REF_BASE", NULL, ENVIRONMENT_FOREGROUND},
	{"GIT_SHALLOW_FILE", NULL, ENVIRONMENT_FOREGROUND},
	{"GIT_WORK_TREE", NULL, ENVIRONMENT_FOREGROUND},

	/* An empty askpass is none, and keeps git from looking for another. */
	{"GIT_ASKPASS", "", ENVIRONMENT_CONCURRENT},
	{"SSH_ASKPASS_REQUIRE", "never", ENVIRONMENT_CONCURRENT},
	{"GIT_TERMINAL_PROMPT", "0", ENVIRONMENT_CONCURRENT},
	{"GCM_INTERACTIVE", "never", ENVIRONMENT_CONCURRENT},
	{"GIT_PAGER", "cat", ENVIRONMENT_CONCURRENT},
	{"GIT_EDITOR", "false", ENVIRONMENT_CONCURRENT},
	{"GIT_SEQUENCE_EDITOR", "false", ENVIRONMENT_CONCURRENT},

	{"GIT_OPTIONAL_LOCKS", "0", ENVIRONMENT_QUERY},
	{"GIT_ALLOW_PROTOCOL", "",
         ENVIRONMENT_QUERY}, /* no protocol.*.allow beats it */
	{"LANGUAGE", NULL, ENVIRONMENT_QUERY},
	{"LC_ALL", "C", ENVIRONMENT_QUERY},
};

enum { VARIABLES = sizeof variables / sizeof *variables };

static bool is_named(const char *setting, const char *name)
{
	size_t length = strlen(name);

	return strncmp(setting, name, length) == 0 && setting[length] == '=';
}

static bool is_ours_to_set(const char *setting, enum environment kind)
{
	for (size_t i = 0; i < VARIABLES; i++) {
		if (kind >= variables[i].from && is_named(setting, variables[i].name))
			return true;
	}
	return false;
}

void environment_make(struct strings *out, struct arena *arena, enum environment kind)
{
	for (char **at = environ; at && *at; at++) {
		if (!is_ours_to_set(*at, kind))
			strings_add(arena, out, *at);
	}
	for (size_t i = 0; i < VARIABLES; i++) {
		if (kind >= variables[i].from && variables[i].value)
			strings_add(arena, out,
			            arena_format(arena, "%s=%s", variables[i].name,
			                         variables[i].value));
	}
}

/* What the user chose for all repositories; of little use where it depends. */
static struct {
	pthread_once_t once;
	struct arena arena;
	struct config config;
	bool known;
} common = {.once = PTHREAD_ONCE_INIT};

static void load_common(void)
{
	common.known = config_load_common(&common.config, &common.arena);
}

/* Where the configuration is only git's to read, it counts as a choice. */
static bool is_ssh_chosen(struct arena *arena, const char *path)
{
	struct config config = {0};
	struct config_format format;
	struct config_place place = {0};
	struct probe probe;

	if (getenv("GIT_SSH_COMMAND") || getenv("GIT_SSH"))
		return true;
	pthread_once(&common.once, load_common);
	if (common.known && config_last(&common.config, "core.sshcommand"))
		return true;
	probe_path(&probe, arena, path);
	if (probe.kind == REPO_NONE)
		return false;
	place.git_folder = probe.git_folder;
	return !config_load(&config, &format, arena,
	                    common.known ? &common.config : NULL, probe.common_folder,
	                    &place) ||
	       !format.usual || config_last(&config, "core.sshcommand");
}

void environment_ssh(struct strings *out, struct arena *arena, const char *path)
{
	if (!is_ssh_chosen(arena, path))
		strings_add(arena, out, "GIT_SSH_COMMAND=ssh -o BatchMode=yes");
}
