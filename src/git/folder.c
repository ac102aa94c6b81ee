#include "folder.h"

#include <ctype.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/path.h"

enum { LOG_LIMIT = 1 << 30, HASH_DIGITS = 40, HASH_DIGITS_MOST = 64 };

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

	if (!file_read(out, &there, path_join(arena, folder, name), LOG_LIMIT, &err))
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
 * merge within a rebase git tells the rebase first, unless that was left behind
 * for a branch.
 */
enum operation folder_operation(const char **rebasing, struct arena *arena,
                                const char *git_folder, bool detached)
{
	const char *branch = NULL;
	bool interactive = false;
	enum operation rebase = check_rebase(&branch, &interactive, arena, git_folder);
	enum operation rest;

	if (rebasing)
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

static size_t hash_length(const char *text)
{
	size_t length = 0;

	while (isxdigit((unsigned char)text[length]))
		length++;
	return length == HASH_DIGITS || length == HASH_DIGITS_MOST ? length : 0;
}

/* show_one_reflog_ent() of git: whether a line with its end is an entry. */
static bool is_entry(const char *line, const char *end)
{
	size_t length = hash_length(line);
	const char *mail;

	if (length == 0 || line[length] != ' ')
		return false;
	line += length + 1;
	if (hash_length(line) != length || line[length] != ' ')
		return false;
	mail = memchr(line, '>', (size_t)(end - line));
	return mail && mail[1] == ' ' && isdigit((unsigned char)mail[2]);
}

size_t folder_stashes(struct refs *refs)
{
	BUF text = {0};
	const char *line = read_text(&text, refs->arena, refs->common_folder,
	                             "logs/refs/stash");
	size_t count = 0;
	git_oid id;

	/* The log of a reference that is no more counts for nothing. */
	if (!*line || refs_read_surely(refs, "refs/stash", &id) == REF_ABSENT)
		return 0;

	for (const char *end; (end = strchr(line, '\n')); line = end + 1)
		count += is_entry(line, end);
	return count;
}

int64_t folder_fetched(struct arena *arena, const char *git_folder,
                       const char *common_folder)
{
	const char *folders[] = {git_folder, common_folder};
	int64_t last = 0;

	for (size_t i = 0; i < 2; i++) {
		struct stat info;

		if (stat(path_join(arena, folders[i], "FETCH_HEAD"), &info) == 0 &&
		    info.st_mtime > last)
			last = info.st_mtime;
	}
	return last;
}
