/* May libgit2 judge this repository? Decided before it is opened. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/path.h"
#include "base/text.h"
#include "reader.h"

enum { SHALLOW_LIMIT = 1 << 28 };

/* What all repositories have in common, unless it depends on the place. */
static struct {
	struct arena arena;
	struct config config;
	bool known;
} common;

void trust_setup(void)
{
	common.known = config_load_common(&common.config, &common.arena);
}

void trust_teardown(void)
{
	arena_drop(&common.arena);
	memset(&common, 0, sizeof common);
}

/* is_path_owned_by_current_uid() of git's compat/; root may act for its user. */
static bool is_ours(const char *path)
{
	struct stat info;
	const char *sudo = getenv("SUDO_UID");
	long id;

	if (lstat(path, &info) != 0)
		return false;
	if (info.st_uid == geteuid())
		return true;
	return geteuid() == 0 && sudo && text_number(&id, sudo, 0, UINT32_MAX) &&
	       info.st_uid == (uid_t)id;
}

/* ensure_valid_ownership(); safe.directory is left to git. */
static bool is_owned(const struct reader *reader)
{
	const struct probe *probe = &reader->probe;
	const char *dot_git = path_join(reader->arena, reader->path, ".git");
	struct stat info;

	if (getenv("GIT_TEST_ASSUME_DIFFERENT_OWNER") || !is_ours(probe->git_folder))
		return false;
	if (probe->kind == REPO_BARE)
		return true;
	return is_ours(reader->path) && (lstat(dot_git, &info) != 0 ||
	                                 S_ISDIR(info.st_mode) || is_ours(dot_git));
}

/* core.worktree, as submodules have it, may only say what we know. */
static bool is_work_tree_here(const struct reader *reader)
{
	const char *told = reader->format.worktree;

	if (!told || reader->probe.kind == REPO_WORKTREE)
		return true;
	if (reader->probe.kind == REPO_BARE)
		return false;
	told = path_join(reader->arena, reader->probe.git_folder, told);
	return strcmp(path_real(reader->arena, told),
	              path_real(reader->arena, reader->path)) == 0;
}

static bool is_there(const struct reader *reader, const char *name)
{
	struct stat info;

	return lstat(path_join(reader->arena, reader->probe.common_folder, name),
	             &info) == 0;
}

/* Replaced objects and grafts change history, and libgit2 sees neither. */
static bool is_history_plain(struct reader *reader)
{
	const char *packed = refs_packed(&reader->refs);

	return packed && !strstr(packed, " refs/replace/") &&
	       !is_there(reader, "refs/replace") && !is_there(reader, "info/grafts");
}

/* Where history was cut off, the file lists commits, and git refuses others. */
static bool read_shallow(struct reader *reader)
{
	struct error err;
	BUF text = {0};

	if (!file_read(&text, &reader->shallow,
	               path_join(reader->arena, reader->probe.common_folder, "shallow"),
	               SHALLOW_LIMIT, &err))
		return false;
	for (const char *line = buf_text(&text); *line; line += GIT_OID_HEXSZ + 1) {
		git_oid id;

		if (strnlen(line, GIT_OID_HEXSZ + 1) <= GIT_OID_HEXSZ ||
		    line[GIT_OID_HEXSZ] != '\n' ||
		    git_oid_fromstrn(&id, line, GIT_OID_HEXSZ) != 0)
			return false;
	}
	return true;
}

bool trust_repository(struct reader *reader, const char *branch)
{
	const struct config_place place = {reader->probe.git_folder, branch};

	if (!config_load(&reader->config, &reader->format, reader->arena,
	                 common.known ? &common.config : NULL,
	                 reader->probe.common_folder, &place) ||
	    !reader->format.usual)
		return false;
	reader->bare = reader->probe.kind == REPO_BARE ||
	               (reader->format.bare && reader->probe.kind != REPO_WORKTREE);
	/* Where attributes are read from is git's own affair. */
	if (getenv("GIT_ATTR_NOSYSTEM") || getenv("GIT_ATTR_SOURCE"))
		return false;
	if (reader->bare && config_last(&reader->config, "safe.barerepository"))
		return false;
	return is_owned(reader) && is_work_tree_here(reader) &&
	       is_history_plain(reader) && read_shallow(reader);
}
