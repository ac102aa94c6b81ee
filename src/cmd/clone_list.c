/* `clone -f`: plan, clone at once, check out, group. */
#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "cli/out.h"
#include "clone_work.h"
#include "git/probe.h"

void clone_add(struct cloning *cloning, const struct clone_item *item)
{
	struct arena *arena = cloning->invocation->arena;
	const struct strings *rest = &cloning->invocation->args.rest;
	struct run_item *run = ARENA_PUSH(arena, &cloning->clones);

	*run = (struct run_item){.name = item->name, .folder = cloning->folder};
	strings_add(arena, &run->words, "git");
	strings_add(arena, &run->words, "clone");
	if (strcmp(item->repo->type, "bare") == 0)
		strings_add(arena, &run->words, "--bare");
	for (size_t i = 0; i < rest->count; i++)
		strings_add(arena, &run->words, rest->items[i]);
	strings_add(arena, &run->words, "--");
	strings_add(arena, &run->words, item->repo->url);
	strings_add(arena, &run->words, item->path);
}

/* The branch of the list, where the clone is not on it already. */
static void add_checkout(struct cloning *cloning, struct run_plan *plan,
                         const struct clone_item *item)
{
	struct arena *arena = cloning->invocation->arena;
	const char *branch = probe_branch(arena, item->path);
	struct run_item *run;

	if (!*item->repo->branch || strcmp(item->repo->type, "bare") == 0 ||
	    (branch && strcmp(branch, item->repo->branch) == 0))
		return;
	run = ARENA_PUSH(arena, plan);
	*run = (struct run_item){.name = item->name, .folder = item->path};
	strings_add(arena, &run->words, "git");
	strings_add(arena, &run->words, "checkout");
	strings_add(arena, &run->words, item->repo->branch);
	strings_add(arena, &run->words, "--");
}

static int check_out(struct cloning *cloning)
{
	struct run_plan plan = {.title = "checkout", .concurrent = true};

	for (size_t i = 0; i < cloning->plan.count; i++) {
		const struct clone_item *item = &cloning->plan.items[i];
		bool cloned = cloning->dry && !item->there;

		for (size_t j = 0; j < cloning->clones.count; j++)
			cloned |= cloning->clones.items[j].ok &&
			          strcmp(cloning->clones.items[j].name, item->name) ==
			                  0;
		if (cloned)
			add_checkout(cloning, &plan, item);
	}
	return plan.count > 0 ? runner_run(cloning->invocation, &plan) : STATUS_OK;
}

/* What stands there already is registered if it is not yet. */
static int take_over(struct cloning *cloning)
{
	int status = STATUS_OK;

	for (size_t i = 0; status == STATUS_OK && i < cloning->plan.count; i++) {
		const struct clone_item *item = &cloning->plan.items[i];

		if (!item->there)
			continue;
		say("clone: '%s' is there already: %s", item->name, item->path);
		if (!cloning->dry)
			status = clone_register(cloning->invocation, item);
	}
	return status;
}

static const char *name_here(const struct cloning *cloning, const char *frozen_name)
{
	for (size_t i = 0; i < cloning->plan.count; i++)
		if (strcmp(cloning->plan.items[i].repo->name, frozen_name) == 0)
			return cloning->plan.items[i].name;
	return NULL;
}

/* The groups of the list, with those of their repos that are registered now. */
static int make_groups(struct cloning *cloning)
{
	struct registry *registry = &cloning->invocation->registry;
	bool keep_paths = args_has(&cloning->invocation->args, "preserve-path");
	int status = cloning->dry ? STATUS_FAILED
	                          : invocation_change(cloning->invocation);

	if (status != STATUS_OK)
		return cloning->dry ? STATUS_OK : status;
	for (size_t i = 0; i < cloning->plan.frozen.groups.count; i++) {
		const struct frozen_group *row = &cloning->plan.frozen.groups.items[i];
		struct group *group = registry_group(registry, row->name);
		struct error err;

		if (!group && !registry_name_free(registry, row->name, &err)) {
			status = say_failed("clone: group left out: %s", err.text);
			continue;
		}
		if (!group)
			group = registry_add_group(registry, row->name, "");
		if (!*group->path && *row->path && (keep_paths || row->path[0] != '/'))
			registry_set_group_path(
				registry, group,
				path_absolute(registry->arena,
			                      path_join(registry->arena,
			                                cloning->folder, row->path)));
		for (size_t j = 0; j < row->members.count; j++) {
			const char *name = name_here(cloning, row->members.items[j]);

			if (name && registry_repo(registry, name))
				registry_join_group(registry, group, name);
		}
	}
	if (invocation_commit(cloning->invocation) != STATUS_OK)
		return STATUS_FAILED;
	return status;
}

/* Flags are options for every later git run: they are shown, and taken over only by
 * somebody who said so. */
static int check_flags(struct cloning *cloning)
{
	bool any = false;

	for (size_t i = 0; i < cloning->plan.count; i++) {
		const struct frozen_repo *repo = cloning->plan.items[i].repo;

		if (!*repo->flags)
			continue;
		any = true;
		say("clone: '%s' brings flags for git: %s", repo->name, repo->flags);
	}
	if (!any || cloning->dry || args_has(&cloning->invocation->args, "yes") ||
	    say_ask("Take these flags over?"))
		return STATUS_OK;
	return say_failed("clone: nothing was cloned: the list sets flags (see above); "
	                  "-y takes them over");
}

int clone_list(struct cloning *cloning, const char *file)
{
	bool keep_paths = args_has(&cloning->invocation->args, "preserve-path");
	int status = clone_plan_read(&cloning->plan, cloning->invocation, file,
	                             cloning->folder, keep_paths);
	int checked_out;

	if (status == STATUS_OK)
		status = check_flags(cloning);
	if (status == STATUS_OK)
		status = take_over(cloning);
	if (status != STATUS_OK)
		return status;
	for (size_t i = 0; i < cloning->plan.count; i++)
		if (!cloning->plan.items[i].there)
			clone_add(cloning, &cloning->plan.items[i]);
	cloning->clones.concurrent = true;
	if (cloning->clones.count > 0)
		status = runner_run(cloning->invocation, &cloning->clones);
	checked_out = check_out(cloning);
	if (checked_out != STATUS_OK)
		status = checked_out;
	if (make_groups(cloning) != STATUS_OK || cloning->plan.refused > 0)
		status = STATUS_FAILED;
	return status != STATUS_OK ? status : cloning->status;
}
