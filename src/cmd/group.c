/* `group`: named sets of repos. */
#include "base/arena.h"
#include "base/text.h"
#include "change.h"
#include "cli/out.h"
#include "cli/select.h"
#include "cmd/commands.h"
#include "group_change.h"

static const char *shown(struct invocation *invocation, const char *text)
{
	return text_escape(invocation->arena, text);
}

/* Members that are repos; others are kept in the file and not shown. */
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

/* The group is named by an option, as in the Python tool; without it nothing can
 * be done. */
static int group_change_named(struct invocation *invocation,
                              int (*change)(struct invocation *invocation))
{
	if (!args_value(&invocation->args, "name"))
		return say_usage("group %s: needs a group: -n GROUP",
		                 invocation->command->name);
	return change_registry(invocation, change);
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
	return group_change_named(invocation, group_remove_members);
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
	{'n', "name", KIND_GROUP, "GROUP", "the group, a new or an existing one",
         false},
	{'p', "path", KIND_FOLDER, "DIR", "the group's folder, for 'context auto'",
         false},
	{0},
};
static const struct option_row name_options[] = {
	{'n', "name", KIND_GROUP, "GROUP", "the group", false},
	{0},
};
static const struct operand_row some_repos[] = {
	{KIND_SELECTION, "SELECTION", false, true},
	{0},
};
static const struct operand_row repos[] = {
	{KIND_SELECTION, "SELECTION", true, true},
	{0},
};
static const struct operand_row some_group[] = {
	{KIND_GROUP, "GROUP", false, false},
	{0},
};
static const struct operand_row groups[] = {
	{KIND_GROUP, "GROUP", true, true},
	{0},
};
static const struct operand_row old_and_new[] = {
	{KIND_GROUP, "GROUP", true, false},
	{KIND_NEW_NAME, "NEW", true, false},
	{0},
};

static const struct command group_ll = {
	.name = "ll",
	.summary = "groups and their repos",
	.operands = some_group,
	.run = ll_run,
};
static const struct command group_ls = {
	.name = "ls",
	.summary = "names of the groups",
	.run = ls_run,
};
static const struct command group_add = {
	.name = "add",
	.summary = "make a group, add repos to it",
	.options = add_options,
	.selects = true,
	.operands = some_repos,
	.run = add_run,
};
static const struct command group_rm = {
	.name = "rm",
	.summary = "forget groups; their repos stay",
	.operands = groups,
	.run = rm_run,
};
static const struct command group_rename = {
	.name = "rename",
	.summary = "give a group another name",
	.operands = old_and_new,
	.run = rename_run,
};
static const struct command group_addrepo = {
	.name = "addrepo",
	.summary = "add repos to an existing group",
	.options = name_options,
	.selects = true,
	.operands = repos,
	.run = addrepo_run,
};
static const struct command group_rmrepo = {
	.name = "rmrepo",
	.summary = "take repos out of a group",
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
	"what is in it",
	"gita group ls",
	"the names alone",
	"gita group add web api -n work",
	"a group of two repos",
	"gita group add -n src -p ~/src",
	"an empty one with a folder",
	"gita group rm work",
	"the repos stay",
	"gita group rename work job",
	"the context follows",
	"gita group addrepo docs -n work",
	"one more",
	"gita group rmrepo docs -n work",
	"one less",
	"gita ll work",
	"use it where repos are named",
	NULL,
};

const struct command command_group = {
	.name = "group",
	.summary = "named sets of repos",
	.children = children,
	.examples = examples,
};
