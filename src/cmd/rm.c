/* `rm`: forget repos; nothing on disk is touched. */
#include "change.h"
#include "cli/select.h"
#include "cmd/commands.h"

static int remove_chosen(struct invocation *invocation)
{
	struct selection chosen = {0};
	int status = select_repos(&chosen, invocation, SELECT_NAMED);

	for (size_t i = 0; status == STATUS_OK && i < chosen.count; i++)
		registry_remove_repo(&invocation->registry, chosen.items[i]);
	return status;
}

static int rm_run(struct invocation *invocation)
{
	return change_registry(invocation, remove_chosen);
}

static const struct operand_row operands[] = {
	{.kind = KIND_SELECTION,
         .name = "SELECTION",
         .required = true,
         .repeats = true},
	{0},
};

static const char *const examples[] = {
	"gita rm web api",
	"forget two",
	"gita rm @missing",
	"forget repos that no longer exist",
	NULL,
};

const struct command command_rm = {
	.name = "rm",
	.summary = "forget repos",
	.about = "Only the registration is removed; nothing on disk is touched.\n"
		 "Groups are updated.",
	.selects = true,
	.operands = operands,
	.examples = examples,
	.run = rm_run,
};
