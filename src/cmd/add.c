/* `add`: register repositories. */
#include <errno.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/path.h"
#include "base/text.h"
#include "cli/disks.h"
#include "cli/out.h"
#include "cli/sightings.h"
#include "cmd/commands.h"
#include "discover.h"
#include "naming.h"

struct adding {
	struct invocation *invocation;
	struct arena *arena;
	struct discovery rules;
	struct strings roots;   /* where -r and -a started */
	struct strings stops;   /* those of them where the search ended at once */
	struct strings found;   /* paths of repositories */
	struct strings fresh;   /* those not registered yet */
	struct strings names;   /* of the fresh ones */
	struct strings members; /* names of all found, old and new */
	struct strings at;      /* their paths */
	struct strings groups;  /* names of those made or joined by -a */
	int status;
};

static const char *why_not(const struct probe *probe, const char *path)
{
	if (probe->missing)
		return "no such folder";
	if (strcmp(path_base(path), ".git") == 0 && probe->kind != REPO_NONE)
		return "inside a repository; add the folder above it";
	if (probe->kind == REPO_BARE)
		return "a bare repository; add it with -b";
	if (probe->unreadable)
		return probe->reason;
	return "not a git repository";
}

static void find_one(struct adding *adding, const char *word)
{
	const char *path = path_absolute(adding->arena, word);
	struct probe probe;

	if (!discovery_probe(&probe, adding->invocation, path)) {
		adding->status = say_failed("add: '%s': " DISK_SILENT, path);
		return;
	}
	if (discovery_wants(&adding->rules, probe.kind) &&
	    strcmp(path_base(path), ".git") != 0)
		strings_add(adding->arena, &adding->found, path);
	else if (probe.kind == REPO_SUBMODULE)
		say("add: '%s' skipped: a submodule", path);
	else
		adding->status = say_failed("add: '%s': %s", path,
		                            why_not(&probe, path));
}

static void find_below(struct adding *adding, const char *word)
{
	const char *path = path_absolute(adding->arena, word);
	struct notes notes = {.arena = adding->arena};
	size_t before = adding->found.count;
	struct probe probe;
	struct error err;

	if (!disks_respond(adding->invocation, path)) {
		adding->status = say_failed("add: '%s': " DISK_SILENT, path);
		return;
	}
	if (!path_is_folder(path)) {
		if (errno == ENOENT || errno == ENOTDIR)
			error_set(&err, "add: '%s': no such folder", path);
		else
			error_errno(&err, errno, "add: '%s'", path);
		adding->status = say_failed("%s", err.text);
		return;
	}
	strings_add(adding->arena, &adding->roots, path);
	discover(&adding->found, adding->invocation, path, &adding->rules, &notes);
	say_notes(&notes);
	discovery_probe(&probe, adding->invocation, path);
	if (probe.kind != REPO_NONE && probe.kind != REPO_BARE && !adding->rules.nested)
		strings_add(adding->arena, &adding->stops, path);
	else if (adding->found.count == before)
		say("add: no repositories below '%s'", path);
}

/* `/home/me/src` below `/home/me` reads `me-src`: from the last part of `from` on. */
static char *folder_name(struct arena *arena, const char *folder, const char *from)
{
	size_t prefix = strlen(from) - strlen(path_base(from));
	char *name = arena_string(arena, folder + prefix);

	for (char *c = name; *c; c++)
		if (*c == '/')
			*c = '-';
	return naming_clean(arena, name);
}

/* NULL where every name up to the root of the disk is taken. */
static struct group *folder_group(struct registry *registry, const char *root,
                                  const char *folder)
{
	const char *from = root;
	struct error err;

	while (strcmp(from, "/") != 0) {
		const char *name = folder_name(registry->arena, folder, from);
		struct group *group = registry_group(registry, name);

		if (group && strcmp(group->path, folder) == 0)
			return group;
		if (!group && registry_group_name_free(registry, name, &err))
			return registry_add_group(registry, name, folder);
		from = path_parent(registry->arena, from);
	}
	return NULL;
}

/* From the root down, so that a group stands before those inside it. */
static void join_folders(struct adding *adding, const char *root, const char *folder,
                         const char *name)
{
	struct registry *registry = &adding->invocation->registry;
	struct strings folders = {0};

	for (; path_is_below(folder, root) && strcmp(folder, root) != 0;
	     folder = path_parent(registry->arena, folder))
		strings_add(registry->arena, &folders, folder);
	if (path_is_below(folder, root))
		strings_add(registry->arena, &folders, root);
	for (size_t i = folders.count; i > 0; i--) {
		struct group *group = folder_group(registry, root,
		                                   folders.items[i - 1]);

		if (!group)
			continue;
		registry_join_group(registry, group, name);
		if (!strings_have(&adding->groups, group->name))
			strings_add(adding->arena, &adding->groups, group->name);
	}
}

/*
 * For each folder from `root` down to a repo a group of the repos below it, with
 * that folder as its path: `src`, `src-project1`. Existing groups are joined, so
 * that it can be repeated; a name that is taken gets the parent folder as a
 * prefix.
 */
static void group_by_folder(struct adding *adding, const char *root)
{
	for (size_t i = 0; i < adding->members.count; i++)
		join_folders(adding, root,
		             path_parent(adding->arena, adding->at.items[i]),
		             adding->members.items[i]);
}

/* Splits what was found into fresh repos and those that are registered. */
static void sort_out(struct adding *adding)
{
	size_t count = adding->found.count;
	struct sighting *seen = arena_take(adding->arena, count * sizeof *seen);

	naming_known(seen, adding->invocation, &adding->found);
	for (size_t i = 0; i < count; i++) {
		if (seen[i].again)
			continue;
		if (!seen[i].repo) {
			strings_add(adding->arena, &adding->fresh, seen[i].path);
			continue;
		}
		strings_add(adding->arena, &adding->members, seen[i].repo->name);
		strings_add(adding->arena, &adding->at, seen[i].path);
		if (adding->roots.count == 0)
			say("add: '%s' is already registered as '%s'", seen[i].path,
			    seen[i].repo->name);
	}
}

/* Other kinds show in the folder itself. */
static const char *type_of(const struct adding *adding, const char *path)
{
	struct probe probe;

	if (!adding->rules.bare)
		return "";
	discovery_probe(&probe, adding->invocation, path);
	return probe.kind == REPO_BARE ? probe_kind_name(probe.kind) : "";
}

static void register_fresh(struct adding *adding)
{
	struct registry *registry = &adding->invocation->registry;
	const struct strings none = {0};

	naming_choose(&adding->names, adding->arena, registry, &adding->fresh, &none);
	for (size_t i = 0; i < adding->fresh.count; i++) {
		const char *name = adding->names.items[i],
			   *path = adding->fresh.items[i];

		registry_add_repo(registry, name, path, type_of(adding, path));
		strings_add(adding->arena, &adding->members, name);
		strings_add(adding->arena, &adding->at, path);
	}
}

/* Makes or finds the group of --group before a repo takes its name. */
static int find_group(struct adding *adding, struct group **out)
{
	struct registry *registry = &adding->invocation->registry;
	const char *name = args_value(&adding->invocation->args, "group");
	const char *path = args_value(&adding->invocation->args, "group-path");
	struct error err;

	*out = name ? registry_group(registry, name) : NULL;
	if (name && !*out) {
		if (!registry_group_name_free(registry, name, &err))
			return say_usage("add: %s", err.text);
		*out = registry_add_group(registry, name, "");
	}
	if (path)
		registry_set_group_path(registry, *out,
		                        path_absolute(adding->arena, path));
	return STATUS_OK;
}

static void join_groups(struct adding *adding, struct group *group)
{
	struct registry *registry = &adding->invocation->registry;

	for (size_t i = 0; group && i < adding->members.count; i++)
		registry_join_group(registry, group, adding->members.items[i]);
	if (args_has(&adding->invocation->args, "auto-group"))
		for (size_t i = 0; i < adding->roots.count; i++)
			group_by_folder(adding, adding->roots.items[i]);
}

/* What a person would otherwise count in the list above. */
static void show_counts(const struct adding *adding, bool dry)
{
	enum { NAMED = 12 };
	size_t fresh = adding->fresh.count, known = adding->members.count - fresh;
	size_t named = adding->groups.count < NAMED ? adding->groups.count : NAMED;
	BUF line = {0};

	if (fresh > 1 || (fresh == 1 && known > 0 && adding->roots.count > 0)) {
		buf_addf(&line, "%zu %s %s", fresh, fresh == 1 ? "repo" : "repos",
		         dry ? "would be added" : "added");
		if (known > 0)
			buf_addf(&line, ", %zu already registered", known);
		say("add: %s", buf_text(&line));
	}
	buf_clear(&line);
	for (size_t i = 0; i < named; i++)
		buf_addf(&line, " %s", adding->groups.items[i]);
	if (named < adding->groups.count)
		buf_addf(&line, " and %zu more", adding->groups.count - named);
	if (named > 0)
		say("add: in the groups%s", buf_text(&line));
}

static void show_fresh(const struct adding *adding)
{
	for (size_t i = 0; i < adding->fresh.count; i++)
		out_format("%s %s\n",
		           text_escape(adding->arena, adding->names.items[i]),
		           text_escape(adding->arena, adding->fresh.items[i]));
	if (adding->fresh.count == 0 && adding->roots.count > 0)
		say("add: no new repos");
}

/* So that `repair` recognises them wherever they are moved. */
static void remember_fresh(struct adding *adding)
{
	size_t count = adding->fresh.count;
	struct repo **repos = arena_take(adding->arena, count * sizeof(struct repo *));

	for (size_t i = 0; i < count; i++)
		repos[i] = registry_repo(&adding->invocation->registry,
		                         adding->names.items[i]);
	if (count)
		sightings_update(adding->invocation, repos, count, true);
}

/* Registers what was found and puts it into its groups, or with --dry-run shows
 * what would be registered. */
static int add_found(struct adding *adding)
{
	struct invocation *invocation = adding->invocation;
	bool dry = args_has(&invocation->args, "dry-run");
	int status = dry ? invocation_registry(invocation)
	                 : invocation_change(invocation);
	struct group *group;

	if (status != STATUS_OK)
		return status;
	status = find_group(adding, &group);
	if (status == STATUS_OK) {
		sort_out(adding);
		register_fresh(adding);
		join_groups(adding, group);
		if (!dry)
			status = invocation_commit(invocation);
	}
	registry_end(&invocation->registry);
	if (status != STATUS_OK)
		return status;
	show_fresh(adding);
	show_counts(adding, dry);
	if (!dry)
		remember_fresh(adding);
	return adding->status;
}

/* One line, however many paths a glob of the shell stands for. */
static void show_stops(const struct adding *adding)
{
	const struct strings *stops = &adding->stops;

	if (stops->count == 1)
		say("add: '%s' is a repository itself; --nested searches below it",
		    stops->items[0]);
	else if (stops->count > 1)
		say("add: %zu of the paths are repositories themselves; --nested "
		    "searches below them",
		    stops->count);
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
	                  .nested = args_has(args, "nested"),
	                  .skip_submodules = args_has(args, "skip-submodule")},
	};

	if (!below && (args_has(args, "depth") || args_has(args, "exclude") ||
	               args_has(args, "nested")))
		return say_usage(
			"add: --depth, --exclude and --nested require -r or -a");
	if (args_has(args, "group-path") && !args_has(args, "group"))
		return say_usage("add: --group-path requires --group");
	if (strings_have(&args->operands, ""))
		return say_usage("add: empty path");
	args_values(&exclude, invocation->arena, args, "exclude");
	for (size_t i = 0; i < args->operands.count; i++) {
		if (below)
			find_below(&adding, args->operands.items[i]);
		else
			find_one(&adding, args->operands.items[i]);
	}
	show_stops(&adding);
	return adding.found.count > 0 ? add_found(&adding) : adding.status;
}

static const struct option_row options[] = {
	{.letter = 'n', .name = "dry-run", .help = "show what would be added"},
	{.letter = 'r', .name = "recursive", .help = "find repositories below PATH"},
	{.letter = 'a',
         .name = "auto-group",
         .help = "like -r, and make a group for each folder"},
	{.letter = 'b', .name = "bare", .help = "include bare repositories"},
	{.letter = 's', .name = "skip-submodule", .help = "skip submodules"},
	{.letter = 'g',
         .name = "group",
         .kind = KIND_GROUP,
         .value = "GROUP",
         .help = "add them to this group"},
	{.name = "group-path",
         .kind = KIND_FOLDER,
         .value = "DIR",
         .help = "the group's folder"},
	{.name = "depth",
         .kind = KIND_NUMBER,
         .value = "N",
         .help = "descend at most N folders"},
	{.name = "exclude",
         .kind = KIND_GLOB,
         .value = "GLOB",
         .help = "skip folders that match GLOB",
         .repeats = true},
	{.name = "nested", .help = "search below repositories as well"},
	{0},
};

static const struct operand_row operands[] = {
	{.kind = KIND_FOLDER, .name = "PATH", .required = true, .repeats = true},
	{0},
};

static const char *const examples[] = {
	"gita add .",
	"the current repository",
	"gita add -r ~/src",
	"all repositories below ~/src",
	"gita add -a ~/src",
	"the same, grouped by folder",
	NULL,
};

const struct command command_add = {
	.name = "add",
	.synonyms = "init register track",
	.summary = "register repositories",
	.about = "A path that is already registered is not added again. A search\n"
		 "stops at each repository that has a work tree, follows no\n"
		 "symbolic links and skips what a .gitaignore names.",
	.options = options,
	.operands = operands,
	.examples = examples,
	.run = add_run,
};
