#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/path.h"

enum { STEP = 64 << 10 };

/* Everything up to the end, but no more than one byte over the limit. */
static bool read_all(struct buf *out, int descriptor, size_t limit)
{
	while (out->length <= limit) {
		size_t left = limit - out->length + 1;
		size_t step = left < STEP ? left : STEP;
		ssize_t got = read(descriptor, buf_reserve(out, step), step);

		if (got > 0)
			out->length += (size_t)got;
		else if (got == 0)
			break;
		else if (errno != EINTR)
			return false;
	}
	(void)buf_text(out); /* the NUL behind */
	return true;
}

static bool read_opened(struct buf *out, int descriptor, const char *path, size_t limit,
                        struct error *err)
{
	struct stat info;

	if (fstat(descriptor, &info) != 0)
		return error_errno(err, errno, "cannot read '%s'", path);
	if (S_ISDIR(info.st_mode))
		return error_errno(err, EISDIR, "cannot read '%s'", path);
	if (!S_ISREG(info.st_mode))
		return error_set(err, "cannot read '%s': not a regular file", path);
	if (info.st_size > 0 && (size_t)info.st_size <= limit)
		buf_reserve(out, (size_t)info.st_size + 1);
	if (!read_all(out, descriptor, limit))
		return error_errno(err, errno, "cannot read '%s'", path);
	if (out->length > limit)
		return error_set(err, "cannot read '%s': larger than %zu bytes", path,
		                 limit);
	return true;
}

bool file_read(struct buf *out, bool *there, const char *path, size_t limit,
               struct error *err)
{
	/* O_NONBLOCK: the open of a fifo would wait for a writer. */
	int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	bool good;

	buf_clear(out);
	*there = descriptor >= 0 || errno != ENOENT;
	if (descriptor < 0)
		return !*there || error_errno(err, errno, "cannot read '%s'", path);
	good = read_opened(out, descriptor, path, limit, err);
	close(descriptor);
	return good;
}

bool file_remove(const char *path, struct error *err)
{
	return unlink(path) == 0 || errno == ENOENT ||
	       error_errno(err, errno, "cannot remove '%s'", path);
}

bool file_make_folder(const char *path, bool private, struct error *err)
{
	struct arena scratch = {0};
	char *front = arena_string(&scratch, path);
	bool good = true;

	for (size_t i = 1; good && *path; i++) {
		int why;

		if (path[i] != '/' && path[i] != '\0')
			continue;
		front[i] = '\0';
		/* Asked for on any failure: a folder that is there need not say
		 * EEXIST, it can also be on a disk that is read-only. */
		why = mkdir(front, private ? 0700 : 0777) == 0 ? 0 : errno;
		good = why == 0 || path_is_folder(front) ||
		       error_errno(err, why, "cannot make the folder '%s'", front);
		front[i] = path[i];
		if (path[i] == '\0')
			break;
	}
	arena_drop(&scratch);
	return good;
}
