#include "git/environment.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/text.h"
#include "config.h"

/* POSIX has it, but not in every header. */
extern char **environ;

struct variable {
	const char *name;
	const char *value;     /* NULL: taken out */
	enum environment from; /* for this kind and those after it */
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
	/* git names the editor that failed. */
	{"GIT_EDITOR", "false # " ENVIRONMENT_NO_EDITOR, ENVIRONMENT_CONCURRENT},
	{"GIT_SEQUENCE_EDITOR", "false # " ENVIRONMENT_NO_EDITOR,
         ENVIRONMENT_CONCURRENT},

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

void environment_color(struct strings *out, struct arena *arena, const char *value)
{
	static const char name[] = "GIT_CONFIG_COUNT=";
	size_t at = 0;
	long count = 0;

	while (at < out->count && !text_skip_prefix(out->items[at], name))
		at++;
	/* What git will refuse is left to it. */
	if (at < out->count &&
	    !text_number(&count, out->items[at] + strlen(name), 0, INT_MAX - 1))
		return;
	if (at == out->count)
		strings_add(arena, out, "");
	out->items[at] = arena_format(arena, "%s%ld", name, count + 1);
	strings_add(arena, out,
	            arena_format(arena, "GIT_CONFIG_KEY_%ld=color.ui", count));
	strings_add(arena, out,
	            arena_format(arena, "GIT_CONFIG_VALUE_%ld=%s", count, value));
}

bool environment_refuses_color(void)
{
	const struct config *common = config_common();
	const char *value = common ? config_text(common, "color.ui") : NULL;
	bool on = true;

	return value &&
	       (strcasecmp(value, "never") == 0 || (config_boolean(&on, value) && !on));
}

void environment_ssh(struct strings *out, struct arena *arena, enum environment kind,
                     const char *control_path)
{
	const char *batch = kind == ENVIRONMENT_FOREGROUND ? "" : " -o BatchMode=yes";

	if (control_path)
		strings_add(arena, out,
		            arena_format(arena,
		                         "GIT_SSH_COMMAND=ssh%s -o ControlMaster=no "
		                         "-o ControlPath=%s",
		                         batch, control_path));
	else if (*batch)
		strings_add(arena, out,
		            arena_format(arena, "GIT_SSH_COMMAND=ssh%s", batch));
}
