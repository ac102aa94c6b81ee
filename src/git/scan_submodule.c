#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "git/summary.h"
#include "scan_modules.h"
#include "scan_parts.h"

enum place { PLACE_FOLDER, PLACE_OTHER, PLACE_EMPTY, PLACE_UNKNOWN };

/* What is at a path; nothing is behind a symbolic link. */
static enum place look_at(const struct scan *scan, const char *path)
{
	const char *slash = path;
	struct arena arena = {0};
	enum place place = PLACE_FOLDER;
	struct stat st;

	while (place == PLACE_FOLDER && slash) {
		slash = strchr(slash + 1, '/');
		if (fstatat(scan->root,
		            slash ? arena_bytes(&arena, path, (size_t)(slash - path))
		                  : path,
		            &st, AT_SYMLINK_NOFOLLOW) != 0)
			place = errno == ENOENT || errno == ENOTDIR ? PLACE_EMPTY
			                                            : PLACE_UNKNOWN;
		else if (!S_ISDIR(st.st_mode) && slash)
			place = PLACE_EMPTY;
		else if (!S_ISDIR(st.st_mode)) /* git refuses a link there */
			place = S_ISLNK(st.st_mode) ? PLACE_UNKNOWN : PLACE_OTHER;
	}
	arena_drop(&arena);
	return place;
}

static bool is_there(const struct scan *scan, struct arena *arena, const char *path,
                     const char *name)
{
	struct stat st;

	return fstatat(scan->root, arena_format(arena, "%s/%s", path, name), &st,
	               AT_SYMLINK_NOFOLLOW) == 0;
}

static bool is_at(const char *head, const struct index_entry *entry)
{
	char id[GIT_OID_HEXSZ + 1];
	git_oid oid;

	memcpy(oid.id, entry->id, sizeof oid.id);
	return strcmp(head, git_oid_tostr(id, sizeof id, &oid)) == 0;
}

/* One that is checked out, as its own status sees it. */
static void judge_repository(struct scan *scan, struct arena *arena,
                             const struct index_entry *entry, enum overlook overlook)
{
	const char *path = index_path(entry);
	struct summary inside;

	if (summary_read(&inside, arena_format(arena, "%s%s", scan->folder, path),
	                 WANT_HEAD | WANT_FILES, arena, NULL) != READING_DONE ||
	    inside.state != STATE_OK) {
		scan_raise(&scan->doubt);
		return;
	}
	if (inside.head && !is_at(inside.head, entry))
		scan_raise(&scan->unstaged);
	if (overlook >= OVERLOOK_DIRTY)
		return;
	if (inside.staged || inside.conflicted ||
	    (inside.untracked && overlook == OVERLOOK_NOTHING))
		scan_raise(&scan->unstaged);
	if (!inside.unstaged)
		return;
	/* Its own submodules may be no more than untracked files, either. */
	if (overlook == OVERLOOK_UNTRACKED &&
	    is_there(scan, arena, path, ".gitmodules"))
		scan_raise(&scan->doubt);
	scan_raise(&scan->unstaged);
}

/* git dies of a submodule that it cannot open, however much else has changed. */
static bool is_repository(struct arena *arena, const struct scan *scan,
                          const char *path)
{
	struct probe probe;

	probe_path(&probe, arena, arena_format(arena, "%s%s", scan->folder, path));
	return probe.kind != REPO_NONE && probe.kind != REPO_BARE;
}

static void judge(struct scan *scan, const struct modules *modules,
                  const struct index_entry *entry)
{
	const char *path = index_path(entry);
	enum place place = look_at(scan, path);
	struct arena arena = {0};
	enum overlook overlook;
	bool there = place == PLACE_FOLDER && is_there(scan, &arena, path, ".git");

	if (place == PLACE_UNKNOWN || index_more_flags(entry) & ENTRY_INTENT_TO_ADD ||
	    !modules_overlook(&overlook, modules, scan, path) ||
	    (there && !is_repository(&arena, scan, path)))
		scan_raise(&scan->doubt);
	else if (overlook != OVERLOOK_ALL && place != PLACE_FOLDER)
		scan_raise(&scan->unstaged);
	else if (overlook != OVERLOOK_ALL && there && !scan_flag(&scan->unstaged))
		judge_repository(scan, &arena, entry, overlook);
	arena_drop(&arena);
}

void scan_submodules(struct scan *scan)
{
	struct modules modules;

	if (!scan->index.repos)
		return;
	if (!modules_read(&modules, scan))
		scan_raise(&scan->doubt);
	for (size_t i = 0; i < scan->index.count && !scan_flag(&scan->doubt); i++) {
		const struct index_entry *entry = scan->index.entries[i];

		if (index_is_repo(entry) && !index_is_exempt(entry))
			judge(scan, &modules, entry);
	}
}
