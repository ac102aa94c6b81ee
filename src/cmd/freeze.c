/* `freeze`: the list from which `clone -f` makes the same repos elsewhere. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/path.h"
#include "cli/out.h"
#include "cli/select.h"
#include "cli/survey.h"
#include "cmd/commands.h"
#include "frozen.h"
#include "git/probe.h"

struct freezing {
	struct invocation *invocation;
	struct arena *arena;
	struct selection chosen;
	struct strings names;    /* of the chosen, sorted */
	const char *relative_to; /* NULL: absolute paths */
	const char *group;       /* the only one wanted, or NULL */
	int status;
};

/* By the text of both paths where that does, else by what the links lead to. */
static const char *frozen_path(const struct freezing *freezing, const char *path)
{
	struct arena *arena = freezing->arena;
	const char *folder = freezing->relative_to;

	if (!folder || !*path)
		return path;
	if (path_is_below(path, folder))
		return path_relative(arena, path, folder);
	return path_relative(arena, path_real(arena, path), path_real(arena, folder));
}

static const char *frozen_branch(const struct summary *summary)
{
	if (summary->branch)
		return summary->branch;
	if (summary->rebasing)
		return summary->rebasing;
	if (summary->tag)
		return summary->tag;
	return summary->head ? summary->head : "";
}

static void freeze_repo(struct freezing *freezing, const struct repo *repo,
                        const struct summary *summary)
{
	struct frozen_repo row = {
		.url = "",
		.name = repo->name,
		.path = frozen_path(freezing, repo->path),
		.type = repo->type,
		.flags = repo->flags,
		.branch = "",
	};
	struct probe probe;
	BUF line = {0};

	if (summary->state != STATE_OK) {
		freezing->status = say_failed(
			"freeze: '%s': %s: its URL is unknown", repo->name,
			summary->error ? summary->error : state_name(summary->state));
	} else {
		row.url = summary->remote ? summary->remote : "";
		row.branch = frozen_branch(summary);
		/* The folder alone counts: flags can give a bare one a work tree. */
		probe_path(&probe, freezing->arena, repo->path);
		if (!*row.type && probe.kind != REPO_USUAL && probe.kind != REPO_NONE)
			row.type = probe_kind_name(probe.kind);
	}
	frozen_add_repo(&line, freezing->arena, &row);
	out_bytes(line.data, line.length);
}

/* A group with those of its members that are frozen; of a part of the repos, only
 * the groups that have any. */
static void freeze_group(struct freezing *freezing, const struct group *group)
{
	const struct registry *registry = &freezing->invocation->registry;
	bool whole = freezing->chosen.count == registry->repos.count;
	struct frozen_group row = {.name = group->name,
	                           .path = frozen_path(freezing, group->path)};
	BUF line = {0};

	if (freezing->group && strcmp(freezing->group, group->name) != 0)
		return;
	for (size_t i = 0; i < group->members.count; i++)
		if (strings_have_sorted(&freezing->names, group->members.items[i]))
			strings_add(freezing->arena, &row.members,
			            group->members.items[i]);
	if (row.members.count == 0 && !whole && !freezing->group)
		return;
	frozen_add_group(&line, freezing->arena, &row);
	out_bytes(line.data, line.length);
}

static int choose(struct freezing *freezing)
{
	struct invocation *invocation = freezing->invocation;
	struct strings words = {0};
	struct group *group;
	int status;

	freezing->group = args_value(&invocation->args, "group");
	if (!freezing->group)
		return select_repos(&freezing->chosen, invocation, SELECT_ANY);
	status = select_group(&group, invocation, freezing->group);
	if (status != STATUS_OK)
		return status;
	for (size_t i = 0; i < invocation->args.operands.count; i++)
		if (invocation->args.operands.items[i][0] != '@')
			return say_usage("freeze: only facts may follow --group");
	strings_add(invocation->arena, &words, freezing->group);
	for (size_t i = 0; i < invocation->args.operands.count; i++)
		strings_add(invocation->arena, &words,
		            invocation->args.operands.items[i]);
	return select_words(&freezing->chosen, invocation, &words);
}

static int freeze_run(struct invocation *invocation)
{
	struct freezing freezing = {
		.invocation = invocation,
		.arena = invocation->arena,
		.chosen = {.wants = WANT_HEAD | WANT_TAG | WANT_REMOTE},
	};
	const char *folder = args_value(&invocation->args, "relative-to");
	struct summary **summaries;
	int status = choose(&freezing);

	if (status != STATUS_OK)
		return status;
	if (folder)
		freezing.relative_to = path_absolute(invocation->arena, folder);
	summaries = freezing.chosen.summaries;
	if (!summaries) {
		summaries = arena_take(invocation->arena,
		                       freezing.chosen.count * sizeof *summaries);
		status = survey_read(summaries, invocation, freezing.chosen.items,
		                     freezing.chosen.count, freezing.chosen.wants);
		if (status != STATUS_OK)
			return status;
	}
	for (size_t i = 0; i < freezing.chosen.count; i++) {
		freeze_repo(&freezing, freezing.chosen.items[i], summaries[i]);
		strings_add(freezing.arena, &freezing.names,
		            freezing.chosen.items[i]->name);
	}
	strings_sort(&freezing.names);
	for (size_t i = 0; i < invocation->registry.groups.count; i++)
		freeze_group(&freezing, invocation->registry.groups.items[i]);
	return freezing.status;
}

static const struct option_row options[] = {
	{.letter = 'g',
         .name = "group",
         .kind = KIND_GROUP,
         .value = "GROUP",
         .help = "only this group"},
	{.name = "relative-to",
         .kind = KIND_FOLDER,
         .value = "DIR",
         .help = "write paths relative to DIR"},
	{0},
};

static const struct operand_row operands[] = {
	{.kind = KIND_SELECTION, .name = "SELECTION", .repeats = true},
	{0},
};

static const char *const examples[] = {
	"gita freeze >repos.txt",
	"all repos, for 'gita clone -f repos.txt'",
	"gita freeze --relative-to ~/src >r",
	"to be cloned into another folder",
	NULL,
};

const struct command command_freeze = {
	.name = "freeze",
	.summary = "write a list for 'clone -f'",
	.about = "Prints URL, name, path, type, flags and branch of each repo, and\n"
		 "the groups.",
	.options = options,
	.selects = true,
	.operands = operands,
	.examples = examples,
	.run = freeze_run,
};
