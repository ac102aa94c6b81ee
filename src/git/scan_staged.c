#include <string.h>

#include "scan_parts.h"
#include "scan_trees.h"

/* DOUBT: a tree cannot be read. */
enum answer { SAME, DIFFERENT, DOUBT };

/* Entries of the index that have not been compared yet; all are in the folder
 * whose path is the first `length` bytes of theirs. */
struct range {
	const struct index_file *index;
	size_t at, to;
	size_t length;
};

static const char *name_at(const struct range *range)
{
	return index_path(range->index->entries[range->at]) + range->length;
}

/* Entries that are in no commit: paths in conflict, and those only intended. */
static bool is_aside(const struct index_entry *entry)
{
	return index_flags(entry) & ENTRY_STAGE ||
	       index_more_flags(entry) & ENTRY_INTENT_TO_ADD;
}

/*
 * Moves to the entry that is `name`, or begins with it where the name ends in
 * a slash. SAME: it is there. DIFFERENT: one before it is in the tree no more.
 * DOUBT: there is none.
 */
static enum answer find_entry(struct range *range, const char *name, size_t length)
{
	bool folder = name[length - 1] == '/';

	for (; range->at < range->to; range->at++) {
		int order = folder ? strncmp(name_at(range), name, length)
		                   : strcmp(name_at(range), name);

		if (order == 0)
			return SAME;
		if (order > 0)
			break;
		if (!is_aside(range->index->entries[range->at]))
			return DIFFERENT;
	}
	return DOUBT;
}

static enum answer compare_tree(git_repository *repository, const git_oid *id,
                                const struct cached_tree *cached, struct range range);

static enum answer compare_folder(git_repository *repository,
                                  const git_tree_entry *found,
                                  const struct cached_tree *cached, struct range *range)
{
	const char *name = git_tree_entry_name(found);
	const git_oid *id = git_tree_entry_id(found);
	struct range inside = *range;
	struct arena arena = {0};
	const char *path = arena_format(&arena, "%s/", name);
	size_t length = strlen(path);
	enum answer answer = find_entry(range, path, length);

	arena_drop(&arena);
	if (answer == DIFFERENT)
		return DIFFERENT;
	inside.at = inside.to = range->at;
	inside.length += length;
	cached = trees_find(cached, name);
	if (answer == SAME) {
		inside.to = index_skip(range->index, range->at, range->to,
		                       inside.length);
		range->at = inside.to;
		if (cached && cached->id &&
		    memcmp(cached->id, id->id, sizeof id->id) == 0)
			return SAME;
	}
	return compare_tree(repository, id, cached, inside);
}

static enum answer compare_file(const git_tree_entry *found, struct range *range)
{
	const char *name = git_tree_entry_name(found);
	const git_oid *id = git_tree_entry_id(found);
	const struct index_entry *entry;

	if (find_entry(range, name, strlen(name)) != SAME)
		return DIFFERENT;
	entry = range->index->entries[range->at];
	if (index_flags(entry) & ENTRY_STAGE) {
		while (range->at < range->to && strcmp(name_at(range), name) == 0)
			range->at++;
		return SAME;
	}
	range->at++;
	return !is_aside(entry) &&
	                       index_number(entry->mode) ==
	                               (uint32_t)git_tree_entry_filemode(found) &&
	                       memcmp(entry->id, id->id, sizeof id->id) == 0
	               ? SAME
	               : DIFFERENT;
}

/* The tree against the entries of the range, both sorted alike. */
static enum answer compare_tree(git_repository *repository, const git_oid *id,
                                const struct cached_tree *cached, struct range range)
{
	enum answer answer = SAME;
	git_tree *tree;
	size_t count;

	if (range.length > INDEX_PATH_LIMIT ||
	    git_tree_lookup(&tree, repository, id) < 0)
		return DOUBT;
	count = git_tree_entrycount(tree);
	for (size_t i = 0; i < count && answer == SAME; i++) {
		const git_tree_entry *found = git_tree_entry_byindex(tree, i);

		if (git_tree_entry_filemode(found) == GIT_FILEMODE_TREE)
			answer = compare_folder(repository, found, cached, &range);
		else
			answer = compare_file(found, &range);
	}
	git_tree_free(tree);
	for (; range.at < range.to && answer == SAME; range.at++) {
		if (!is_aside(range.index->entries[range.at]))
			answer = DIFFERENT;
	}
	return answer;
}

bool scan_staged(bool *staged, struct scan *scan)
{
	struct range range = {.index = &scan->index, .to = scan->index.count};
	const struct cached_tree *cached = trees_read(scan->arena, &scan->index);
	enum answer answer = SAME;

	if (!scan->tree) {
		for (; range.at < range.to && answer == SAME; range.at++) {
			if (!is_aside(range.index->entries[range.at]))
				answer = DIFFERENT;
		}
	} else if (!cached || !cached->id ||
	           memcmp(cached->id, scan->tree->id, sizeof scan->tree->id) != 0) {
		answer = compare_tree(scan->repository, scan->tree, cached, range);
	}
	*staged = answer == DIFFERENT;
	return answer != DOUBT;
}
