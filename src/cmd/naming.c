#include "naming.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/mounts.h"
#include "base/path.h"
#include "base/text.h"
#include "cli/disks.h"

/* A folder that is mentioned: by a repo, or by a sighting. */
struct mention {
	const char *real;
	size_t order; /* repos before sightings */
	const struct repo *repo;
	struct sighting *sighting;
};

static int by_folder(const void *one, const void *other)
{
	const struct mention *a = one, *b = other;
	int order = strcmp(a->real, b->real);

	return order ? order : (a->order > b->order) - (a->order < b->order);
}

/* The first mention of a folder is what the others refer to. */
static void match_mentions(const struct mention *mentions, size_t count)
{
	const struct mention *first = mentions;

	for (size_t i = 0; i < count; i++) {
		const struct mention *mention = &mentions[i];

		if (strcmp(first->real, mention->real) != 0)
			first = mention;
		if (!mention->sighting)
			continue;
		mention->sighting->repo = first->repo;
		mention->sighting->again = i > 0 && mention != first &&
		                           mentions[i - 1].sighting != NULL;
	}
}

void naming_known(struct sighting *out, struct invocation *invocation,
                  const struct strings *paths)
{
	const struct mounts *mounts = disks_mounts(invocation);
	const struct repos *repos = &invocation->registry.repos;
	struct arena *arena = invocation->arena;
	size_t count = 0;
	struct mention *mentions = arena_take(arena, (repos->count + paths->count) *
	                                                     sizeof *mentions);

	for (size_t i = 0; i < repos->count; i++) {
		const char *real = mounts_real(mounts, arena, repos->items[i]->path);

		mentions[count] = (struct mention){real, count, repos->items[i], NULL};
		count++;
	}
	for (size_t i = 0; i < paths->count; i++) {
		out[i] = (struct sighting){.path = paths->items[i]};
		mentions[count] = (struct mention){
			mounts_real(mounts, arena, out[i].path), count, NULL, &out[i]};
		count++;
	}
	qsort(mentions, count, sizeof *mentions, by_folder);
	match_mentions(mentions, count);
}

char *naming_clean(struct arena *arena, const char *text)
{
	char *name = arena_string(arena, text), *end = name;

	while (*text) {
		size_t control = text_control(text);

		*end = *text;
		if (control || strchr(" :*?[", *text))
			*end = '-';
		end++;
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

static int by_text(const void *key, const void *item)
{
	return strcmp(key, *(const char *const *)item);
}

static bool is_twice(const struct strings *sorted, const char *name)
{
	size_t next = 1 + sorted_place(name, sorted->items, sorted->count,
	                               sizeof *sorted->items, by_text);

	return next < sorted->count && strcmp(sorted->items[next], name) == 0;
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

/* Paths that share a tail all take more of it at once, so that none of them gets
 * the short name by chance. */
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

/* No parent distinguishes `my repo` from `my-repo`, nor a path from a group with
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
		.arena = arena,
		.registry = registry,
		.paths = paths,
		.taken = taken,
		.names = out,
		.parts = arena_take(arena, paths->count * sizeof(size_t)),
	};
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
