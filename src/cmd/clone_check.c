#include "clone_check.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"

/* Takes `end` off the text, and the slashes before it. */
static size_t without(const char *text, size_t length, const char *end)
{
	size_t less = strlen(end);

	if (length > less && strncmp(text + length - less, end, less) == 0)
		length -= less;
	while (length > 0 && text[length - 1] == '/')
		length--;
	return length;
}

char *clone_folder_name(struct arena *arena, const char *url)
{
	size_t end = without(url, strlen(url), ""), start;

	end = without(url, end, "/.git");
	end = without(url, end, ".git");
	start = end;
	while (start > 0 && url[start - 1] != '/' && url[start - 1] != ':')
		start--;
	return arena_bytes(arena, url + start, end - start);
}

bool clone_url_is_plain(const char *url)
{
	static const char *const schemes[] = {"https", "http", "ssh", "git", "file"};
	size_t length = 0;

	while (isalnum((unsigned char)url[length]) ||
	       (length && url[length] && strchr("+.-", url[length])))
		length++;
	if (url[0] == '-' || strncmp(url + length, "::", 2) == 0)
		return false;
	if (strncmp(url + length, "://", 3) != 0)
		return true; /* host:path, or a path */
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
		if (strlen(schemes[i]) == length &&
		    strncmp(url, schemes[i], length) == 0)
			return true;
	return false;
}

bool clone_branch_is_name(const char *branch)
{
	if (!*branch || *branch == '-' || strstr(branch, "..") || strstr(branch, "@{"))
		return false;
	for (; *branch; branch++)
		if ((unsigned char)*branch <= ' ' || *branch == 0x7f ||
		    strchr("~^:?*[\\", *branch))
			return false;
	return true;
}

/* Small and capital letters are the same on some disks. */
bool clone_path_is_inside(const char *path)
{
	while (*path) {
		size_t length = strcspn(path, "/");

		if (length == 4 && strncasecmp(path, ".git", 4) == 0)
			return true;
		path += length + (path[length] == '/');
	}
	return false;
}
