#include "git/probe.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/mounts.h"
#include "base/path.h"
#include "base/strings.h"
#include "base/text.h"
#include "worktree/index.h"

/* A path and a little more; git reads no longer ones either. */
enum { SMALL = 8192, HASH_DIGITS = 40 };

const char *probe_kind_name(enum repo_kind kind)
{
	static const char *const names[] = {NULL, "repo", "bare", "worktree",
	                                    "submodule"};

	return names[kind];
}

/* The start of a regular file as a string; -1 where there is none, with its errno. */
static ssize_t read_small(char *out, size_t room, const char *path)
{
	/* Not blocking: the open of a fifo would wait for a writer. */
	int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	size_t length = 0;
	ssize_t got = 0;
	int why;

	if (descriptor < 0)
		return -1;
	do {
		length += got > 0 ? (size_t)got : 0;
		got = read(descriptor, out + length, room - 1 - length);
	} while (got > 0 || (got < 0 && errno == EINTR));
	why = errno;
	close(descriptor);
	errno = why;
	out[length] = '\0';
	return got < 0 ? -1 : (ssize_t)length;
}

static void cut_line_ends(char *text)
{
	size_t length = strlen(text);

	while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r'))
		text[--length] = '\0';
}

/* False, with its errno, where it cannot be told. */
static bool read_common_folder(const char **out, struct arena *arena,
                               const char *git_folder)
{
	char text[SMALL];
	ssize_t length = read_small(text, sizeof text,
	                            path_join(arena, git_folder, "commondir"));

	*out = git_folder;
	if (length > 0) {
		cut_line_ends(text);
		*out = path_join(arena, git_folder, text);
	}
	return length >= 0 || errno == ENOENT;
}

const char *probe_common_folder(struct arena *arena, const char *git_folder)
{
	const char *folder;

	(void)read_common_folder(&folder, arena, git_folder);
	return folder;
}

/* validate_headref() of git: a reference below refs/, or a hash. `*branch` is what
 * a reference to a branch names, else NULL. errno is 0 where it could be read. */
static bool read_head(const char **branch, struct arena *arena, const char *path)
{
	char text[SMALL];
	ssize_t length = readlink(path, text, sizeof text - 1);
	const char *name = text;
	size_t digits = 0;

	*branch = NULL;
	if (length >= 0) {
		text[length] = '\0';
		errno = 0;
	} else {
		if (read_small(text, sizeof text, path) < 0)
			return false;
		errno = 0;
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

/* Why `path` is not taken for what it may be, if it is there. Always false. */
static bool explain(struct probe *out, struct arena *arena, const char *path)
{
	out->unreadable = errno != 0 && errno != ENOENT && errno != ENOTDIR &&
	                  errno != EISDIR;
	if (out->unreadable)
		out->reason = arena_format(arena, "cannot read '%s': %s", path,
		                           strerror(errno));
	return false;
}

static bool has_folder(struct probe *out, struct arena *arena, const char *path)
{
	return access(path, X_OK) == 0 || explain(out, arena, path);
}

/* Whether the folder is a git folder; then all of `out` but the kind. */
static bool probe_git_folder(struct probe *out, struct arena *arena, const char *folder)
{
	const char *head = path_join(arena, folder, "HEAD");
	const char *branch, *common;

	if (!read_head(&branch, arena, head))
		return explain(out, arena, head);
	if (!read_common_folder(&common, arena, folder))
		return explain(out, arena, path_join(arena, folder, "commondir"));
	if (!has_folder(out, arena, path_join(arena, common, "objects")) ||
	    !has_folder(out, arena, path_join(arena, common, "refs")))
		return false;
	out->git_folder = folder;
	out->common_folder = common;
	out->branch = branch;
	return true;
}

/* Where a `.git` file points, or NULL if that is not what it is; errno is 0 where it
 * could be read. */
static const char *git_file_target(struct arena *arena, const char *path,
                                   const char *file)
{
	static const char word[] = "gitdir: ";
	char text[SMALL];

	if (read_small(text, sizeof text, file) < 0)
		return NULL;
	errno = 0;
	if (strncmp(text, word, sizeof word - 1) != 0)
		return NULL;
	cut_line_ends(text);
	return path_join(arena, path, text + sizeof word - 1);
}

/* The outermost git folder in whose `modules` the path is; NULL: in none. */
static const char *superproject(struct arena *arena, const char *folder)
{
	static const char word[] = "/modules/";

	for (const char *at = strstr(folder, word); at; at = strstr(at + 1, word)) {
		char *above = arena_bytes(arena, folder, (size_t)(at - folder));

		if (is_head(arena, path_join(arena, above, "HEAD")))
			return above;
	}
	return NULL;
}

enum repo_kind probe_folder_kind(const char *git_folder, const char *common_folder)
{
	struct arena scratch = {0};
	enum repo_kind kind = REPO_USUAL;

	if (strcmp(git_folder, common_folder) != 0 && strstr(git_folder, "/worktrees/"))
		kind = REPO_WORKTREE;
	else if (superproject(&scratch, git_folder))
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
		explain(out, arena, file);
	else if (probe_git_folder(out, arena, folder))
		out->kind = probe_folder_kind(folder, out->common_folder);
	if (out->kind != REPO_NONE || out->unreadable)
		return;
	if (!folder) {
		out->reason = "its .git is a file that names no git folder";
		return;
	}
	out->reason = arena_format(
		arena, "its .git points to '%s', which is no git folder", folder);
	if (strcmp(path_base(path_parent(arena, folder)), "worktrees") == 0)
		out->absent = folder;
}

/* `.git` is no file: it or the path itself may be a git folder. */
static void probe_folders(struct probe *out, struct arena *arena, const char *path,
                          const char *dot_git, bool there)
{
	if (there && probe_git_folder(out, arena, dot_git))
		out->kind = REPO_USUAL;
	else if (!out->unreadable && probe_git_folder(out, arena, path))
		out->kind = REPO_BARE;
	else if (!out->unreadable)
		out->reason = there ? "HEAD, objects or refs of its .git is missing or "
		                      "damaged"
		                    : "not a git repository";
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
	out->unreadable = errno != ENOENT && errno != ENOTDIR;
	if (!out->unreadable && stat(path, &info) == 0) {
		probe_folders(out, arena, path, dot_git, false);
		return;
	}
	out->missing = errno == ENOENT || errno == ENOTDIR;
	out->unreadable = !out->missing;
	if (out->unreadable)
		out->reason = arena_string(arena, strerror(errno));
}

const char *probe_branch(struct arena *arena, const char *path)
{
	struct probe probe;

	probe_path(&probe, arena, path);
	return probe.branch;
}

const char *probe_flag(const struct strings *flags, const char *option)
{
	const char *value = NULL;

	for (size_t i = 0; i < flags->count; i++) {
		const char *rest = text_skip_prefix(flags->items[i], option);

		if (rest && *rest == '=')
			value = rest + 1;
		else if (rest && *rest == '\0' && i + 1 < flags->count)
			value = flags->items[++i];
	}
	return value;
}

/* Where the flags say that the git folder is; NULL: they do not. */
static const char *flagged_folder(struct arena *arena, const char *path,
                                  const struct strings *flags)
{
	const char *value = probe_flag(flags, "--git-dir");

	return value ? path_join(arena, path, value) : NULL;
}

void probe_with_flags(struct probe *out, struct arena *arena, const char *path,
                      const struct strings *flags)
{
	const char *folder = flagged_folder(arena, path, flags);

	if (!folder) {
		probe_path(out, arena, path);
		return;
	}
	*out = (struct probe){.kind = REPO_NONE};
	if (probe_git_folder(out, arena, folder))
		out->kind = probe_folder_kind(folder, out->common_folder);
	else if (!out->unreadable)
		out->reason = "its --git-dir is no git folder";
}

/* The first of the names in the resolved folder that is or leads to a remote file
 * system. */
static const char *find_remote(struct arena *arena, const struct mounts *mounts,
                               const char *real_folder, const char *const *names)
{
	const char *found = NULL;

	for (size_t i = 0; names[i] && !found; i++)
		found = mounts_find_remote_in(mounts, arena, real_folder, names[i]);
	return found;
}

/* gitrepository-layout(5): a path a line, relative to the folder `objects`. */
static const char *find_remote_alternate(struct arena *arena,
                                         const struct mounts *mounts,
                                         const char *common_folder)
{
	const char *objects = path_join(arena, common_folder, "objects");
	struct strings lines = {0};
	const char *found = NULL;
	char text[SMALL];

	if (read_small(text, sizeof text,
	               path_join(arena, objects, "info/alternates")) < 0)
		return NULL;
	strings_split(arena, &lines, text, "\n");
	for (size_t i = 0; i < lines.count && !found; i++)
		found = mounts_find_remote(mounts, arena,
		                           path_join(arena, objects, lines.items[i]));
	return found;
}

/* Where the git folder of the path would be; NULL: there is none. */
static const char *near_folder(struct arena *arena, const char *path,
                               const char *dot_git)
{
	struct stat info;

	if (stat(dot_git, &info) == 0)
		return S_ISREG(info.st_mode) ? git_file_target(arena, path, dot_git)
		                             : dot_git;
	return lstat(path_join(arena, path, "HEAD"), &info) == 0 ? path : NULL;
}

const char *probe_find_remote(struct arena *arena, const struct mounts *mounts,
                              const char *path, const struct strings *flags)
{
	static const char *const own[] = {"HEAD", "commondir", "index", NULL};
	static const char *const common[] = {"config",
	                                     "objects",
	                                     "objects/info",
	                                     "objects/info/alternates",
	                                     "refs",
	                                     "packed-refs",
	                                     NULL};
	const char *dot_git = path_join(arena, path, ".git");
	const char *folder, *real, *found, *shared;
	bool remote;

	if (!mounts_have_remote(mounts))
		return NULL;
	real = mounts_follow(&remote, mounts, arena, dot_git);
	if (remote)
		return real;
	folder = flagged_folder(arena, path, flags);
	if (!folder)
		folder = near_folder(arena, path, dot_git);
	if (!folder)
		return NULL;
	if (folder != dot_git)
		real = mounts_follow(&remote, mounts, arena, folder);
	if (remote)
		return real;
	found = find_remote(arena, mounts, real, own);
	if (found)
		return found;
	shared = probe_common_folder(arena, real);
	if (shared != real)
		shared = mounts_follow(&remote, mounts, arena, shared);
	if (remote)
		return shared;
	found = find_remote(arena, mounts, shared, common);
	return found ? found : find_remote_alternate(arena, mounts, shared);
}

bool probe_leads_remote(const struct mounts *mounts, const char *path)
{
	const struct strings no_flags = {0};
	struct arena scratch = {0};
	bool remote = probe_find_remote(&scratch, mounts, path, &no_flags) != NULL;

	arena_drop(&scratch);
	return remote;
}

static bool has_submodule(struct arena *arena, const char *git_folder, const char *path)
{
	struct index_file index;
	const struct index_entry *entry = NULL;
	bool found;

	if (index_open(&index, arena, path_join(arena, git_folder, "index")))
		entry = index_find(&index, path);
	found = entry && index_is_submodule(entry);
	index_close(&index);
	return found;
}

/* The nearest repository with a work tree above the resolved folder. False: there is
 * none, or it leads to a file system that may not respond. */
static bool probe_above(struct probe *out, const char **above, struct arena *arena,
                        const struct mounts *mounts, const char *folder)
{
	const struct strings no_flags = {0};
	struct stat info;

	*out = (struct probe){.kind = REPO_NONE};
	*above = folder;
	while (out->kind == REPO_NONE && strcmp(*above, "/") != 0) {
		*above = path_parent(arena, *above);
		if (mounts_remote(mounts, *above))
			return false;
		if (lstat(path_join(arena, *above, ".git"), &info) != 0)
			continue;
		if (probe_find_remote(arena, mounts, *above, &no_flags))
			return false;
		probe_path(out, arena, *above);
	}
	return out->kind != REPO_NONE;
}

/* The common folder of the superproject in whose work tree the git folder is, as that
 * of a submodule was before git kept them below `modules`; NULL: of none. */
static const char *superproject_around(struct arena *arena, const struct mounts *mounts,
                                       const char *git_folder)
{
	const char *top = path_parent(arena, git_folder), *above;
	struct probe probe;

	if (strcmp(path_base(git_folder), ".git") != 0 ||
	    !probe_above(&probe, &above, arena, mounts, top) ||
	    !has_submodule(arena, probe.git_folder, path_relative(arena, top, above)))
		return NULL;
	return probe.common_folder;
}

const char *probe_lock(struct arena *arena, const struct mounts *mounts,
                       const char *common_folder)
{
	enum { DEEPEST = 64 }; /* a `commondir` may lead in circles */
	const char *refs = path_real(arena, path_join(arena, common_folder, "refs"));

	for (int depth = 0; depth < DEEPEST; depth++) {
		const char *above = superproject(arena, refs);

		above = above ? probe_common_folder(arena, above)
		              : superproject_around(arena, mounts,
		                                    path_parent(arena, refs));
		if (!above)
			break;
		refs = path_real(arena, path_join(arena, above, "refs"));
	}
	return refs;
}
