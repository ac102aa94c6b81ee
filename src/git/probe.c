#include "git/probe.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/path.h"
#include "base/text.h"

/* A path and a little more; git reads no longer ones either. */
enum { SMALL = 8192, HASH_DIGITS = 40 };

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

/* validate_headref() of git: a reference below refs/, or a hash. `*branch` is what
 * a reference to a branch names, else NULL. */
static bool read_head(const char **branch, struct arena *arena, const char *path)
{
	char text[SMALL];
	ssize_t length = readlink(path, text, sizeof text - 1);
	const char *name = text;
	size_t digits = 0;

	*branch = NULL;
	if (length >= 0) {
		text[length] = '\0';
	} else {
		if (read_small(text, sizeof text, path) < 0)
			return false;
		while (isxdigit((unsigned char)text[digits]))
			digits++;
		if (digits >= HASH_DIGITS)
			return true;
		name = text_skip_prefix(text, "ref:");
		if (!name)
			return false;
		name += strspn(name, " \t\r\n");
	}
	if (!text_skip_prefix(name, "refs/"))
		return false;
	name = text_skip_prefix(name, "refs/heads/");
	if (name)
		*branch = arena_bytes(arena, name, strcspn(name, " \t\r\n"));
	return true;
}

static bool is_head(struct arena *arena, const char *path)
{
	const char *branch;

	return read_head(&branch, arena, path);
}

/* Whether the folder is a git folder; then all of `out` but the kind. */
static bool probe_git_folder(struct probe *out, struct arena *arena, const char *folder)
{
	const char *branch, *common;

	if (!read_head(&branch, arena, path_join(arena, folder, "HEAD")))
		return false;
	common = probe_common_folder(arena, folder);
	if (access(path_join(arena, common, "objects"), X_OK) != 0 ||
	    access(path_join(arena, common, "refs"), X_OK) != 0)
		return false;
	out->git_folder = folder;
	out->common_folder = common;
	out->branch = branch;
	return true;
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

		if (is_head(arena, path_join(arena, above, "HEAD")))
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

/* `.git` is a file: git goes where it points or fails, and looks nowhere else. */
static void probe_file(struct probe *out, struct arena *arena, const char *path,
                       const char *file)
{
	const char *folder = git_file_target(arena, path, file);

	if (!folder)
		out->reason = "its .git is a file that names no git folder";
	else if (probe_git_folder(out, arena, folder))
		out->kind = probe_folder_kind(folder, out->common_folder);
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
	if (there && probe_git_folder(out, arena, dot_git))
		out->kind = REPO_USUAL;
	else if (probe_git_folder(out, arena, path))
		out->kind = REPO_BARE;
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

const char *probe_branch(struct arena *arena, const char *path)
{
	struct probe probe;

	probe_path(&probe, arena, path);
	return probe.branch;
}
