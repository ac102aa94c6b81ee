#include "naming.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

char *naming_clean(struct arena *arena, const char *text)
{
	char *name = arena_string(arena, text), *end = name;

	while (*text) {
		size_t control = text_control(text);

		*end++ = control || strchr(" :*?[", *text) ? '-' : *text;
		text += control ? control : 1;
	}
	*end = '\0';
	name += strspn(name, "-@");
	return *name ? name : arena_string(arena, "repo");
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

/* One choice of names. */
struct naming {
	struct arena *arena;
	const struct registry *registry;
	const struct strings *paths;
	const struct strings *taken;
	struct strings *names;
	size_t *parts; /* how much of each path its name has */
};

static bool is_taken(const struct naming *naming, const char *name)
{
	return registry_repo(naming->registry, name) ||
	       registry_group(naming->registry, name) ||
	       strings_have(naming->taken, name);
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

static struct strings sorted_names(const struct naming *naming)
{
	struct strings copy = {0};

	for (size_t i = 0; i < naming->names->count; i++)
		strings_add(naming->arena, &copy, naming->names->items[i]);
	strings_sort(&copy);
	return copy;
}

static char *name_of(const struct naming *naming, size_t index, size_t parts)
{
	return naming_clean(naming->arena, tail_of(naming->paths->items[index], parts));
}

/* Paths that share a tail are given more of it all at once, so that none of them
 * is the one with the short name by chance. */
static bool lengthen(struct naming *naming)
{
	struct strings sorted = sorted_names(naming);
	bool any = false;

	for (size_t i = 0; i < naming->names->count; i++) {
		const char **name = &naming->names->items[i];
		const char *longer;

		if (!is_taken(naming, *name) && !is_twice(&sorted, *name))
			continue;
		longer = name_of(naming, i, ++naming->parts[i]);
		any |= strcmp(longer, *name) != 0;
		*name = longer;
	}
	return any;
}

/* No parent tells `my repo` and `my-repo` apart, nor a path from a group that has
 * its whole name: a number does. */
static void number(struct naming *naming, size_t index)
{
	const char **name = &naming->names->items[index];
	const char *base = name_of(naming, index, 1), *wanted = base;

	for (unsigned n = 2;
	     is_taken(naming, wanted) || strings_have(naming->names, wanted); n++)
		wanted = arena_format(naming->arena, "%s-%u", base, n);
	*name = wanted;
}

void naming_choose(struct strings *out, struct arena *arena,
                   const struct registry *registry, const struct strings *paths,
                   const struct strings *taken)
{
	struct naming naming = {
		arena, registry, paths,
		taken, out,      arena_take(arena, paths->count * sizeof(size_t))};
	struct strings sorted;

	for (size_t i = 0; i < paths->count; i++) {
		naming.parts[i] = 1;
		strings_add(arena, out, name_of(&naming, i, 1));
	}
	while (lengthen(&naming))
		continue;
	sorted = sorted_names(&naming);
	for (size_t i = 0; i < out->count; i++)
		if (is_taken(&naming, out->items[i]) ||
		    is_twice(&sorted, out->items[i]))
			number(&naming, i);
}
