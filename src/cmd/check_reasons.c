#include "base/arena.h"
#include "base/text.h"
#include "check.h"

static void add_state(struct strings *out, struct arena *arena,
                      const struct checked *checked)
{
	const struct summary *summary = checked->summary;
	const char *text = summary->state == STATE_MISSING ? checked->repo->path
	                                                   : summary->error;

	strings_add(arena, out,
	            arena_format(arena, "%s: %s", state_name(summary->state),
	                         text ? text : "unknown reason"));
}

static void add_files(struct strings *out, struct arena *arena,
                      const struct summary *summary)
{
	if (summary->conflicted)
		strings_add(arena, out, "unresolved conflicts");
	if (summary->staged || summary->unstaged)
		strings_add(arena, out, "uncommitted changes");
	if (summary->untracked)
		strings_add(arena, out, "untracked files");
	if (summary->operation != OPERATION_NONE)
		strings_add(arena, out,
		            arena_format(arena, "%s in progress",
		                         operation_name(summary->operation)));
	if (summary->stashes)
		strings_add(arena, out,
		            arena_format(arena, "%zu %s", summary->stashes,
		                         summary->stashes == 1 ? "stash" : "stashes"));
}

static void add_commits(struct strings *out, struct arena *arena, const char *where,
                        size_t count)
{
	if (count)
		strings_add(arena, out,
		            arena_format(arena, "%s: %zu %s on no remote", where, count,
		                         count == 1 ? "commit" : "commits"));
}

static void add_branch(struct strings *out, struct arena *arena,
                       const struct branch *branch, size_t unpushed)
{
	const char *where = arena_format(arena, "branch '%s'", branch->name);

	if (!branch->upstream)
		strings_add(arena, out, arena_format(arena, "%s: no upstream", where));
	else if (branch->gone)
		strings_add(arena, out,
		            arena_format(arena, "%s: upstream '%s' is gone", where,
		                         branch->upstream));
	add_commits(out, arena, where, unpushed);
}

void check_reasons(struct strings *out, struct arena *arena,
                   const struct checked *checked)
{
	*out = (struct strings){0};
	if (checked->summary->state != STATE_OK) {
		add_state(out, arena, checked);
		return;
	}
	if (checked->fetch_failed)
		strings_add(arena, out, "fetch failed");
	add_files(out, arena, checked->summary);
	add_commits(out, arena, "detached HEAD", checked->loose);
	for (size_t i = 0; i < checked->branches.count; i++)
		add_branch(out, arena, &checked->branches.items[i],
		           checked->unpushed[i]);
	if (checked->error)
		strings_add(
			arena, out,
			arena_format(arena, "branches not read: %s", checked->error));
}
