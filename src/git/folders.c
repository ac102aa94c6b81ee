#include "git/folders.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/path.h"
#include "config.h"
#include "git/probe.h"
#include "worktree/listing.h"
#include "worktree/rules.h"

struct folders {
	struct arena *arena;
	struct strings *out;
	size_t most;
	bool full; /* there are more than `most` */
};

static void add_folder(struct folders *folders, const char *path)
{
	folders->full |= folders->out->count >= folders->most;
	if (!folders->full)
		strings_add(folders->arena, folders->out, path);
}

/* A tree of folders while it is walked, depth first. */
struct folder_walk {
	struct folders *folders;
	const char *path;    /* of the root */
	int root;            /* the same, open */
	bool git;            /* a folder with a .git is a repository of its own */
	struct rules *rules; /* what is ignored is left out; NULL: nothing is */
	struct {
		struct folder_item {
			const char *path; /* from the root, with a slash; "": itself */
			size_t level;     /* how many folders are above it */
		} * items;
		size_t count, room;
	} waiting;
	struct buf names;
};

static void push_folder(struct folder_walk *walk, const char *path, size_t level)
{
	*ARENA_PUSH(walk->folders->arena, &walk->waiting) = (struct folder_item){path,
	                                                                         level};
}

/* Whether the index has something in the folder, ignored or not. */
static bool is_tracked(const struct index_file *index, const char *path)
{
	size_t length = strlen(path);
	size_t at = index_seek(index, 0, index->count, 0, path, length);

	return at < index->count &&
	       strncmp(index_path(index->entries[at]), path, length) == 0;
}

/* `path` ends with a slash. */
static bool is_left_out(struct folder_walk *walk, const char *path)
{
	struct rules *rules = walk->rules;

	return rules && rules_ignore(rules, path, strlen(path) - 1, true) &&
	       !is_tracked(&rules->comparison->index, path);
}

static void push_children(struct folder_walk *walk, const struct listing *listing,
                          const struct folder_item *folder)
{
	struct listing_name name;
	size_t at = 0;

	while (listing_next(&name, listing, &at)) {
		char *path;

		if (name.type != LISTING_FOLDER)
			continue;
		path = arena_format(walk->folders->arena, "%s%s/", folder->path,
		                    name.text);
		if (!is_left_out(walk, path))
			push_folder(walk, path, folder->level + 1);
	}
}

/* Of a submodule its commit counts, and what is in its index. */
static void add_inner_repository(struct folders *folders, const char *path)
{
	struct probe probe;

	probe_path(&probe, folders->arena, path);
	if (probe.kind != REPO_NONE && probe.git_folder)
		add_folder(folders, probe.git_folder);
}

static int open_below(const struct folder_walk *walk, const char *path)
{
	return openat(walk->root, *path ? path : ".",
	              O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

static void walk_folder(struct folder_walk *walk, struct folder_item folder)
{
	struct folders *folders = walk->folders;
	size_t length = strlen(folder.path);
	int descriptor = open_below(walk, folder.path);
	struct listing listing;
	char *path;

	if (descriptor < 0)
		return;
	path = length ? arena_format(folders->arena, "%s/%.*s", walk->path,
	                             (int)length - 1, folder.path)
	              : arena_string(folders->arena, walk->path);
	add_folder(folders, path);
	if (listing_read(&listing, &walk->names, descriptor)) {
		if (walk->git && length && listing.repo)
			add_inner_repository(folders, path);
		if (walk->rules) {
			while (walk->rules->count > folder.level)
				rules_leave(walk->rules);
			rules_enter(walk->rules, length);
		}
		push_children(walk, &listing, &folder);
	}
	close(descriptor);
}

static void add_tree(struct folders *folders, const char *path, bool git,
                     struct rules *rules)
{
	struct folder_walk walk = {
		.folders = folders,
		.path = path,
		.root = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC),
		.git = git,
		.rules = rules,
	};

	if (walk.root < 0)
		return;
	push_folder(&walk, "", 0);
	while (walk.waiting.count && !folders->full)
		walk_folder(&walk, walk.waiting.items[--walk.waiting.count]);
	buf_drop(&walk.names);
	close(walk.root);
}

/* HEAD, the index, references, operations in progress, and the log of the stash. */
static void add_git_folder(struct folders *folders, const char *git_folder)
{
	static const char *const single[] = {"info", "logs/refs", "reftable"};

	add_folder(folders, git_folder);
	add_tree(folders, path_join(folders->arena, git_folder, "refs"), false, NULL);
	for (size_t i = 0; i < sizeof single / sizeof *single; i++) {
		const char *path = path_join(folders->arena, git_folder, single[i]);

		if (path_is_folder(path))
			add_folder(folders, path);
	}
}

/* With the rules of the repository, where they can be known. */
static void add_work_tree(struct folders *folders, const char *path,
                          const struct probe *probe)
{
	const struct config_place place = {probe->git_folder, probe->branch};
	struct config config = {0};
	struct config_format format = {0};
	const struct worktree_question question = {
		.config = &config,
		.path = path,
		.git_folder = probe->git_folder,
		.common_folder = probe->common_folder,
	};
	struct comparison comparison;
	struct rules rules = {.comparison = &comparison};
	bool known = config_load(&config, &format, folders->arena, config_common(),
	                         probe->common_folder, &place) &&
	             format.plain;

	if (!known) {
		add_tree(folders, path, true, NULL);
		return;
	}
	known = comparison_begin(&comparison, &question, folders->arena);
	add_tree(folders, path, true, known ? &rules : NULL);
	arena_drop(&rules.arena);
	comparison_end(&comparison);
}

static void add_all(struct folders *folders, const char *path)
{
	struct probe probe;

	probe_path(&probe, folders->arena, path);
	if (probe.missing) {
		const char *parent = path_parent(folders->arena, path);

		if (path_is_folder(parent))
			add_folder(folders, parent);
		return;
	}
	if (probe.kind == REPO_NONE) {
		add_folder(folders, path);
		return;
	}
	add_git_folder(folders, probe.git_folder);
	if (strcmp(probe.common_folder, probe.git_folder) != 0)
		add_git_folder(folders, probe.common_folder);
	if (probe.kind != REPO_BARE)
		add_work_tree(folders, path, &probe);
}

/* Drops what stands twice in a sorted list. */
static void drop_doubles(struct strings *list)
{
	size_t kept = 0;

	for (size_t i = 0; i < list->count; i++)
		if (kept == 0 || strcmp(list->items[i], list->items[kept - 1]) != 0)
			list->items[kept++] = list->items[i];
	list->count = kept;
}

bool folders_list(struct strings *out, struct arena *arena, const char *path,
                  size_t most)
{
	struct folders folders = {.arena = arena, .out = out, .most = most};

	add_all(&folders, path);
	strings_sort(out);
	drop_doubles(out);
	return !folders.full && out->count > 0;
}
