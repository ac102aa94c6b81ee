#include "worktree/comparison.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config.h"

bool comparison_is_done(const struct comparison *comparison)
{
	return comparison_has(&comparison->ask_git) ||
	       (comparison_has(&comparison->unstaged) &&
	        comparison_has(&comparison->untracked));
}

/* Leaves `*out` alone where nothing is set. False: not a boolean, and git dies. */
static bool read_bool(bool *out, const struct config *config, const char *key)
{
	const struct config_entry *entry = config_last(config, key);

	return !entry || config_boolean(out, entry->value);
}

static bool read_untracked(enum untracked *out, const struct config *config)
{
	static const char *const modes[] = {"no", "normal", "all"};
	const char *value = config_text(config, "status.showuntrackedfiles");

	*out = UNTRACKED_NORMAL;
	if (!value)
		return true;
	for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
		if (strcmp(value, modes[i]) == 0) {
			*out = (enum untracked)i;
			return true;
		}
	}
	return false;
}

/* ~/.config/git/NAME, wherever that is. */
static const char *find_default(struct arena *arena, const char *name)
{
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");

	if (config && *config)
		return arena_format(arena, "%s/git/%s", config, name);
	return home ? arena_format(arena, "%s/.config/git/%s", home, name) : NULL;
}

/* The path of a file that the user may name. False: in a form that only git reads. */
static bool read_path(const char **out, struct arena *arena,
                      const struct config *config, const char *name,
                      const char *otherwise)
{
	const char *value = config_text(config, name), *home = getenv("HOME");

	*out = find_default(arena, otherwise);
	if (!value)
		return true;
	if (value[0] == '%' || value[0] == ':' || (value[0] == '~' && value[1] != '/'))
		return false;
	if (value[0] == '~' && !home)
		return false;
	*out = value[0] == '~' ? arena_format(arena, "%s%s", home, value + 1)
	                       : arena_string(arena, value);
	return true;
}

static bool read_config(struct comparison_config *out, const struct config *config,
                        struct arena *arena)
{
	bool ignore_case = false, sparse = false;
	const char *value;

	*out = (struct comparison_config){.trust_ctime = true,
	                                  .check_all = true,
	                                  .file_mode = true,
	                                  .symlinks = true};
	value = config_text(config, "core.checkstat");
	out->check_all = !value || strcasecmp(value, "minimal") != 0;
	value = config_text(config, "core.autocrlf");
	if (value && strcasecmp(value, "input") == 0)
		out->converts_lines = true;
	else if (!read_bool(&out->converts_lines, config, "core.autocrlf"))
		return false;
	value = config_text(config, "diff.ignoresubmodules");
	out->ignore_submodules = value ? arena_string(arena, value) : NULL;
	return read_bool(&out->trust_ctime, config, "core.trustctime") &&
	       read_bool(&out->file_mode, config, "core.filemode") &&
	       read_bool(&out->symlinks, config, "core.symlinks") &&
	       read_bool(&ignore_case, config, "core.ignorecase") && !ignore_case &&
	       read_bool(&sparse, config, "core.sparsecheckout") && !sparse &&
	       read_untracked(&out->untracked, config) &&
	       read_path(&out->ignore_file, arena, config, "core.excludesfile",
	                 "ignore") &&
	       read_path(&out->attributes_file, arena, config, "core.attributesfile",
	                 "attributes");
}

/* Names the ignore files that hold for all folders. git dies of a folder in the place
 * of one, even if it never needs a rule. */
static void find_ignore_files(struct comparison *comparison)
{
	struct stat st;

	comparison->ignore_files[0] = arena_format(comparison->arena, "%s/info/exclude",
	                                           comparison->question->common_folder);
	comparison->ignore_files[1] = comparison->config.ignore_file;
	for (size_t i = 0; i < COMMON_IGNORES; i++) {
		const char *file = comparison->ignore_files[i];

		if (file && fstatat(comparison->root, file, &st, 0) == 0 &&
		    S_ISDIR(st.st_mode))
			comparison_raise(&comparison->ask_git);
	}
}

bool comparison_begin(struct comparison *out, const struct worktree_question *question,
                      struct arena *arena)
{
	*out = (struct comparison){.question = question,
	                           .arena = arena,
	                           .lock = PTHREAD_MUTEX_INITIALIZER};
	out->root = open(question->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (out->root < 0 || !read_config(&out->config, question->config, arena) ||
	    !index_open(&out->index, arena,
	                arena_format(arena, "%s/index", question->git_folder)))
		return false;
	if (out->config.untracked == UNTRACKED_NO)
		comparison_raise(&out->untracked);
	else
		find_ignore_files(out);
	return true;
}

void comparison_end(struct comparison *comparison)
{
	if (comparison->root >= 0)
		close(comparison->root);
	index_close(&comparison->index);
}

static bool read_all(struct buf *out, int descriptor)
{
	enum { ROOM = 16 << 10, LIMIT = 64 << 20 };
	ssize_t got;

	do {
		got = read(descriptor, buf_reserve(out, ROOM), ROOM);
		if (got > 0)
			out->length += (size_t)got;
	} while ((got > 0 && out->length <= LIMIT) || (got < 0 && errno == EINTR));
	if (got > 0)
		errno = EFBIG;
	return got == 0;
}

bool comparison_read(struct buf *out, struct comparison *comparison, int folder,
                     const char *name, int flags)
{
	int descriptor = openat(folder, name,
	                        O_RDONLY | O_CLOEXEC | O_NONBLOCK | flags);
	bool good;

	buf_clear(out);
	good = descriptor >= 0 && read_all(out, descriptor);
	if (!good && (errno == EMFILE || errno == ENFILE || errno == EFBIG))
		comparison_raise(&comparison->ask_git);
	if (descriptor >= 0)
		close(descriptor);
	return good;
}
