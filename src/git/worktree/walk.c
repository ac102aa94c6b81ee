#include "worktree/walk.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "git/probe.h"
#include "worktree/content.h"
#include "worktree/listing.h"

/* A folder that waits to be walked, in the one that is innermost when its turn comes.
 */
struct waiting_folder {
	size_t name;     /* where in `waiting_names` its name starts */
	size_t from, to; /* the index's entries in it; equal: untracked */
};

struct worktree_walk {
	struct comparison *comparison;
	size_t from, to;    /* the entries of the index that are this piece's */
	struct rules rules; /* the folders from the root to the one at work */
	struct buf path;    /* of that folder or of a name in it, from the root */
	struct buf names;   /* in the folder at work, see listing.h */
	struct buf content; /* of the file at work */
	struct {
		struct waiting_folder *items;
		size_t count, room;
	} waiting; /* a stack, as is the next */
	struct buf waiting_names;
	struct {
		size_t *items; /* `waiting.count` when a folder of `rules` was entered
		                */
		size_t count, room;
	} levels;
	struct arena arena;
};

static void enter_folder(struct worktree_walk *walk)
{
	rules_enter(&walk->rules, walk->path.length);
	*ARENA_PUSH(&walk->arena, &walk->levels) = walk->waiting.count;
}

static void leave_folder(struct worktree_walk *walk)
{
	rules_leave(&walk->rules);
	walk->levels.count--;
}

/* Sets the path to that of a name in the innermost folder. */
static void set_path(struct worktree_walk *walk, const char *name, size_t length)
{
	walk->path.length = rules_length(&walk->rules);
	buf_add(&walk->path, name, length);
}

/* The part of the path after that of the innermost folder. */
static const char *path_name(const struct worktree_walk *walk, size_t *length)
{
	size_t folder = rules_length(&walk->rules);

	*length = walk->path.length - folder;
	return walk->path.data + folder;
}

static void push_waiting(struct worktree_walk *walk, const char *name, size_t length,
                         size_t from, size_t to)
{
	*ARENA_PUSH(&walk->arena, &walk->waiting) = (struct waiting_folder){
		.name = walk->waiting_names.length, .from = from, .to = to};
	buf_add(&walk->waiting_names, name, length);
}

/* Takes the folder that was pushed last, and sets the path to its own. */
static struct waiting_folder pop_waiting(struct worktree_walk *walk)
{
	struct waiting_folder next = walk->waiting.items[--walk->waiting.count];

	set_path(walk, walk->waiting_names.data + next.name,
	         walk->waiting_names.length - next.name);
	buf_addc(&walk->path, '/');
	walk->waiting_names.length = next.name;
	return next;
}

/* Opens the folder of the path; -1 and errno where there is none. A symbolic link is
 * none. */
static int open_folder(const struct worktree_walk *walk)
{
	enum { FLAGS = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC };
	char *path = walk->path.data;
	size_t length = walk->path.length;
	int folder;

	if (length == 0)
		return openat(walk->comparison->root, ".", FLAGS);
	/* With the slash at the end a symbolic link would be followed. */
	path[length - 1] = '\0';
	folder = openat(walk->comparison->root, path, FLAGS);
	path[length - 1] = '/';
	return folder;
}

/* Whether the folder's `.git` is a repository in git's eyes, and another one than that
 * whose work tree this is. */
static bool is_other_repository(const struct worktree_walk *walk, int folder)
{
	const struct worktree_question *question = walk->comparison->question;
	struct arena arena = {0};
	struct probe probe;
	struct stat there, own;
	bool other;

	probe_path(&probe, &arena,
	           arena_format(&arena, "%s/%s", question->path, walk->path.data));
	other = probe.kind != REPO_NONE && probe.kind != REPO_BARE;
	if (other && fstatat(folder, ".git", &there, 0) == 0 &&
	    stat(question->git_folder, &own) == 0)
		other = there.st_ino != own.st_ino || there.st_dev != own.st_dev;
	arena_drop(&arena);
	return other;
}

/* Raises `untracked` at the first file that git would show; folders have to wait. */
static void check_untracked_names(struct worktree_walk *walk,
                                  const struct listing *listing)
{
	struct comparison *comparison = walk->comparison;
	struct listing_name name;
	size_t at = 0;

	while (!comparison_is_done(comparison) && listing_next(&name, listing, &at)) {
		bool folder = name.type == LISTING_FOLDER;
		size_t length = strlen(name.text);

		if (name.type == LISTING_OTHER)
			continue;
		set_path(walk, name.text, length);
		if (rules_ignore(&walk->rules, walk->path.data, walk->path.length,
		                 folder))
			continue;
		if (!folder) {
			comparison_raise(&comparison->untracked);
			return;
		}
		push_waiting(walk, name.text, length, 0, 0);
	}
}

/* A folder of which the index knows nothing. One that is there and cannot be opened
 * counts as empty in git as well, but git warns of it. */
static void walk_untracked(struct worktree_walk *walk)
{
	struct comparison *comparison = walk->comparison;
	struct listing listing;
	int folder = open_folder(walk);

	if (folder < 0) {
		if (errno != ENOENT && errno != ENOTDIR && errno != ELOOP)
			comparison_raise(&comparison->ask_git);
		return;
	}
	listing_read(&listing, &walk->names, folder);
	if (listing.repo && is_other_repository(walk, folder))
		comparison_raise(&comparison->untracked);
	close(folder);
	enter_folder(walk);
	check_untracked_names(walk, &listing);
}

/* Puts a folder of the index on the stack. `at` is this piece's first entry in it, and
 * `slash` ends its name there. Returns where the index goes on after the folder. */
static size_t push_tracked(struct worktree_walk *walk, const char *slash, size_t at,
                           size_t low, size_t high)
{
	const struct index_file *index = &walk->comparison->index;
	const char *path = index_path(index->entries[at]);
	const char *name = path + rules_length(&walk->rules);
	size_t length = (size_t)(slash + 1 - path);
	size_t to = index_skip(index, at, high, length), from = at;

	if (at == walk->from) /* some of it may be the piece's before */
		from = index_seek(index, low, at, 0, path, length);
	push_waiting(walk, name, (size_t)(slash - name), from, to);
	return to;
}

/* The part of [low, high) that is this piece's: folders are put on the stack, files
 * compared. True: each file was looked at, and `*present` of them are there. */
static bool compare_entries(struct worktree_walk *walk, int folder, size_t low,
                            size_t high, size_t *present)
{
	const struct index_file *index = &walk->comparison->index;
	size_t skip = rules_length(&walk->rules);
	size_t at = low > walk->from ? low : walk->from;
	size_t end = high < walk->to ? high : walk->to;
	bool complete = at == low && end == high;

	*present = 0;
	while (at < end && !comparison_is_done(walk->comparison)) {
		const struct index_entry *entry = index->entries[at];
		const char *name = index_path(entry) + skip;
		const char *slash = strchr(name, '/');

		if (slash) {
			at = push_tracked(walk, slash, at, low, high);
			continue;
		}
		*present += content_compare(&walk->rules, &walk->content, folder, entry,
		                            name, &complete);
		at++;
	}
	return complete;
}

/* Whether an entry of [low, high) is below the folder of the path. */
static bool is_tracked_folder(struct worktree_walk *walk, size_t low, size_t high)
{
	const struct index_file *index = &walk->comparison->index;
	size_t length, at;
	const char *name;
	bool tracked;

	buf_addc(&walk->path, '/');
	name = path_name(walk, &length);
	at = index_seek(index, low, high, rules_length(&walk->rules), name, length);
	tracked = at < high &&
	          strncmp(index_path(index->entries[at]) + rules_length(&walk->rules),
	                  name, length) == 0;
	walk->path.data[--walk->path.length] = '\0';
	return tracked;
}

/* The entry of [low, high) that is the path; NULL: none. */
static const struct index_entry *find_entry(const struct worktree_walk *walk,
                                            size_t low, size_t high)
{
	const struct index_file *index = &walk->comparison->index;
	size_t skip = rules_length(&walk->rules), length;
	const char *name = path_name(walk, &length);
	size_t at = index_seek(index, low, high, skip, name, length);

	if (at == high || strcmp(index_path(index->entries[at]) + skip, name) != 0)
		return NULL;
	return index->entries[at];
}

/* A folder beside those of the index; what is in it has to wait. */
static void check_folder(struct worktree_walk *walk, const char *name, size_t low,
                         size_t high)
{
	struct comparison *comparison = walk->comparison;
	const struct index_entry *entry = find_entry(walk, low, high);

	if (entry) {
		/* A submodule, or a file's place: there git shows the deleted file
		 * alone, unless it has to look into each folder. */
		if (!index_is_submodule(entry) &&
		    comparison->config.untracked == UNTRACKED_ALL)
			comparison_raise(&comparison->ask_git);
		return;
	}
	if (!is_tracked_folder(walk, low, high) &&
	    !rules_ignore(&walk->rules, walk->path.data, walk->path.length, true))
		push_waiting(walk, name, strlen(name), 0, 0);
}

/* The names that the index does not know; `files_known`: only folders can be some. */
static void check_names(struct worktree_walk *walk, const struct listing *listing,
                        bool files_known, size_t low, size_t high)
{
	struct comparison *comparison = walk->comparison;
	struct listing_name name;
	size_t at = 0;

	while (!comparison_has(&comparison->untracked) &&
	       listing_next(&name, listing, &at)) {
		if (name.type == LISTING_OTHER ||
		    (name.type == LISTING_FILE && files_known))
			continue;
		set_path(walk, name.text, strlen(name.text));
		if (name.type == LISTING_FOLDER)
			check_folder(walk, name.text, low, high);
		else if (!find_entry(walk, low, high) &&
		         !rules_ignore(&walk->rules, walk->path.data, walk->path.length,
		                       false))
			comparison_raise(&comparison->untracked);
	}
}

/* The folder of the entries [low, high) cannot be opened: mostly it is gone. */
static void handle_missing(struct worktree_walk *walk, size_t low, size_t high)
{
	struct comparison *comparison = walk->comparison;

	if (walk->rules.count == 0 ||
	    (errno != ENOENT && errno != ENOTDIR && errno != ELOOP))
		comparison_raise(&comparison->ask_git);
	for (size_t i = low; i < high && !comparison_is_done(comparison); i++)
		content_missing(comparison, comparison->index.entries[i]);
}

/*
 * One folder that the index knows, by its entries [low, high). Its names are listed by
 * the piece that has the first of them. Where as many files are there as the index has,
 * none can be unknown.
 */
static void walk_tracked(struct worktree_walk *walk, size_t low, size_t high)
{
	struct comparison *comparison = walk->comparison;
	bool list = low >= walk->from && !comparison_has(&comparison->untracked);
	bool complete;
	size_t present;
	struct listing listing;
	int folder = open_folder(walk);

	if (folder < 0) {
		handle_missing(walk, low, high);
		return;
	}
	if (list && !listing_read(&listing, &walk->names, folder))
		comparison_raise(&comparison->ask_git);
	enter_folder(walk);
	complete = compare_entries(walk, folder, low, high, &present);
	close(folder);
	if (list && !comparison_is_done(comparison))
		check_names(walk, &listing, complete && present == listing.others, low,
		            high);
}

/* Walks what waits in the innermost folder, or leaves it. */
static void walk_on(struct worktree_walk *walk)
{
	struct waiting_folder next;

	if (walk->waiting.count == walk->levels.items[walk->levels.count - 1]) {
		leave_folder(walk);
		return;
	}
	next = pop_waiting(walk);
	if (next.from < next.to)
		walk_tracked(walk, next.from, next.to);
	else if (!comparison_has(&walk->comparison->untracked))
		walk_untracked(walk);
}

void worktree_walk(struct comparison *comparison, size_t from, size_t to)
{
	struct worktree_walk walk = {.comparison = comparison,
	                             .from = from,
	                             .to = to,
	                             .rules = {.comparison = comparison}};

	walk_tracked(&walk, 0, comparison->index.count);
	while (walk.levels.count && !comparison_is_done(comparison))
		walk_on(&walk);
	buf_drop(&walk.path);
	buf_drop(&walk.names);
	buf_drop(&walk.content);
	buf_drop(&walk.waiting_names);
	arena_drop(&walk.rules.arena);
	arena_drop(&walk.arena);
}
