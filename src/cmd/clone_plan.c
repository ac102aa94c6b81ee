#include "clone_plan.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "cli/out.h"
#include "git/probe.h"
#include "naming.h"

char *clone_folder_name(struct arena *arena, const char *url)
{
	size_t end = strlen(url), start;

	while (end > 0 && url[end - 1] == '/')
		end--;
	if (end > 5 && strncmp(url + end - 5, "/.git", 5) == 0)
		end -= 5;
	while (end > 0 && url[end - 1] == '/')
		end--;
	if (end > 4 && strncmp(url + end - 4, ".git", 4) == 0)
		end -= 4;
	start = end;
	while (start > 0 && url[start - 1] != '/' && url[start - 1] != ':')
		start--;
	return arena_bytes(arena, url + start, end - start);
}

/* https, http, ssh, git and file only: every other transport of git runs a program
 * that the list would name. */
static bool is_plain_url(const char *url)
{
	static const char *const schemes[] = {"https", "http", "ssh", "git", "file"};
	size_t length = 0;

	if (url[0] == '-' || strstr(url, "::"))
		return false;
	while (isalnum((unsigned char)url[length]) ||
	       (length && strchr("+.-", url[length]) && url[length]))
		length++;
	if (strncmp(url + length, "://", 3) != 0)
		return true; /* host:path or a path */
	for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
		if (strlen(schemes[i]) == length &&
		    strncmp(url, schemes[i], length) == 0)
			return true;
	return false;
}

static const char *target_path(struct arena *arena, const struct frozen_repo *repo,
                               const char *folder, bool keep_paths)
{
	if (keep_paths || repo->path[0] != '/')
		return path_absolute(arena, path_join(arena, folder, repo->path));
	return path_absolute(
		arena, path_join(arena, folder, repo->name + strspn(repo->name, "/")));
}

static const char *why_not(const struct frozen_repo *repo, const char *path,
                           const char *folder, bool keep_paths)
{
	if (!keep_paths && (!path_is_below(path, folder) || strcmp(path, folder) == 0))
		return "its path leaves the target folder; -p allows that";
	if (!*repo->url)
		return "it has no URL to clone from";
	if (!is_plain_url(repo->url))
		return "its URL is not one of https, http, ssh, git or file";
	if (repo->branch[0] == '-')
		return "its branch is no name of a branch";
	return NULL;
}

/* Names stay where they can; a name that means another repo here is chosen anew. */
static void name_items(struct clone_plan *plan, struct invocation *invocation)
{
	struct registry *registry = &invocation->registry;

	for (size_t i = 0; i < plan->count; i++) {
		struct clone_item *item = &plan->items[i];
		const struct repo *same = registry_repo_at(registry, item->path);
		const struct repo *taken = registry_repo(registry, item->repo->name);
		struct strings paths = {0}, names = {0};
		struct error err;

		item->name = item->repo->name;
		if (same)
			item->name = same->name;
		else if (taken || !registry_name_free(registry, item->name, &err)) {
			strings_add(invocation->arena, &paths, item->path);
			naming_choose(&names, invocation->arena, registry, &paths);
			item->name = names.items[0];
		}
	}
}

int clone_plan_read(struct clone_plan *out, struct invocation *invocation,
                    const char *file, const char *folder, bool keep_paths)
{
	struct arena *arena = invocation->arena;
	struct error err;

	if (!frozen_read(&out->frozen, arena, file, &err))
		return say_failed("clone: %s", err.text);
	for (size_t i = 0; i < out->frozen.repos.count; i++) {
		const struct frozen_repo *repo = &out->frozen.repos.items[i];
		const char *path = target_path(arena, repo, folder, keep_paths);
		const char *why = why_not(repo, path, folder, keep_paths);
		struct probe probe;

		probe_path(&probe, arena, path);
		if (why && !(probe.kind != REPO_NONE && !*repo->url)) {
			say("clone: '%s' is left out: %s (%s:%u)", repo->name, why,
			    file, repo->line);
			out->refused++;
			continue;
		}
		*ARENA_PUSH(arena, out) = (struct clone_item){
			.repo = repo,
			.path = path,
			.there = probe.kind != REPO_NONE,
		};
	}
	name_items(out, invocation);
	return STATUS_OK;
}
