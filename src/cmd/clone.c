/* `clone`: one repository by its URL, or a list of them. */
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/path.h"
#include "base/text.h"
#include "change.h"
#include "cli/out.h"
#include "cli/runner.h"
#include "cli/select.h"
#include "clone_plan.h"
#include "cmd/commands.h"
#include "git/probe.h"
#include "naming.h"

struct cloning {
	struct invocation *invocation;
	struct clone_plan plan;
	struct run_plan clones;
	const char *folder;
	bool dry;
	int status;
};

/*
 * Puts one repo into the registry, and into the group of --group. Done as each
 * clone ends, so that an interrupt loses none that is on disk; with an arena of
 * its own, for there may be thousands.
 */
static int register_one(struct invocation *invocation, const struct clone_item *item)
{
	struct arena arena = {0};
	struct notes notes = {.arena = &arena};
	const char *group_name = args_value(&invocation->args, "group");
	struct registry registry;
	struct error err;
	bool ok = registry_begin(&registry, &invocation->home, &arena, &notes, &err);

	if (!ok)
		return say_failed("clone: %s", err.text);
	if (!registry_repo_at(&registry, item->path)) {
		struct repo *repo = registry_add_repo(&registry, item->name, item->path,
		                                      item->repo->type);

		if (*item->repo->flags)
			registry_set_flags(&registry, repo, item->repo->flags);
	}
	if (group_name) {
		struct group *group = registry_group(&registry, group_name);

		if (!group)
			group = registry_add_group(&registry, group_name, "");
		registry_join_group(&registry, group, item->name);
	}
	ok = registry_commit(&registry, &err);
	registry_end(&registry);
	arena_drop(&arena);
	return ok ? STATUS_OK : say_failed("clone: %s", err.text);
}

static const struct clone_item *item_at(const struct cloning *cloning, const char *name)
{
	for (size_t i = 0; i < cloning->plan.count; i++)
		if (strcmp(cloning->plan.items[i].name, name) == 0)
			return &cloning->plan.items[i];
	return NULL;
}

static void on_cloned(void *context, struct run_item *item)
{
	struct cloning *cloning = context;
	int status;

	if (!item->ok)
		return;
	status = register_one(cloning->invocation, item_at(cloning, item->name));
	if (status != STATUS_OK)
		cloning->status = status;
}

/* `git clone ... -- URL PATH`; what stood behind `--` goes to git. */
static void add_clone(struct cloning *cloning, const struct clone_item *item)
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
			status = register_one(cloning->invocation, item);
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

static int clone_list(struct cloning *cloning, const char *file)
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
			add_clone(cloning, &cloning->plan.items[i]);
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

/* One URL, typed by hand: git judges it, on the terminal. */
static int clone_url(struct cloning *cloning, const char *url)
{
	struct invocation *invocation = cloning->invocation;
	struct frozen_repo *repo = arena_take(invocation->arena, sizeof *repo);
	struct clone_item *item = ARENA_PUSH(invocation->arena, &cloning->plan);
	struct strings paths = {0}, names = {0};
	const char *folder = clone_folder_name(invocation->arena, url);
	int status;

	if (!*folder || *url == '-')
		return say_usage("clone: '%s' is no URL of a repository", url);
	*repo = (struct frozen_repo){url, folder, folder, "", "", "", 0};
	*item = (struct clone_item){
		.repo = repo,
		.path = path_join(invocation->arena, cloning->folder, folder)};
	if (registry_repo_at(&invocation->registry, item->path))
		return say_failed("clone: '%s' is registered already", item->path);
	strings_add(invocation->arena, &paths, item->path);
	naming_choose(&names, invocation->arena, &invocation->registry, &paths);
	item->name = names.items[0];
	add_clone(cloning, item);
	status = runner_run(invocation, &cloning->clones);
	return status != STATUS_OK ? status : cloning->status;
}

static int check_group(struct invocation *invocation)
{
	const char *name = args_value(&invocation->args, "group");
	struct error err;

	if (!name || registry_group(&invocation->registry, name) ||
	    registry_name_free(&invocation->registry, name, &err))
		return STATUS_OK;
	return say_usage("clone: %s", err.text);
}

static int clone_run(struct invocation *invocation)
{
	const struct args *args = &invocation->args;
	const char *file = args_value(args, "from-file");
	const char *folder = args_value(args, "directory");
	struct cloning cloning = {
		.invocation = invocation,
		.folder = path_absolute(invocation->arena, folder ? folder : "."),
		.dry = args_has(args, "dry-run"),
	};
	struct error err;
	int status = invocation_registry(invocation);

	cloning.clones = (struct run_plan){
		.title = "clone", .on_end = on_cloned, .context = &cloning};
	if (status == STATUS_OK)
		status = check_group(invocation);
	if (status != STATUS_OK)
		return status;
	if ((file != NULL) == (args->operands.count > 0))
		return say_usage("clone: wants a URL, or a list with -f FILE");
	if (!cloning.dry && !file_make_folder(cloning.folder, false, &err))
		return say_failed("clone: %s", err.text);
	return file ? clone_list(&cloning, file)
	            : clone_url(&cloning, args->operands.items[0]);
}

static const struct option_row options[] = {
	{'f', "from-file", KIND_FILE, "FILE", "clone what 'gita freeze' listed", false},
	{'C', "directory", KIND_FOLDER, "DIR", "clone into this folder", false},
	{'p', "preserve-path", KIND_NONE, NULL, "use the paths of the list as they are",
         false},
	{'g', "group", KIND_GROUP, "GROUP", "put what was cloned into this group",
         false},
	{'y', "yes", KIND_NONE, NULL, "take flags of the list over", false},
	{0},
};

static const struct operand_row operands[] = {
	{KIND_URL, "URL", false, false},
	{0},
};

static const char *const examples[] = {
	"gita clone https://example.org/web",
	"clone and register",
	"gita clone -f repos.txt -C ~/src",
	"all of a list, at once",
	"gita clone -f repos.txt -n",
	"show what would run",
	NULL,
};

const struct command command_clone = {
	.name = "clone",
	.summary = "clone and register repos",
	.about = "With -f what is there already is skipped, so that it can be run "
                 "again. Paths\n"
		 "stay below DIR unless -p is given.",
	.options = options,
	.runs = true,
	.operands = operands,
	.examples = examples,
	.run = clone_run,
};
