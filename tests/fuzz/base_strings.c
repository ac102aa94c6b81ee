/* Quoted words, paths and the mount table. */
#include "fuzz.h"

#include "base/buf.h"
#include "base/mounts.h"
#include "base/path.h"
#include "base/strings.h"

static void try_split(struct arena *arena, const char *text)
{
	struct strings words = {0}, again = {0};
	struct error err;
	BUF joined = {0};

	if (!words_split(&words, arena, text, &err))
		return;
	words_join(&joined, &words);
	MUST(words_split(&again, arena, buf_text(&joined), &err));
	MUST(again.count == words.count);
	for (size_t i = 0; i < words.count; i++)
		MUST(strcmp(words.items[i], again.items[i]) == 0);
}

static void try_quote(struct arena *arena, const char *word)
{
	struct strings words = {0};
	struct error err;
	BUF quoted = {0};

	words_quote(&quoted, word);
	MUST(words_split(&words, arena, buf_text(&quoted), &err));
	MUST(words.count == 1 && strcmp(words.items[0], word) == 0);
}

static void try_paths(struct arena *arena, const char *one, const char *other)
{
	const char *path = path_absolute(arena, path_join(arena, "/", one));
	const char *folder = path_absolute(arena, path_join(arena, "/", other));
	const char *between = path_relative(arena, path, folder);

	MUST(path[0] == '/' && between[0] != '/');
	MUST(strcmp(path_absolute(arena, path_join(arena, folder, between)), path) ==
	     0);
	MUST(path_is_below(path, path_parent(arena, path)));
	MUST(strlen(path_base(path)) <= strlen(path));
}

static void try_mounts(struct arena *arena, const char *table, const char *path)
{
	struct mounts mounts = {0};

	mounts_parse(&mounts, arena, arena_string(arena, table));
	(void)mounts_remote(&mounts, path_absolute(arena, path_join(arena, "/", path)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = {data, data + size};
	struct arena arena = {0};
	char *one = fuzz_string(&input), *other = fuzz_string(&input);

	try_split(&arena, one);
	try_quote(&arena, one);
	try_paths(&arena, one, other);
	try_mounts(&arena, one, other);
	free(one);
	free(other);
	arena_drop(&arena);
	return 0;
}
