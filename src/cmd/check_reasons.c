#include "check_reasons.h"

#include <stdarg.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"

/* One reason against a repo, after `where`. */
static __attribute__((format(printf, 4, 5))) void add_reason(struct strings *out,
                                                             struct arena *arena,
                                                             const char *where,
                                                             const char *format, ...)
{
	va_list values;

	va_start(values, format);
	strings_add(arena, out,
	            arena_format(arena, "%s%s", where,
	                         arena_vformat(arena, format, values)));
	va_end(values);
}

static void add_state(struct strings *out, struct arena *arena, const char *where,
                      const struct summary *summary, const char *path)
{
	const char *text = summary->state == STATE_MISSING ? path : summary->error;

	add_reason(out, arena, where, "%s: %s", state_name(summary->state),
	           text ? text : "unknown reason");
}

static void add_files(struct strings *out, struct arena *arena, const char *where,
                      const struct summary *summary)
{
	if (summary->conflicted)
		add_reason(out, arena, where, "unresolved conflicts");
	if (summary->staged || summary->unstaged)
		add_reason(out, arena, where, "uncommitted changes");
	if (summary->untracked)
		add_reason(out, arena, where, "untracked files");
	if (summary->unread)
		add_reason(out, arena, where, "not checked for untracked files: %s",
		           summary->unread);
	if (summary->operation != OPERATION_NONE)
		add_reason(out, arena, where, "%s in progress",
		           operation_name(summary->operation));
}

/* All that a work tree is reported for. */
static void add_work_tree(struct strings *out, struct arena *arena, const char *where,
                          const struct summary *summary, const char *path)
{
	if (summary->state == STATE_OK)
		add_files(out, arena, where, summary);
	else
		add_state(out, arena, where, summary, path);
}

static const char *commits(struct arena *arena, size_t count)
{
	return arena_format(arena, "%zu %s on no remote", count,
	                    count == 1 ? "commit" : "commits");
}

/* How the references of a kind are called; as many are reported a line each. */
enum { SEPARATE = 3 };

static const struct kind_row {
	const char *one; /* before the name in quotes; NULL: the name alone */
	const char *many;
} kind_rows[HOLDER_KINDS] = {
	[HOLDER_BRANCH] = {.one = "branch ", .many = "branches"},
	[HOLDER_TAG] = {.one = "tag ", .many = "tags"},
	[HOLDER_OTHER] = {.one = NULL, .many = "references"},
};

static const char *holder_name(const struct holder *holder, struct arena *arena)
{
	const char *one = kind_rows[holder->kind].one;

	return one ? arena_format(arena, "%s'%s'", one, holder->name) : holder->name;
}

static void add_holder(struct strings *out, struct arena *arena,
                       const struct holder *holder)
{
	const char *name = holder_name(holder, arena);

	if (holder->count > 0)
		add_reason(out, arena, "", "%s: %s", name,
		           commits(arena, holder->count));
	else if (!holder->commit && !holder->on_remote)
		add_reason(out, arena, "", "%s: points to no commit, not checked",
		           name);
}

/* The references of one kind: each in a line, or all of them in one. */
static void add_holders(struct strings *out, struct arena *arena,
                        const struct unpushed *unpushed, enum holder_kind kind)
{
	size_t count = 0;
	BUF names = {0};

	for (size_t i = 0; i < unpushed->count; i++) {
		const struct holder *holder = &unpushed->items[i];

		if (holder->kind != kind || holder->count == 0)
			continue;
		if (count++ < SEPARATE)
			buf_addf(&names, "%s%s", count > 1 ? ", " : "", holder->name);
	}
	if (count > SEPARATE)
		add_reason(out, arena, "", "%zu %s: %s (%s, ...)", count,
		           kind_rows[kind].many, commits(arena, unpushed->totals[kind]),
		           buf_text(&names));
	for (size_t i = 0; i < unpushed->count; i++) {
		const struct holder *holder = &unpushed->items[i];

		if (holder->kind == kind && (count <= SEPARATE || holder->count == 0))
			add_holder(out, arena, holder);
	}
}

/* Commits of a detached HEAD, by the path of its work tree. */
static void add_head(struct strings *out, struct arena *arena, const char *where,
                     const struct unpushed *unpushed, const char *path)
{
	for (size_t i = 0; i < unpushed->count; i++) {
		const struct holder *holder = &unpushed->items[i];

		if (holder->kind == HOLDER_HEAD && holder->count > 0 &&
		    strcmp(holder->name, path) == 0)
			add_reason(out, arena, where, "detached HEAD: %s",
			           commits(arena, holder->count));
	}
}

/* What is in the git folder, and in work trees that are no repos of their own. */
static void add_holdings(struct strings *out, struct arena *arena,
                         const struct holdings *holdings, size_t stashes)
{
	for (size_t i = 0; i < holdings->places.count; i++) {
		const struct place *place = &holdings->places.items[i];
		const struct worktree *worktree = place->worktree;
		const char *where = arena_format(arena,
		                                 "worktree '%s': ", worktree->path);

		if (place->summary)
			add_work_tree(out, arena, where, place->summary,
			              worktree->path);
		else
			add_reason(out, arena, where, "not checked: %s",
			           worktree->prunable);
		add_head(out, arena, where, &holdings->unpushed, worktree->path);
	}
	if (stashes)
		add_reason(out, arena, "", "%zu %s", stashes,
		           stashes == 1 ? "stash" : "stashes");
	add_holders(out, arena, &holdings->unpushed, HOLDER_BRANCH);
	add_holders(out, arena, &holdings->unpushed, HOLDER_TAG);
	add_holders(out, arena, &holdings->unpushed, HOLDER_OTHER);
	if (holdings->error)
		add_reason(out, arena, "", "cannot read references: %s",
		           holdings->error);
}

void check_reasons(struct strings *out, struct arena *arena,
                   const struct checked *checked)
{
	const struct holdings *holdings = checked->holdings;

	*out = (struct strings){0};
	if (holdings && holdings->fetch_failed && holdings->repo == checked->repo)
		add_reason(out, arena, "", "fetch failed");
	add_work_tree(out, arena, "", checked->summary, checked->repo->path);
	if (!holdings)
		return;
	add_head(out, arena, "", &holdings->unpushed, checked->repo->path);
	if (holdings->repo == checked->repo)
		add_holdings(out, arena, holdings, checked->summary->stashes);
}

/* The commits of the branch that is checked out there. */
static void add_branch(struct strings *out, struct arena *arena,
                       const struct checked *checked)
{
	const struct summary *summary = checked->summary;
	const char *branch = summary->branch ? summary->branch : summary->rebasing;

	for (size_t i = 0; branch && i < checked->holdings->unpushed.count; i++) {
		const struct holder *holder = &checked->holdings->unpushed.items[i];

		if (holder->kind == HOLDER_BRANCH && strcmp(holder->name, branch) == 0)
			add_holder(out, arena, holder);
	}
}

void check_worktree_reasons(struct strings *out, struct arena *arena,
                            const struct checked *checked)
{
	const struct holdings *holdings = checked->holdings;

	*out = (struct strings){0};
	add_work_tree(out, arena, "", checked->summary, checked->repo->path);
	if (!holdings)
		return;
	add_head(out, arena, "", &holdings->unpushed, checked->repo->path);
	add_branch(out, arena, checked);
	if (holdings->error)
		add_reason(out, arena, "", "cannot read references: %s",
		           holdings->error);
}
