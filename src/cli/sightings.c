#include "cli/sightings.h"

#include "base/arena.h"
#include "cli/survey.h"
#include "store/seen.h"

/* Sorted by path, because each row of the file is looked up. */
static struct strings registered_paths(struct invocation *invocation)
{
	const struct repos *repos = &invocation->registry.repos;
	struct strings paths = {0};

	for (size_t i = 0; i < repos->count; i++)
		strings_add(invocation->arena, &paths, repos->items[i]->path);
	strings_sort(&paths);
	return paths;
}

static bool is_registered(void *context, const char *path)
{
	return strings_have_sorted(context, path);
}

void sightings_update(struct invocation *invocation, struct repo *const *repos,
                      size_t count, bool again)
{
	struct arena *arena = invocation->arena;
	struct repo **fresh = arena_take(arena, count * sizeof(struct repo *));
	struct summary **summaries;
	size_t fresh_count = 0;
	struct strings paths;
	struct seen seen;
	struct error err;

	/* What is known of a repo in a row that does not parse must not be forgotten.
	 */
	if (invocation->registry.left_out.count ||
	    !seen_is_writable(&invocation->home) ||
	    !seen_load(&seen, &invocation->home, arena, &err))
		return;
	for (size_t i = 0; i < count; i++) {
		const struct sight *sight = seen_find(&seen, repos[i]->path);

		if (again || !sight || !*sight->commit)
			fresh[fresh_count++] = repos[i];
	}
	summaries = arena_take(arena, fresh_count * sizeof *summaries);
	if (fresh_count == 0 || survey_read(summaries, invocation, fresh, fresh_count,
	                                    WANT_HEAD | WANT_REMOTE) != STATUS_OK)
		return;
	for (size_t i = 0; i < fresh_count; i++) {
		const struct summary *summary = summaries[i];

		if (summary->state != STATE_OK)
			continue;
		seen_put(&seen, arena,
		         &(struct sight){.path = fresh[i]->path,
		                         .commit = summary->head ? summary->head : "",
		                         .remote = summary->remote ? summary->remote
		                                                   : "",
		                         .kind = probe_kind_name(summary->kind)});
	}
	paths = registered_paths(invocation);
	seen_save(&seen, &invocation->home, is_registered, &paths, &err);
}
