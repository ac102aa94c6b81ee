#include "config.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"

const struct config_entry *config_last(const struct config *config, const char *key)
{
	for (size_t i = config->count; i-- > 0;) {
		if (strcmp(config->items[i].key, key) == 0)
			return &config->items[i];
	}
	return NULL;
}

const struct config_entry *config_first(const struct config *config, const char *key)
{
	for (size_t i = 0; i < config->count; i++) {
		if (strcmp(config->items[i].key, key) == 0)
			return &config->items[i];
	}
	return NULL;
}

const char *config_text(const struct config *config, const char *key)
{
	const struct config_entry *entry = config_last(config, key);

	return entry ? entry->value : NULL;
}

/* check_repo_format() of git's setup.c */
bool config_read_format(struct config_format *format, const struct config_entry *entry)
{
	if (strncmp(entry->key, "extensions.", strlen("extensions.")) == 0)
		format->usual = false;
	else if (strcmp(entry->key, "core.repositoryformatversion") == 0)
		format->usual &= entry->value && strcmp(entry->value, "0") == 0;
	else if (strcmp(entry->key, "core.bare") == 0)
		return config_boolean(&format->bare, entry->value);
	else if (strcmp(entry->key, "core.worktree") == 0)
		format->worktree = entry->value ? entry->value : "";
	return true;
}

/* git_config_parse_key() of git's config.c */
const char *config_key(struct arena *arena, const char *typed)
{
	const char *last = strrchr(typed, '.');
	char *key = arena_string(arena, typed), *at = key;
	char *first = strchr(key, '.'), *name;

	if (!last || last == typed)
		return NULL;
	name = key + (last - typed) + 1;
	for (; *at; at++) {
		bool below = at > first && at < name - 1;

		if (below ? *at == '\n'
		          : *at != '.' && *at != '-' && !isalnum((unsigned char)*at))
			return NULL;
		if (!below)
			*at = (char)tolower((unsigned char)*at);
	}
	return isalpha((unsigned char)*name) ? key : NULL;
}

bool config_boolean(bool *out, const char *value)
{
	static const char *const words[] = {"false", "true", "no", "yes", "off", "on"};
	char *end;
	long number;

	*out = !value;
	if (!value || !*value)
		return true;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		*out = i % 2;
		if (strcasecmp(words[i], value) == 0)
			return true;
	}
	errno = 0;
	number = strtol(value, &end, 0);
	*out = number != 0;
	return errno == 0 && (*end == '\0' || (strchr("kKmMgG", *end) && !end[1]));
}
