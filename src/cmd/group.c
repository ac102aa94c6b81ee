/* `group`: named sets of repos. */
#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "base/text.h"
#include "change.h"
#include "cli/out.h"
#include "cli/select.h"
#include "cmd/commands.h"

static const char *shown(struct invocation *invocation, const char *text)
{
	return text_escape(invocation->arena, text);
}

/* Members that are repos; others stay in the file but are not shown. */
static void known_members(struct strings *out, struct invocation *invocation,
                          const struct group *group)
{
	for (size_t i = 0; i < group->members.count; i++)
		if (registry_repo(&invocation->registry, group->members.items[i]))
			strings_add(invocation->arena, out, group->members.items[i]);
}

static void show_line(struct invocation *invocation, const struct strings *names)
{
	for (size_t i = 0; i < names->count; i++)
		out_format("%s%s", i ? " " : "", shown(invocation, names->items[i]));
	if (names->count > 0)
		out_text("\n");
}

static int ll_run(struct invocation *invocation)
{
	const struct strings *words = &invocation->args.operands;
	bool colors = invocation_colors(invocation);
	int status = invocation_registry(invocation);

	if (status == STATUS_OK && words->count > 0) {
		struct strings members = {0};
		struct group *group;

		status = select_group(&group, invocation, words->items[0]);
		if (status != STATUS_OK)
			return status;
		known_members(&members, invocation, group);
		show_line(invocation, &members);
		return STATUS_OK;
	}
	for (size_t i = 0; status == STATUS_OK && i < invocation->registry.groups.count;
	     i++) {
		const struct group *group = invocation->registry.groups.items[i];
		struct strings members = {0};

		known_members(&members, invocation, group);
		out_format("%s%s%s: %s\n",
		           colors ? term_color("underline")->sequence : "",
		           shown(invocation, group->name), colors ? TERM_PLAIN : "",
		           shown(invocation, group->path));
		for (size_t j = 0; j < members.count; j++)
			out_format("  - %s\n", shown(invocation, members.items[j]));
	}
	return status;
}

static int ls_run(struct invocation *invocation)
{
	struct strings names = {0};
	int status = invocation_registry(invocation);

	for (size_t i = 0; status == STATUS_OK && i < invocation->registry.groups.count;
	     i++)
		strings_add(invocation->arena, &names,
		            invocation->registry.groups.items[i]->name);
	show_line(invocation, &names);
	return status;
}

/* Whether the name is valid for a group and not taken. */
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

static int group_add_members(struct invocation *invocation)
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

static int group_add_to_known(struct invocation *invocation)
{
	struct group *group;
	int status = select_group(&group, invocation,
	                          args_value(&invocation->args, "name"));

	return status == STATUS_OK ? join(invocation, group) : status;
}

/* `*all`: whether all that were chosen had been in the group. */
static int group_remove_members(bool *all, struct invocation *invocation)
{
	struct selection chosen = {0};
	struct group *group;
	int status = select_group(&group, invocation,
	                          args_value(&invocation->args, "name"));

	if (status == STATUS_OK)
		status = select_repos(&chosen, invocation, SELECT_NAMED);
	*all = true;
	for (size_t i = 0; status == STATUS_OK && i < chosen.count; i++) {
		if (registry_leave_group(&invocation->registry, group,
		                         chosen.items[i]->name))
			continue;
		say("group: '%s' is not in '%s'", chosen.items[i]->name, group->name);
		*all = false;
	}
	return status;
}

static int group_remove(struct invocation *invocation)
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

/* So a rename that was killed leaves the group of the context. */
static bool is_copy(const struct group *one, const struct group *other)
{
	if (strcmp(one->path, other->path) != 0 ||
	    one->members.count != other->members.count)
		return false;
	for (size_t i = 0; i < one->members.count; i++)
		if (strcmp(one->members.items[i], other->members.items[i]) != 0)
			return false;
	return true;
}

static int group_change_name(struct invocation *invocation)
{
	const struct strings *words = &invocation->args.operands;
	struct group *group;
	int status = select_group(&group, invocation, words->items[0]);

	if (status == STATUS_OK && strcmp(words->items[0], words->items[1]) != 0) {
		const struct group *taken = registry_group(&invocation->registry,
		                                           words->items[1]);

		if (!taken || !is_copy(group, taken))
			status = check_name(invocation, words->items[1]);
		if (status == STATUS_OK)
			registry_rename_group(&invocation->registry, group,
			                      words->items[1]);
	}
	return status;
}

/* The group is named by an option, as in the Python tool, but it is required. */
static int group_check_named(struct invocation *invocation)
{
	if (args_value(&invocation->args, "name"))
		return STATUS_OK;
	return say_usage("group %s: no group; use -n GROUP", invocation->command->name);
}

static int group_change_named(struct invocation *invocation,
                              int (*change)(struct invocation *invocation))
{
	int status = group_check_named(invocation);

	return status == STATUS_OK ? change_registry(invocation, change) : status;
}

static int add_run(struct invocation *invocation)
{
	return group_change_named(invocation, group_add_members);
}

static int addrepo_run(struct invocation *invocation)
{
	return group_change_named(invocation, group_add_to_known);
}

static int rmrepo_run(struct invocation *invocation)
{
	int status = group_check_named(invocation);
	bool all;

	if (status == STATUS_OK)
		status = invocation_change(invocation);
	if (status != STATUS_OK)
		return status;
	status = group_remove_members(&all, invocation);
	if (status != STATUS_OK) {
		registry_end(&invocation->registry);
		return status;
	}
	status = invocation_commit(invocation);
	return status == STATUS_OK && !all ? STATUS_FAILED : status;
}

static int rm_run(struct invocation *invocation)
{
	return change_registry(invocation, group_remove);
}

static int rename_run(struct invocation *invocation)
{
	return change_registry(invocation, group_change_name);
}

static const struct option_row add_options[] = {
	{.letter = 'n',
         .name = "name",
         .kind = KIND_GROUP,
         .value = "GROUP",
         .help = "the group, new or existing"},
	{.letter = 'p',
         .name = "path",
         .kind = KIND_FOLDER,
         .value = "DIR",
         .help = "the group's folder, for 'context auto'"},
	{0},
};
static const struct option_row name_options[] = {
	{.letter = 'n',
         .name = "name",
         .kind = KIND_GROUP,
         .value = "GROUP",
         .help = "the group"},
	{0},
};
static const struct operand_row some_repos[] = {
	{.kind = KIND_SELECTION, .name = "SELECTION", .repeats = true},
	{0},
};
static const struct operand_row repos[] = {
	{.kind = KIND_SELECTION,
         .name = "SELECTION",
         .required = true,
         .repeats = true},
	{0},
};
static const struct operand_row some_group[] = {
	{.kind = KIND_GROUP, .name = "GROUP"},
	{0},
};
static const struct operand_row groups[] = {
	{.kind = KIND_GROUP, .name = "GROUP", .required = true, .repeats = true},
	{0},
};
static const struct operand_row old_and_new[] = {
	{.kind = KIND_GROUP, .name = "GROUP", .required = true},
	{.kind = KIND_NEW_NAME, .name = "NEW", .required = true},
	{0},
};

static const struct command group_ll = {
	.name = "ll",
	.synonyms = "list show",
	.summary = "list groups and their repos",
	.operands = some_group,
	.run = ll_run,
};
static const struct command group_ls = {
	.name = "ls",
	.synonyms = "list names",
	.summary = "list the names of groups",
	.run = ls_run,
};
static const struct command group_add = {
	.name = "add",
	.synonyms = "new create init",
	.summary = "create a group or add repos to it",
	.options = add_options,
	.selects = true,
	.operands = some_repos,
	.run = add_run,
};
static const struct command group_rm = {
	.name = "rm",
	.synonyms = "remove delete",
	.summary = "forget groups; their repos stay",
	.operands = groups,
	.run = rm_run,
};
static const struct command group_rename = {
	.name = "rename",
	.synonyms = "mv move",
	.summary = "rename a group",
	.operands = old_and_new,
	.run = rename_run,
};
static const struct command group_addrepo = {
	.name = "addrepo",
	.synonyms = "append",
	.summary = "add repos to an existing group",
	.options = name_options,
	.selects = true,
	.operands = repos,
	.run = addrepo_run,
};
static const struct command group_rmrepo = {
	.name = "rmrepo",
	.synonyms = "drop",
	.summary = "remove repos from a group",
	.options = name_options,
	.selects = true,
	.operands = repos,
	.run = rmrepo_run,
};

static const struct command *const children[] = {
	&group_ll,     &group_ls,      &group_add,    &group_rm,
	&group_rename, &group_addrepo, &group_rmrepo, NULL,
};

static const char *const examples[] = {
	"gita group ll work",
	"the repos of a group",
	"gita group ls",
	"names of all groups",
	"gita group add web api -n work",
	"a group of two repos",
	"gita group add -n src -p ~/src",
	"an empty one with a folder",
	"gita group rm work",
	"the repos stay",
	"gita group rename work job",
	"the context follows",
	"gita group addrepo docs -n work",
	"one more repo",
	"gita group rmrepo docs -n work",
	"one fewer",
	"gita ll work",
	"a group stands for its repos",
	NULL,
};

const struct command command_group = {
	.name = "group",
	.summary = "manage groups of repos",
	.children = children,
	.examples = examples,
};
