#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "scan_names.h"
#include "scan_parts.h"

bool scan_done(const struct scan *scan)
{
	return scan_flag(&scan->doubt) ||
	       (scan_flag(&scan->unstaged) && scan_flag(&scan->untracked));
}

int scan_open_folder(const struct walk *walk)
{
	enum { FLAGS = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC };
	char *path = walk->path.data;
	size_t length = walk->path.length;
	int descriptor;

	if (length == 0)
		return openat(walk->scan->root, ".", FLAGS);
	/* With the slash at the end a symbolic link would be followed. */
	path[length - 1] = '\0';
	descriptor = openat(walk->scan->root, path, FLAGS);
	path[length - 1] = '/';
	return descriptor;
}

void scan_set_path(struct walk *walk, const struct folder *folder, const char *name)
{
	walk->path.length = folder->length;
	buf_adds(&walk->path, name);
}

/* Puts a folder of the index on the stack; `at` is this piece's first entry in
 * it. Returns where the index goes on behind the folder. */
static size_t push_folder(struct walk *walk, size_t length, size_t at, size_t low,
                          size_t high)
{
	const struct index_file *index = &walk->scan->index;
	const char *path = index_path(index->entries[at]);
	size_t to = index_skip(index, at, high, length), from = at;

	if (at == walk->from) /* some of it may be the piece's before */
		from = index_seek(index, low, at, 0, path, length);
	*ARENA_PUSH(&walk->arena, &walk->pending) = (struct pending){
		.path = path, .length = length, .from = from, .to = to};
	return to;
}

/* The part of [low, high) that is this piece's: folders are put on the stack,
 * files compared. True: each file was looked at, and `*present` are there. */
static bool compare_entries(struct walk *walk, struct folder *folder, int descriptor,
                            size_t low, size_t high, size_t *present)
{
	const struct index_file *index = &walk->scan->index;
	size_t at = low > walk->from ? low : walk->from;
	size_t end = high < walk->to ? high : walk->to;
	bool sure = at == low && end == high;

	*present = 0;
	while (at < end && !scan_done(walk->scan)) {
		const struct index_entry *entry = index->entries[at];
		const char *path = index_path(entry), *name = path + folder->length;
		const char *slash = strchr(name, '/');

		if (slash) {
			at = push_folder(walk, (size_t)(slash + 1 - path), at, low,
			                 high);
			continue;
		}
		*present += scan_entry(walk, folder, descriptor, entry, name, &sure);
		at++;
	}
	return sure;
}

/* Whether an entry of [low, high) is `walk->path` or lies below it. */
static bool is_known(const struct walk *walk, const struct folder *folder, size_t low,
                     size_t high)
{
	const struct index_file *index = &walk->scan->index;
	const char *name = walk->path.data + folder->length;
	size_t length = walk->path.length - folder->length;
	size_t at = index_seek(index, low, high, folder->length, name, length);

	return at < high && strncmp(index_path(index->entries[at]) + folder->length,
	                            name, length) == 0;
}

/* The same for a path without a slash at its end, where longer ones do not count. */
static bool is_entry(const struct walk *walk, const struct folder *folder, size_t low,
                     size_t high, const struct index_entry **entry)
{
	const struct index_file *index = &walk->scan->index;
	const char *name = walk->path.data + folder->length;
	size_t length = walk->path.length - folder->length;
	size_t at = index_seek(index, low, high, folder->length, name, length);

	if (at == high ||
	    strcmp(index_path(index->entries[at]) + folder->length, name) != 0)
		return false;
	*entry = index->entries[at];
	return true;
}

/* A folder beside those of the index; what is in it must wait. */
static void meet_folder(struct walk *walk, struct folder *folder, size_t low,
                        size_t high)
{
	const struct index_entry *entry;
	size_t length = walk->path.length;
	bool known;

	if (is_entry(walk, folder, low, high, &entry)) {
		/* A submodule, or what git shows as a deleted file alone, unless it
		 * is told to look into each folder. */
		if (!index_is_repo(entry) &&
		    walk->scan->config.untracked == UNTRACKED_ALL)
			scan_raise(&walk->scan->doubt);
		return;
	}
	buf_addc(&walk->path, '/');
	known = is_known(walk, folder, low, high);
	walk->path.length = length;
	walk->path.data[length] = '\0';
	if (known || scan_ignored(walk, folder, true))
		return;
	*ARENA_PUSH(&walk->arena, &walk->pending) = (struct pending){
		.path = arena_format(&walk->arena, "%s/", walk->path.data),
		.length = length + 1,
	};
}

/* The names that the index does not know; `files_known`: only folders can be. */
static void meet_names(struct walk *walk, struct folder *folder,
                       const struct names *names, bool files_known, size_t low,
                       size_t high)
{
	const struct index_entry *entry;
	const struct dirent64 *name;
	size_t at = 0;

	while (!scan_flag(&walk->scan->untracked) && (name = names_next(names, &at))) {
		if (name->d_type == DT_DIR) {
			scan_set_path(walk, folder, name->d_name);
			meet_folder(walk, folder, low, high);
		} else if (!files_known &&
		           (name->d_type == DT_REG || name->d_type == DT_LNK)) {
			scan_set_path(walk, folder, name->d_name);
			if (!is_entry(walk, folder, low, high, &entry) &&
			    !scan_ignored(walk, folder, false))
				scan_raise(&walk->scan->untracked);
		}
	}
}

/*
 * One folder that the index knows, by its entries [low, high). Its names are
 * listed by the piece that has the first of them; where as many files are there
 * as were found by the index, no file can be unknown.
 */
static void walk_folder(struct walk *walk, struct folder *parent, size_t low,
                        size_t high)
{
	struct folder folder = {.parent = parent, .length = walk->path.length};
	struct scan *scan = walk->scan;
	int descriptor = scan_open_folder(walk);
	size_t count = walk->pending.count, present;
	struct names names;
	bool list = low >= walk->from && !scan_flag(&scan->untracked), sure;

	if (descriptor < 0) {
		if (!parent || (errno != ENOENT && errno != ENOTDIR && errno != ELOOP))
			scan_raise(&scan->doubt);
		for (size_t i = low; i < high && !scan_done(scan); i++)
			scan_gone(scan, scan->index.entries[i]);
		return;
	}
	if (list && !names_read(&names, &walk->names, descriptor))
		scan_raise(&scan->doubt);
	sure = compare_entries(walk, &folder, descriptor, low, high, &present);
	close(descriptor);
	if (list && !scan_done(scan))
		meet_names(walk, &folder, &names, sure && present == names.others, low,
		           high);
	scan_pending(walk, &folder, count);
}

void scan_pending(struct walk *walk, struct folder *folder, size_t count)
{
	while (walk->pending.count > count) {
		struct pending next = walk->pending.items[--walk->pending.count];

		if (scan_done(walk->scan))
			continue;
		buf_clear(&walk->path);
		buf_add(&walk->path, next.path, next.length);
		if (next.from < next.to)
			walk_folder(walk, folder, next.from, next.to);
		else if (!scan_flag(&walk->scan->untracked))
			scan_unknown(walk, folder);
	}
}

void scan_walk(struct scan *scan, size_t from, size_t to)
{
	struct walk walk = {.scan = scan, .from = from, .to = to};

	walk_folder(&walk, NULL, 0, scan->index.count);
	buf_drop(&walk.path);
	buf_drop(&walk.names);
	buf_drop(&walk.content);
	arena_drop(&walk.arena);
}
