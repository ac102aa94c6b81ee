#include "base/path.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/strings.h"

char *path_join(struct arena *arena, const char *folder, const char *name)
{
	size_t length = strlen(folder);

	if (*name == '/' || length == 0)
		return arena_string(arena, name);
	return arena_format(arena, folder[length - 1] == '/' ? "%s%s" : "%s/%s", folder,
	                    name);
}

/* A working directory that is removed or cannot be read has no path. It is given one
 * where nothing is and nothing can be made: below a file, by the name that Linux has
 * for such a place. */
static char *from_here(struct arena *arena, const char *path)
{
	char *here = *path == '/' ? NULL : getcwd(NULL, 0);
	char *whole = path_join(arena, here ? here : "/dev/null/(unreachable)", path);

	free(here);
	return whole;
}

/* Appends one component to `out`, a normalized path (the root is empty). */
static void add_component(struct buf *out, const char *name, size_t length)
{
	if (length == 0 || (length == 1 && name[0] == '.'))
		return;
	if (length == 2 && name[0] == '.' && name[1] == '.') {
		while (out->length && out->data[--out->length] != '/')
			;
		return;
	}
	buf_addc(out, '/');
	buf_add(out, name, length);
}

char *path_absolute(struct arena *arena, const char *path)
{
	BUF out = {0};
	const char *at = from_here(arena, path);

	while (*at) {
		size_t length = strcspn(at, "/");

		add_component(&out, at, length);
		at += length + (at[length] == '/');
	}
	return arena_string(arena, out.length ? buf_text(&out) : "/");
}

char *path_real(struct arena *arena, const char *path)
{
	char *front = from_here(arena, path);
	size_t length = strlen(front);
	const char *whole = arena_bytes(arena, front, length);
	char *real;

	/* Drops components from the end until the path exists; "/" always does. */
	while (!(real = realpath(front, NULL)) && length > 1) {
		while (length > 1 && front[length - 1] == '/')
			length--;
		while (length > 1 && front[length - 1] != '/')
			length--;
		front[length] = '\0';
	}
	front = path_join(arena, real ? real : "/", whole + length);
	free(real);
	return path_absolute(arena, front);
}

const char *path_base(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash || strcmp(path, "/") == 0)
		return path;
	return slash + 1;
}

char *path_parent(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return arena_string(arena, ".");
	return arena_bytes(arena, path, slash == path ? 1 : (size_t)(slash - path));
}

bool path_is_below(const char *path, const char *folder)
{
	size_t length = strlen(folder);

	while (length && folder[length - 1] == '/')
		length--;
	return strncmp(path, folder, length) == 0 &&
	       (path[length] == '/' || path[length] == '\0');
}

/* The length of the common prefix of whole components. */
static size_t common_front(const char *one, const char *other)
{
	size_t common = 0;

	for (size_t i = 0;; i++) {
		bool ends = one[i] == '/' || one[i] == '\0';

		if (ends && (other[i] == '/' || other[i] == '\0'))
			common = i;
		if (one[i] != other[i] || one[i] == '\0')
			return common;
	}
}

char *path_relative(struct arena *arena, const char *path, const char *folder)
{
	BUF out = {0};
	size_t common = common_front(path, folder);

	for (const char *at = folder + common; *at;) {
		at += strspn(at, "/");
		if (*at)
			buf_adds(&out, "../");
		at += strcspn(at, "/");
	}
	path += common;
	buf_adds(&out, path + strspn(path, "/"));
	if (out.length && out.data[out.length - 1] == '/')
		out.data[--out.length] = '\0';
	return arena_string(arena, out.length ? out.data : ".");
}

bool path_is_folder(const char *path)
{
	struct stat info;

	if (stat(path, &info) != 0)
		return false;
	errno = ENOTDIR;
	return S_ISDIR(info.st_mode);
}

bool path_is_program(const char *name)
{
	const char *path = getenv("PATH");
	struct arena arena = {0};
	struct strings folders = {0};
	bool found = false;

	strings_split(&arena, &folders, path ? path : "", ":");
	for (size_t i = 0; i < folders.count && !found; i++) {
		const char *file = path_join(&arena, folders.items[i], name);

		found = access(file, X_OK) == 0 && !path_is_folder(file);
	}
	arena_drop(&arena);
	return found;
}
