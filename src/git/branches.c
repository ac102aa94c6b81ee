#include "git/branches.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

/* All refs, because an upstream may be any of them. Names of refs hold no blanks
 * (git-check-ref-format(1)). */
static const char format[] = "--format=%(refname) %(upstream)";
static const char heads[] = "refs/heads/", remotes[] = "refs/remotes/";

static void add_words(struct strings *out, struct arena *arena,
                      const char *const *words)
{
	for (; *words; words++)
		strings_add(arena, out, *words);
}

void branches_words(struct strings *out, struct arena *arena)
{
	const char *const words[] = {"for-each-ref", format, NULL};

	add_words(out, arena, words);
}

static const char *short_name(const char *ref)
{
	if (strncmp(ref, heads, strlen(heads)) == 0)
		return ref + strlen(heads);
	if (strncmp(ref, remotes, strlen(remotes)) == 0)
		return ref + strlen(remotes);
	return ref;
}

static int by_text(const void *one, const void *other)
{
	return strcmp(*(const char *const *)one, *(const char *const *)other);
}

void branches_read(struct branches *out, struct arena *arena, const char *text,
                   size_t length)
{
	struct strings lines = {0};
	struct strings refs = {0};

	strings_split(arena, &lines, arena_bytes(arena, text, length), "\n");
	for (size_t i = 0; i < lines.count; i++) {
		size_t end = strcspn(lines.items[i], " ");
		const char *upstream = lines.items[i] + end;
		const char *ref = arena_bytes(arena, lines.items[i], end);

		strings_add(arena, &refs, ref);
		if (strncmp(ref, heads, strlen(heads)) != 0)
			continue;
		upstream += strspn(upstream, " ");
		*ARENA_PUSH(arena, out) = (struct branch){
			short_name(ref), *upstream ? upstream : NULL, false};
	}
	strings_sort(&refs);
	for (size_t i = 0; i < out->count; i++) {
		const char **upstream = &out->items[i].upstream;

		if (!*upstream)
			continue;
		out->items[i].gone = !bsearch(upstream, refs.items, refs.count,
		                              sizeof *refs.items, by_text);
		*upstream = short_name(*upstream);
	}
}

/* With `--` at the end, since a file can have the name of a branch: in a bare
 * repository that flags give a work tree, git stands among its own files. */
void branches_count_words(struct strings *out, struct arena *arena, const char *branch)
{
	const char *const words[] = {
		"rev-list", "--count",   arena_format(arena, "%s%s", heads, branch),
		"--not",    "--remotes", "--",
		NULL};

	add_words(out, arena, words);
}

void branches_count_all_words(struct strings *out, struct arena *arena)
{
	const char *const words[] = {"rev-list", "--count",   "--branches",
	                             "--not",    "--remotes", NULL};

	add_words(out, arena, words);
}

void branches_count_head_words(struct strings *out, struct arena *arena)
{
	const char *const words[] = {"rev-list",   "--count",   "HEAD", "--not",
	                             "--branches", "--remotes", "--",   NULL};

	add_words(out, arena, words);
}

bool branches_count(size_t *out, const char *text)
{
	char *end;

	*out = strtoul(text, &end, 10);
	return end != text && (*end == '\n' || *end == '\0');
}

void submodules_words(struct strings *out, struct arena *arena)
{
	const char *const words[] = {
		"config", "--file",       ".gitmodules",
		"--null", "--get-regexp", "^submodule\\..*\\.path$",
		NULL};

	add_words(out, arena, words);
}

/* `submodule.NAME.path NEWLINE PATH NUL` each. */
void submodules_read(struct strings *out, struct arena *arena, const char *text,
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
