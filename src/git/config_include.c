/* include_condition_is_true() and its like of git's config.c. */
#include "config_include.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "config.h"
#include "worktree/wildmatch.h"

/* `~/` in front stands for the home folder. Other users' homes and git's own
 * prefix are git's to find. */
static const char *expand(struct arena *arena, const char *path, const char *home)
{
	if (strncmp(path, "%(prefix)/", strlen("%(prefix)/")) == 0)
		return NULL;
	if (*path != '~')
		return path;
	if (!home || (path[1] && path[1] != '/'))
		return NULL;
	return arena_format(arena, "%s%s", home, path + 1);
}

const char *include_path(struct arena *arena, const char *file, const char *value)
{
	const char *path = expand(arena, value, getenv("HOME"));

	if (!path || *path == '/')
		return path;
	return file ? path_join(arena, path_parent(arena, file), path) : NULL;
}

static const char *lowered(struct arena *arena, const char *text)
{
	char *copy = arena_string(arena, text);

	for (char *at = copy; *at; at++)
		*at = (char)tolower((unsigned char)*at);
	return copy;
}

static bool fits(struct arena *arena, const char *pattern, const char *text, bool icase)
{
	if (icase) {
		pattern = lowered(arena, pattern);
		text = lowered(arena, text);
	}
	return wildmatch(pattern, text, strlen(text), true);
}

/* A pattern that ends in a slash is for all below. */
static const char *with_all_below(struct arena *arena, const char *pattern)
{
	size_t length = strlen(pattern);

	return length && pattern[length - 1] == '/'
	               ? arena_format(arena, "%s**", pattern)
	               : pattern;
}

/* `./` in front stands for the folder of the file, all of its bytes literally. */
static const char *beside(struct arena *arena, const char *file, const char *cond)
{
	const char *folder = file ? path_parent(arena, path_real(arena, file)) : NULL;

	if (!folder || strpbrk(folder, "*?[\\"))
		return NULL;
	return path_join(arena, folder, cond + strlen("./"));
}

static enum include by_folder(struct arena *arena, const char *file, const char *cond,
                              const char *folder, bool icase)
{
	const char *home = getenv("HOME");
	const char *pattern, *real = path_real(arena, folder);
	const char *written = path_join(
		arena, path_real(arena, path_parent(arena, folder)), path_base(folder));

	if (strncmp(cond, "./", 2) == 0) {
		cond = beside(arena, file, cond);
		if (!cond)
			return INCLUDE_ODD;
	}
	pattern = expand(arena, cond, home ? path_real(arena, home) : NULL);
	if (!pattern)
		return INCLUDE_ODD;
	if (*pattern != '/')
		pattern = arena_format(arena, "**/%s", pattern);
	pattern = with_all_below(arena, pattern);
	return fits(arena, pattern, real, icase) || fits(arena, pattern, written, icase)
	               ? INCLUDE_YES
	               : INCLUDE_NO;
}

static enum include by_branch(struct arena *arena, const char *cond, const char *branch)
{
	if (!branch)
		return INCLUDE_NO;
	return fits(arena, with_all_below(arena, cond), branch, false) ? INCLUDE_YES
	                                                               : INCLUDE_NO;
}

static const char *behind(const char *text, const char *front)
{
	size_t length = strlen(front);

	return strncmp(text, front, length) == 0 ? text + length : NULL;
}

static const char *condition(struct arena *arena, const char *key)
{
	const char *start = behind(key, "includeif.");

	return arena_bytes(arena, start, (size_t)(strrchr(key, '.') - start));
}

bool include_is_conditional(const char *key)
{
	const char *start = behind(key, "includeif."), *end = strrchr(key, '.');

	return start && end > start && strcmp(end, ".path") == 0;
}

bool include_is_url(const char *key)
{
	const char *start = behind(key, "remote."), *end = strrchr(key, '.');

	return start && end >= start && strcmp(end, ".url") == 0;
}

const char *include_url_pattern(struct arena *arena, const char *key)
{
	return behind(condition(arena, key), "hasconfig:remote.*.url:");
}

bool include_url_fits(const struct config *config, const char *pattern)
{
	for (size_t i = 0; i < config->count; i++) {
		const char *url = config->items[i].value;

		if (url && include_is_url(config->items[i].key) &&
		    wildmatch(pattern, url, strlen(url), true))
			return true;
	}
	return false;
}

enum include include_condition(struct arena *arena, const char *file, const char *key,
                               const struct config_place *place)
{
	const char *cond = condition(arena, key), *rest;

	if ((rest = behind(cond, "gitdir:")))
		return by_folder(arena, file, rest, place->git_folder, false);
	if ((rest = behind(cond, "gitdir/i:")))
		return by_folder(arena, file, rest, place->git_folder, true);
	if ((rest = behind(cond, "onbranch:")))
		return by_branch(arena, rest, place->branch);
	return INCLUDE_NO;
}
