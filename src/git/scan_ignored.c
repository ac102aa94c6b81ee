#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "scan_parts.h"

bool scan_read(struct buf *out, int descriptor)
{
	enum { ROOM = 16 << 10, LIMIT = 64 << 20 };
	ssize_t got;

	buf_clear(out);
	do {
		got = read(descriptor, buf_reserve(out, ROOM), ROOM);
		if (got > 0)
			out->length += (size_t)got;
	} while ((got > 0 && out->length <= LIMIT) || (got < 0 && errno == EINTR));
	close(descriptor);
	return got == 0;
}

static void read_list(struct ignore_list *out, struct arena *arena, int descriptor)
{
	BUF text = {0};

	if (descriptor >= 0 && scan_read(&text, descriptor))
		ignore_parse(out, arena, &text);
}

void scan_ignore_files(struct scan *scan)
{
	struct stat st;

	scan->ignore_files[0] = arena_format(scan->arena, "%sinfo/exclude",
	                                     scan->common_folder);
	scan->ignore_files[1] = scan->config.ignore_file;
	for (size_t i = 0; i < SCAN_IGNORES; i++) {
		const char *file = scan->ignore_files[i];

		if (file && fstatat(scan->root, file, &st, 0) == 0 &&
		    S_ISDIR(st.st_mode))
			scan_raise(&scan->doubt);
	}
}

static void read_files(struct scan *scan)
{
	enum { FLAGS = O_RDONLY | O_CLOEXEC | O_NONBLOCK };

	for (size_t i = 0; i < SCAN_IGNORES; i++) {
		const char *file = scan->ignore_files[i];

		if (file)
			read_list(&scan->ignores[i], scan->arena,
			          openat(scan->root, file, FLAGS));
	}
}

/* The rules of no folder, read by the first who wants them. */
static void read_common(struct scan *scan)
{
	pthread_mutex_lock(&scan->lock);
	if (!scan->ignores_read)
		read_files(scan);
	scan->ignores_read = true;
	pthread_mutex_unlock(&scan->lock);
}

/* The folder's own rules; git follows no symbolic link to them. */
static void read_own(struct walk *walk, struct folder *folder)
{
	enum { FLAGS = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK };
	const struct index_entry *entry;
	BUF path = {0};
	int descriptor;

	buf_add(&path, walk->path.data, folder->length);
	buf_adds(&path, ".gitignore");
	descriptor = openat(walk->scan->root, path.data, FLAGS);
	entry = descriptor < 0 ? index_find(&walk->scan->index, path.data) : NULL;
	if (entry && index_more_flags(entry) & ENTRY_SKIP_WORKTREE)
		scan_raise(&walk->scan->doubt); /* git takes it from the index */
	read_list(&folder->ignores, &walk->arena, descriptor);
}

/* What the nearest rule says of the first `length` bytes of `walk->path`, whose
 * last part is a name in the folder. */
static bool is_ignored(struct walk *walk, const struct folder *folder, size_t length,
                       bool is_folder)
{
	const char *path = walk->path.data;
	enum ignore_answer answer = IGNORE_UNKNOWN;

	for (const struct folder *at = folder; at && !answer; at = at->parent)
		answer = ignore_ask(&at->ignores, path + at->length,
		                    length - at->length, folder->length - at->length,
		                    is_folder);
	for (size_t i = 0; i < SCAN_IGNORES && !answer; i++)
		answer = ignore_ask(&walk->scan->ignores[i], path, length,
		                    folder->length, is_folder);
	return answer == IGNORE_YES;
}

/* Rules are read from the root down; below an ignored folder none counts. */
static void prepare(struct walk *walk, struct folder *folder)
{
	struct folder *parent = folder->parent;

	if (folder->ignores_read)
		return;
	folder->ignores_read = true;
	if (parent) {
		prepare(walk, parent);
		folder->ignored = parent->ignored ||
		                  is_ignored(walk, parent, folder->length - 1, true);
	} else {
		read_common(walk->scan);
	}
	if (!folder->ignored)
		read_own(walk, folder);
}

bool scan_ignored(struct walk *walk, struct folder *folder, bool is_folder)
{
	prepare(walk, folder);
	return folder->ignored ||
	       is_ignored(walk, folder, walk->path.length, is_folder);
}
