/*
 * git's index, read as it is on disk, with its cached trees.
 *
 * libgit2's reader makes an object of every entry and hashes the whole file: 80 ms
 * for 100,000 entries, on one thread, before anything else can begin. git itself does
 * not verify the checksum by default either. This one maps the file and notes where
 * each entry starts, which takes 2 ms, and it sees by the extensions whether the file
 * is one that only git may judge.
 *
 * A mapping is safe as long as nobody shortens the file: git never does, it writes a
 * new one and renames it, and maps the file itself. To read it instead costs a copy and
 * fresh memory for all of it, which was measured at a tenth of the whole status of
 * 100,000 files. Every number and every string is checked against the end of the file,
 * whatever is in it.
 *
 * Source of the format: gitformat-index(5), versions 2 to 4, SHA-1.
 */
#ifndef GIT_WORKTREE_INDEX_H
#define GIT_WORKTREE_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* An entry as in the file: big-endian numbers, the path after them. */
struct index_entry {
	uint8_t ctime[8], mtime[8]; /* seconds, nanoseconds */
	uint8_t dev[4], ino[4], mode[4], uid[4], gid[4], size[4];
	uint8_t id[20];
	uint8_t flags[2];
	uint8_t more[2]; /* flags with ENTRY_EXTENDED, else where the path starts */
};

enum {
	ENTRY_VALID = 0x8000, /* assume unchanged */
	ENTRY_EXTENDED = 0x4000,
	ENTRY_STAGE = 0x3000,
	ENTRY_LENGTH = 0x0fff,
	ENTRY_SKIP_WORKTREE = 0x4000, /* these two of `more` */
	ENTRY_INTENT_TO_ADD = 0x2000,
};

/* An index with longer paths is left to git. */
enum { INDEX_PATH_LIMIT = 4000 };

/* What an entry is, as in its mode and in those of trees. */
enum {
	INDEX_TYPE_MASK = 0170000,
	INDEX_TYPE_LINK = 0120000,
	INDEX_TYPE_SUBMODULE = 0160000,
};

/*
 * A cached tree: the tree that the entries of one folder would make. The list of them
 * is in pre-order: each one is followed by those of the folders in it.
 */
struct cached_tree {
	const char *name;  /* of the folder in the one above; "" for the root */
	const uint8_t *id; /* 20 bytes; NULL: some entry has changed since */
	size_t size;       /* how many of the list this one and all in it take up */
};

/* Entries are sorted by path, bytewise, and those of one path by stage. */
struct index_file {
	const struct index_entry *const *entries;
	size_t count;
	int64_t written;   /* the file's time in seconds; 0: there is no file */
	bool conflicted;   /* some entry has a stage */
	size_t submodules; /* how many entries are some */
	struct {
		struct cached_tree *items; /* the root's first; none: not cached */
		size_t count, room;
	} trees;
	void *map; /* the file */
	size_t length;
};

/*
 * Reads the file at `path`; a missing one is an empty index. False: git must judge,
 * because the file is split, sparse, of an unknown kind or broken. What `out` holds is
 * valid until index_close() and lives in the arena in part.
 */
bool index_open(struct index_file *out, struct arena *arena, const char *path);
void index_close(struct index_file *index);

/* The same for the bytes of such a file, which stay the caller's. `out` is zeroed. */
bool index_parse(struct index_file *out, struct arena *arena, const void *bytes,
                 size_t length);

static inline uint32_t index_number(const uint8_t bytes[4])
{
	return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 |
	       (uint32_t)bytes[2] << 8 | bytes[3];
}

static inline unsigned index_flags(const struct index_entry *entry)
{
	return (unsigned)entry->flags[0] << 8 | entry->flags[1];
}

/* The flags that only some entries have room for. */
static inline unsigned index_more_flags(const struct index_entry *entry)
{
	if (!(index_flags(entry) & ENTRY_EXTENDED))
		return 0;
	return (unsigned)entry->more[0] << 8 | entry->more[1];
}

static inline const char *index_path(const struct index_entry *entry)
{
	return (const char *)entry->more +
	       (index_flags(entry) & ENTRY_EXTENDED ? sizeof entry->more : 0);
}

static inline bool index_is_submodule(const struct index_entry *entry)
{
	return (index_number(entry->mode) & INDEX_TYPE_MASK) == INDEX_TYPE_SUBMODULE;
}

/* Whether git does not compare it with the work tree: the user wants it so, or it is
 * in conflict, which is shown as that alone. */
static inline bool index_is_unchecked(const struct index_entry *entry)
{
	return index_flags(entry) & (ENTRY_VALID | ENTRY_STAGE) ||
	       index_more_flags(entry) & ENTRY_SKIP_WORKTREE;
}

/* The first entry of [from, to) whose path without its first `skip` bytes, which are
 * the same in all of them, does not sort before `name`. */
size_t index_seek(const struct index_file *index, size_t from, size_t to, size_t skip,
                  const char *name, size_t length);

/* The entry of a path, the first one where it has stages; NULL: there is none. */
const struct index_entry *index_find(const struct index_file *index, const char *path);

/* The first entry after `at` whose path does not share its first `length` bytes with
 * that of `at`; `to` at most. */
size_t index_skip(const struct index_file *index, size_t at, size_t to, size_t length);

/* The cached tree of the root, and of a folder in that of another (which may be NULL).
 * NULL: there is none. */
const struct cached_tree *index_root_tree(const struct index_file *index);
const struct cached_tree *cached_tree_find(const struct cached_tree *tree,
                                           const char *name);

#endif
