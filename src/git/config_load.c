/* Which files and variables make up the configuration, and in which order:
 * do_git_config_sequence() of git's config.c. */
#include "config.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/path.h"
#include "base/text.h"
#include "config_include.h"
#include "git/probe.h"

enum { DEPTH_LIMIT = 10 };

struct loader {
	struct config *out;
	struct arena *arena;
	const struct config_place *place; /* NULL: only what holds everywhere */
	const struct config *remotes;     /* a first reading; NULL: this is the first */
	bool asks_remotes;                /* a second is needed */
	struct config_format *format;     /* NULL: not the repository's own file */
	const char *file;                 /* being read; NULL: the environment */
	bool without_remotes;             /* it may hold no URL, or git gives up */
	int depth;
};

static bool load_file(struct loader *loader, const char *path);

static bool include(struct loader *loader, const char *value, bool without_remotes)
{
	const struct loader outer = *loader;
	const char *path;
	bool good;

	if (!value || loader->depth == DEPTH_LIMIT)
		return false;
	path = include_path(loader->arena, loader->file, value);
	if (!path)
		return false;
	loader->depth++;
	loader->format = NULL;
	loader->without_remotes |= without_remotes;
	good = load_file(loader, path);
	loader->depth = outer.depth;
	loader->format = outer.format;
	loader->without_remotes = outer.without_remotes;
	return good;
}

/* `includeIf.CONDITION.path` */
static bool include_by_condition(struct loader *loader,
                                 const struct config_entry *entry)
{
	const char *url = include_url_pattern(loader->arena, entry->key);
	enum include answer;

	if (!loader->place)
		return false;
	if (url) {
		loader->asks_remotes = true;
		return !loader->remotes || !include_url_fits(loader->remotes, url) ||
		       include(loader, entry->value, true);
	}
	answer = include_condition(loader->arena, loader->file, entry->key,
	                           loader->place);
	return answer == INCLUDE_NO ||
	       (answer == INCLUDE_YES && include(loader, entry->value, false));
}

static bool take_entry(struct loader *loader, const struct config_entry *entry)
{
	*(struct config_entry *)ARENA_PUSH(loader->arena, loader->out) = *entry;
	if (loader->format && !config_read_format(loader->format, entry))
		return false;
	if (loader->without_remotes && include_is_url(entry->key))
		return false;
	if (strcmp(entry->key, "include.path") == 0)
		return include(loader, entry->value, false);
	return !include_is_conditional(entry->key) ||
	       include_by_condition(loader, entry);
}

static bool load_text(struct loader *loader, const struct buf *text)
{
	BUF key = {0};
	struct config_text reader = {.at = buf_text(text),
	                             .end = buf_text(text) + text->length,
	                             .key = &key};
	struct config_entry entry;

	if (memchr(reader.at, '\0', text->length))
		return false;
	if (strncmp(reader.at, "\xef\xbb\xbf", 3) == 0)
		reader.at += 3;
	for (;;) {
		switch (config_next(&reader, &entry, loader->arena)) {
		case CONFIG_END:
			return true;
		case CONFIG_BAD:
			return false;
		case CONFIG_ENTRY:
			if (!take_entry(loader, &entry))
				return false;
		}
	}
}

static bool load_file(struct loader *loader, const char *path)
{
	const char *outer = loader->file;
	struct error err;
	bool there, good;
	BUF text = {0};

	if (strcmp(path, "/dev/null") == 0)
		return true;
	if (!file_read(&text, &there, path, FILE_LIMIT, &err))
		return access(path, F_OK) != 0 && errno == ENOTDIR;
	if (!there)
		return true;
	loader->file = path;
	good = load_text(loader, &text);
	loader->file = outer;
	return good;
}

/* A file below a folder that a variable names; relative ones are seen from
 * wherever git stands, so only git can tell which they are. */
static bool load_named(struct loader *loader, const char *folder, const char *name)
{
	const char *path;

	if (!folder || !*folder)
		return true;
	path = *name ? path_join(loader->arena, folder, name) : folder;
	return *folder == '/' && load_file(loader, path);
}

static bool load_system(struct loader *loader)
{
	const char *path = getenv("GIT_CONFIG_SYSTEM");
	const char *without = getenv("GIT_CONFIG_NOSYSTEM");
	bool off = false;

	if (without && !config_boolean(&off, without))
		return false;
	return off || load_named(loader, path ? path : "/etc/gitconfig", "");
}

static bool load_personal(struct loader *loader)
{
	const char *path = getenv("GIT_CONFIG_GLOBAL");
	const char *home = getenv("HOME"), *xdg = getenv("XDG_CONFIG_HOME");

	if (path)
		return load_named(loader, path, "");
	return (xdg && *xdg ? load_named(loader, xdg, "git/config")
	                    : load_named(loader, home, ".config/git/config")) &&
	       load_named(loader, home, ".gitconfig");
}

static bool load_environment(struct loader *loader)
{
	const char *text = getenv("GIT_CONFIG_COUNT");
	const char *parameters = getenv("GIT_CONFIG_PARAMETERS");
	struct config_entry entry;
	long count = 0;

	if (parameters && *parameters)
		return false;
	if (text && !text_number(&count, text, 0, 10000))
		return *text == '\0';
	for (long i = 0; i < count; i++) {
		const char *key = getenv(
			arena_format(loader->arena, "GIT_CONFIG_KEY_%ld", i));

		entry.key = key ? config_key(loader->arena, key) : NULL;
		entry.value = getenv(
			arena_format(loader->arena, "GIT_CONFIG_VALUE_%ld", i));
		if (!entry.key || !entry.value || !take_entry(loader, &entry))
			return false;
	}
	return true;
}

bool config_load_common(struct config *out, struct arena *arena)
{
	struct loader loader = {.out = out, .arena = arena};

	return load_system(&loader) && load_personal(&loader);
}

static bool load_all(struct loader *loader, const struct config *common,
                     const char *file, struct config_format *format)
{
	*format = (struct config_format){.usual = true};
	for (size_t i = 0; common && i < common->count; i++)
		*(struct config_entry *)ARENA_PUSH(loader->arena,
		                                   loader->out) = common->items[i];
	if (!common && (!load_system(loader) || !load_personal(loader)))
		return false;
	loader->format = format;
	if (!load_file(loader, file))
		return false;
	loader->format = NULL;
	return load_environment(loader);
}

bool config_load(struct config *out, struct config_format *format, struct arena *arena,
                 const struct config *common, const char *common_folder,
                 const struct config_place *place)
{
	const char *file = path_join(arena, common_folder, "config");
	struct loader loader = {.out = out, .arena = arena, .place = place};
	struct config remotes;

	if (!load_all(&loader, common, file, format))
		return false;
	if (!loader.asks_remotes)
		return true;
	remotes = *out;
	*out = (struct config){0};
	loader.remotes = &remotes;
	return load_all(&loader, common, file, format);
}

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

const struct config *config_common(void)
{
	pthread_once(&common.once, load_common);
	return common.known ? &common.config : NULL;
}

bool config_load_path(struct config *out, struct arena *arena, const char *path)
{
	struct config_format format = {0};
	struct config_place place = {0};
	struct probe probe;

	probe_path(&probe, arena, path);
	if (probe.kind == REPO_NONE)
		return false;
	place.git_folder = probe.git_folder;
	return config_load(out, &format, arena, config_common(), probe.common_folder,
	                   &place) &&
	       format.usual;
}
