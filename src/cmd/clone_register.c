/* What was cloned is registered; see clone_work.h. */
#include <string.h>

#include "base/arena.h"
#include "cli/out.h"
#include "clone_work.h"

/* With an arena of its own, for there may be thousands of them. */
int clone_register(struct invocation *invocation, const struct clone_item *item)
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

void clone_on_end(void *context, struct run_item *item)
{
	struct cloning *cloning = context;
	int status;

	if (!item->ok)
		return;
	status = clone_register(cloning->invocation, item_at(cloning, item->name));
	if (status != STATUS_OK)
		cloning->status = status;
}
