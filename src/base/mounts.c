#include "base/mounts.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/path.h"
#include "base/text.h"

/* Not fuseblk: that is a local disk served by a local process (ntfs-3g). */
static const char *const remote_types[] = {
	"9p",   "afs",  "autofs",    "beegfs", "ceph",   "cifs",
	"coda", "fuse", "glusterfs", "gpfs",   "lustre", "ncpfs",
	"nfs",  "nfs4", "ocfs2",     "smb3",   "smbfs",  "sshfs",
};

static bool is_remote(const char *type)
{
	for (size_t i = 0; i < sizeof remote_types / sizeof *remote_types; i++) {
		if (strcmp(type, remote_types[i]) == 0)
			return true;
	}
	return text_skip_prefix(type, "fuse.") != NULL;
}

static bool is_octal(const char *digits)
{
	return strspn(digits, "01234567") >= 3;
}

/* The kernel writes blanks and backslashes as \ooo. */
static const char *unescaped(char *field)
{
	char *to = field;

	for (const char *from = field; *from; to++) {
		if (*from == '\\' && is_octal(from + 1)) {
			*to = (char)((from[1] - '0') << 6 | (from[2] - '0') << 3 |
			             (from[3] - '0'));
			from += 4;
		} else {
			*to = *from++;
		}
	}
	*to = '\0';
	return field;
}

/* proc(5): ID PARENT DEVICE ROOT POINT OPTIONS [TAG...] - TYPE SOURCE OPTIONS */
static void parse_line(struct mounts *out, struct arena *arena, char *line)
{
	const size_t point_at = 4, tags_at = 6;
	char *point = NULL, *field, *rest = line;
	bool ended = false;

	for (size_t i = 0; !ended && (field = strsep(&rest, " ")); i++) {
		if (i == point_at)
			point = field;
		ended = i >= tags_at && strcmp(field, "-") == 0;
	}
	field = ended ? strsep(&rest, " ") : NULL;
	if (field)
		*ARENA_PUSH(arena, out) = (struct mount){
			.point = arena_string(arena, unescaped(point)),
			.remote = is_remote(field)};
}

void mounts_parse(struct mounts *out, struct arena *arena, char *text)
{
	char *line;

	while ((line = strsep(&text, "\n")))
		parse_line(out, arena, line);
}

void mounts_load(struct mounts *out, struct arena *arena)
{
	BUF text = {0};
	struct error ignored;
	bool there;

	*out = (struct mounts){0};
	if (file_read(&text, &there, "/proc/self/mountinfo", FILE_LIMIT, &ignored) &&
	    there)
		mounts_parse(out, arena, text.data);
}

bool mounts_have_remote(const struct mounts *mounts)
{
	for (size_t i = 0; i < mounts->count; i++) {
		if (mounts->items[i].remote)
			return true;
	}
	return false;
}

struct mount *mounts_find(const struct mounts *mounts, const char *path)
{
	struct mount *found = NULL;
	size_t longest = 0;

	for (size_t i = 0; i < mounts->count; i++) {
		struct mount *mount = &mounts->items[i];
		size_t length = strlen(mount->point);

		if (length >= longest && path_is_below(path, mount->point)) {
			longest = length;
			found = mount;
		}
	}
	return found;
}

/* Few mounts are remote: most paths are below none of them. */
static bool is_below_remote(const struct mounts *mounts, const char *path)
{
	for (size_t i = 0; i < mounts->count; i++) {
		const struct mount *mount = &mounts->items[i];

		if (mount->remote && path_is_below(path, mount->point))
			return true;
	}
	return false;
}

bool mounts_remote(const struct mounts *mounts, const char *path)
{
	return is_below_remote(mounts, path) && mounts_find(mounts, path)->remote;
}

/* As many as the kernel follows (path_resolution(7)). */
enum { MOST_LINKS = 40 };

/* The target of the symbolic link `path`, NULL if it is none. */
static const char *read_link(struct arena *arena, const char *path)
{
	char target[PATH_MAX];
	ssize_t length = readlink(path, target, sizeof target);

	return length > 0 ? arena_bytes(arena, target, (size_t)length) : NULL;
}

const char *mounts_follow(bool *remote, const struct mounts *mounts,
                          struct arena *arena, const char *path)
{
	const char *reached = "/", *rest = path;
	int links = 0;

	*remote = false;
	while (links <= MOST_LINKS) {
		size_t length;
		const char *part, *there, *target;

		rest += strspn(rest, "/");
		length = strcspn(rest, "/");
		if (length == 0)
			return reached;
		part = arena_bytes(arena, rest, length);
		rest += length;
		/* `reached` contains no link, so ".." can be resolved as text. */
		there = path_absolute(arena, path_join(arena, reached, part));
		*remote = mounts_remote(mounts, there);
		if (*remote)
			return path_absolute(arena,
			                     arena_format(arena, "%s%s", there, rest));
		target = read_link(arena, there);
		if (!target) {
			reached = there;
			continue;
		}
		links++;
		rest = arena_format(arena, "%s/%s", target, rest);
		if (*target == '/')
			reached = "/";
	}
	return path_absolute(arena, path);
}

const char *mounts_find_remote(const struct mounts *mounts, struct arena *arena,
                               const char *path)
{
	const char *found;
	bool remote;

	if (!mounts_have_remote(mounts))
		return NULL;
	found = mounts_follow(&remote, mounts, arena, path);
	return remote ? found : NULL;
}

const char *mounts_find_remote_in(const struct mounts *mounts, struct arena *arena,
                                  const char *real_folder, const char *name)
{
	const char *path = path_join(arena, real_folder, name);

	if (mounts_remote(mounts, path))
		return path;
	return read_link(arena, path) ? mounts_find_remote(mounts, arena, path) : NULL;
}

bool mounts_lead_remote(const struct mounts *mounts, const char *path)
{
	struct arena arena = {0};
	bool remote = mounts_find_remote(mounts, &arena, path) != NULL;

	arena_drop(&arena);
	return remote;
}

const char *mounts_real(const struct mounts *mounts, struct arena *arena,
                        const char *path)
{
	bool remote;

	if (!mounts_have_remote(mounts))
		return path_real(arena, path);
	return mounts_follow(&remote, mounts, arena, path);
}
