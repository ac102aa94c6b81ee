/* `wt rm`: the worktrees of a branch, unless something would be lost with them. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "check_reasons.h"
#include "cli/out.h"
#include "cli/query.h"
#include "cli/runner.h"
#include "cli/survey.h"
#include "cmd/commands.h"
#include "wt.h"

struct wt_removal {
	struct invocation *invocation;
	struct group *group;
	struct wt_members members;
	struct check check; /* the worktrees first, then their submodules */
	bool *lost;         /* of which nothing is left, in git neither */
};

/* A disk that does not answer is asked no more, and git cannot remove from it. */
static int check_answers(const struct wt_removal *removal)
{
	struct arena *arena = removal->invocation->arena;
	const struct wt_members *members = &removal->members;
	struct summary **summaries = arena_take(arena,
	                                        members->count * sizeof *summaries);
	int status = survey_read(summaries, removal->invocation, members->items,
	                         members->count, WANT_HEAD);

	if (status != STATUS_OK)
		return status;
	for (size_t i = 0; i < members->count; i++) {
		if (summaries[i]->state == STATE_TIMEOUT)
			status = say_failed("wt rm: %s: %s", members->items[i]->name,
			                    summaries[i]->error);
	}
	return status;
}

/* What `check` says of the worktrees and of the submodules in them. */
static int read_state(struct wt_removal *removal)
{
	struct check *check = &removal->check;
	int status;

	check->invocation = removal->invocation;
	check->submodules = true;
	for (size_t i = 0; i < removal->members.count; i++)
		ARENA_PUSH(removal->invocation->arena, check)->repo =
			removal->members.items[i];
	status = check_add_submodules(check);
	if (status == STATUS_OK)
		status = check_read_worktrees(check);
	return status == STATUS_OK ? check_read_commits(check, false) : status;
}

static int refuse(const struct wt_removal *removal)
{
	struct arena *arena = removal->invocation->arena;
	size_t unsafe = 0;

	for (size_t i = 0; i < removal->check.count; i++) {
		const struct checked *checked = &removal->check.items[i];
		struct strings reasons = {0};

		if (i < removal->members.count)
			check_worktree_reasons(&reasons, arena, checked);
		else
			check_reasons(&reasons, arena, checked);
		for (size_t j = 0; j < reasons.count; j++)
			say_plain("%s: %s", checked->repo->name, reasons.items[j]);
		unsafe += reasons.count > 0;
	}
	if (unsafe == 0)
		return STATUS_OK;
	return say_failed(
		"wt rm: nothing was removed; --force removes '%s' with all that "
		"is listed",
		removal->group->name);
}

/* Where git knows the worktree: the first one of its repository, else the repo that
 * it was made from; NULL: neither is there. */
static const char *find_home(const struct wt_removal *removal, size_t index)
{
	const struct checked *checked = &removal->check.items[index];
	const struct holdings *holdings = checked->holdings;
	const struct repo *origin;

	if (holdings && holdings->worktrees.count > 0)
		return holdings->worktrees.items[0].path;
	origin = registry_repo(
		&removal->invocation->registry,
		wt_origin(removal->invocation->arena, checked->repo, removal->group));
	return origin ? origin->path : NULL;
}

static bool is_listed(const struct wt_removal *removal, const struct query *query,
                      const char *path)
{
	struct worktrees worktrees = {0};

	if (query->exit != 0 || !worktrees_parse(&worktrees, removal->invocation->arena,
	                                         query->out, query->length))
		return true;
	for (size_t i = 0; i < worktrees.count; i++)
		if (strcmp(worktrees.items[i].path, path) == 0)
			return true;
	return false;
}

/* A removal that was killed leaves them in the registry. */
static int find_lost(struct wt_removal *removal)
{
	struct arena *arena = removal->invocation->arena;
	size_t count = removal->members.count, asked = 0;
	struct query *queries = arena_take(arena, count * sizeof *queries);
	size_t *owners = arena_take(arena, count * sizeof *owners);
	double limit;
	int status = survey_limit(&limit);

	removal->lost = arena_take(arena, count * sizeof *removal->lost);
	for (size_t i = 0; i < count; i++) {
		const struct checked *checked = &removal->check.items[i];
		const struct repo *origin = registry_repo(
			&removal->invocation->registry,
			wt_origin(arena, checked->repo, removal->group));

		if (checked->summary->state != STATE_MISSING || !origin)
			continue;
		owners[asked] = i;
		query_in(&queries[asked], &removal->invocation->registry, origin);
		worktrees_words(&queries[asked++].words, arena);
	}
	if (status == STATUS_OK && asked > 0)
		status = query_run(queries, asked, limit, arena);
	for (size_t i = 0; status == STATUS_OK && i < asked; i++)
		removal->lost[owners[i]] = !is_listed(
			removal, &queries[i], removal->members.items[owners[i]]->path);
	return status;
}

/* git does not remove a worktree with submodules unless it is forced to. */
static bool has_submodules(const struct wt_removal *removal, size_t index)
{
	const char *front = arena_format(removal->invocation->arena, "%s/",
	                                 removal->members.items[index]->name);

	for (size_t i = removal->members.count; i < removal->check.count; i++) {
		if (text_skip_prefix(removal->check.items[i].repo->name, front))
			return true;
	}
	return false;
}

static int add_item(struct plan *plan, const struct wt_removal *removal, size_t index)
{
	struct arena *arena = removal->invocation->arena;
	const struct repo *repo = removal->members.items[index];
	const char *home = find_home(removal, index);
	bool force = args_has(&removal->invocation->args, "force") ||
	             has_submodules(removal, index);
	const char *const words[] = {"git", "worktree", "remove",
	                             "--",  repo->path, NULL};
	struct plan_item *item;

	if (!home)
		return say_failed("wt rm: %s: the repository that it belongs to is not "
		                  "there; 'gita rm' forgets it",
		                  repo->name);
	item = ARENA_PUSH(arena, plan);
	*item = (struct plan_item){.name = repo->name, .folder = home};
	for (size_t i = 0; words[i]; i++) {
		if (force && strcmp(words[i], "--") == 0)
			strings_add(arena, &item->words, "--force");
		strings_add(arena, &item->words, words[i]);
	}
	return STATUS_OK;
}

static bool has_repos(const struct registry *registry, const struct group *group)
{
	for (size_t i = 0; i < group->members.count; i++)
		if (registry_repo(registry, group->members.items[i]))
			return true;
	return false;
}

static bool is_removed(const struct wt_removal *removal, const struct plan *plan,
                       size_t index)
{
	const char *name = removal->members.items[index]->name;

	for (size_t i = 0; i < plan->count; i++)
		if (plan->items[i].ok && strcmp(plan->items[i].name, name) == 0)
			return true;
	return removal->lost[index];
}

/* Those that are gone are forgotten, with the group if it is empty then. */
static int forget(const struct wt_removal *removal, const struct plan *plan)
{
	struct invocation *invocation = removal->invocation;
	struct registry *registry = &invocation->registry;
	const char *name = removal->group->name;
	int status = invocation_change(invocation);
	struct group *group;

	if (status != STATUS_OK)
		return status;
	group = registry_group(registry, name);
	for (size_t i = 0; i < removal->members.count; i++) {
		struct repo *repo = registry_repo(registry,
		                                  removal->members.items[i]->name);

		if (repo && is_removed(removal, plan, i))
			registry_remove_repo(registry, repo);
	}
	if (group && !has_repos(registry, group))
		registry_remove_group(registry, group);
	return invocation_commit(invocation);
}

static int remove_all(struct wt_removal *removal)
{
	struct invocation *invocation = removal->invocation;
	struct plan plan = {
		.title = "wt rm", .concurrent = true, .quiet = true, .returns = true};
	int status = STATUS_OK, forgotten;

	for (size_t i = 0; status == STATUS_OK && i < removal->members.count; i++)
		if (!removal->lost[i])
			status = add_item(&plan, removal, i);
	if (status != STATUS_OK)
		return status;
	if (plan.count > 0)
		status = runner_run(invocation, &plan);
	if (args_has(&invocation->args, "dry-run"))
		return status;
	forgotten = forget(removal, &plan);
	for (size_t i = 0; i < removal->members.count; i++) {
		if (is_removed(removal, &plan, i))
			wt_drop_folders(invocation->arena,
			                removal->members.items[i]->path,
			                removal->group->path, removal->group->name);
	}
	if (plan.signal)
		out_end_by_signal(plan.signal);
	return status == STATUS_OK ? forgotten : status;
}

static int run_rm(struct invocation *invocation)
{
	struct wt_removal removal = {.invocation = invocation};
	int status = wt_find(&removal.group, invocation,
	                     invocation->args.operands.items[0]);

	if (status != STATUS_OK)
		return status;
	wt_list(&removal.members, invocation, removal.group);
	status = check_answers(&removal);
	if (status == STATUS_OK)
		status = read_state(&removal);
	if (status == STATUS_OK && !args_has(&invocation->args, "force"))
		status = refuse(&removal);
	if (status == STATUS_OK)
		status = find_lost(&removal);
	return status == STATUS_OK ? remove_all(&removal) : status;
}

static const struct option_row options[] = {
	{.letter = 'f', .name = "force", .help = "remove them with what would be lost"},
	{.letter = 'n', .name = "dry-run", .help = "print what would run, run nothing"},
	{0},
};

static const struct operand_row operands[] = {
	{.kind = KIND_WORKTREES, .name = "NAME", .required = true},
	{0},
};

const struct command wt_command_rm = {
	.name = "rm",
	.summary = "remove the worktrees of a name",
	.about =
		"Nothing is removed where 'gita check' would report one of them:\n"
		"changes, untracked files, an operation in progress, commits that are\n"
		"on no remote, a worktree that is missing. The branches stay.",
	.options = options,
	.operands = operands,
	.run = run_rm,
};
