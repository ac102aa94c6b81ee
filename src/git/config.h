/*
 * git's configuration, read as git's config.c reads it.
 *
 * libgit2 knows neither GIT_CONFIG_GLOBAL and the like nor every condition of
 * includeIf, and would read the users' files again for each repository. So the
 * files are read here: those that all repositories share once, a repository's
 * own when it is read. libgit2 still reads the repository's own file when it
 * opens it, for its own purposes; no fact of a summary comes from that reading.
 *
 * What only git can judge (a syntax error, an unreadable file, a rare variable
 * of the environment) is not reported as an error: it is a reason to ask git.
 */
#ifndef GIT_CONFIG_H
#define GIT_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct buf;
struct probe;

struct config_entry {
	const char *key;   /* "section.Sub.name": only a subsection keeps its case */
	const char *value; /* NULL: the name stood alone, which means true */
};

struct config {
	struct config_entry *items; /* in git's order: a later one wins */
	size_t count;
	size_t room;
};

/* What the repository's own file says of its format, without its includes. */
struct config_format {
	bool plain;           /* version 0 and no extension */
	bool bare;            /* core.bare */
	const char *worktree; /* core.worktree, NULL: not set */
};

/* What conditional includes depend on. */
struct config_place {
	const char *git_folder;
	const char *branch; /* of HEAD, short; NULL: detached */
};

/* Reads one file's text, entry by entry. */
struct config_text {
	const char *at, *end;
	struct buf *key; /* scratch of the owner */
	size_t section;  /* how much of `key` is the section */
	bool over;
};

enum config_step { CONFIG_ENTRY, CONFIG_END, CONFIG_BAD };

enum config_step config_next(struct config_text *text, struct config_entry *out,
                             struct arena *arena);

/* Appends what `git config --list -z` prints, or with --get-regexp: a key, a line end
 * and the value, ended by a NUL. */
void config_parse_list(struct config *out, struct arena *arena, const char *text,
                       size_t length);

/* What all repositories share: the system's files and the user's. False: it
 * depends on the repository, or only git can tell. */
bool config_load_common(struct config *out, struct arena *arena);

/*
 * All that holds in one repository: `common` (NULL: read those files now), then
 * the file in the common folder, then the environment. False: git must be asked.
 */
bool config_load(struct config *out, struct config_format *format, struct arena *arena,
                 const struct config *common, const char *common_folder,
                 const struct config_place *place);

/* What config_load_common() loads, read once in the life of the process, or since
 * config_renew(); NULL where that is false. */
const struct config *config_common(void);

/* Reads it again. It must not be in use. */
void config_renew(void);

/* config_load() of a repository, or of the one at `path`; false also where there is
 * none. */
bool config_load_probed(struct config *out, struct arena *arena,
                        const struct probe *probe);
bool config_load_path(struct config *out, struct arena *arena, const char *path);

/* A key as a person types it, in the form of an entry's; NULL: not a key. */
const char *config_key(struct arena *arena, const char *typed);

/* `SECTION.NAME.LAST`, and from such a key the NAME, which may be empty and hold dots;
 * NULL: the key is none such. */
const char *config_join(struct arena *arena, const char *section, const char *name,
                        const char *last);
const char *config_name(struct arena *arena, const char *key, const char *section,
                        const char *last);

/* The last entry of that key, or the first; NULL: none. */
const struct config_entry *config_last(const struct config *config, const char *key);
const struct config_entry *config_first(const struct config *config, const char *key);

/* The last entry's text; NULL: none, or it stood alone. */
const char *config_text(const struct config *config, const char *key);

/* git_parse_maybe_bool() of git; false: the value is no boolean. */
bool config_boolean(bool *out, const char *value);

/* The digits that core.abbrev wants a short hash to have, 0: the number of objects
 * decides. False: git is to be asked, which may refuse a value. */
bool config_abbrev(unsigned *out, const struct config *config);

#endif
