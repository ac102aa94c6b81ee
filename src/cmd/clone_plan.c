#include "clone_plan.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/path.h"
#include "cli/disks.h"
#include "cli/out.h"
#include "git/probe.h"
#include "naming.h"

/* Removes the suffix `end`, and the slashes before it. */
static size_t without(const char *text, size_t length, const char *end)
{
	size_t less = strlen(end);

	if (length > less && strncmp(text + length - less, end, less) == 0)
		length -= less;
	while (length > 0 && text[length - 1] == '/')
		length--;
	return length;
}

char *clone_folder_name(struct arena *arena, const char *url)
{
	size_t end = without(url, strlen(url), ""), start;

	end = without(url, end, "/.git");
	end = without(url, end, ".git");
	start = end;
	while (start > 0 && url[start - 1] != '/' && url[start - 1] != ':')
		start--;
	return arena_bytes(arena, url + start, end - start);
}

bool clone_url_is_plain(const char *url)
{
	static const char *const schemes[] = {"https", "http", "ssh", "git", "file"};
	size_t length = 0;

	while (isalnum((unsigned char)url[length]) ||
	       (length && url[length] && strchr("+.-", url[length])))
		length++;
	if (url[0] == '-' || strncmp(url + length, "::", 2) == 0)
		return false;
	if (strncmp(url + length, "://", 3) != 0)
		return true; /* host:path, or a path */
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
		if (strlen(schemes[i]) == length &&
		    strncmp(url, schemes[i], length) == 0)
			return true;
	return false;
}

/* Whether git takes it for the name of a branch, tag or commit, and for nothing
 * more (git-check-ref-format(1), gitrevisions(7)). */
static bool branch_is_name(const char *branch)
{
	if (!*branch || *branch == '-' || strstr(branch, "..") || strstr(branch, "@{"))
		return false;
	for (; *branch; branch++)
		if ((unsigned char)*branch <= ' ' || *branch == 0x7f ||
		    strchr("~^:?*[\\", *branch))
			return false;
	return true;
}

/* Whether the path leads into a git folder, where hooks are. Upper and lower case are
 * the same on some disks. */
static bool path_is_inside_git(const char *path)
{
	while (*path) {
		size_t length = strcspn(path, "/");

		if (length == 4 && strncasecmp(path, ".git", 4) == 0)
			return true;
		path += length + (path[length] == '/');
	}
	return false;
}

/* The planning of one list. */
struct planning {
	struct clone_plan *plan;
	struct invocation *invocation;
	struct arena *arena;
	const char *file;
	const char *folder;
	bool keep_paths;
	struct remarks *refusals, *warnings;
	/* One a row of the list: its path made absolute, and the row that it belongs
	 * to as worktree or submodule, or NULL. */
	const char **places;
	const struct frozen_repo **parents;
};

static const char worktree[] = "worktree", submodule[] = "submodule";
static const char no_url[] = "no URL";

bool clone_is_worktree(const struct clone_item *item)
{
	return item->base && strcmp(item->repo->type, worktree) == 0;
}

bool clone_is_submodule(const struct clone_item *item)
{
	return item->base && strcmp(item->repo->type, submodule) == 0;
}

bool clone_is_below(struct arena *arena, const char *path, const char *folder)
{
	return strcmp(path, folder) != 0 && path_is_below(path, folder) &&
	       path_is_below(path_real(arena, path), path_real(arena, folder));
}

static size_t index_of(const struct planning *planning, const struct frozen_repo *repo)
{
	return (size_t)(repo - planning->plan->frozen.repos.items);
}

static const char *place_of(const struct planning *planning,
                            const struct frozen_repo *repo)
{
	return planning->places[index_of(planning, repo)];
}

/*
 * The row of a worktree's main repository: the one that the row names, or, as lists
 * of the past do not say, the only one with the same URL.
 */
static const struct frozen_repo *find_main(const struct planning *planning,
                                           const struct frozen_repo *repo)
{
	const struct frozen *frozen = &planning->plan->frozen;
	const struct frozen_repo *found = NULL;

	for (size_t i = 0; i < frozen->repos.count; i++) {
		const struct frozen_repo *other = &frozen->repos.items[i];

		if (strcmp(other->type, worktree) == 0)
			continue;
		if (*repo->parent ? strcmp(other->name, repo->parent) == 0
		                  : *repo->url && strcmp(other->url, repo->url) == 0 &&
		                            strcmp(other->type, submodule) != 0) {
			if (found)
				return NULL;
			found = other;
		}
	}
	return found;
}

/* The row of a submodule's superproject: the deepest one above it. */
static const struct frozen_repo *find_superproject(const struct planning *planning,
                                                   const struct frozen_repo *repo)
{
	const struct frozen *frozen = &planning->plan->frozen;
	const struct frozen_repo *found = NULL;
	const char *place = place_of(planning, repo);

	for (size_t i = 0; i < frozen->repos.count; i++) {
		const struct frozen_repo *other = &frozen->repos.items[i];
		const char *above = planning->places[i];

		if (strcmp(above, place) == 0 || !path_is_below(place, above) ||
		    (*repo->parent && strcmp(other->name, repo->parent) != 0))
			continue;
		if (!found || strlen(above) > strlen(place_of(planning, found)))
			found = other;
	}
	return found;
}

static void find_parents(struct planning *planning)
{
	const struct frozen *frozen = &planning->plan->frozen;
	size_t count = frozen->repos.count;

	planning->places = arena_take(planning->arena, count * sizeof(char *));
	planning->parents = arena_take(planning->arena,
	                               count * sizeof(struct frozen_repo *));
	for (size_t i = 0; i < count; i++)
		planning->places[i] = path_absolute(
			planning->arena, path_join(planning->arena, planning->folder,
		                                   frozen->repos.items[i].path));
	for (size_t i = 0; i < count; i++) {
		const struct frozen_repo *repo = &frozen->repos.items[i];

		if (strcmp(repo->type, worktree) == 0)
			planning->parents[i] = find_main(planning, repo);
		if (strcmp(repo->type, submodule) == 0)
			planning->parents[i] = find_superproject(planning, repo);
	}
}

/* Below the folder by name, where the path says nothing or is another machine's. */
static const char *own_path(const struct planning *planning,
                            const struct frozen_repo *repo)
{
	const char *place = place_of(planning, repo);

	if (strcmp(place, planning->folder) != 0 &&
	    (planning->keep_paths || *repo->path != '/'))
		return place;
	return path_absolute(planning->arena,
	                     path_join(planning->arena, planning->folder,
	                               repo->name + strspn(repo->name, "/")));
}

/* A submodule moves with the outermost superproject. */
static const char *target_path(const struct planning *planning,
                               const struct frozen_repo *repo)
{
	const struct frozen_repo *outer = repo;
	const char *path;

	while (strcmp(outer->type, submodule) == 0 &&
	       planning->parents[index_of(planning, outer)])
		outer = planning->parents[index_of(planning, outer)];
	path = own_path(planning, outer);
	if (outer == repo)
		return path;
	return path_join(planning->arena, path,
	                 path_relative(planning->arena, place_of(planning, repo),
	                               place_of(planning, outer)));
}

/* Of two rows with the same name or path the first counts. */
static const char *why_duplicate(const struct clone_plan *plan,
                                 const struct frozen_repo *repo, const char *path)
{
	for (size_t i = 0; i < plan->count; i++) {
		if (strcmp(plan->items[i].repo->name, repo->name) == 0)
			return "duplicate name";
		if (strcmp(plan->items[i].path, path) == 0)
			return "duplicate path";
	}
	return NULL;
}

static const char *why_not(const struct planning *planning,
                           const struct frozen_repo *repo, const char *path, bool there)
{
	if (!planning->keep_paths &&
	    !clone_is_below(planning->arena, path, planning->folder))
		return "path outside the target folder; -p allows that";
	if (path_is_inside_git(path))
		return "path inside a git folder";
	if (!there && !*repo->url && !planning->parents[index_of(planning, repo)])
		return no_url;
	if (!there && *repo->url && !clone_url_is_plain(repo->url))
		return CLONE_NOT_PLAIN;
	return why_duplicate(planning->plan, repo, path);
}

static const char *usable_branch(const struct planning *planning,
                                 const struct frozen_repo *repo)
{
	if (!*repo->branch || branch_is_name(repo->branch))
		return repo->branch;
	remarks_add(
		planning->warnings,
		arena_format(planning->arena, "'%s' ('%s')", repo->name, repo->branch),
		"on the default branch of the remote: not a valid branch name",
		repo->line);
	return "";
}

static void refuse_row(const struct planning *planning, const char *about,
                       unsigned line, const char *why)
{
	remarks_add(planning->refusals, about,
	            arena_format(planning->arena, "skipped: %s", why), line);
	planning->plan->refused++;
}

static void refuse(const struct planning *planning, const struct frozen_repo *repo,
                   const char *why)
{
	refuse_row(planning, arena_format(planning->arena, "'%s'", repo->name),
	           repo->line, why);
}

static void read_row(const struct planning *planning, const struct frozen_repo *repo)
{
	const char *path = target_path(planning, repo), *why;
	struct probe probe;
	bool there;

	if (!disks_respond(planning->invocation, path)) {
		refuse(planning, repo, DISK_SILENT);
		return;
	}
	probe_path(&probe, planning->arena, path);
	there = probe.kind != REPO_NONE;
	why = probe.unreadable ? probe.reason : why_not(planning, repo, path, there);
	if (why) {
		refuse(planning, repo, why);
		return;
	}
	*ARENA_PUSH(planning->arena, planning->plan) = (struct clone_item){
		.repo = repo,
		.name = repo->name,
		.path = path,
		.branch = usable_branch(planning, repo),
		.there = there,
	};
}

/* What is registered already, also by a path with other links in it. */
static void find_registered(const struct planning *planning)
{
	struct clone_plan *plan = planning->plan;
	struct sighting *seen = arena_take(planning->arena, plan->count * sizeof *seen);
	struct strings paths = {0};

	for (size_t i = 0; i < plan->count; i++)
		strings_add(planning->arena, &paths, plan->items[i].path);
	naming_known(seen, planning->invocation, &paths);
	for (size_t i = 0; i < plan->count; i++) {
		plan->items[i].registered = seen[i].repo != NULL;
		if (seen[i].repo)
			plan->items[i].name = seen[i].repo->name;
	}
}

static void find_by_name(const struct planning *planning)
{
	struct clone_plan *plan = planning->plan;

	for (size_t i = 0; i < plan->count; i++) {
		struct clone_item *item = &plan->items[i];
		const struct repo *repo = registry_repo(&planning->invocation->registry,
		                                        item->repo->name);
		struct probe probe;

		if (item->there || item->registered || !repo ||
		    !disks_respond(planning->invocation, repo->path))
			continue;
		probe_path(&probe, planning->arena, repo->path);
		item->path = repo->path;
		item->there = probe.kind != REPO_NONE || probe.unreadable;
		item->registered = true;
		if (probe.unreadable)
			refuse(planning, item->repo, probe.reason);
	}
}

/* Names are kept; one that means another repo here is replaced. */
static void choose_names(const struct planning *planning)
{
	const struct registry *registry = &planning->invocation->registry;
	struct clone_plan *plan = planning->plan;
	struct strings paths = {0}, names = {0}, taken = {0}, reasons = {0};
	size_t next = 0;
	struct error err;

	for (size_t i = 0; i < plan->count; i++) {
		struct clone_item *item = &plan->items[i];

		if (!item->registered &&
		    !registry_name_free(registry, item->name, &err)) {
			strings_add(planning->arena, &paths, item->path);
			strings_add(planning->arena, &reasons,
			            arena_string(planning->arena, err.text));
			item->name = NULL;
		} else {
			strings_add(planning->arena, &taken, item->name);
		}
	}
	naming_choose(&names, planning->arena, registry, &paths, &taken);
	for (size_t i = 0; i < plan->count; i++) {
		struct clone_item *item = &plan->items[i];

		if (item->name)
			continue;
		item->name = names.items[next];
		say("%s: %s; registered as '%s'", planning->invocation->command->name,
		    reasons.items[next++], item->name);
	}
}

static struct clone_item *find_item(const struct clone_plan *plan,
                                    const struct frozen_repo *repo)
{
	for (size_t i = 0; repo && i < plan->count; i++)
		if (plan->items[i].repo == repo)
			return &plan->items[i];
	return NULL;
}

/* Takes out what has neither a URL nor anything to be made from, until nothing
 * depends on what was taken out. */
static void drop_orphans(const struct planning *planning)
{
	struct clone_plan *plan = planning->plan;
	size_t before;

	do {
		size_t kept = 0;

		before = plan->count;
		for (size_t i = 0; i < before; i++) {
			const struct clone_item *item = &plan->items[i];
			size_t index = index_of(planning, item->repo);

			if (item->there || *item->repo->url ||
			    find_item(plan, planning->parents[index]))
				plan->items[kept++] = *item;
			else
				refuse(planning, item->repo, no_url);
		}
		plan->count = kept;
	} while (plan->count < before);
}

static void find_bases(const struct planning *planning)
{
	struct clone_plan *plan = planning->plan;

	for (size_t i = 0; i < plan->count; i++) {
		struct clone_item *item = &plan->items[i];
		bool linked = strcmp(item->repo->type, worktree) == 0;

		item->base = find_item(
			plan, planning->parents[index_of(planning, item->repo)]);
		if (item->there || item->base ||
		    (!linked && strcmp(item->repo->type, submodule) != 0))
			continue;
		remarks_add(planning->warnings,
		            arena_format(planning->arena, "'%s'", item->repo->name),
		            linked ? "cloned: the main repository is not in the list"
		                   : "cloned: the superproject is not in the list",
		            item->repo->line);
	}
}

/* What must be there before something else can be made. */
struct clone_order {
	struct {
		struct clone_step {
			const struct clone_item *before;
			struct clone_item *after;
		} * items;
		size_t count, room;
	} steps;
};

static void add_step(struct clone_order *order, struct arena *arena,
                     const struct clone_item *before, struct clone_item *after)
{
	if (!before->there)
		*ARENA_PUSH(arena, &order->steps) = (struct clone_step){before, after};
}

/* A clone into the folder of another one has to wait for that, a worktree or
 * submodule for what it is made from, and for the previous one made from that. */
static void add_steps(struct clone_order *order, const struct planning *planning,
                      struct clone_item *item)
{
	struct clone_plan *plan = planning->plan;
	const struct clone_item *previous = NULL;

	for (size_t i = 0; i < plan->count; i++) {
		const struct clone_item *other = &plan->items[i];

		if (other == item)
			continue;
		if (path_is_below(item->path, other->path) || other == item->base)
			add_step(order, planning->arena, other, item);
		if (other < item && item->base && other->base == item->base)
			previous = other;
	}
	if (previous)
		add_step(order, planning->arena, previous, item);
}

/* False where the steps go round in a circle. */
static bool measure_waves(const struct planning *planning)
{
	struct clone_plan *plan = planning->plan;
	struct clone_order order = {0};
	bool changed = true;

	for (size_t i = 0; i < plan->count; i++) {
		plan->items[i].wave = 0;
		if (!plan->items[i].there)
			add_steps(&order, planning, &plan->items[i]);
	}
	for (size_t pass = 0; changed && pass <= plan->count; pass++) {
		changed = false;
		for (size_t i = 0; i < order.steps.count; i++) {
			const struct clone_step *step = &order.steps.items[i];

			if (step->after->wave > step->before->wave)
				continue;
			step->after->wave = step->before->wave + 1;
			changed = true;
		}
	}
	return !changed;
}

/* A superproject is above its submodules, so that only worktrees can make a
 * circle: then they are cloned. */
static void order_items(const struct planning *planning)
{
	struct clone_plan *plan = planning->plan;

	if (measure_waves(planning))
		return;
	for (size_t i = 0; i < plan->count; i++)
		if (clone_is_worktree(&plan->items[i]))
			plan->items[i].base = NULL;
	measure_waves(planning);
}

static void refuse_errors(const struct planning *planning)
{
	const struct frozen *frozen = &planning->plan->frozen;

	for (size_t i = 0; i < frozen->errors.count; i++)
		refuse_row(planning, NULL, frozen->errors.items[i].line,
		           frozen->errors.items[i].why);
}

struct remarks clone_remarks(const struct invocation *invocation, const char *file,
                             void (*how)(const char *format, ...))
{
	return (struct remarks){.arena = invocation->arena,
	                        .title = invocation->command->name,
	                        .file = file,
	                        .say = how};
}

int clone_plan_read(struct clone_plan *out, struct invocation *invocation,
                    const char *file, const struct clone_plan_rules *rules)
{
	struct remarks refusals = clone_remarks(invocation, file, say);
	struct remarks warnings = clone_remarks(invocation, file, say_warning);
	struct planning planning = {
		.plan = out,
		.invocation = invocation,
		.arena = invocation->arena,
		.file = file,
		.folder = rules->folder,
		.keep_paths = rules->keep_paths,
		.refusals = &refusals,
		.warnings = &warnings,
	};
	struct error err;

	if (!frozen_read(&out->frozen, planning.arena, file, &err))
		return say_failed("%s: %s", invocation->command->name, err.text);
	refuse_errors(&planning);
	find_parents(&planning);
	for (size_t i = 0; i < out->frozen.repos.count; i++)
		read_row(&planning, &out->frozen.repos.items[i]);
	drop_orphans(&planning);
	find_registered(&planning);
	if (rules->by_name)
		find_by_name(&planning);
	choose_names(&planning);
	find_bases(&planning);
	order_items(&planning);
	remarks_say(&refusals);
	remarks_say(&warnings);
	return STATUS_OK;
}
