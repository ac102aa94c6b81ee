#include "naming.h"

#include <string.h>

#include "base/arena.h"

char *naming_clean(struct arena *arena, const char *text)
{
	char *name;

	text += strspn(text, "-@");
	name = arena_string(arena, *text ? text : "repo");
	for (char *c = name; *c; c++)
		if ((unsigned char)*c <= ' ' || *c == 0x7f || strchr(":*?[", *c))
			*c = '-';
	return name;
}

/* The last `parts` parts of a path; all of them, without the first slash, where
 * there are no more. */
static const char *tail_of(const char *path, size_t parts)
{
	const char *tail = path + strlen(path);

	while (tail > path && parts > 0) {
		tail--;
		if (*tail == '/' && --parts == 0)
			return tail + 1;
	}
	return tail + strspn(tail, "/");
}

static bool is_registered(const struct registry *registry, const char *name)
{
	return registry_repo(registry, name) || registry_group(registry, name);
}

static bool is_twice(const struct strings *sorted, const char *name)
{
	size_t low = 0, high = sorted->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(sorted->items[middle], name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low + 1 < sorted->count && strcmp(sorted->items[low + 1], name) == 0;
}

static struct strings sorted_copy(struct arena *arena, const struct strings *names)
{
	struct strings copy = {0};

	for (size_t i = 0; i < names->count; i++)
		strings_add(arena, &copy, names->items[i]);
	strings_sort(&copy);
	return copy;
}

/* Paths that share a tail are given more of it all at once, so that none of them
 * is the one with the short name by chance. */
static bool lengthen(struct arena *arena, const struct registry *registry,
                     const struct strings *paths, struct strings *names, size_t *parts)
{
	struct strings sorted = sorted_copy(arena, names);
	bool any = false;

	for (size_t i = 0; i < names->count; i++) {
		const char *longer;

		if (!is_registered(registry, names->items[i]) &&
		    !is_twice(&sorted, names->items[i]))
			continue;
		longer = naming_clean(arena, tail_of(paths->items[i], ++parts[i]));
		any |= strcmp(longer, names->items[i]) != 0;
		names->items[i] = longer;
	}
	return any;
}

/* Whole paths can still meet after cleaning: a number sets them apart. */
static void number(struct arena *arena, const struct registry *registry,
                   struct strings *names, size_t index)
{
	const char *name = names->items[index];
	struct strings others = sorted_copy(arena, names);

	strings_remove(&others, name);
	for (unsigned n = 2; strings_have(&others, names->items[index]) ||
	                     is_registered(registry, names->items[index]);
	     n++)
		names->items[index] = arena_format(arena, "%s-%u", name, n);
}

void naming_choose(struct strings *out, struct arena *arena,
                   const struct registry *registry, const struct strings *paths)
{
	struct strings sorted;
	size_t *parts = arena_take(arena, (paths->count + 1) * sizeof *parts);

	for (size_t i = 0; i < paths->count; i++) {
		parts[i] = 1;
		strings_add(arena, out,
		            naming_clean(arena, tail_of(paths->items[i], parts[i])));
	}
	while (lengthen(arena, registry, paths, out, parts))
		continue;
	sorted = sorted_copy(arena, out);
	for (size_t i = 0; i < out->count; i++)
		if (is_registered(registry, out->items[i]) ||
		    is_twice(&sorted, out->items[i]))
			number(arena, registry, out, i);
}
