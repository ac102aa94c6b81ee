/* What `group` changes, under the lock; see group_change.h. */
#include "group_change.h"

#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "cli/out.h"
#include "cli/select.h"

/* A name that a group may have and none has. */
static int check_name(struct invocation *invocation, const char *name)
{
	struct error err;

	if (registry_group_name_free(&invocation->registry, name, &err))
		return STATUS_OK;
	return say_usage("group: %s", err.text);
}

static int join(struct invocation *invocation, struct group *group)
{
	struct selection chosen = {0};
	int status = STATUS_OK;

	if (invocation->args.operands.count > 0)
		status = select_repos(&chosen, invocation, SELECT_NAMED);
	for (size_t i = 0; status == STATUS_OK && i < chosen.count; i++)
		registry_join_group(&invocation->registry, group,
		                    chosen.items[i]->name);
	return status;
}

int group_add_members(struct invocation *invocation)
{
	struct registry *registry = &invocation->registry;
	const char *name = args_value(&invocation->args, "name");
	const char *path = args_value(&invocation->args, "path");
	struct group *group = registry_group(registry, name);
	int status = group ? STATUS_OK : check_name(invocation, name);

	if (status != STATUS_OK)
		return status;
	if (!group)
		group = registry_add_group(registry, name, "");
	if (path)
		registry_set_group_path(registry, group,
		                        *path ? path_absolute(invocation->arena, path)
		                              : "");
	return join(invocation, group);
}

int group_add_to_known(struct invocation *invocation)
{
	struct group *group;
	int status = select_group(&group, invocation,
	                          args_value(&invocation->args, "name"));

	return status == STATUS_OK ? join(invocation, group) : status;
}

int group_remove_members(struct invocation *invocation)
{
	struct selection chosen = {0};
	struct group *group;
	int status = select_group(&group, invocation,
	                          args_value(&invocation->args, "name"));

	if (status == STATUS_OK)
		status = select_repos(&chosen, invocation, SELECT_NAMED);
	for (size_t i = 0; status == STATUS_OK && i < chosen.count; i++)
		if (!registry_leave_group(&invocation->registry, group,
		                          chosen.items[i]->name))
			say("group: '%s' is not in '%s'", chosen.items[i]->name,
			    group->name);
	return status;
}

int group_remove(struct invocation *invocation)
{
	const struct strings *words = &invocation->args.operands;
	struct group **groups = arena_take(invocation->arena,
	                                   words->count * sizeof(struct group *));
	int status = STATUS_OK;

	for (size_t i = 0; status == STATUS_OK && i < words->count; i++)
		status = select_group(&groups[i], invocation, words->items[i]);
	for (size_t i = 0; status == STATUS_OK && i < words->count; i++)
		registry_remove_group(&invocation->registry, groups[i]);
	return status;
}

int group_change_name(struct invocation *invocation)
{
	const struct strings *words = &invocation->args.operands;
	struct group *group;
	int status = select_group(&group, invocation, words->items[0]);

	if (status == STATUS_OK && strcmp(words->items[0], words->items[1]) != 0) {
		status = check_name(invocation, words->items[1]);
		if (status == STATUS_OK)
			registry_rename_group(&invocation->registry, group,
			                      words->items[1]);
	}
	return status;
}
