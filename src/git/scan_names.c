#include "scan_names.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "base/buf.h"

enum { ROOM = 32 << 10 };

/* Some file systems do not tell the type along with the name. */
static void settle_type(struct dirent64 *name, int descriptor)
{
	struct stat st;

	if (name->d_type == DT_UNKNOWN &&
	    fstatat(descriptor, name->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0)
		name->d_type = IFTODT(st.st_mode);
}

static struct dirent64 *record_at(const struct names *names, size_t *at)
{
	struct dirent64 *name;

	if (*at >= names->records->length)
		return NULL;
	name = (void *)(names->records->data + *at);
	*at += name->d_reclen;
	return name;
}

static bool is_dots(const char *name)
{
	return name[0] == '.' && (!name[1] || (name[1] == '.' && !name[2]));
}

static bool is_git(const char *name)
{
	return strcmp(name, ".git") == 0;
}

bool names_read(struct names *out, struct buf *records, int descriptor)
{
	struct dirent64 *name;
	ssize_t got;
	size_t at = 0;

	*out = (struct names){.records = records};
	buf_clear(records);
	while ((got = getdents64(descriptor, buf_reserve(records, ROOM), ROOM)) > 0)
		records->length += (size_t)got;
	while ((name = record_at(out, &at))) {
		settle_type(name, descriptor);
		if (is_git(name->d_name))
			out->repo = true;
		else if (name->d_type != DT_DIR)
			out->others++;
	}
	return got == 0;
}

const struct dirent64 *names_next(const struct names *names, size_t *at)
{
	struct dirent64 *name;

	do
		name = record_at(names, at);
	while (name && (is_dots(name->d_name) || is_git(name->d_name)));
	return name;
}
