/* `freeze`: the list from which `clone -f` makes the same repos elsewhere. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/path.h"
#include "cli/disks.h"
#include "cli/out.h"
#include "cli/query.h"
#include "cli/select.h"
#include "cli/survey.h"
#include "cmd/commands.h"
#include "frozen.h"
#include "git/probe.h"
#include "git/remote.h"
#include "store/seen.h"

/* A repo to be written. */
struct freezing_repo {
	struct frozen_repo row;
	enum repo_kind kind;
	const char *real;   /* path and git folder, all links followed; NULL where */
	const char *common; /* the repo cannot be read */
};

struct freezing {
	struct invocation *invocation;
	struct arena *arena;
	struct selection chosen;
	struct freezing_repo *repos; /* one a chosen repo */
	struct strings names;        /* of the chosen, sorted */
	const char *relative_to;     /* NULL: absolute paths */
	const struct seen *seen;     /* NULL: not yet wanted */
	const char *group;           /* the only one wanted, or NULL */
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
	return path_relative(arena, disks_real(freezing->invocation, path),
	                     disks_real(freezing->invocation, folder));
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

static void set_url(struct freezing *freezing, struct frozen_repo *row, const char *url)
{
	row->url = url;
	if (remote_mask(freezing->arena, url) != url)
		say_warning("freeze: '%s': its URL contains a password or token",
		            row->name);
}

static void read_url(struct freezing *freezing, struct frozen_repo *row,
                     const struct summary *summary)
{
	if (summary->remote_configured)
		set_url(freezing, row, summary->remote_configured);
	else if (summary->remote_name)
		say_warning("freeze: '%s': none of its remotes has a URL", row->name);
}

/* Of a repo that cannot be looked at, the URL that it had when it was seen last. */
static void recall_url(struct freezing *freezing, struct frozen_repo *row,
                       const struct repo *repo, const struct summary *summary)
{
	const char *why = summary->error ? summary->error : state_name(summary->state);
	const struct sight *sight;

	if (!freezing->seen) {
		struct seen *seen = arena_take(freezing->arena, sizeof *seen);
		struct error err;

		if (!seen_load(seen, &freezing->invocation->home, freezing->arena,
		               &err))
			say_warning("freeze: %s", err.text);
		freezing->seen = seen;
	}
	sight = seen_find(freezing->seen, repo->path);
	if (sight && *sight->remote) {
		say_warning("freeze: '%s': %s: its URL is the one seen last",
		            repo->name, why);
		set_url(freezing, row, sight->remote);
	} else {
		freezing->status = say_failed("freeze: '%s': %s: its URL is unknown",
		                              repo->name, why);
	}
}

/* The folder decides on the kind: flags can give a bare repository a work tree. */
static void read_kind(struct freezing *freezing, struct freezing_repo *out,
                      const struct repo *repo, const struct summary *summary)
{
	const struct strings no_flags = {0};
	struct probe probe;

	if (!disks_respond_for_repo(freezing->invocation, repo->path, &no_flags))
		return;
	probe_path(&probe, freezing->arena, repo->path);
	out->kind = probe.kind;
	if (probe.kind == REPO_NONE)
		return;
	if (probe.kind == REPO_USUAL && summary->kind == REPO_BARE)
		out->kind = REPO_BARE;
	out->real = path_real(freezing->arena, repo->path);
	out->common = path_real(freezing->arena, probe.common_folder);
	if (out->kind == REPO_BARE && summary->remote_mirrored)
		out->row.type = frozen_mirror;
	else if (!*out->row.type && out->kind != REPO_USUAL)
		out->row.type = probe_kind_name(out->kind);
}

static void read_repo(struct freezing *freezing, struct freezing_repo *out,
                      const struct repo *repo, const struct summary *summary)
{
	out->row = (struct frozen_repo){
		.url = "",
		.name = repo->name,
		.path = frozen_path(freezing, repo->path),
		.type = repo->type,
		.flags = repo->flags,
		.branch = "",
		.parent = "",
	};
	if (summary->state != STATE_OK) {
		recall_url(freezing, &out->row, repo, summary);
		return;
	}
	out->row.branch = frozen_branch(summary);
	read_url(freezing, &out->row, summary);
	read_kind(freezing, out, repo, summary);
}

/* A worktree's main repository shares its git folder. */
static void find_main(const struct freezing *freezing, struct freezing_repo *worktree)
{
	for (size_t i = 0; i < freezing->chosen.count; i++) {
		const struct freezing_repo *other = &freezing->repos[i];

		if (other->common && other->kind != REPO_WORKTREE &&
		    strcmp(other->common, worktree->common) == 0)
			worktree->row.parent = other->row.name;
	}
}

static void find_superproject(const struct freezing *freezing,
                              struct freezing_repo *submodule,
                              const struct query *query)
{
	char *folder = arena_bytes(freezing->arena, query->out, query->length);
	size_t length = strlen(folder);
	const char *real;

	if (query->exit != 0 || length == 0)
		return;
	if (folder[length - 1] == '\n')
		folder[length - 1] = '\0';
	real = disks_real(freezing->invocation, folder);
	for (size_t i = 0; i < freezing->chosen.count; i++) {
		const struct freezing_repo *other = &freezing->repos[i];

		if (other->real && strcmp(other->real, real) == 0)
			submodule->row.parent = other->row.name;
	}
}

/* git says which superproject a submodule belongs to. */
static int find_parents(struct freezing *freezing)
{
	enum { LIMIT = 30 };
	struct arena *arena = freezing->arena;
	size_t count = 0;
	struct query *queries = arena_take(arena,
	                                   freezing->chosen.count * sizeof *queries);
	struct freezing_repo **submodules = arena_take(
		arena, freezing->chosen.count * sizeof(struct freezing_repo *));
	int status;

	for (size_t i = 0; i < freezing->chosen.count; i++) {
		struct freezing_repo *repo = &freezing->repos[i];

		if (repo->kind == REPO_WORKTREE)
			find_main(freezing, repo);
		if (repo->kind != REPO_SUBMODULE)
			continue;
		queries[count].repo = freezing->chosen.items[i];
		strings_add(arena, &queries[count].words, "rev-parse");
		strings_add(arena, &queries[count].words,
		            "--show-superproject-working-tree");
		submodules[count++] = repo;
	}
	status = query_run(queries, count, LIMIT, arena);
	for (size_t i = 0; status == STATUS_OK && i < count; i++)
		find_superproject(freezing, submodules[i], &queries[i]);
	return status;
}

static void print_repos(const struct freezing *freezing)
{
	for (size_t i = 0; i < freezing->chosen.count; i++) {
		BUF line = {0};

		frozen_add_repo(&line, freezing->arena, &freezing->repos[i].row);
		out_bytes(line.data, line.length);
	}
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
	freezing.repos = arena_take(invocation->arena,
	                            freezing.chosen.count * sizeof *freezing.repos);
	for (size_t i = 0; i < freezing.chosen.count; i++) {
		read_repo(&freezing, &freezing.repos[i], freezing.chosen.items[i],
		          summaries[i]);
		strings_add(freezing.arena, &freezing.names,
		            freezing.chosen.items[i]->name);
	}
	status = find_parents(&freezing);
	if (status != STATUS_OK)
		return status;
	print_repos(&freezing);
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

static const char *const examples[] = {
	"gita freeze >repos.txt",
	"all repos, for 'gita clone -f repos.txt'",
	"gita freeze --relative-to ~/src >r",
	"to be cloned into another folder",
	NULL,
};

const struct command command_freeze = {
	.name = "freeze",
	.synonyms = "export save",
	.summary = "write a list for 'clone -f'",
	.about = "Prints URL, name, path, type, flags and branch of each repo, and\n"
		 "the groups.",
	.options = options,
	.selects = true,
	.operands = operands_selection,
	.examples = examples,
	.run = freeze_run,
};
