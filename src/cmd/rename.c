/* `rename`: give a repo another name. */
#include <string.h>

#include "change.h"
#include "cli/out.h"
#include "cli/select.h"
#include "cmd/commands.h"

static int change_name(struct invocation *invocation)
{
	const char *name = invocation->args.operands.items[1];
	struct repo *repo;
	struct error err;
	int status = select_one(&repo, invocation, invocation->args.operands.items[0]);

	if (status != STATUS_OK || strcmp(repo->name, name) == 0)
		return status;
	if (!registry_name_free(&invocation->registry, name, &err))
		return say_usage("rename: %s", err.text);
	registry_rename_repo(&invocation->registry, repo, name);
	return STATUS_OK;
}

static int rename_run(struct invocation *invocation)
{
	return change_registry(invocation, change_name);
}

static const struct operand_row operands[] = {
	{.kind = KIND_REPO, .name = "NAME", .required = true},
	{.kind = KIND_NEW_NAME, .name = "NEW", .required = true},
	{0},
};

static const char *const examples[] = {
	"gita rename web website",
	"the folder keeps its name",
	NULL,
};

const struct command command_rename = {
	.name = "rename",
	.synonyms = "mv move",
	.summary = "rename a repo",
	.about = "Groups are updated. A name contains no space, ':' or control\n"
		 "character, does not look like an option, a path, a glob or a\n"
		 "fact, and is not a group's name.",
	.operands = operands,
	.examples = examples,
	.run = rename_run,
};
