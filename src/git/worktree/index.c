#include "worktree/index.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"

enum {
	HEADER = 12,
	TRAILER = 20, /* the file's checksum */
	FIXED = offsetof(struct index_entry, more),
	ID = 20,
};

/* The part of the file that is still to be parsed. */
struct index_parser {
	const uint8_t *at;
	const uint8_t *end;
	struct arena *arena;
	unsigned version;
};

static size_t bytes_left(const struct index_parser *parser)
{
	return (size_t)(parser->end - parser->at);
}

/* Maps the file; false: it is there and cannot be mapped. */
static bool map_file(struct index_file *out, const char *path)
{
	int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;
	bool good;

	if (descriptor < 0)
		return errno == ENOENT;
	good = fstat(descriptor, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0 &&
	       st.st_size < LONG_MAX;
	if (good) {
		out->written = st.st_mtime;
		out->length = (size_t)st.st_size;
		out->map = mmap(NULL, out->length, PROT_READ, MAP_PRIVATE, descriptor,
		                0);
		good = out->map != MAP_FAILED;
	}
	if (!good)
		out->map = NULL;
	close(descriptor);
	return good;
}

/* How many bytes of the path before a path of version 4 begins with. */
static bool parse_shared(struct index_parser *parser, size_t last, size_t *shared)
{
	size_t cut;

	if (parser->at >= parser->end)
		return false;
	cut = *parser->at & 127;
	while (*parser->at++ & 128) {
		if (parser->at >= parser->end || cut > INDEX_PATH_LIMIT)
			return false;
		cut = ((cut + 1) << 7) | (*parser->at & 127);
	}
	if (cut > last)
		return false;
	*shared = last - cut;
	return true;
}

/* Makes of an entry of version 4 what it would be in version 3. */
static const struct index_entry *expand_entry(struct index_parser *parser,
                                              const struct index_entry *last,
                                              size_t last_length, size_t *length)
{
	const uint8_t *start = parser->at;
	size_t fixed = (size_t)(index_path((const void *)start) - (const char *)start);
	size_t shared, own;
	const uint8_t *zero;
	char *entry;

	parser->at += fixed;
	if (!parse_shared(parser, last_length, &shared))
		return NULL;
	zero = memchr(parser->at, 0, bytes_left(parser));
	if (!zero)
		return NULL;
	own = (size_t)(zero - parser->at);
	entry = arena_take(parser->arena, fixed + shared + own + 1);
	memcpy(entry, start, fixed);
	if (shared)
		memcpy(entry + fixed, index_path(last), shared);
	memcpy(entry + fixed + shared, parser->at, own);
	parser->at = zero + 1;
	*length = shared + own;
	return (const struct index_entry *)(const void *)entry;
}

static const struct index_entry *parse_entry(struct index_parser *parser,
                                             const struct index_entry *last,
                                             size_t last_length, size_t *length)
{
	const struct index_entry *entry = (const void *)parser->at;
	const uint8_t *path, *zero;
	size_t size;

	if (bytes_left(parser) < sizeof *entry)
		return NULL;
	if (parser->version == 4)
		return expand_entry(parser, last, last_length, length);
	path = (const uint8_t *)index_path(entry);
	zero = memchr(path, 0, (size_t)(parser->end - path));
	if (!zero)
		return NULL;
	*length = (size_t)(zero - path);
	/* Padded with one to eight zeros to a multiple of eight bytes. */
	size = ((size_t)(path - parser->at) + *length + 8) & ~(size_t)7;
	if (size > bytes_left(parser))
		return NULL;
	parser->at += size;
	return entry;
}

static unsigned stage_of(const struct index_entry *entry)
{
	return index_flags(entry) & ENTRY_STAGE;
}

/* Whether git would write the one after the other. */
static bool follows(const struct index_entry *entry, const struct index_entry *last)
{
	int order = strcmp(index_path(last), index_path(entry));

	return order < 0 ||
	       (order == 0 && stage_of(last) && stage_of(last) < stage_of(entry));
}

/* Whether git writes such entries. */
static bool is_valid(const struct index_entry *entry, size_t length)
{
	uint32_t mode = index_number(entry->mode);
	const char *path = index_path(entry);

	return length > 0 && length <= INDEX_PATH_LIMIT &&
	       (index_flags(entry) & ENTRY_LENGTH) == length && path[0] != '/' &&
	       path[length - 1] != '/' &&
	       (mode == 0100644 || mode == 0100755 || mode == INDEX_TYPE_LINK ||
	        mode == INDEX_TYPE_SUBMODULE) &&
	       !(index_more_flags(entry) &
	         ~(unsigned)(ENTRY_SKIP_WORKTREE | ENTRY_INTENT_TO_ADD));
}

static bool parse_entries(struct index_file *out, struct index_parser *parser)
{
	const struct index_entry **entries, *last = NULL;
	size_t last_length = 0, length;

	if (out->count > bytes_left(parser) / FIXED)
		return false;
	entries = arena_take(parser->arena, out->count * sizeof(*entries));
	for (size_t i = 0; i < out->count; i++) {
		const struct index_entry *entry = parse_entry(parser, last, last_length,
		                                              &length);

		if (!entry || !is_valid(entry, length) ||
		    (last && !follows(entry, last)))
			return false;
		out->conflicted |= stage_of(entry) != 0;
		out->submodules += index_is_submodule(entry);
		entries[i] = last = entry;
		last_length = length;
	}
	out->entries = entries;
	return true;
}

/* A number in decimal digits that ends in the byte `last`. Behind the end of a file
 * and of what git writes there are no digits. */
static bool parse_number(struct index_parser *parser, long *out, uint8_t last)
{
	enum { DIGITS = 9 };
	bool negative = bytes_left(parser) && *parser->at == '-';
	const uint8_t *first = parser->at += negative;

	*out = 0;
	while (bytes_left(parser) && *parser->at >= '0' && *parser->at <= '9' &&
	       parser->at - first < DIGITS)
		*out = *out * 10 + (*parser->at++ - '0');
	if (negative)
		*out = -*out;
	return parser->at != first && bytes_left(parser) && *parser->at++ == last;
}

/* NAME NUL ENTRIES SPACE CHILDREN LF [ID]; there is no id where ENTRIES is below 0. */
static bool parse_tree(struct index_parser *parser, struct cached_tree *out,
                       long *children)
{
	const uint8_t *zero = memchr(parser->at, '\0', bytes_left(parser));
	long entries;

	if (!zero)
		return false;
	*out = (struct cached_tree){.name = (const char *)parser->at};
	parser->at = zero + 1;
	if (!parse_number(parser, &entries, ' ') ||
	    !parse_number(parser, children, '\n') || *children < 0)
		return false;
	if (entries < 0)
		return true;
	if (bytes_left(parser) < ID)
		return false;
	out->id = parser->at;
	parser->at += ID;
	return true;
}

/* The trees that are open while the list is parsed. */
struct open_trees {
	struct open_tree {
		size_t place;  /* in the list */
		long children; /* that are still to come */
	} * items;
	size_t count, room;
};

static bool parse_trees(struct index_file *out, struct index_parser parser)
{
	struct open_trees open = {0};

	do {
		struct cached_tree tree;
		long children;

		if (open.count)
			open.items[open.count - 1].children--;
		if (!parse_tree(&parser, &tree, &children))
			return false;
		*ARENA_PUSH(parser.arena, &open) = (struct open_tree){out->trees.count,
		                                                      children};
		*ARENA_PUSH(parser.arena, &out->trees) = tree;
		while (open.count && open.items[open.count - 1].children == 0) {
			size_t place = open.items[--open.count].place;

			out->trees.items[place].size = out->trees.count - place;
		}
	} while (open.count);
	return true;
}

/*
 * Extensions in capitals are hints: of them only the cached trees are of use here,
 * and what the untracked cache and fsmonitor remember is looked up afresh. All others
 * change what the entries mean (`link`: a split index, `sdir`: a sparse one).
 */
static bool parse_extensions(struct index_file *out, struct index_parser *parser)
{
	while (bytes_left(parser) >= 8) {
		const uint8_t *name = parser->at;
		size_t length = index_number(name + 4);

		parser->at += 8;
		if (length > bytes_left(parser) || name[0] < 'A' || name[0] > 'Z')
			return false;
		if (memcmp(name, "TREE", 4) == 0 && length && !out->trees.count &&
		    !parse_trees(out, (struct index_parser){.at = parser->at,
		                                            .end = parser->at + length,
		                                            .arena = parser->arena}))
			return false;
		parser->at += length;
	}
	return true;
}

bool index_parse(struct index_file *out, struct arena *arena, const void *bytes,
                 size_t length)
{
	const uint8_t *start = bytes;
	struct index_parser parser = {.arena = arena};

	if (length < HEADER + TRAILER || memcmp(start, "DIRC", 4) != 0)
		return false;
	parser.at = start + HEADER;
	parser.end = start + length - TRAILER;
	parser.version = index_number(start + 4);
	out->count = index_number(start + 8);
	return parser.version >= 2 && parser.version <= 4 &&
	       parse_entries(out, &parser) && parse_extensions(out, &parser);
}

bool index_open(struct index_file *out, struct arena *arena, const char *path)
{
	*out = (struct index_file){0};
	return map_file(out, path) &&
	       (!out->map || index_parse(out, arena, out->map, out->length));
}

void index_close(struct index_file *index)
{
	if (index->map)
		munmap(index->map, index->length);
	index->map = NULL;
}

/* strcmp() of an entry's path, from `skip` on, and a name. */
static int compare_name(const struct index_entry *entry, size_t skip, const char *name,
                        size_t length)
{
	const char *path = index_path(entry) + skip;
	int order = strncmp(path, name, length);

	return order ? order : path[length] != '\0';
}

size_t index_seek(const struct index_file *index, size_t from, size_t to, size_t skip,
                  const char *name, size_t length)
{
	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (compare_name(index->entries[middle], skip, name, length) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

const struct index_entry *index_find(const struct index_file *index, const char *path)
{
	size_t at = index_seek(index, 0, index->count, 0, path, strlen(path));

	if (at == index->count || strcmp(index_path(index->entries[at]), path) != 0)
		return NULL;
	return index->entries[at];
}

size_t index_skip(const struct index_file *index, size_t at, size_t to, size_t length)
{
	const char *prefix = index_path(index->entries[at]);
	size_t step = 1;

	/* Steps that double, then halves: a folder is small next to the index. */
	while (step < to - at &&
	       strncmp(index_path(index->entries[at + step]), prefix, length) == 0) {
		at += step;
		step *= 2;
	}
	if (step < to - at)
		to = at + step;
	at++;
	while (at < to) {
		size_t middle = at + (to - at) / 2;

		if (strncmp(index_path(index->entries[middle]), prefix, length) == 0)
			at = middle + 1;
		else
			to = middle;
	}
	return at;
}

const struct cached_tree *index_root_tree(const struct index_file *index)
{
	return index->trees.count ? index->trees.items : NULL;
}

const struct cached_tree *cached_tree_find(const struct cached_tree *tree,
                                           const char *name)
{
	const struct cached_tree *end = tree ? tree + tree->size : NULL;

	for (tree = tree ? tree + 1 : NULL; tree < end; tree += tree->size) {
		if (strcmp(tree->name, name) == 0)
			return tree;
	}
	return NULL;
}
