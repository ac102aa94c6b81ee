/* Ignore and attribute files, their patterns, and shell wildcards. */
#include "fuzz.h"

#include "base/buf.h"
#include "worktree/attributes.h"
#include "worktree/ignore.h"
#include "worktree/wildmatch.h"

static size_t name_in(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? (size_t)(slash - path) + 1 : 0;
}

static void add(struct buf *out, const char *text, size_t length)
{
	buf_add(out, text, length);
}

static void try_ignore(struct arena *arena, const char *rules, size_t length,
                       const char *path)
{
	struct ignore_list list = {0};
	BUF text = {0};

	add(&text, rules, length);
	ignore_parse(&list, arena, &text);
	for (size_t i = 0; i < list.count; i++)
		MUST(list.items[i].literal <= list.items[i].length);
	for (int folder = 0; folder < 2; folder++)
		(void)ignore_ask(&list, path, strlen(path), name_in(path), folder);
}

static void try_attributes(struct arena *arena, const char *rules, size_t length,
                           const char *path)
{
	struct attribute_list list = {0};
	const char *values[ATTRIBUTE_COUNT] = {NULL};
	BUF text = {0};

	add(&text, rules, length);
	attributes_parse(&list, arena, &text);
	attributes_ask(values, &list, path, strlen(path), name_in(path));
	for (int i = 0; i < ATTRIBUTE_COUNT; i++)
		MUST(!values[i] || strlen(values[i]) <= length + sizeof "unspecified");
}

/* A star matches all there is; without one the other way, nothing is. */
static void try_wildmatch(const char *pattern, const char *text)
{
	size_t length = strlen(text);

	MUST(wildmatch("*", text, length, false));
	MUST(wildmatch("**", text, length, true));
	if (wildmatch(pattern, text, length, true) && !strpbrk(pattern, "*?[\\"))
		MUST(strcmp(pattern, text) == 0);
	(void)wildmatch(pattern, text, length, false);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = {data, data + size};
	struct arena arena = {0};
	size_t length;
	char *rules = fuzz_text(&input, &length), *path = fuzz_string(&input);

	if (*path) {
		try_ignore(&arena, rules, length, path);
		try_attributes(&arena, rules, length, path);
	}
	try_wildmatch(rules, path);
	free(rules);
	free(path);
	arena_drop(&arena);
	return 0;
}
