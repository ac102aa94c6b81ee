/*
 * git's index, read as it stands on disk.
 *
 * libgit2's reader makes an object of every entry and hashes the whole file: 80 ms
 * for 100,000 entries, on one thread, before anything else can begin. git itself
 * verifies no checksum either. This one maps the file and remembers where each
 * entry starts, which takes 2 ms, and sees by the extensions whether the file is
 * one that it may not judge.
 *
 * Source of the format: gitformat-index(5), versions 2 to 4, SHA-1.
 */
#ifndef GIT_SCAN_INDEX_H
#define GIT_SCAN_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* An entry as in the file: big-endian numbers, the path behind them. */
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

/* Longer paths the system would not take, and git alone is to judge. */
enum { INDEX_PATH_LIMIT = 4000 };

/* The kinds of an entry, as in its mode and in those of trees. */
enum {
	KIND_MASK = 0170000,
	KIND_FILE = 0100000,
	KIND_LINK = 0120000,
	KIND_REPO = 0160000
};

/* Entries are sorted by path, bytewise, and a path's stages by number. */
struct index_file {
	const struct index_entry *const *entries;
	size_t count;
	int64_t written;   /* the file's time in seconds; 0: there is no file */
	const char *trees; /* the content of its cached trees, or NULL */
	size_t trees_length;
	bool conflicted; /* some entry has a stage */
	size_t repos;    /* entries that are submodules */
	void *map;
	size_t map_length;
};

/*
 * Reads the file at `path`; a missing one is an empty index. False: git must
 * judge, because the file is split, sparse, of an unknown kind or broken. What
 * `out` holds is good until index_close(), and lives in the arena in part.
 */
bool index_open(struct index_file *out, struct arena *arena, const char *path);
void index_close(struct index_file *index);

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

static inline bool index_is_repo(const struct index_entry *entry)
{
	return (index_number(entry->mode) & KIND_MASK) == KIND_REPO;
}

/* Whether the work tree cannot make it a changed one: the user has told git not
 * to look, or it is in conflict, which is shown as that alone. */
static inline bool index_is_exempt(const struct index_entry *entry)
{
	return index_flags(entry) & (ENTRY_VALID | ENTRY_STAGE) ||
	       index_more_flags(entry) & ENTRY_SKIP_WORKTREE;
}

/* The first entry of [from, to) whose path, its first `skip` bytes left out, is
 * not before `name`; all of them are alike in those bytes. */
size_t index_seek(const struct index_file *index, size_t from, size_t to, size_t skip,
                  const char *name, size_t length);

/* The entry of a path, the first one where it has stages; NULL: there is none. */
const struct index_entry *index_find(const struct index_file *index, const char *path);

/* The first entry behind `at` that does not begin with the `length` bytes with
 * which the path of `at` begins; `to` at most. */
size_t index_skip(const struct index_file *index, size_t at, size_t to, size_t length);

#endif
