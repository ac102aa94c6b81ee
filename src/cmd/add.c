/* `add`: register repositories. */
#include <string.h>

#include "add_work.h"
#include "base/path.h"
#include "cli/out.h"
#include "cmd/commands.h"

static const char *why_not(const struct probe *probe, const char *path)
{
	if (probe->missing)
		return "no such folder";
	if (strcmp(path_base(path), ".git") == 0 && probe->kind != REPO_NONE)
		return "the inside of a repository; add the folder above";
	if (probe->kind == REPO_BARE)
		return "a bare repository; add it with -b";
	return "not a git repository";
}

static void find_one(struct adding *adding, const char *word)
{
	const char *path = path_absolute(adding->arena, word);
	struct probe probe;

	probe_path(&probe, adding->arena, path);
	if (discovery_wants(&adding->rules, probe.kind) &&
	    strcmp(path_base(path), ".git") != 0)
		strings_add(adding->arena, &adding->found, path);
	else if (probe.kind == REPO_SUBMODULE)
		say("add: '%s' is a submodule: left out", path);
	else
		adding->status = say_failed("add: '%s': %s", path,
		                            why_not(&probe, path));
}

static void find_below(struct adding *adding, const char *word)
{
	const char *path = path_absolute(adding->arena, word);
	struct notes notes = {.arena = adding->arena};
	size_t before = adding->found.count;

	if (!path_is_folder(path)) {
		adding->status = say_failed("add: '%s': no such folder", path);
		return;
	}
	strings_add(adding->arena, &adding->roots, path);
	discover(&adding->found, adding->arena, path, &adding->rules, &notes);
	say_notes(&notes);
	if (adding->found.count == before)
		say("add: no repository below '%s'", path);
}

static int add_run(struct invocation *invocation)
{
	const struct args *args = &invocation->args;
	bool below = args_has(args, "recursive") || args_has(args, "auto-group");
	struct strings exclude = {0};
	struct adding adding = {
		.invocation = invocation,
		.arena = invocation->arena,
		.rules = {.depth = (size_t)args_number(args, "depth", 0),
	                  .exclude = &exclude,
	                  .bare = args_has(args, "bare"),
	                  .skip_submodules = args_has(args, "skip-submodule")},
	};

	if (!below && (args_has(args, "depth") || args_has(args, "exclude")))
		return say_usage("add: --depth and --exclude go with -r or -a");
	if (args_has(args, "group-path") && !args_has(args, "group"))
		return say_usage("add: --group-path goes with --group");
	if (strings_have(&args->operands, ""))
		return say_usage("add: a path is empty");
	args_values(&exclude, invocation->arena, args, "exclude");
	for (size_t i = 0; i < args->operands.count; i++) {
		if (below)
			find_below(&adding, args->operands.items[i]);
		else
			find_one(&adding, args->operands.items[i]);
	}
	return adding.found.count > 0 ? add_found(&adding) : adding.status;
}

static const struct option_row options[] = {
	{'n', "dry-run", KIND_NONE, NULL, "show what would be added, add nothing",
         false},
	{'r', "recursive", KIND_NONE, NULL, "find the repos below PATH", false},
	{'a', "auto-group", KIND_NONE, NULL, "as -r, and a group for each folder",
         false},
	{'b', "bare", KIND_NONE, NULL, "bare repositories too", false},
	{'s', "skip-submodule", KIND_NONE, NULL, "leave submodules out", false},
	{'g', "group", KIND_GROUP, "GROUP", "put them into this group", false},
	{0, "group-path", KIND_FOLDER, "DIR", "the group's folder", false},
	{0, "depth", KIND_NUMBER, "N", "look at most N folders deep", false},
	{0, "exclude", KIND_GLOB, "GLOB", "leave folders of that name out", true},
	{0},
};

static const struct operand_row operands[] = {
	{KIND_FOLDER, "PATH", true, true},
	{0},
};

static const char *const examples[] = {
	"gita add .",
	"the repository you are in",
	"gita add -r ~/src",
	"all repositories below",
	"gita add -a ~/src",
	"the same, grouped by folder",
	NULL,
};

const struct command command_add = {
	.name = "add",
	.summary = "register repositories",
	.about =
		"A path that is registered already is not added twice. A search stops "
		"at each\n"
		"repository, follows no links and leaves out what a .gitaignore names.",
	.options = options,
	.operands = operands,
	.examples = examples,
	.run = add_run,
};
