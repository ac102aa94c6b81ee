#include "clone_plan.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/path.h"
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

/*
 * Whether git would reach the URL by https, http, ssh, git or file: every other
 * transport runs a program that the URL names (gitremote-helpers(7)).
 */
static bool url_is_plain(const char *url)
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
};

bool clone_is_below(struct arena *arena, const char *path, const char *folder)
{
	return strcmp(path, folder) != 0 && path_is_below(path, folder) &&
	       path_is_below(path_real(arena, path), path_real(arena, folder));
}

static const char *target_path(const struct planning *planning,
                               const struct frozen_repo *repo)
{
	const char *path = repo->path;

	if (!planning->keep_paths && *path == '/')
		path = repo->name + strspn(repo->name, "/");
	return path_absolute(planning->arena,
	                     path_join(planning->arena, planning->folder, path));
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
		return "its path is outside the target folder; -p allows that";
	if (path_is_inside_git(path))
		return "its path is inside a git folder";
	if (!there && !*repo->url)
		return "it has no URL";
	if (!there && !url_is_plain(repo->url))
		return "its URL does not use https, http, ssh, git or file";
	return why_duplicate(planning->plan, repo, path);
}

static const char *usable_branch(const struct frozen_repo *repo)
{
	if (!*repo->branch || branch_is_name(repo->branch))
		return repo->branch;
	say_warning(
		"clone: '%s' stays on the default branch of its remote: '%s' is not "
		"a valid branch name",
		repo->name, repo->branch);
	return "";
}

static void read_row(const struct planning *planning, const struct frozen_repo *repo)
{
	const char *path = target_path(planning, repo), *why;
	struct probe probe;
	bool there;

	probe_path(&probe, planning->arena, path);
	there = probe.kind != REPO_NONE;
	why = why_not(planning, repo, path, there);
	if (why) {
		say("clone: '%s' skipped: %s (%s:%u)", repo->name, why, planning->file,
		    repo->line);
		planning->plan->refused++;
		return;
	}
	*ARENA_PUSH(planning->arena, planning->plan) = (struct clone_item){
		.repo = repo,
		.name = repo->name,
		.path = path,
		.branch = usable_branch(repo),
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
	naming_known(seen, planning->arena, &planning->invocation->registry, &paths);
	for (size_t i = 0; i < plan->count; i++) {
		plan->items[i].registered = seen[i].repo != NULL;
		if (seen[i].repo)
			plan->items[i].name = seen[i].repo->name;
	}
}

/* Names are kept; one that means another repo here is replaced. */
static void choose_names(const struct planning *planning)
{
	const struct registry *registry = &planning->invocation->registry;
	struct clone_plan *plan = planning->plan;
	struct strings paths = {0}, names = {0}, taken = {0};
	size_t next = 0;
	struct error err;

	for (size_t i = 0; i < plan->count; i++) {
		struct clone_item *item = &plan->items[i];

		if (!item->registered &&
		    !registry_name_free(registry, item->name, &err)) {
			strings_add(planning->arena, &paths, item->path);
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
		item->name = names.items[next++];
		say("clone: '%s' is registered as '%s': its own name is taken",
		    item->repo->name, item->name);
	}
}

/* A clone into the folder of another one has to wait for that. */
static void measure_depths(struct clone_plan *plan)
{
	for (size_t i = 0; i < plan->count; i++)
		for (size_t k = 0; k < plan->count; k++)
			if (k != i && !plan->items[k].there &&
			    path_is_below(plan->items[i].path, plan->items[k].path))
				plan->items[i].depth++;
}

int clone_plan_read(struct clone_plan *out, struct invocation *invocation,
                    const char *file, const char *folder, bool keep_paths)
{
	struct planning planning = {
		.plan = out,
		.invocation = invocation,
		.arena = invocation->arena,
		.file = file,
		.folder = folder,
		.keep_paths = keep_paths,
	};
	struct error err;

	if (!frozen_read(&out->frozen, planning.arena, file, &err))
		return say_failed("clone: %s", err.text);
	for (size_t i = 0; i < out->frozen.repos.count; i++)
		read_row(&planning, &out->frozen.repos.items[i]);
	find_registered(&planning);
	choose_names(&planning);
	measure_depths(out);
	return STATUS_OK;
}
