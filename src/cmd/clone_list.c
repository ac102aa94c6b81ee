/* `clone -f`: plan, clone at once, check out, group. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "cli/out.h"
#include "clone_work.h"
#include "git/probe.h"

void clone_note_status(struct cloning *cloning, int status)
{
	if (status > cloning->status)
		cloning->status = status;
}

/* One run of git clone over some of the items. */
struct wave {
	struct run_plan plan;
	struct cloning *cloning;
	struct clone_item **items; /* of the plan's, in order */
};

static void clone_words(struct strings *out, const struct cloning *cloning,
                        const struct clone_item *item)
{
	struct arena *arena = cloning->invocation->arena;
	const struct strings *rest = &cloning->invocation->args.rest;

	strings_add(arena, out, "git");
	strings_add(arena, out, "clone");
	if (strcmp(item->repo->type, "bare") == 0)
		strings_add(arena, out, "--bare");
	for (size_t i = 0; i < rest->count; i++)
		strings_add(arena, out, rest->items[i]);
	strings_add(arena, out, "--");
	strings_add(arena, out, item->repo->url);
	strings_add(arena, out, item->path);
}

static void on_end(void *context, struct run_item *item)
{
	struct wave *wave = context;
	struct clone_item *cloned = wave->items[item - wave->plan.items];

	cloned->cloned = item->ok;
	if (item->ok)
		clone_register(wave->cloning, cloned);
}

/* What was cloned before may hold a link that leads out of the target folder. */
static bool is_safe_still(const struct cloning *cloning, const struct clone_item *item)
{
	if (cloning->keep_paths || item->depth == 0 ||
	    clone_is_below(cloning->invocation->arena, item->path, cloning->folder))
		return true;
	say_failed(
		"clone: '%s' is left out: a link on its path leaves the target folder",
		item->name);
	return false;
}

void clone_run_depth(struct cloning *cloning, size_t depth, bool concurrent)
{
	struct arena *arena = cloning->invocation->arena;
	struct wave wave = {
		.plan = {.title = "clone",
	                 .concurrent = concurrent,
	                 .on_end = on_end,
	                 .context = &wave},
		.cloning = cloning,
		.items = arena_take(arena, cloning->plan.count * sizeof *wave.items),
	};

	for (size_t i = 0; i < cloning->plan.count; i++) {
		struct clone_item *item = &cloning->plan.items[i];
		struct run_item *run;

		if (item->there || item->depth != depth)
			continue;
		if (!is_safe_still(cloning, item)) {
			cloning->plan.refused++;
			continue;
		}
		wave.items[wave.plan.count] = item;
		run = ARENA_PUSH(arena, &wave.plan);
		*run = (struct run_item){.name = item->name, .folder = cloning->folder};
		clone_words(&run->words, cloning, item);
	}
	if (wave.plan.count > 0)
		clone_note_status(cloning, runner_run(cloning->invocation, &wave.plan));
}

/* The branch of the list, where the clone is not on it already. */
static void add_checkout(struct cloning *cloning, struct run_plan *plan,
                         const struct clone_item *item)
{
	struct arena *arena = cloning->invocation->arena;
	const char *branch = probe_branch(arena, item->path);
	struct run_item *run;

	if (!*item->branch || strcmp(item->repo->type, "bare") == 0 ||
	    (branch && strcmp(branch, item->branch) == 0))
		return;
	run = ARENA_PUSH(arena, plan);
	*run = (struct run_item){.name = item->name, .folder = item->path};
	strings_add(arena, &run->words, "git");
	strings_add(arena, &run->words, "checkout");
	strings_add(arena, &run->words, item->branch);
	strings_add(arena, &run->words, "--");
}

static void check_out(struct cloning *cloning)
{
	struct run_plan plan = {.title = "checkout", .concurrent = true};

	for (size_t i = 0; i < cloning->plan.count; i++) {
		const struct clone_item *item = &cloning->plan.items[i];

		if (item->cloned || (cloning->dry && !item->there))
			add_checkout(cloning, &plan, item);
	}
	if (plan.count > 0)
		clone_note_status(cloning, runner_run(cloning->invocation, &plan));
}

/* Flags are options for every later git run: they are shown, and taken over only by
 * somebody who said so. */
static int check_flags(struct cloning *cloning)
{
	bool any = false;

	for (size_t i = 0; i < cloning->plan.count; i++) {
		const struct clone_item *item = &cloning->plan.items[i];

		if (item->registered || !*item->repo->flags)
			continue;
		any = true;
		say("clone: '%s' brings flags for git: %s", item->name,
		    item->repo->flags);
	}
	if (!any || cloning->dry || args_has(&cloning->invocation->args, "yes") ||
	    say_ask("Take these flags over?"))
		return STATUS_OK;
	return say_failed("clone: nothing was cloned: the list sets flags (see above); "
	                  "-y takes them over");
}

void clone_list(struct cloning *cloning, const char *file)
{
	size_t deepest = 0;

	cloning->status = clone_plan_read(&cloning->plan, cloning->invocation, file,
	                                  cloning->folder, cloning->keep_paths);
	if (cloning->status == STATUS_OK)
		cloning->status = check_flags(cloning);
	if (cloning->status == STATUS_OK && !cloning->dry)
		clone_take_over(cloning);
	if (cloning->status != STATUS_OK)
		return;
	for (size_t i = 0; i < cloning->plan.count; i++)
		if (cloning->plan.items[i].depth > deepest)
			deepest = cloning->plan.items[i].depth;
	for (size_t depth = 0; depth <= deepest; depth++)
		clone_run_depth(cloning, depth, true);
	check_out(cloning);
	if (!cloning->dry)
		clone_make_groups(cloning);
	if (cloning->plan.refused > 0)
		clone_note_status(cloning, STATUS_FAILED);
}
