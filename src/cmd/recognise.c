#include "recognise.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/mounts.h"
#include "base/path.h"

/* A folder that is spoken of: by a repo, or by a sighting. */
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

/* The first mention of a folder says what the others are. */
static void judge(const struct mention *mentions, size_t count)
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

void recognise(struct sighting *out, struct arena *arena,
               const struct registry *registry, const struct strings *paths)
{
	const struct repos *repos = &registry->repos;
	size_t count = 0;
	struct mention *mentions = arena_take(arena, (repos->count + paths->count) *
	                                                     sizeof *mentions);
	struct mounts mounts = {0};

	mounts_load(&mounts, arena);
	for (size_t i = 0; i < repos->count; i++) {
		const char *path = repos->items[i]->path;
		/* A disk that may not answer is not asked. */
		const char *real = mounts_lead_remote(&mounts, path)
		                           ? path
		                           : path_real(arena, path);

		mentions[count] = (struct mention){real, count, repos->items[i], NULL};
		count++;
	}
	for (size_t i = 0; i < paths->count; i++) {
		out[i] = (struct sighting){.path = paths->items[i]};
		mentions[count] = (struct mention){path_real(arena, out[i].path), count,
		                                   NULL, &out[i]};
		count++;
	}
	qsort(mentions, count, sizeof *mentions, by_folder);
	judge(mentions, count);
}
