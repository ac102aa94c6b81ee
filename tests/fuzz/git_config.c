/* git's configuration, and what of it concerns a branch and its remote. */
#include "fuzz.h"

#include "base/buf.h"
#include "config.h"
#include "tracking.h"

static void check_entry(struct arena *arena, const struct config *config,
                        const struct config_entry *entry)
{
	const struct config_entry *first = config_first(config, entry->key);
	const struct config_entry *last = config_last(config, entry->key);
	bool value;

	MUST(strchr(entry->key, '.'));
	MUST(first && first <= entry && last >= entry);
	MUST(config_text(config, entry->key) == last->value);
	(void)config_boolean(&value, entry->value);
	(void)config_key(arena, entry->key);
}

static void try_tracking(struct arena *arena, const struct config *config)
{
	struct branch_remote remote;
	const char *upstream;

	(void)tracking_upstream(&upstream, arena, config, "main");
	tracking_remote(&remote, arena, config, "main");
	tracking_remote(&remote, arena, config, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = {data, data + size};
	struct arena arena = {0};
	struct config config = {0};
	struct config_entry entry;
	size_t length;
	char *text = fuzz_text(&input, &length), *typed = fuzz_string(&input);
	BUF key = {0};
	struct config_text reader = {.at = text, .end = text + length, .key = &key};
	const char *canonical = config_key(&arena, typed);

	while (!memchr(text, '\0', length) &&
	       config_next(&reader, &entry, &arena) == CONFIG_ENTRY)
		*ARENA_PUSH(&arena, &config) = entry;
	for (size_t i = 0; i < config.count; i++)
		check_entry(&arena, &config, &config.items[i]);
	if (canonical)
		MUST(strcmp(config_key(&arena, canonical), canonical) == 0);
	try_tracking(&arena, &config);
	free(text);
	free(typed);
	arena_drop(&arena);
	return 0;
}
