#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "scan_parts.h"

/* Larger files are hashed without being held in memory. */
enum { HELD = 4 << 20 };

static bool same_blob(const struct index_entry *entry, const struct buf *content)
{
	git_oid id;

	return git_odb_hash(&id, buf_text(content), content->length, GIT_OBJECT_BLOB) ==
	               0 &&
	       memcmp(id.id, entry->id, sizeof entry->id) == 0;
}

static bool same_link(struct walk *walk, int descriptor,
                      const struct index_entry *entry, const char *name,
                      const struct stat *st)
{
	size_t room = (size_t)st->st_size + 1;
	ssize_t length;

	buf_clear(&walk->content);
	length = readlinkat(descriptor, name, buf_reserve(&walk->content, room), room);
	if (length < 0)
		return false;
	walk->content.length = (size_t)length;
	return same_blob(entry, &walk->content);
}

static bool same_large(const struct scan *scan, const struct index_entry *entry)
{
	struct arena arena = {0};
	git_oid id;
	bool same = git_odb_hashfile(&id,
	                             arena_format(&arena, "%s%s", scan->folder,
	                                          index_path(entry)),
	                             GIT_OBJECT_BLOB) == 0 &&
	            memcmp(id.id, entry->id, sizeof entry->id) == 0;

	arena_drop(&arena);
	return same;
}

bool scan_same_content(struct walk *walk, struct folder *folder, int descriptor,
                       const struct index_entry *entry, const char *name,
                       const struct stat *st)
{
	enum { FLAGS = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK };
	struct scan *scan = walk->scan;
	enum conversion conversion;
	bool large = st->st_size > HELD;
	int file;

	if (S_ISLNK(st->st_mode))
		return same_link(walk, descriptor, entry, name, st);
	conversion = scan_conversion(walk, folder, index_path(entry));
	if ((index_number(entry->mode) & KIND_MASK) == KIND_LINK ||
	    conversion == CONVERTS_ANYTHING || (large && conversion)) {
		scan_raise(&scan->doubt);
		return true;
	}
	if (large)
		return same_large(scan, entry);
	file = openat(descriptor, name, FLAGS);
	if (file < 0 && (errno == EMFILE || errno == ENFILE))
		scan_raise(&scan->doubt);
	if (file < 0 || !scan_read(&walk->content, file))
		return false;
	/* Where git guesses what is text it leaves a file alone that was stored with
	 * CRLF: then the file is the blob as it stands. */
	if (conversion != CONVERTS_LINES && same_blob(entry, &walk->content))
		return true;
	return (scan_convert(&walk->content, conversion) ||
	        conversion == CONVERTS_LINES) &&
	       same_blob(entry, &walk->content);
}
