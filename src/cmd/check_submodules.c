#include "base/arena.h"
#include "base/path.h"
#include "check.h"
#include "cli/queries.h"
#include "git/probe.h"

enum { LIMIT = 30, DEEPEST = 16 };

/* As a repo of its own: NAME/PATH; it takes no flags, those are the outer one's. */
static void add_submodule(struct check *check, const struct repo *outer,
                          const char *path)
{
	struct arena *arena = check->invocation->arena;
	char *whole = path_absolute(arena, path_join(arena, outer->path, path));
	struct repo *repo = arena_take(arena, sizeof *repo);
	struct probe probe = {0};

	/* .gitmodules is not ours: no path out of the repository. One that is not
	 * checked out has nothing to lose. */
	if (!path_is_below(whole, outer->path))
		return;
	probe_path(&probe, arena, whole);
	if (probe.kind == REPO_NONE)
		return;
	*repo = (struct repo){.name = arena_format(arena, "%s/%s", outer->name, path),
	                      .path = whole,
	                      .type = "",
	                      .flags = ""};
	ARENA_PUSH(arena, check)->repo = repo;
}

/* The submodules of the repos from `first` to `last`; without .gitmodules git
 * answers with a failure, and there are none. */
static int add_level(struct check *check, size_t first, size_t last)
{
	struct arena *arena = check->invocation->arena;
	struct query *queries = arena_take(arena, (last - first) * sizeof *queries);
	int status;

	for (size_t i = first; i < last; i++) {
		queries[i - first].repo = check->items[i].repo;
		submodules_words(&queries[i - first].words, arena);
	}
	status = queries_run(queries, last - first, LIMIT, arena);
	for (size_t i = first; status == STATUS_OK && i < last; i++) {
		const struct query *query = &queries[i - first];
		struct strings paths = {0};

		if (query->exit == 0)
			submodules_read(&paths, arena, query->out, query->length);
		for (size_t j = 0; j < paths.count; j++)
			add_submodule(check, query->repo, paths.items[j]);
	}
	return status;
}

int check_add_submodules(struct check *check)
{
	size_t first = 0;
	int status = STATUS_OK;

	for (int level = 0; level < DEEPEST && status == STATUS_OK; level++) {
		size_t last = check->count;

		if (first == last)
			break;
		status = add_level(check, first, last);
		first = last;
	}
	return status;
}
