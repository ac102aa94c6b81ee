#include "worktree/staged.h"

#include <string.h>

enum staged_answer { STAGED_SAME, STAGED_DIFFERENT, STAGED_ASK_GIT };

/* A tree and the entries of the index in its folder, both sorted alike. Those before
 * `entry` and `at` have been compared. */
struct staged_tree {
	git_tree *tree;
	size_t entry, entries;            /* of the tree */
	const struct cached_tree *cached; /* NULL: none */
	size_t at, to;                    /* of the index */
	size_t length;                    /* of the folder's path, with its slash */
};

/* The trees from the root to the one at work. */
struct staged_walk {
	git_repository *repository;
	const struct index_file *index;
	struct arena arena;
	struct staged_tree *items;
	size_t count, room;
};

/* Entries that are in no commit: paths in conflict, and those only intended. */
static bool is_uncommitted(const struct index_entry *entry)
{
	return index_flags(entry) & ENTRY_STAGE ||
	       index_more_flags(entry) & ENTRY_INTENT_TO_ADD;
}

/* The rest of the index has no partner in a tree. */
static enum staged_answer check_rest(const struct index_file *index, size_t at,
                                     size_t to)
{
	for (; at < to; at++) {
		if (!is_uncommitted(index->entries[at]))
			return STAGED_DIFFERENT;
	}
	return STAGED_SAME;
}

/* The order of an entry's name and that of a tree's entry; 0 also for an entry below a
 * folder of that name. */
static int compare_names(const char *name, const char *wanted, bool folder)
{
	size_t length = strlen(wanted);
	int order;

	if (!folder)
		return strcmp(name, wanted);
	order = strncmp(name, wanted, length);
	return order ? order : (unsigned char)name[length] - '/';
}

/*
 * Moves to the entry of that name, or to the first below the folder of that name, and
 * sets `*found` to whether there is one. STAGED_DIFFERENT: an entry before it is not
 * in the tree.
 */
static enum staged_answer find_entry(const struct staged_walk *walk,
                                     struct staged_tree *tree, const char *name,
                                     bool folder, bool *found)
{
	*found = false;
	for (; tree->at < tree->to; tree->at++) {
		const struct index_entry *entry = walk->index->entries[tree->at];
		int order = compare_names(index_path(entry) + tree->length, name,
		                          folder);

		*found = order == 0;
		if (order >= 0)
			break;
		if (!is_uncommitted(entry))
			return STAGED_DIFFERENT;
	}
	return STAGED_SAME;
}

static enum staged_answer open_tree(struct staged_walk *walk, const git_oid *id,
                                    struct staged_tree tree)
{
	if (tree.length > INDEX_PATH_LIMIT ||
	    libgit2.tree_lookup(&tree.tree, walk->repository, id) < 0)
		return STAGED_ASK_GIT;
	tree.entries = libgit2.tree_entrycount(tree.tree);
	*ARENA_PUSH(&walk->arena, walk) = tree;
	return STAGED_SAME;
}

/* A folder of the tree; unless it is known to be the same, its own tree is opened. */
static enum staged_answer compare_folder(struct staged_walk *walk,
                                         struct staged_tree *tree,
                                         const git_tree_entry *entry)
{
	const char *name = libgit2.tree_entry_name(entry);
	const git_oid *id = libgit2.tree_entry_id(entry);
	const struct cached_tree *cached = cached_tree_find(tree->cached, name);
	struct staged_tree inner = {.cached = cached,
	                            .length = tree->length + strlen(name) + 1};
	bool found;

	if (find_entry(walk, tree, name, true, &found) == STAGED_DIFFERENT)
		return STAGED_DIFFERENT;
	inner.at = inner.to = tree->at;
	if (found) {
		inner.to = index_skip(walk->index, tree->at, tree->to, inner.length);
		tree->at = inner.to;
		if (cached && cached->id &&
		    memcmp(cached->id, id->id, sizeof id->id) == 0)
			return STAGED_SAME;
	}
	return open_tree(walk, id, inner);
}

static bool is_same_file(const struct index_entry *entry, const git_tree_entry *found)
{
	const git_oid *id = libgit2.tree_entry_id(found);

	return !is_uncommitted(entry) &&
	       index_number(entry->mode) ==
	               (uint32_t)libgit2.tree_entry_filemode(found) &&
	       memcmp(entry->id, id->id, sizeof id->id) == 0;
}

static enum staged_answer compare_file(const struct staged_walk *walk,
                                       struct staged_tree *tree,
                                       const git_tree_entry *found)
{
	const struct index_file *index = walk->index;
	const char *name = libgit2.tree_entry_name(found);
	bool there;

	if (find_entry(walk, tree, name, false, &there) == STAGED_DIFFERENT || !there)
		return STAGED_DIFFERENT;
	if (!(index_flags(index->entries[tree->at]) & ENTRY_STAGE))
		return is_same_file(index->entries[tree->at++], found)
		               ? STAGED_SAME
		               : STAGED_DIFFERENT;
	while (tree->at < tree->to &&
	       strcmp(index_path(index->entries[tree->at]) + tree->length, name) == 0)
		tree->at++;
	return STAGED_SAME;
}

static void close_tree(struct staged_walk *walk)
{
	libgit2.tree_free(walk->items[--walk->count].tree);
}

/* Compares the next entry of the innermost tree, or closes it. */
static enum staged_answer compare_next(struct staged_walk *walk)
{
	struct staged_tree *tree = &walk->items[walk->count - 1];
	const git_tree_entry *entry;
	enum staged_answer answer;

	if (tree->entry == tree->entries) {
		answer = check_rest(walk->index, tree->at, tree->to);
		close_tree(walk);
		return answer;
	}
	entry = libgit2.tree_entry_byindex(tree->tree, tree->entry++);
	return libgit2.tree_entry_filemode(entry) == GIT_FILEMODE_TREE
	               ? compare_folder(walk, tree, entry)
	               : compare_file(walk, tree, entry);
}

static enum staged_answer compare_trees(const struct comparison *comparison)
{
	struct staged_walk walk = {.repository = comparison->question->repository,
	                           .index = &comparison->index};
	struct staged_tree root = {.cached = index_root_tree(walk.index),
	                           .to = walk.index->count};
	enum staged_answer answer = open_tree(&walk, comparison->question->tree, root);

	while (walk.count && answer == STAGED_SAME)
		answer = compare_next(&walk);
	while (walk.count)
		close_tree(&walk);
	arena_drop(&walk.arena);
	return answer;
}

bool staged_compare(bool *staged, const struct comparison *comparison)
{
	const struct index_file *index = &comparison->index;
	const struct cached_tree *cached = index_root_tree(index);
	const git_oid *tree = comparison->question->tree;
	enum staged_answer answer = STAGED_SAME;

	if (!tree)
		answer = check_rest(index, 0, index->count);
	else if (!cached || !cached->id ||
	         memcmp(cached->id, tree->id, sizeof tree->id) != 0)
		answer = compare_trees(comparison);
	*staged = answer == STAGED_DIFFERENT;
	return answer != STAGED_ASK_GIT;
}
