#include "git/probe.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/path.h"

/* A path and a little more; git reads no longer ones either. */
enum { SMALL = 8192, HEAD_SIZE = 256, HASH_DIGITS = 40 };

const char *probe_kind_name(enum repo_kind kind)
{
	static const char *const names[] = {NULL, "repo", "bare", "worktree",
	                                    "submodule"};

	return names[kind];
}

/* The start of a regular file as a string; -1 where there is none. */
static ssize_t read_small(char *out, size_t room, const char *path)
{
	/* Not blocking: the open of a fifo would wait for a writer. */
	int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	ssize_t length;

	if (descriptor < 0)
		return -1;
	length = read(descriptor, out, room - 1);
	close(descriptor);
	if (length >= 0)
		out[length] = '\0';
	return length;
}

static void cut_line_ends(char *text)
{
	size_t length = strlen(text);

	while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r'))
		text[--length] = '\0';
}

const char *probe_common_folder(struct arena *arena, const char *git_folder)
{
	char text[SMALL];

	if (read_small(text, sizeof text, path_join(arena, git_folder, "commondir")) <=
	    0)
		return git_folder;
	cut_line_ends(text);
	return path_join(arena, git_folder, text);
}

/* validate_headref() of git: a reference below refs/, or a hash. */
static bool is_head(const char *path)
{
	char text[HEAD_SIZE];
	ssize_t length = readlink(path, text, sizeof text - 1);
	size_t digits = 0;

	if (length >= 0)
		return length >= 5 && memcmp(text, "refs/", 5) == 0;
	if (read_small(text, sizeof text, path) < 0)
		return false;
	if (strncmp(text, "ref:", 4) == 0)
		return strncmp(text + 4 + strspn(text + 4, " \t\r\n"), "refs/", 5) == 0;
	while (isxdigit((unsigned char)text[digits]))
		digits++;
	return digits >= HASH_DIGITS;
}

/* The common folder of a git folder, NULL if it is none. */
static const char *git_folder_common(struct arena *arena, const char *folder)
{
	const char *common;

	if (!is_head(path_join(arena, folder, "HEAD")))
		return NULL;
	common = probe_common_folder(arena, folder);
	if (access(path_join(arena, common, "objects"), X_OK) != 0 ||
	    access(path_join(arena, common, "refs"), X_OK) != 0)
		return NULL;
	return common;
}

/* Where a `.git` file points, or NULL if that is not what it is. */
static const char *git_file_target(struct arena *arena, const char *path,
                                   const char *file)
{
	static const char word[] = "gitdir: ";
	char text[SMALL];

	if (read_small(text, sizeof text, file) < 0 ||
	    strncmp(text, word, sizeof word - 1) != 0)
		return NULL;
	cut_line_ends(text);
	return path_join(arena, path, text + sizeof word - 1);
}

/* Whether a part `modules` of the path stands in a git folder; submodules nest. */
static bool is_in_modules(struct arena *arena, const char *folder)
{
	static const char word[] = "/modules/";

	for (const char *at = strstr(folder, word); at; at = strstr(at + 1, word)) {
		char *above = arena_bytes(arena, folder, (size_t)(at - folder));

		if (is_head(path_join(arena, above, "HEAD")))
			return true;
	}
	return false;
}

enum repo_kind probe_folder_kind(const char *git_folder, const char *common_folder)
{
	struct arena scratch = {0};
	enum repo_kind kind = REPO_USUAL;

	if (strcmp(git_folder, common_folder) != 0 && strstr(git_folder, "/worktrees/"))
		kind = REPO_WORKTREE;
	else if (is_in_modules(&scratch, git_folder))
		kind = REPO_SUBMODULE;
	arena_drop(&scratch);
	return kind;
}

static void set_found(struct probe *out, enum repo_kind kind, const char *folder,
                      const char *common)
{
	out->kind = kind;
	out->git_folder = folder;
	out->common_folder = common;
}

/* `.git` is a file: git goes where it points or fails, and looks nowhere else. */
static void probe_file(struct probe *out, struct arena *arena, const char *path,
                       const char *file)
{
	const char *folder = git_file_target(arena, path, file);
	const char *common;

	if (!folder) {
		out->reason = "its .git is a file that names no git folder";
		return;
	}
	common = git_folder_common(arena, folder);
	if (common)
		set_found(out, probe_folder_kind(folder, common), folder, common);
	else
		out->reason = arena_format(arena,
		                           "its .git points to '%s', which is "
		                           "no git folder",
		                           folder);
}

/* `.git` is no file: it or the path itself may be a git folder. */
static void probe_folders(struct probe *out, struct arena *arena, const char *path,
                          const char *dot_git, bool there)
{
	const char *common = there ? git_folder_common(arena, dot_git) : NULL;

	if (common) {
		set_found(out, REPO_USUAL, dot_git, common);
		return;
	}
	common = git_folder_common(arena, path);
	if (common)
		set_found(out, REPO_BARE, path, common);
	else if (there)
		out->reason = "HEAD, objects or refs of its .git is missing or damaged";
	else
		out->reason = "not a git repository";
}

void probe_path(struct probe *out, struct arena *arena, const char *path)
{
	const char *dot_git = path_join(arena, path, ".git");
	struct stat info;

	*out = (struct probe){.kind = REPO_NONE};
	if (stat(dot_git, &info) == 0) {
		if (S_ISREG(info.st_mode))
			probe_file(out, arena, path, dot_git);
		else
			probe_folders(out, arena, path, dot_git, true);
		return;
	}
	if (errno != ENOENT && errno != ENOTDIR)
		out->reason = arena_string(arena, strerror(errno));
	else if (stat(path, &info) == 0)
		probe_folders(out, arena, path, dot_git, false);
	else if (errno == ENOENT || errno == ENOTDIR)
		out->missing = true;
	else
		out->reason = arena_string(arena, strerror(errno));
}
