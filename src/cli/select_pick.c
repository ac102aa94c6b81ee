/* From one word to the repos that it names; see select_pick.h. */
#include "select_pick.h"

#include <stdlib.h>
#include <string.h>

#include "base/mounts.h"
#include "base/path.h"
#include "base/text.h"
#include "cli/out.h"

struct picker picker_start(struct invocation *invocation, struct selection *out)
{
	struct registry *registry = &invocation->registry;

	return (struct picker){
		invocation, registry, out,
		arena_take(invocation->arena, registry->repos.count + 1)};
}

/* The repo's place among all that are sorted by name is its place in `taken`. */
bool *picker_mark(const struct picker *picker, const struct repo *repo)
{
	const struct repos *sorted = &picker->registry->by_name;
	size_t low = 0, high = sorted->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(sorted->items[middle]->name, repo->name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	while (sorted->items[low] != repo)
		low++;
	return &picker->taken[low];
}

void pick(struct picker *picker, struct repo *repo)
{
	if (*picker_mark(picker, repo))
		return;
	*picker_mark(picker, repo) = true;
	*ARENA_PUSH(picker->invocation->arena, picker->out) = repo;
}

static int by_name(const void *one, const void *other)
{
	const struct repo *const *a = one, *const *b = other;

	return strcmp((*a)->name, (*b)->name);
}

/* What one word brings is sorted; the words themselves are in order. */
void pick_sort(struct selection *out, size_t start)
{
	if (out->count > start)
		qsort(out->items + start, out->count - start, sizeof(struct repo *),
		      by_name);
}

bool pick_repo(struct picker *picker, const char *word)
{
	struct repo *repo = registry_repo(picker->registry, word);

	if (repo)
		pick(picker, repo);
	return repo != NULL;
}

void pick_members(struct picker *picker, const struct group *group)
{
	for (size_t i = 0; i < group->members.count; i++)
		pick_repo(picker, group->members.items[i]);
}

static bool pick_group(struct picker *picker, const char *word)
{
	struct group *group = registry_group(picker->registry, word);

	if (group)
		pick_members(picker, group);
	return group != NULL;
}

bool pick_glob(struct picker *picker, const char *word)
{
	bool any = false;

	if (!text_is_glob(word))
		return false;
	for (size_t i = 0; i < picker->registry->repos.count; i++) {
		struct repo *repo = picker->registry->repos.items[i];

		if (text_matches(word, repo->name)) {
			pick(picker, repo);
			any = true;
		}
	}
	return any;
}

/* `.`, `..`, or with a slash after any number of dots or none at the front. */
bool pick_is_path(const char *word)
{
	const char *behind = word + strspn(word, ".");

	return behind - word <= 2 &&
	       (*behind == '/' || (*behind == '\0' && behind > word));
}

/* The repo with the deepest path at or above one of both. */
static struct repo *repo_above(const struct picker *picker, const char *plain,
                               const char *real)
{
	struct repo *best = NULL;
	size_t depth = 0;

	for (size_t i = 0; i < picker->registry->repos.count; i++) {
		struct repo *repo = picker->registry->repos.items[i];
		size_t length = strlen(repo->path);

		if ((path_is_below(real, repo->path) ||
		     path_is_below(plain, repo->path)) &&
		    length > depth) {
			best = repo;
			depth = length;
		}
	}
	return best;
}

/* The same where a link leads to the repo itself. Asks every disk, but for those
 * that may not answer. */
static struct repo *repo_really_above(const struct picker *picker, const char *real)
{
	struct arena *arena = picker->invocation->arena;
	struct mounts mounts = {0};
	struct repo *best = NULL;
	size_t depth = 0;

	mounts_load(&mounts, arena);
	for (size_t i = 0; i < picker->registry->repos.count; i++) {
		struct repo *repo = picker->registry->repos.items[i];
		const char *path;

		if (mounts_lead_remote(&mounts, repo->path))
			continue;
		path = path_real(arena, repo->path);
		if (path_is_below(real, path) && strlen(path) > depth) {
			best = repo;
			depth = strlen(path);
		}
	}
	return best;
}

static struct repo *repo_holding(const struct picker *picker, const char *word)
{
	struct arena *arena = picker->invocation->arena;
	const char *plain = path_absolute(arena, word);
	const char *real = path_real(arena, plain);
	struct repo *repo = repo_above(picker, plain, real);

	return repo ? repo : repo_really_above(picker, real);
}

bool pick_path(struct picker *picker, const char *word)
{
	struct repo *repo = pick_is_path(word) ? repo_holding(picker, word) : NULL;

	if (repo)
		pick(picker, repo);
	return repo != NULL;
}

/* Names first, so that a repo named like a newer form stays in reach. */
bool pick_word(struct picker *picker, const char *word)
{
	size_t start = picker->out->count;
	bool found = pick_repo(picker, word) || pick_group(picker, word) ||
	             pick_path(picker, word) || pick_glob(picker, word);

	pick_sort(picker->out, start);
	return found;
}

int pick_refuse(const struct picker *picker, const char *word)
{
	struct arena *arena = picker->invocation->arena;
	const struct registry *registry = picker->registry;
	struct strings names = {0};

	if (pick_is_path(word))
		return say_usage("no repo holds the path '%s'", word);
	if (text_is_glob(word))
		return say_usage("no repo matches '%s'", word);
	for (size_t i = 0; i < registry->repos.count; i++)
		strings_add(arena, &names, registry->repos.items[i]->name);
	for (size_t i = 0; i < registry->groups.count; i++)
		strings_add(arena, &names, registry->groups.items[i]->name);
	return say_unknown("no repo or group", word, &names, NULL);
}
