#include "git/worktrees.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/path.h"
#include "base/text.h"
#include "config.h"
#include "git/probe.h"

void worktrees_words(struct strings *out, struct arena *arena)
{
	const char *const words[] = {"worktree", "list", "--porcelain", "-z", NULL};

	strings_add_all(arena, out, words);
}

static void parse_line(struct worktrees *out, struct arena *arena, const char *line)
{
	struct worktree *last = out->count ? &out->items[out->count - 1] : NULL;
	const char *value;

	if ((value = text_skip_prefix(line, "worktree ")))
		ARENA_PUSH(arena, out)->path = value;
	else if (!last)
		return;
	else if ((value = text_skip_prefix(line, "HEAD ")))
		last->head = strspn(value, "0") == strlen(value) ? NULL : value;
	else if ((value = text_skip_prefix(line, "branch ")))
		last->branch = value;
	else if (strcmp(line, "bare") == 0)
		last->bare = true;
	else if (text_skip_prefix(line, "locked"))
		last->locked = true;
	else if ((value = text_skip_prefix(line, "prunable")))
		last->prunable = *value == ' ' ? value + 1 : value;
}

bool worktrees_parse(struct worktrees *out, struct arena *arena, const char *text,
                     size_t length)
{
	const char *end = text + length;

	while (text < end) {
		size_t line = strnlen(text, (size_t)(end - text));

		parse_line(out, arena, arena_bytes(arena, text, line));
		text += line + 1;
	}
	return out->count > 0;
}

void worktrees_root_words(struct strings *out, struct arena *arena)
{
	const char *const words[] = {"rev-parse", "--show-toplevel", NULL};

	strings_add_all(arena, out, words);
}

void submodules_words(struct strings *out, struct arena *arena)
{
	const char *const words[] = {
		"config", "--file",       ".gitmodules",
		"--null", "--get-regexp", "^submodule\\..*\\.path$",
		NULL};

	strings_add_all(arena, out, words);
}

/* `submodule.NAME.path NEWLINE PATH NUL` each. */
void submodules_parse(struct strings *out, struct arena *arena, const char *text,
                      size_t length)
{
	const char *end = text + length;

	while (text < end) {
		size_t entry = strnlen(text, (size_t)(end - text));
		const char *line = memchr(text, '\n', entry);

		if (line)
			strings_add(arena, out,
			            arena_bytes(arena, line + 1,
			                        entry - (size_t)(line + 1 - text)));
		text += entry + 1;
	}
}

/* core.worktree of the file `config`, which counts without includes; NULL: not set, as
 * also where the file does not parse. */
static const char *configured(struct arena *arena, const char *file)
{
	BUF text = {0}, key = {0};
	struct config_text reader = {.key = &key};
	struct config_entry entry;
	enum config_step step;
	const char *found = NULL;
	struct error ignored;
	bool there;

	if (!file_read(&text, &there, file, FILE_LIMIT, &ignored))
		return NULL;
	reader.at = buf_text(&text);
	reader.end = reader.at + text.length;
	while ((step = config_next(&reader, &entry, arena)) == CONFIG_ENTRY)
		if (strcmp(entry.key, "core.worktree") == 0)
			found = entry.value;
	return step == CONFIG_END ? found : NULL;
}

const char *worktree_at(struct arena *arena, const char *path,
                        const struct strings *flags)
{
	const char *named = probe_flag(flags, "--work-tree"), *folder;
	struct probe probe;

	if (named)
		return path_join(arena, path, named);
	probe_with_flags(&probe, arena, path, flags);
	if (probe.kind == REPO_NONE || probe.kind == REPO_WORKTREE)
		return path;
	folder = probe.git_folder;
	named = configured(arena, path_join(arena, folder, "config"));
	return named ? path_join(arena, folder, named) : path;
}
