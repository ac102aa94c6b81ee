#include "worktree/submodules.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "config.h"
#include "git/probe.h"

/* What of a submodule is ignored; each ignores what those before it do, and more. */
enum submodule_ignore {
	SUBMODULE_IGNORE_NONE,
	SUBMODULE_IGNORE_UNTRACKED,
	SUBMODULE_IGNORE_DIRTY, /* all but another commit */
	SUBMODULE_IGNORE_ALL,
};

struct submodule_config {
	const struct config *config;
	struct config file;             /* .gitmodules */
	enum submodule_ignore fallback; /* of submodules that have no setting */
};

static const char words[][10] = {"none", "untracked", "dirty", "all"};

/* False: a word that git does not know. */
static bool parse_ignore(enum submodule_ignore *out, const char *word)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (strcmp(words[i], word) == 0) {
			*out = (enum submodule_ignore)i;
			return true;
		}
	}
	return false;
}

static bool parse_file(struct config *out, struct arena *arena, const struct buf *text)
{
	BUF key = {0};
	struct config_text reader = {.at = buf_text(text),
	                             .end = buf_text(text) + text->length,
	                             .key = &key};
	struct config_entry entry;
	enum config_step step;

	while ((step = config_next(&reader, &entry, arena)) == CONFIG_ENTRY)
		*(struct config_entry *)ARENA_PUSH(arena, out) = entry;
	return step == CONFIG_END;
}

/* Where it is not in the work tree, or in conflict, git looks elsewhere. */
static bool read_modules(struct config *out, struct comparison *comparison)
{
	static const char name[] = ".gitmodules";
	const struct index_entry *entry = index_find(&comparison->index, name);
	BUF text = {0};

	return !(entry && index_flags(entry) & ENTRY_STAGE) &&
	       comparison_read(&text, comparison, comparison->root, name, O_NOFOLLOW) &&
	       parse_file(out, comparison->arena, &text);
}

static bool read_settings(struct submodule_config *out, struct comparison *comparison)
{
	const char *word = comparison->config.ignore_submodules;

	*out = (struct submodule_config){.config = comparison->question->config};
	if (word && !parse_ignore(&out->fallback, word))
		return false;
	/* Showing no untracked files includes those of submodules. */
	if (comparison->config.untracked == UNTRACKED_NO &&
	    out->fallback < SUBMODULE_IGNORE_UNTRACKED)
		out->fallback = SUBMODULE_IGNORE_UNTRACKED;
	return read_modules(&out->file, comparison);
}

/* The name of the last section that gives the path; NULL: none. */
static const char *find_name(const struct submodule_config *settings,
                             struct arena *arena, const char *path)
{
	for (size_t i = settings->file.count; i-- > 0;) {
		const struct config_entry *entry = &settings->file.items[i];
		const char *name;

		if (!entry->value || strcmp(entry->value, path) != 0)
			continue;
		name = config_name(arena, entry->key, "submodule", "path");
		if (name && *name)
			return name;
	}
	return NULL;
}

/* False: only git can say. */
static bool find_ignore(enum submodule_ignore *out,
                        const struct submodule_config *settings, struct arena *arena,
                        const char *path)
{
	const char *name = find_name(settings, arena, path), *key, *word;

	*out = settings->fallback;
	if (!name)
		return true;
	key = config_join(arena, "submodule", name, "ignore");
	if (config_last(settings->config, key)) {
		word = config_text(settings->config, key);
		return word && parse_ignore(out, word);
	}
	word = config_text(&settings->file, key);
	if (word)
		return parse_ignore(out, word);
	return !config_last(&settings->file, key);
}

enum submodule_place { PLACE_FOLDER, PLACE_OTHER, PLACE_EMPTY, PLACE_UNKNOWN };

/* What is at a path. Behind a symbolic link there is nothing. */
static enum submodule_place look_at(const struct comparison *comparison,
                                    const char *path)
{
	const char *slash = path;
	struct arena arena = {0};
	enum submodule_place place = PLACE_FOLDER;
	struct stat st;

	while (place == PLACE_FOLDER && slash) {
		slash = strchr(slash + 1, '/');
		if (fstatat(comparison->root,
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

static bool is_there(const struct comparison *comparison, struct arena *arena,
                     const char *path, const char *name)
{
	struct stat st;

	return fstatat(comparison->root, arena_format(arena, "%s/%s", path, name), &st,
	               AT_SYMLINK_NOFOLLOW) == 0;
}

static bool is_at(const char *head, const struct index_entry *entry)
{
	char id[GIT_OID_SHA1_HEXSIZE + 1];
	git_oid oid;

	memcpy(oid.id, entry->id, sizeof oid.id);
	return strcmp(head, libgit2.oid_tostr(id, sizeof id, &oid)) == 0;
}

/* One that is checked out, by its own status. */
static void compare_repository(struct comparison *comparison, struct arena *arena,
                               const struct index_entry *entry,
                               enum submodule_ignore ignore)
{
	const struct worktree_question *question = comparison->question;
	const char *path = index_path(entry), *head;
	struct worktree_state inside;

	if (question->depth >= SUBMODULE_DEPTH ||
	    !question->read_submodule(
		    &inside, &head, arena,
		    arena_format(arena, "%s/%s", question->path, path),
		    question->depth + 1)) {
		comparison_raise(&comparison->ask_git);
		return;
	}
	if (head && !is_at(head, entry))
		comparison_raise(&comparison->unstaged);
	if (ignore >= SUBMODULE_IGNORE_DIRTY)
		return;
	if (inside.staged || inside.conflicted ||
	    (inside.untracked && ignore == SUBMODULE_IGNORE_NONE))
		comparison_raise(&comparison->unstaged);
	if (!inside.unstaged)
		return;
	/* Its own submodules may have no more than untracked files, either. */
	if (ignore == SUBMODULE_IGNORE_UNTRACKED &&
	    is_there(comparison, arena, path, ".gitmodules"))
		comparison_raise(&comparison->ask_git);
	comparison_raise(&comparison->unstaged);
}

/* git dies of a submodule that it cannot open, whatever else has changed. */
static bool is_repository(struct arena *arena, const struct comparison *comparison,
                          const char *path)
{
	struct probe probe;

	probe_path(&probe, arena,
	           arena_format(arena, "%s/%s", comparison->question->path, path));
	return probe.kind != REPO_NONE && probe.kind != REPO_BARE;
}

static void compare_submodule(struct comparison *comparison,
                              const struct submodule_config *settings,
                              const struct index_entry *entry)
{
	const char *path = index_path(entry);
	enum submodule_place place = look_at(comparison, path);
	struct arena arena = {0};
	enum submodule_ignore ignore;
	bool there = place == PLACE_FOLDER &&
	             is_there(comparison, &arena, path, ".git");

	if (place == PLACE_UNKNOWN || index_more_flags(entry) & ENTRY_INTENT_TO_ADD ||
	    !find_ignore(&ignore, settings, &arena, path) ||
	    (there && !is_repository(&arena, comparison, path)))
		comparison_raise(&comparison->ask_git);
	else if (ignore != SUBMODULE_IGNORE_ALL && place != PLACE_FOLDER)
		comparison_raise(&comparison->unstaged);
	else if (ignore != SUBMODULE_IGNORE_ALL && there &&
	         !comparison_has(&comparison->unstaged))
		compare_repository(comparison, &arena, entry, ignore);
	arena_drop(&arena);
}

void submodules_compare(struct comparison *comparison)
{
	const struct index_file *index = &comparison->index;
	struct submodule_config settings;

	if (!index->submodules)
		return;
	if (!read_settings(&settings, comparison))
		comparison_raise(&comparison->ask_git);
	for (size_t i = 0; i < index->count && !comparison_has(&comparison->ask_git);
	     i++) {
		const struct index_entry *entry = index->entries[i];

		if (index_is_submodule(entry) && !index_is_unchecked(entry))
			compare_submodule(comparison, &settings, entry);
	}
}
