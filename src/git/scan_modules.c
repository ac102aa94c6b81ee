#include "scan_modules.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "scan_parts.h"

static const char words[][10] = {"none", "untracked", "dirty", "all"};

/* False: a word that git knows not. */
static bool read_word(enum overlook *out, const char *word)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (strcmp(words[i], word) == 0) {
			*out = (enum overlook)i;
			return true;
		}
	}
	return false;
}

static bool parse_file(struct config *out, struct arena *arena, const struct buf *text)
{
	BUF key = {0};
	struct config_text reader = {.at = buf_text(text),
	                             .end = buf_text(text) + text->length,
	                             .key = &key};
	struct config_entry entry;
	enum config_step step;

	while ((step = config_next(&reader, &entry, arena)) == CONFIG_ENTRY)
		*(struct config_entry *)ARENA_PUSH(arena, out) = entry;
	return step == CONFIG_END;
}

/* Where it is not in the work tree, or in conflict, git looks elsewhere. */
static bool read_file(struct config *out, struct scan *scan)
{
	static const char name[] = ".gitmodules";
	const struct index_entry *entry = index_find(&scan->index, name);
	BUF text = {0};
	int file;

	if (entry && index_flags(entry) & ENTRY_STAGE)
		return false;
	file = openat(scan->root, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	return file >= 0 && scan_read(&text, file) &&
	       parse_file(out, scan->arena, &text);
}

bool modules_read(struct modules *out, struct scan *scan)
{
	const char *word = scan->config.ignore_submodules;

	*out = (struct modules){.settings = scan->settings};
	if (word && !read_word(&out->otherwise, word))
		return false;
	/* Whoever wants to see no untracked files wants none of submodules. */
	if (scan->config.untracked == UNTRACKED_NO &&
	    out->otherwise < OVERLOOK_UNTRACKED)
		out->otherwise = OVERLOOK_UNTRACKED;
	return read_file(&out->file, scan);
}

/* "submodule.NAME." of the last section that gives the path; NULL: none. */
static const char *find_section(const struct modules *modules, struct arena *arena,
                                const char *path)
{
	static const char front[] = "submodule.", back[] = ".path";

	for (size_t i = modules->file.count; i-- > 0;) {
		const struct config_entry *entry = &modules->file.items[i];
		size_t length = strlen(entry->key);

		if (strncmp(entry->key, front, strlen(front)) == 0 &&
		    length > strlen(front) + strlen(back) &&
		    strcmp(entry->key + length - strlen(back), back) == 0 &&
		    entry->value && strcmp(entry->value, path) == 0)
			return arena_bytes(arena, entry->key, length - strlen("path"));
	}
	return NULL;
}

bool modules_overlook(enum overlook *out, const struct modules *modules,
                      struct scan *scan, const char *path)
{
	const char *section = find_section(modules, scan->arena, path), *key, *word;

	*out = modules->otherwise;
	if (!section)
		return true;
	key = arena_format(scan->arena, "%signore", section);
	if (config_last(modules->settings, key)) {
		word = config_text(modules->settings, key);
		return word && read_word(out, word);
	}
	word = config_text(&modules->file, key);
	if (word)
		return read_word(out, word);
	return !config_last(&modules->file, key);
}
