/* `add`: register repositories. */
#include <string.h>

#include "auto_group.h"
#include "base/arena.h"
#include "base/mounts.h"
#include "base/path.h"
#include "base/text.h"
#include "cli/out.h"
#include "cli/remember.h"
#include "cmd/commands.h"
#include "discover.h"
#include "naming.h"

struct adding {
	struct invocation *invocation;
	struct arena *arena;
	struct discovery rules;
	struct strings roots;   /* where -r and -a started */
	struct strings found;   /* paths of repositories */
	struct strings fresh;   /* those not registered yet */
	struct strings names;   /* of the fresh ones */
	struct strings members; /* names of all found, old and new */
	struct strings at;      /* their paths */
	int status;
};

static void find_one(struct adding *adding, const char *word)
{
	const char *path = path_absolute(adding->arena, word);
	struct probe probe;

	probe_path(&probe, adding->arena, path);
	if (discovery_wants(&adding->rules, probe.kind))
		strings_add(adding->arena, &adding->found, path);
	else if (probe.kind == REPO_SUBMODULE)
		say("add: '%s' is a submodule: left out", path);
	else if (probe.kind == REPO_BARE)
		adding->status = say_failed(
			"add: '%s' is a bare repository: add it with -b", path);
	else
		adding->status = say_failed("add: '%s': %s", path,
		                            probe.missing ? "no such folder"
		                                          : "not a git repository");
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

/* Real paths of what is registered; a disk that may not answer is not asked. */
static void real_paths(struct strings *out, struct adding *adding)
{
	const struct repos *repos = &adding->invocation->registry.repos;
	struct mounts mounts = {0};

	mounts_load(&mounts, adding->arena);
	for (size_t i = 0; i < repos->count; i++) {
		const char *path = repos->items[i]->path;

		strings_add(adding->arena, out,
		            mounts_remote(&mounts, path)
		                    ? path
		                    : path_real(adding->arena, path));
	}
}

/* Splits what was found into fresh ones and members that are there already. */
static void sort_out(struct adding *adding)
{
	const struct repos *repos = &adding->invocation->registry.repos;
	bool searched = adding->roots.count > 0;
	struct strings known = {0}, seen = {0};

	real_paths(&known, adding);
	for (size_t i = 0; i < adding->found.count; i++) {
		const char *path = adding->found.items[i];
		const char *real = path_real(adding->arena, path);
		size_t place = 0;

		if (strings_have(&seen, real))
			continue;
		strings_add(adding->arena, &seen, real);
		while (place < known.count && strcmp(known.items[place], real) != 0)
			place++;
		if (place == known.count) {
			strings_add(adding->arena, &adding->fresh, path);
			continue;
		}
		strings_add(adding->arena, &adding->members, repos->items[place]->name);
		strings_add(adding->arena, &adding->at, path);
		if (!searched)
			say("add: '%s' is registered already, as '%s'", path,
			    repos->items[place]->name);
	}
}

static void register_fresh(struct adding *adding)
{
	struct registry *registry = &adding->invocation->registry;

	naming_choose(&adding->names, adding->arena, registry, &adding->fresh);
	for (size_t i = 0; i < adding->fresh.count; i++) {
		const char *name = adding->names.items[i],
			   *path = adding->fresh.items[i];

		registry_add_repo(registry, name, path, "");
		strings_add(adding->arena, &adding->members, name);
		strings_add(adding->arena, &adding->at, path);
		out_format("%s %s\n", text_escape(adding->arena, name),
		           text_escape(adding->arena, path));
	}
}

static int join_group(struct adding *adding)
{
	struct registry *registry = &adding->invocation->registry;
	const char *name = args_value(&adding->invocation->args, "group");
	const char *path = args_value(&adding->invocation->args, "group-path");
	struct group *group;
	struct error err;

	if (!name)
		return path ? say_usage("add: --group-path goes with --group")
		            : STATUS_OK;
	group = registry_group(registry, name);
	if (!group && !registry_name_free(registry, name, &err))
		return say_usage("add: %s", err.text);
	if (!group)
		group = registry_add_group(registry, name, "");
	if (path)
		registry_set_group_path(registry, group,
		                        path_absolute(adding->arena, path));
	for (size_t i = 0; i < adding->members.count; i++)
		registry_join_group(registry, group, adding->members.items[i]);
	return STATUS_OK;
}

/* So that `repair` knows them again wherever they are moved. */
static void remember_fresh(struct adding *adding)
{
	size_t count = adding->fresh.count;
	struct repo **repos = arena_take(adding->arena, count * sizeof(struct repo *));

	for (size_t i = 0; i < count; i++)
		repos[i] = registry_repo(&adding->invocation->registry,
		                         adding->names.items[i]);
	if (count)
		remember_repos(adding->invocation, repos, count, true);
}

static int add_found(struct adding *adding)
{
	struct invocation *invocation = adding->invocation;
	bool dry = args_has(&invocation->args, "dry-run");
	int status = dry ? invocation_registry(invocation)
	                 : invocation_change(invocation);

	if (status != STATUS_OK)
		return status;
	sort_out(adding);
	register_fresh(adding);
	status = join_group(adding);
	if (status == STATUS_OK && args_has(&invocation->args, "auto-group"))
		for (size_t i = 0; i < adding->roots.count; i++)
			group_by_folder(&invocation->registry, adding->roots.items[i],
			                &adding->members, &adding->at);
	if (status == STATUS_OK && !dry) {
		status = invocation_commit(invocation);
		if (status == STATUS_OK)
			remember_fresh(adding);
	} else {
		registry_end(&invocation->registry);
	}
	if (status == STATUS_OK && adding->fresh.count == 0 && adding->roots.count > 0)
		say("add: no new repos");
	return status == STATUS_OK ? adding->status : status;
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
