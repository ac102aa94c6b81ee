/* What `add` found is registered, under the lock; see add_work.h. */
#include "add_work.h"
#include "auto_group.h"
#include "base/arena.h"
#include "base/path.h"
#include "base/text.h"
#include "cli/out.h"
#include "cli/remember.h"
#include "naming.h"
#include "recognise.h"

/* Splits what was found into fresh ones and members that are there already. */
static void sort_out(struct adding *adding)
{
	size_t count = adding->found.count;
	struct sighting *seen = arena_take(adding->arena, count * sizeof *seen);

	recognise(seen, adding->arena, &adding->invocation->registry, &adding->found);
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
			say("add: '%s' is registered already, as '%s'", seen[i].path,
			    seen[i].repo->name);
	}
}

static void register_fresh(struct adding *adding)
{
	struct registry *registry = &adding->invocation->registry;
	const struct strings none = {0};

	naming_choose(&adding->names, adding->arena, registry, &adding->fresh, &none);
	for (size_t i = 0; i < adding->fresh.count; i++) {
		const char *name = adding->names.items[i],
			   *path = adding->fresh.items[i];

		registry_add_repo(registry, name, path, "");
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
			group_by_folder(registry, adding->roots.items[i],
			                &adding->members, &adding->at);
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

int add_found(struct adding *adding)
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
	if (!dry)
		remember_fresh(adding);
	return adding->status;
}
