#include "scan_index.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"

enum {
	HEADER = 12,
	TRAILER = 20, /* the file's checksum */
	FIXED = offsetof(struct index_entry, more),
};

struct reader {
	const uint8_t *at;
	const uint8_t *end;
	struct arena *arena;
	unsigned version;
};

/* Maps the file; false: it is there and cannot be. */
static bool map_file(struct index_file *out, const char *path)
{
	int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;
	bool good;

	if (descriptor < 0)
		return errno == ENOENT;
	good = fstat(descriptor, &st) == 0 && S_ISREG(st.st_mode) &&
	       st.st_size >= HEADER + TRAILER;
	if (good) {
		out->written = st.st_mtime;
		out->map_length = (size_t)st.st_size;
		out->map = mmap(NULL, out->map_length, PROT_READ, MAP_PRIVATE,
		                descriptor, 0);
		good = out->map != MAP_FAILED;
	}
	if (!good)
		out->map = NULL;
	close(descriptor);
	return good;
}

/* The bytes before a path's own in version 4: the path before, cut at its end. */
static bool read_kept(struct reader *reader, size_t last, size_t *kept)
{
	size_t cut;

	if (reader->at >= reader->end)
		return false;
	cut = *reader->at & 127;
	while (*reader->at++ & 128) {
		if (reader->at >= reader->end || cut > INDEX_PATH_LIMIT)
			return false;
		cut = ((cut + 1) << 7) | (*reader->at & 127);
	}
	if (cut > last)
		return false;
	*kept = last - cut;
	return true;
}

/* An entry of version 4 as it would stand in version 3. */
static const struct index_entry *unfold_entry(struct reader *reader,
                                              const struct index_entry *last,
                                              size_t last_length, size_t *length)
{
	const uint8_t *start = reader->at;
	size_t fixed = (size_t)(index_path((const void *)start) - (const char *)start);
	size_t kept, own;
	const uint8_t *zero;
	char *entry;

	reader->at += fixed;
	if (!read_kept(reader, last_length, &kept))
		return NULL;
	zero = memchr(reader->at, 0, (size_t)(reader->end - reader->at));
	if (!zero)
		return NULL;
	own = (size_t)(zero - reader->at);
	entry = arena_take(reader->arena, fixed + kept + own + 1);
	memcpy(entry, start, fixed);
	if (kept)
		memcpy(entry + fixed, index_path(last), kept);
	memcpy(entry + fixed + kept, reader->at, own);
	reader->at = zero + 1;
	*length = kept + own;
	return (const struct index_entry *)(const void *)entry;
}

static const struct index_entry *read_entry(struct reader *reader,
                                            const struct index_entry *last,
                                            size_t last_length, size_t *length)
{
	const struct index_entry *entry = (const void *)reader->at;
	const uint8_t *path, *zero;
	size_t size;

	if ((size_t)(reader->end - reader->at) < sizeof *entry)
		return NULL;
	if (reader->version == 4)
		return unfold_entry(reader, last, last_length, length);
	path = (const uint8_t *)index_path(entry);
	zero = memchr(path, 0, (size_t)(reader->end - path));
	if (!zero)
		return NULL;
	*length = (size_t)(zero - path);
	/* Padded with one to eight zeros to a multiple of eight bytes. */
	size = ((size_t)(path - reader->at) + *length + 8) & ~(size_t)7;
	if (size > (size_t)(reader->end - reader->at))
		return NULL;
	reader->at += size;
	return entry;
}

static unsigned stage_of(const struct index_entry *entry)
{
	return index_flags(entry) & ENTRY_STAGE;
}

/* Whether git would take the two for neighbours. */
static bool follows(const struct index_entry *entry, const struct index_entry *last)
{
	int order = strcmp(index_path(last), index_path(entry));

	return order < 0 ||
	       (order == 0 && stage_of(last) && stage_of(last) < stage_of(entry));
}

/* Whether it is such as git writes them. */
static bool is_sound(const struct index_entry *entry, size_t length)
{
	uint32_t mode = index_number(entry->mode);
	const char *path = index_path(entry);

	return length > 0 && length <= INDEX_PATH_LIMIT &&
	       (index_flags(entry) & ENTRY_LENGTH) == length && path[0] != '/' &&
	       path[length - 1] != '/' &&
	       (mode == 0100644 || mode == 0100755 || mode == KIND_LINK ||
	        mode == KIND_REPO) &&
	       !(index_more_flags(entry) &
	         ~(unsigned)(ENTRY_SKIP_WORKTREE | ENTRY_INTENT_TO_ADD));
}

static bool read_entries(struct index_file *out, struct reader *reader)
{
	const struct index_entry **entries, *last = NULL;
	size_t last_length = 0, length;

	if (out->count > (size_t)(reader->end - reader->at) / FIXED)
		return false;
	entries = arena_take(reader->arena, out->count * sizeof(*entries));
	for (size_t i = 0; i < out->count; i++) {
		const struct index_entry *entry = read_entry(reader, last, last_length,
		                                             &length);

		if (!entry || !is_sound(entry, length) ||
		    (last && !follows(entry, last)))
			return false;
		out->conflicted |= stage_of(entry) != 0;
		out->repos += index_is_repo(entry);
		entries[i] = last = entry;
		last_length = length;
	}
	out->entries = entries;
	return true;
}

/*
 * Extensions in capitals are hints: of them only the cached trees are of use
 * here, and what the untracked cache and fsmonitor remember is looked up
 * afresh. All others change what the entries mean (`link`: a split index,
 * `sdir`: a sparse one).
 */
static bool read_extensions(struct index_file *out, struct reader *reader)
{
	while ((size_t)(reader->end - reader->at) >= 8) {
		const uint8_t *name = reader->at;
		size_t length = index_number(name + 4);

		reader->at += 8;
		if (length > (size_t)(reader->end - reader->at))
			return false;
		if (name[0] < 'A' || name[0] > 'Z')
			return false;
		if (memcmp(name, "TREE", 4) == 0) {
			out->trees = (const char *)reader->at;
			out->trees_length = length;
		}
		reader->at += length;
	}
	return true;
}

bool index_open(struct index_file *out, struct arena *arena, const char *path)
{
	struct reader reader = {.arena = arena};

	*out = (struct index_file){0};
	if (!map_file(out, path))
		return false;
	if (!out->map)
		return true;
	reader.at = (const uint8_t *)out->map + HEADER;
	reader.end = (const uint8_t *)out->map + out->map_length - TRAILER;
	reader.version = index_number((const uint8_t *)out->map + 4);
	out->count = index_number((const uint8_t *)out->map + 8);
	return memcmp(out->map, "DIRC", 4) == 0 && reader.version >= 2 &&
	       reader.version <= 4 && read_entries(out, &reader) &&
	       read_extensions(out, &reader);
}

void index_close(struct index_file *index)
{
	if (index->map)
		munmap(index->map, index->map_length);
	index->map = NULL;
}
