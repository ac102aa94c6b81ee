#include "git/gitdir.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/path.h"
#include "base/text.h"
#include "config.h"
#include "git/probe.h"

enum { TEXT_LIMIT = 1 << 24 };

const char *operation_name(enum operation operation)
{
	static const char *const names[] = {NULL,          "merge",  "rebase", "am",
	                                    "cherry-pick", "revert", "bisect"};

	return names[operation];
}

static bool has(struct arena *arena, const char *folder, const char *name)
{
	struct stat info;

	return stat(path_join(arena, folder, name), &info) == 0;
}

/* The file's text, "" where there is none. */
static const char *read_text(struct buf *out, struct arena *arena, const char *folder,
                             const char *name)
{
	struct error err;
	bool there;

	if (!file_read(out, &there, path_join(arena, folder, name), TEXT_LIMIT, &err))
		buf_clear(out);
	return buf_text(out);
}

/* get_branch() of git's wt-status.c, but no name for what was no branch. */
static const char *read_head_name(struct arena *arena, const char *folder,
                                  const char *name)
{
	static const char heads[] = "refs/heads/";
	BUF text = {0};
	size_t length;

	read_text(&text, arena, folder, name);
	length = text.length;
	while (length > 0 && text.data[length - 1] == '\n')
		length--;
	if (strncmp(buf_text(&text), "refs/", 5) != 0)
		return NULL;
	if (strncmp(text.data, heads, sizeof heads - 1) == 0)
		return arena_bytes(arena, text.data + sizeof heads - 1,
		                   length - (sizeof heads - 1));
	return arena_bytes(arena, text.data, length);
}

/* wt_status_check_rebase() */
static enum operation check_rebase(const char **rebasing, bool *interactive,
                                   struct arena *arena, const char *folder)
{
	if (has(arena, folder, "rebase-apply")) {
		if (has(arena, folder, "rebase-apply/applying"))
			return OPERATION_AM;
		*rebasing = read_head_name(arena, folder, "rebase-apply/head-name");
		return OPERATION_REBASE;
	}
	if (!has(arena, folder, "rebase-merge"))
		return OPERATION_NONE;
	*interactive = has(arena, folder, "rebase-merge/interactive");
	*rebasing = read_head_name(arena, folder, "rebase-merge/head-name");
	return OPERATION_REBASE;
}

/* sequencer_get_last_command(): the kind of what is left of several commits. */
static enum operation check_sequencer(struct arena *arena, const char *folder)
{
	static const struct {
		const char *word;
		enum operation operation;
	} words[] = {{"pick", OPERATION_CHERRY_PICK},
	             {"p", OPERATION_CHERRY_PICK},
	             {"revert", OPERATION_REVERT}};
	BUF text = {0};
	const char *at = read_text(&text, arena, folder, "sequencer/todo");

	at += strspn(at, " \t\r\n");
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t length = strlen(words[i].word);

		if (strncmp(at, words[i].word, length) == 0 &&
		    (at[length] == ' ' || at[length] == '\t'))
			return words[i].operation;
	}
	return OPERATION_NONE;
}

/*
 * wt_status_get_state() and the order of wt_longstatus_print_state(). Of a
 * merge within a rebase git reports the rebase first, unless that was left behind
 * for a branch.
 */
enum operation gitdir_operation(const char **rebasing, struct arena *arena,
                                const char *git_folder, bool detached)
{
	const char *branch = NULL;
	bool interactive = false;
	enum operation rebase = check_rebase(&branch, &interactive, arena, git_folder);
	enum operation rest;

	*rebasing = branch;
	if (has(arena, git_folder, "MERGE_HEAD") && !interactive &&
	    !(rebase == OPERATION_REBASE && detached))
		return OPERATION_MERGE;
	if (rebase != OPERATION_NONE)
		return rebase;
	if (has(arena, git_folder, "CHERRY_PICK_HEAD"))
		return OPERATION_CHERRY_PICK;
	rest = check_sequencer(arena, git_folder);
	if (rest == OPERATION_CHERRY_PICK)
		return rest;
	if (has(arena, git_folder, "REVERT_HEAD"))
		return OPERATION_REVERT;
	if (rest == OPERATION_NONE && has(arena, git_folder, "BISECT_LOG"))
		return OPERATION_BISECT;
	return rest;
}

/* The later of `last` and the time at which the folder's FETCH_HEAD was written. */
static int64_t later(int64_t last, struct arena *arena, const char *folder)
{
	struct stat info;

	if (stat(path_join(arena, folder, "FETCH_HEAD"), &info) != 0)
		return last;
	return info.st_mtime > last ? info.st_mtime : last;
}

/* `git clone` leaves no FETCH_HEAD, but says what it did where HEAD's log begins:
 * OLD NEW COMMITTER SECONDS ZONE, a TAB, and a message. 0: it was no clone. Where OLD
 * is not all zeros, the beginning has expired. */
static int64_t cloned(struct arena *arena, const char *common_folder)
{
	BUF text = {0};
	const char *line = read_text(&text, arena, common_folder, "logs/HEAD");
	const char *message = line + strcspn(line, "\t\n");
	const char *end = line + strcspn(line, ">\n");
	size_t zeros = strspn(line, "0");

	if (zeros == 0 || line[zeros] != ' ')
		return FETCHED_UNKNOWN;
	if (!text_skip_prefix(message, "\tclone: ") || *end != '>')
		return 0;
	return strtoll(end + 1, NULL, 10);
}

int64_t gitdir_fetched(struct arena *arena, const char *git_folder,
                       const char *common_folder)
{
	int64_t last = later(later(0, arena, git_folder), arena, common_folder);
	const char *linked = path_join(arena, common_folder, "worktrees");
	DIR *folder = opendir(linked);
	const struct dirent *entry;

	while (folder && (entry = readdir(folder)))
		if (entry->d_name[0] != '.')
			last = later(last, arena,
			             path_join(arena, linked, entry->d_name));
	if (folder)
		closedir(folder);
	return last ? last : cloned(arena, common_folder);
}

bool gitdir_may_be_bare(const struct probe *probe)
{
	const struct config_place place = {probe->git_folder, probe->branch};
	struct config_format format = {0};
	struct config config = {0};
	struct arena scratch = {0};
	bool bare;

	/* With worktreeConfig, core.bare is in a file that is not read here. */
	bare = !config_load(&config, &format, &scratch, config_common(),
	                    probe->common_folder, &place) ||
	       format.bare || config_last(&config, "extensions.worktreeconfig");
	arena_drop(&scratch);
	return bare;
}
