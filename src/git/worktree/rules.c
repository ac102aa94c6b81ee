#include "worktree/rules.h"

#include <fcntl.h>
#include <string.h>

void rules_enter(struct rules *rules, size_t length)
{
	ARENA_PUSH(&rules->arena, rules)->length = length;
}

void rules_leave(struct rules *rules)
{
	rules->count--;
}

size_t rules_length(const struct rules *rules)
{
	return rules->items[rules->count - 1].length;
}

static void read_common_ignores(struct comparison *comparison)
{
	for (size_t i = 0; i < COMMON_IGNORES; i++) {
		const char *file = comparison->ignore_files[i];
		BUF text = {0};

		if (file &&
		    comparison_read(&text, comparison, comparison->root, file, 0))
			ignore_parse(&comparison->ignores[i], comparison->arena, &text);
	}
}

static void read_common_attributes(struct comparison *comparison)
{
	const char *files[COMMON_ATTRIBUTES] = {
		arena_format(comparison->arena, "%s/info/attributes",
	                     comparison->question->common_folder),
		comparison->config.attributes_file,
		"/etc/gitattributes",
	};

	for (size_t i = 0; i < COMMON_ATTRIBUTES; i++) {
		BUF text = {0};

		if (files[i] &&
		    comparison_read(&text, comparison, comparison->root, files[i], 0))
			attributes_parse(&comparison->attributes[i], comparison->arena,
			                 &text);
	}
}

/* Reads the rules of no folder, unless another thread has done so. */
static void read_common(struct comparison *comparison, bool *done,
                        void (*read)(struct comparison *comparison))
{
	pthread_mutex_lock(&comparison->lock);
	if (!*done)
		read(comparison);
	*done = true;
	pthread_mutex_unlock(&comparison->lock);
}

/* Reads a file of the folder's own; git follows no symbolic link to one. `*entry` is
 * what the index has in its place where it is not in the work tree. */
static bool read_own(struct buf *out, const struct index_entry **entry,
                     struct rules *rules, const struct rules_folder *folder,
                     const char *path, const char *name)
{
	struct comparison *comparison = rules->comparison;
	BUF file = {0};
	bool good;

	buf_add(&file, path, folder->length);
	buf_adds(&file, name);
	good = comparison_read(out, comparison, comparison->root, file.data,
	                       O_NOFOLLOW);
	*entry = good ? NULL : index_find(&comparison->index, file.data);
	return good;
}

static void read_own_ignores(struct rules *rules, struct rules_folder *folder,
                             const char *path)
{
	const struct index_entry *entry;
	BUF text = {0};

	if (read_own(&text, &entry, rules, folder, path, ".gitignore"))
		ignore_parse(&folder->ignores, &rules->arena, &text);
	else if (entry && index_more_flags(entry) & ENTRY_SKIP_WORKTREE)
		comparison_raise(&rules->comparison->ask_git); /* reads the index's */
}

/* What the nearest rule says about the first `length` bytes of a path, whose last
 * component is in the folder at `place` of the stack. */
static bool is_ignored(const struct rules *rules, size_t place, const char *path,
                       size_t length, bool is_folder)
{
	const struct comparison *comparison = rules->comparison;
	size_t name = rules->items[place].length;
	enum ignore_answer answer = IGNORE_UNKNOWN;

	for (size_t i = place + 1; i-- > 0 && !answer;) {
		const struct rules_folder *folder = &rules->items[i];

		answer = ignore_ask(&folder->ignores, path + folder->length,
		                    length - folder->length, name - folder->length,
		                    is_folder);
	}
	for (size_t i = 0; i < COMMON_IGNORES && !answer; i++)
		answer = ignore_ask(&comparison->ignores[i], path, length, name,
		                    is_folder);
	return answer == IGNORE_YES;
}

/* Reads the rules of one folder, after those above it. Below an ignored folder no rule
 * counts. */
static void read_ignores(struct rules *rules, size_t place, const char *path)
{
	struct comparison *comparison = rules->comparison;
	struct rules_folder *folder = &rules->items[place];

	folder->ignores_read = true;
	if (place == 0)
		read_common(comparison, &comparison->ignores_read, read_common_ignores);
	else
		folder->ignored = folder[-1].ignored ||
		                  is_ignored(rules, place - 1, path, folder->length - 1,
		                             true);
	if (!folder->ignored)
		read_own_ignores(rules, folder, path);
}

bool rules_ignore(struct rules *rules, const char *path, size_t length, bool folder)
{
	size_t innermost = rules->count - 1, place = rules->count;

	while (place > 0 && !rules->items[place - 1].ignores_read)
		place--;
	for (; place < rules->count; place++)
		read_ignores(rules, place, path);
	return rules->items[innermost].ignored ||
	       is_ignored(rules, innermost, path, length, folder);
}

/* git takes a folder's own from the index where they are not in the work tree. */
static void read_own_attributes(struct rules *rules, struct rules_folder *folder,
                                const char *path)
{
	const struct index_entry *entry;
	BUF text = {0};

	folder->attributes_read = true;
	if (read_own(&text, &entry, rules, folder, path, ".gitattributes"))
		attributes_parse(&folder->attributes, &rules->arena, &text);
	else
		folder->attributes.needs_git = entry != NULL;
}

bool rules_attributes(const char *values[ATTRIBUTE_COUNT], struct rules *rules,
                      const char *path)
{
	struct comparison *comparison = rules->comparison;
	const struct attribute_list *common = comparison->attributes;
	size_t length = strlen(path), name = rules_length(rules);
	bool needs_git = false;

	read_common(comparison, &comparison->attributes_read, read_common_attributes);
	attributes_ask(values, &common[0], path, length, name);
	for (size_t i = rules->count; i-- > 0;) {
		struct rules_folder *folder = &rules->items[i];

		if (!folder->attributes_read)
			read_own_attributes(rules, folder, path);
		needs_git |= folder->attributes.needs_git;
		attributes_ask(values, &folder->attributes, path + folder->length,
		               length - folder->length, name - folder->length);
	}
	for (size_t i = 0; i < COMMON_ATTRIBUTES; i++) {
		needs_git |= common[i].needs_git;
		attributes_ask(values, &common[i], path, length, name);
	}
	return !needs_git;
}
