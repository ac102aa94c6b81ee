/* The index: every entry is within the bytes, sorted, and found. */
#include "fuzz.h"

#include "worktree/index.h"

static void check_entry(const struct index_file *index, size_t at)
{
	const struct index_entry *entry = index->entries[at], *found;
	const char *path = index_path(entry);
	size_t length = strlen(path), past;

	MUST(length > 0 && length <= INDEX_PATH_LIMIT);
	found = index_find(index, path);
	MUST(found && strcmp(index_path(found), path) == 0);
	past = index_skip(index, at, index->count, length);
	MUST(past > at && past <= index->count);
	MUST(past == index->count ||
	     strncmp(index_path(index->entries[past]), path, length) != 0);
	MUST(index_seek(index, 0, index->count, 0, path, length) <= at);
	(void)index_is_unchecked(entry);
}

static void check_trees(const struct index_file *index)
{
	const struct cached_tree *root = index_root_tree(index);

	MUST(!root || root->size == index->trees.count);
	for (size_t i = 0; i < index->trees.count; i++) {
		const struct cached_tree *tree = &index->trees.items[i];

		MUST(tree->size >= 1 && tree->size <= index->trees.count - i);
		(void)cached_tree_find(root, tree->name);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = {0};
	struct index_file index = {0};

	if (index_parse(&index, &arena, data, size)) {
		for (size_t i = 0; i < index.count; i++)
			check_entry(&index, i);
		check_trees(&index);
	}
	arena_drop(&arena);
	return 0;
}
