#include "worktree/listing.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include "base/buf.h"

static bool is_dots(const char *name)
{
	return name[0] == '.' && (!name[1] || (name[1] == '.' && !name[2]));
}

static bool is_git(const char *name)
{
	return strcmp(name, ".git") == 0;
}

static enum listing_type mode_type(mode_t mode)
{
	if (S_ISDIR(mode))
		return LISTING_FOLDER;
	return S_ISREG(mode) || S_ISLNK(mode) ? LISTING_FILE : LISTING_OTHER;
}

/* Where the file system does not say the type along with the name. */
static enum listing_type look_up_type(int folder, const char *name)
{
	struct stat st;

	return fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) == 0
	               ? mode_type(st.st_mode)
	               : LISTING_OTHER;
}

static void count_name(struct listing *listing, const char *name,
                       enum listing_type type)
{
	if (is_git(name))
		listing->repo = true;
	else if (type != LISTING_FOLDER)
		listing->others++;
}

#if defined __linux__ && defined __GLIBC__ && !defined GITA_PORTABLE

enum { ROOM = 32 << 10 };

static struct dirent64 *record_at(const struct listing *listing, size_t *at)
{
	struct dirent64 *record;

	if (*at >= listing->records->length)
		return NULL;
	record = (void *)(listing->records->data + *at);
	*at += record->d_reclen;
	return record;
}

static enum listing_type record_type(const struct dirent64 *record)
{
	if (record->d_type == DT_DIR)
		return LISTING_FOLDER;
	return record->d_type == DT_REG || record->d_type == DT_LNK ? LISTING_FILE
	                                                            : LISTING_OTHER;
}

bool listing_read(struct listing *out, struct buf *records, int folder)
{
	struct dirent64 *record;
	ssize_t got;
	size_t at = 0;

	*out = (struct listing){.records = records};
	buf_clear(records);
	while ((got = getdents64(folder, buf_reserve(records, ROOM), ROOM)) > 0)
		records->length += (size_t)got;
	while ((record = record_at(out, &at))) {
		if (record->d_type == DT_UNKNOWN) {
			enum listing_type type = look_up_type(folder, record->d_name);

			record->d_type = type == LISTING_FOLDER ? DT_DIR
			                 : type == LISTING_FILE ? DT_REG
			                                        : DT_FIFO;
		}
		count_name(out, record->d_name, record_type(record));
	}
	return got == 0;
}

bool listing_next(struct listing_name *out, const struct listing *listing, size_t *at)
{
	const struct dirent64 *record;

	do
		record = record_at(listing, at);
	while (record && (is_dots(record->d_name) || is_git(record->d_name)));
	if (record)
		*out = (struct listing_name){record->d_name, record_type(record)};
	return record != NULL;
}

#else

/* A record is a byte for the type and the name with its NUL. */

static enum listing_type entry_type(const struct dirent *entry, int folder)
{
#ifdef DT_UNKNOWN
	switch (entry->d_type) {
	case DT_DIR:
		return LISTING_FOLDER;
	case DT_REG:
	case DT_LNK:
		return LISTING_FILE;
	case DT_UNKNOWN:
		break;
	default:
		return LISTING_OTHER;
	}
#endif
	return look_up_type(folder, entry->d_name);
}

/* The folder as a stream of its own; `folder` stays open. */
static DIR *open_stream(int folder)
{
	int copy = fcntl(folder, F_DUPFD_CLOEXEC, 0);
	DIR *stream = copy >= 0 ? fdopendir(copy) : NULL;

	if (!stream && copy >= 0)
		close(copy);
	return stream;
}

bool listing_read(struct listing *out, struct buf *records, int folder)
{
	DIR *stream = open_stream(folder);
	const struct dirent *entry;
	bool good;

	*out = (struct listing){.records = records};
	buf_clear(records);
	if (!stream)
		return false;
	while (errno = 0, (entry = readdir(stream))) {
		enum listing_type type;

		if (is_dots(entry->d_name))
			continue;
		type = entry_type(entry, folder);
		count_name(out, entry->d_name, type);
		buf_addc(records, (char)type);
		buf_add(records, entry->d_name, strlen(entry->d_name) + 1);
	}
	good = errno == 0;
	closedir(stream);
	return good;
}

bool listing_next(struct listing_name *out, const struct listing *listing, size_t *at)
{
	while (*at < listing->records->length) {
		const char *record = listing->records->data + *at;

		*at += 1 + strlen(record + 1) + 1;
		*out = (struct listing_name){record + 1, (enum listing_type)record[0]};
		if (!is_git(out->text))
			return true;
	}
	return false;
}

#endif
