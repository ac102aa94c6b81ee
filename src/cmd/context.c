/* `context`: the group that is assumed where no repo is named. */
#include <string.h>

#include "base/arena.h"
#include "base/mounts.h"
#include "base/path.h"
#include "base/text.h"
#include "change.h"
#include "cli/disks.h"
#include "cli/out.h"
#include "cli/select.h"
#include "cmd/commands.h"

static int show(struct invocation *invocation)
{
	struct arena *arena = invocation->arena;
	const struct registry *registry = &invocation->registry;
	struct group *group;
	struct error err;

	if (!registry->context) {
		out_text("no context is set\n");
		return STATUS_OK;
	}
	if (!registry_context(&group, registry,
	                      mounts_real(disks_mounts(invocation), arena,
	                                  path_absolute(arena, ".")),
	                      &err))
		return say_failed("%s", err.text);
	if (!group) {
		out_text("auto: no group's folder contains this one\n");
		return STATUS_OK;
	}
	out_format("%s:", text_escape(arena, group->name));
	for (size_t i = 0; i < group->members.count; i++)
		if (registry_repo(registry, group->members.items[i]))
			out_format(" %s", text_escape(arena, group->members.items[i]));
	out_text("\n");
	return STATUS_OK;
}

static int set(struct invocation *invocation)
{
	const char *word = invocation->args.operands.items[0];
	struct group *group;
	int status = STATUS_OK;

	if (strcmp(word, "none") == 0) {
		registry_set_context(&invocation->registry, NULL);
		return STATUS_OK;
	}
	if (strcmp(word, "auto") != 0)
		status = select_group(&group, invocation, word);
	if (status == STATUS_OK)
		registry_set_context(&invocation->registry, word);
	return status;
}

static int context_run(struct invocation *invocation)
{
	int status;

	if (invocation->args.operands.count > 0)
		return change_registry(invocation, set);
	status = invocation_registry(invocation);
	return status == STATUS_OK ? show(invocation) : status;
}

static const struct operand_row operands[] = {
	{.kind = KIND_CONTEXT, .name = "GROUP|auto|none"},
	{0},
};

static const char *const examples[] = {
	"gita context work",
	"from now on 'gita ll' shows this group",
	"gita context auto",
	"the group whose folder you are in",
	"gita context none",
	"all repos again",
	NULL,
};

const struct command command_context = {
	.name = "context",
	.synonyms = "use",
	.summary = "show or set the context",
	.about = "Without an argument shows the context. '--all' ignores it for\n"
		 "one command.",
	.operands = operands,
	.examples = examples,
	.run = context_run,
};
