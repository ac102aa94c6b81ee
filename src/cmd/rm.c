/* `rm`: forget repos; nothing on disk is touched. */
#include "change.h"
#include "cli/out.h"
#include "cli/select.h"
#include "cmd/commands.h"

/* Elsewhere a group stands for its repos; here it may be what is to be forgotten. */
static int refuse_groups(struct invocation *invocation)
{
	const struct strings *words = &invocation->args.operands;

	for (size_t i = 0; i < words->count; i++)
		if (registry_group(&invocation->registry, words->items[i]))
			return say_usage("rm: '%s' is a group; 'gita group rm %s' "
			                 "forgets it, 'gita rm @group:%s' its repos",
			                 words->items[i], words->items[i],
			                 words->items[i]);
	return STATUS_OK;
}

static int remove_chosen(struct invocation *invocation)
{
	struct selection chosen = {0};
	int status = refuse_groups(invocation);

	if (status == STATUS_OK)
		status = select_repos(&chosen, invocation, SELECT_NAMED);
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
	.synonyms = "remove delete forget unregister",
	.summary = "forget repos",
	.about = "Only the registration is removed; nothing on disk is touched.\n"
		 "Groups are updated. A group itself is forgotten by 'gita group rm'.",
	.selects = true,
	.operands = operands,
	.examples = examples,
	.run = rm_run,
};
