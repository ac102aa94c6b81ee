/* `ls`: names, or the path of a repo. */
#include "cli/out.h"
#include "cli/select.h"
#include "cmd/commands.h"

static int ls_run(struct invocation *invocation)
{
	const struct strings *words = &invocation->args.operands;
	struct selection chosen = {0};
	int status = select_repos(&chosen, invocation, SELECT_ANY);

	if (status != STATUS_OK)
		return status;
	if (args_has(&invocation->args, "paths")) {
		for (size_t i = 0; i < chosen.count; i++)
			out_format(
				"%s %s\n",
				out_escape(invocation->arena, chosen.items[i]->name),
				out_escape(invocation->arena, chosen.items[i]->path));
		return STATUS_OK;
	}
	/* For cd `gita ls NAME`. */
	if (words->count == 1 &&
	    registry_repo(&invocation->registry, words->items[0]) &&
	    chosen.count == 1) {
		out_format("%s\n",
		           out_escape(invocation->arena, chosen.items[0]->path));
		return STATUS_OK;
	}
	for (size_t i = 0; i < chosen.count; i++) {
		out_text(i ? " " : "");
		out_text(out_escape(invocation->arena, chosen.items[i]->name));
	}
	if (chosen.count > 0)
		out_text("\n");
	return STATUS_OK;
}

static const struct option_row options[] = {
	{.letter = 'p',
         .name = "paths",
         .help = "print name and path, one repo a line"},
	{0},
};

static const char *const examples[] = {
	"cd `gita ls web`",
	"go to a repo",
	"gita ls @dirty",
	"names of repos with changes",
	NULL,
};

const struct command command_ls = {
	.name = "ls",
	.synonyms = "list names",
	.summary = "list names or a repo's path",
	.options = options,
	.selects = true,
	.operands = operands_selection,
	.examples = examples,
	.run = ls_run,
};
