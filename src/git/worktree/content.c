#include "worktree/content.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "config.h"

/* Larger files are hashed without being held in memory. */
enum { HELD = 4 << 20 };

static bool is_string(const char *value)
{
	return value && value != attribute_set && value != attribute_unset &&
	       value != attribute_unspecified;
}

static bool is_equal(const char *value, const char *word)
{
	return is_string(value) && strcmp(value, word) == 0;
}

/* What the value of `text`, or of `crlf`, means. */
static enum conversion text_conversion(const char *value)
{
	if (value == attribute_set || is_equal(value, "input"))
		return CONVERSION_LINES;
	if (value == attribute_unset)
		return CONVERSION_NONE;
	return is_equal(value, "auto") ? CONVERSION_LINES_OF_TEXT
	                               : CONVERSION_UNSPECIFIED;
}

static enum conversion line_conversion(const struct comparison *comparison,
                                       const char *const values[ATTRIBUTE_COUNT])
{
	enum conversion conversion = text_conversion(values[ATTRIBUTE_TEXT]);
	const char *eol = values[ATTRIBUTE_EOL];

	if (conversion == CONVERSION_UNSPECIFIED)
		conversion = text_conversion(values[ATTRIBUTE_CRLF]);
	if (conversion != CONVERSION_UNSPECIFIED)
		return conversion;
	if (is_equal(eol, "lf") || is_equal(eol, "crlf"))
		return CONVERSION_LINES;
	return comparison->config.converts_lines ? CONVERSION_LINES_OF_TEXT
	                                         : CONVERSION_NONE;
}

/* A filter without a driver in the configuration does nothing. */
static bool has_driver(const struct comparison *comparison, const char *filter)
{
	const struct config *config = comparison->question->config;
	size_t length;

	if (!is_string(filter))
		return false;
	length = strlen(filter);
	for (size_t i = 0; i < config->count; i++) {
		const char *key = config->items[i].key;

		if (strncmp(key, "filter.", 7) == 0 &&
		    strncmp(key + 7, filter, length) == 0 && key[7 + length] == '.')
			return true;
	}
	return false;
}

static enum conversion find_conversion(struct rules *rules, const char *path)
{
	const char *values[ATTRIBUTE_COUNT] = {NULL};
	const char *encoding;

	if (!rules_attributes(values, rules, path))
		return CONVERSION_OTHER;
	encoding = values[ATTRIBUTE_ENCODING];
	if (values[ATTRIBUTE_IDENT] == attribute_set ||
	    has_driver(rules->comparison, values[ATTRIBUTE_FILTER]) ||
	    (encoding && encoding != attribute_unspecified))
		return CONVERSION_OTHER;
	return line_conversion(rules->comparison, values);
}

/* gather_stats() and convert_is_binary() of git's convert.c. */
static bool is_binary(const struct buf *content)
{
	size_t printable = 0, other = 0;

	for (size_t i = 0; i < content->length; i++) {
		unsigned char byte = (unsigned char)content->data[i];

		if (byte == '\0')
			return true;
		if (byte == '\r') {
			if (i + 1 == content->length || content->data[++i] != '\n')
				return true;
		} else if (byte == '\b' || byte == '\t' || byte == '\033' ||
		           byte == '\014' || (byte >= ' ' && byte != 127)) {
			printable++;
		} else if (byte != '\n') {
			other++;
		}
	}
	if (content->length && content->data[content->length - 1] == '\032')
		other--;
	return printable >> 7 < other;
}

static bool has_crlf(const struct buf *content)
{
	const char *at = content->data, *end = at + content->length;

	while (at && (at = memchr(at, '\r', (size_t)(end - at)))) {
		if (++at < end && *at == '\n')
			return true;
	}
	return false;
}

bool content_convert(struct buf *content, enum conversion conversion)
{
	size_t kept = 0;

	if (conversion == CONVERSION_NONE || content->length == 0 ||
	    !has_crlf(content) ||
	    (conversion == CONVERSION_LINES_OF_TEXT && is_binary(content)))
		return false;
	for (size_t i = 0; i < content->length; i++) {
		if (content->data[i] != '\r' || i + 1 == content->length ||
		    content->data[i + 1] != '\n')
			content->data[kept++] = content->data[i];
	}
	content->length = kept;
	return true;
}

static bool is_blob(const struct index_entry *entry, const struct buf *content)
{
	git_oid id;

	return libgit2.odb_hash(&id, buf_text(content), content->length,
	                        GIT_OBJECT_BLOB) == 0 &&
	       memcmp(id.id, entry->id, sizeof entry->id) == 0;
}

static bool is_same_link(struct comparison *comparison, struct buf *scratch, int folder,
                         const struct index_entry *entry, const char *name)
{
	ssize_t length;

	buf_clear(scratch);
	length = readlinkat(folder, name, buf_reserve(scratch, PATH_MAX), PATH_MAX);
	if (length == PATH_MAX)
		comparison_raise(&comparison->ask_git);
	if (length < 0 || length == PATH_MAX)
		return false;
	scratch->length = (size_t)length;
	return is_blob(entry, scratch);
}

static bool is_same_large(const struct comparison *comparison,
                          const struct index_entry *entry)
{
	struct arena arena = {0};
	const char *path = arena_format(&arena, "%s/%s", comparison->question->path,
	                                index_path(entry));
	git_oid id;
	bool same = libgit2.odb_hashfile(&id, path, GIT_OBJECT_BLOB) == 0 &&
	            memcmp(id.id, entry->id, sizeof entry->id) == 0;

	arena_drop(&arena);
	return same;
}

/* Whether the file at `name` is what the entry's blob holds; raises `ask_git` where
 * only git knows. */
static bool is_same_content(struct rules *rules, struct buf *scratch, int folder,
                            const struct index_entry *entry, const char *name,
                            const struct stat *st)
{
	struct comparison *comparison = rules->comparison;
	enum conversion conversion;
	bool large = st->st_size > HELD;

	if (S_ISLNK(st->st_mode))
		return is_same_link(comparison, scratch, folder, entry, name);
	conversion = find_conversion(rules, index_path(entry));
	if ((index_number(entry->mode) & INDEX_TYPE_MASK) == INDEX_TYPE_LINK ||
	    conversion == CONVERSION_OTHER ||
	    (large && conversion != CONVERSION_NONE)) {
		comparison_raise(&comparison->ask_git);
		return true;
	}
	if (large)
		return is_same_large(comparison, entry);
	if (!comparison_read(scratch, comparison, folder, name, O_NOFOLLOW))
		return false;
	/* Where git guesses what is text it leaves a file alone that was stored with
	 * CRLF: then the file is the blob as it stands. */
	if (conversion != CONVERSION_LINES && is_blob(entry, scratch))
		return true;
	return (content_convert(scratch, conversion) ||
	        conversion == CONVERSION_LINES) &&
	       is_blob(entry, scratch);
}

static const uint8_t empty_blob[20] = {0xe6, 0x9d, 0xe2, 0x9b, 0xb2, 0xd1, 0xd6,
                                       0x43, 0x4b, 0x8b, 0x29, 0xae, 0x77, 0x5a,
                                       0xd8, 0xc2, 0xe4, 0x8c, 0x53, 0x91};

static bool is_number(const uint8_t stored[4], uint64_t value)
{
	return index_number(stored) == (uint32_t)value;
}

static bool is_same_type(const struct comparison_config *config, uint32_t mode,
                         mode_t found)
{
	if ((mode & INDEX_TYPE_MASK) == INDEX_TYPE_LINK)
		return S_ISLNK(found) || (!config->symlinks && S_ISREG(found));
	return S_ISREG(found) && (!config->file_mode || !((mode ^ found) & 0100));
}

/* The times to the second, as git is built by default. */
static bool is_same_time(const struct comparison_config *config,
                         const struct index_entry *entry, const struct stat *st)
{
	return is_number(entry->mtime, (uint64_t)st->st_mtime) &&
	       (!config->trust_ctime || !config->check_all ||
	        is_number(entry->ctime, (uint64_t)st->st_ctime));
}

static bool is_same_file(const struct comparison_config *config,
                         const struct index_entry *entry, const struct stat *st)
{
	return !config->check_all ||
	       (is_number(entry->uid, st->st_uid) &&
	        is_number(entry->gid, st->st_gid) && is_number(entry->ino, st->st_ino));
}

enum stat_match content_match_stat(const struct comparison_config *config,
                                   int64_t written, const struct index_entry *entry,
                                   const struct stat *st)
{
	uint32_t size = index_number(entry->size);

	if (!is_same_type(config, index_number(entry->mode), st->st_mode))
		return STAT_DIFFERENT;
	if (size && !is_number(entry->size, (uint64_t)st->st_size))
		return STAT_DIFFERENT;
	if (!size &&
	    (st->st_size || memcmp(entry->id, empty_blob, sizeof empty_blob) != 0))
		return STAT_UNSURE;
	if (!is_same_time(config, entry, st) || !is_same_file(config, entry, st))
		return STAT_UNSURE;
	return written && written <= (int64_t)index_number(entry->mtime) ? STAT_UNSURE
	                                                                 : STAT_SAME;
}

/* Submodules are compared elsewhere. */
static bool is_not_compared(const struct index_entry *entry)
{
	return index_is_unchecked(entry) || index_is_submodule(entry);
}

void content_missing(struct comparison *comparison, const struct index_entry *entry)
{
	if (!is_not_compared(entry))
		comparison_raise(&comparison->unstaged);
}

static bool is_same(struct rules *rules, struct buf *scratch, int folder,
                    const struct index_entry *entry, const char *name,
                    const struct stat *st)
{
	const struct comparison *comparison = rules->comparison;

	if (index_more_flags(entry) & ENTRY_INTENT_TO_ADD)
		return false;
	switch (content_match_stat(&comparison->config, comparison->index.written,
	                           entry, st)) {
	case STAT_SAME:
		return true;
	case STAT_DIFFERENT:
		return false;
	case STAT_UNSURE:
		break;
	}
	return is_same_content(rules, scratch, folder, entry, name, st);
}

bool content_compare(struct rules *rules, struct buf *scratch, int folder,
                     const struct index_entry *entry, const char *name, bool *complete)
{
	struct comparison *comparison = rules->comparison;
	struct stat st;

	if (is_not_compared(entry) || comparison_has(&comparison->unstaged)) {
		*complete = false;
		return false;
	}
	if (fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) != 0) {
		comparison_raise(errno == ENOENT ? &comparison->unstaged
		                                 : &comparison->ask_git);
		return false;
	}
	if (!is_same(rules, scratch, folder, entry, name, &st))
		comparison_raise(&comparison->unstaged);
	return !S_ISDIR(st.st_mode);
}
