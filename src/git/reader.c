#include "reader.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/path.h"
#include "tracking.h"

enum { SHALLOW_LIMIT = 1 << 28 };

/* The users' files of configuration, which libgit2 would read again for each
 * repository that it opens, and not as git does. */
static void close_search_paths(void)
{
	static const git_config_level_t levels[] = {
		GIT_CONFIG_LEVEL_PROGRAMDATA, GIT_CONFIG_LEVEL_SYSTEM,
		GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_GLOBAL};

	for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
		libgit2.libgit2_opts(GIT_OPT_SET_SEARCH_PATH, levels[i], "");
}

bool reader_setup(struct error *err)
{
	if (!libgit2_load(err))
		return false;
	libgit2.libgit2_init();
	/* git trusts what it reads from its own object store, too. */
	libgit2.libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
	libgit2.libgit2_opts(GIT_OPT_DISABLE_PACK_KEEP_FILE_CHECKS, 1);
	/* Stays on; safe.directory, which libgit2 cannot see now, is left to git. */
	libgit2.libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 1);
	close_search_paths();
	config_common();
	return true;
}

void reader_teardown(void)
{
	libgit2.libgit2_shutdown();
}

/* Variables that change what git reads, and of which libgit2 does not know. */
static bool is_environment_plain(void)
{
	static const char *const names[] = {"GIT_ATTR_NOSYSTEM", "GIT_ATTR_SOURCE",
	                                    "GIT_TEST_ASSUME_DIFFERENT_OWNER"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (getenv(names[i]))
			return false;
	}
	return true;
}

static bool read_config(struct reader *reader, struct config_format *format)
{
	const struct config_place place = {reader->probe.git_folder,
	                                   reader->probe.branch};

	if (!config_load(&reader->config, format, reader->arena, config_common(),
	                 reader->probe.common_folder, &place) ||
	    !format->plain || !config_abbrev(&reader->abbrev, &reader->config) ||
	    !tracking_is_plain(&reader->config))
		return false;
	reader->bare = reader->probe.kind == REPO_BARE ||
	               (format->bare && reader->probe.kind != REPO_WORKTREE);
	return !reader->bare || !config_last(&reader->config, "safe.barerepository");
}

/* core.worktree, as submodules have it, may only name the folder that we know. */
static bool is_work_tree_here(const struct reader *reader, const char *worktree)
{
	if (!worktree || reader->probe.kind == REPO_WORKTREE)
		return true;
	if (reader->probe.kind == REPO_BARE)
		return false;
	worktree = path_join(reader->arena, reader->probe.git_folder, worktree);
	return strcmp(path_real(reader->arena, worktree),
	              path_real(reader->arena, reader->path)) == 0;
}

static bool open_repository(struct reader *reader)
{
	return libgit2.repository_open_ext(&reader->repository, reader->path,
	                                   GIT_REPOSITORY_OPEN_NO_SEARCH, NULL) == 0 &&
	       libgit2.repository_odb(&reader->odb, reader->repository) == 0;
}

/* Replaced objects and grafts change history, and libgit2 sees neither. */
static bool is_history_plain(const struct reader *reader)
{
	git_reference_iterator *iterator = NULL;
	const char *name;
	struct stat info;
	bool plain = lstat(path_join(reader->arena, reader->probe.common_folder,
	                             "info/grafts"),
	                   &info) != 0 &&
	             libgit2.reference_iterator_glob_new(&iterator, reader->repository,
	                                                 "refs/replace/*") == 0 &&
	             libgit2.reference_next_name(&name, iterator) == GIT_ITEROVER;

	libgit2.reference_iterator_free(iterator);
	return plain;
}

/* Where history was cut off, the file lists commits, and git refuses others. */
static bool read_shallow(struct reader *reader)
{
	enum { LINE = GIT_OID_SHA1_HEXSIZE };
	struct error err;
	BUF text = {0};

	if (!file_read(&text, &reader->shallow,
	               path_join(reader->arena, reader->probe.common_folder, "shallow"),
	               SHALLOW_LIMIT, &err))
		return false;
	for (const char *line = buf_text(&text); *line; line += LINE + 1) {
		git_oid id;

		if (strnlen(line, LINE + 1) <= LINE || line[LINE] != '\n' ||
		    libgit2.oid_fromstrn(&id, line, LINE) != 0)
			return false;
	}
	return true;
}

bool reader_open(struct reader *reader)
{
	struct config_format format;

	return is_environment_plain() && read_config(reader, &format) &&
	       is_work_tree_here(reader, format.worktree) && open_repository(reader) &&
	       is_history_plain(reader) && read_shallow(reader);
}

void reader_close(struct reader *reader)
{
	libgit2.odb_free(reader->odb);
	libgit2.repository_free(reader->repository);
}
