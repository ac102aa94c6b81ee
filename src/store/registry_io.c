#include "store/registry.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/mounts.h"
#include "base/text.h"

#ifdef __APPLE__
#define st_mtim st_mtimespec
#endif

/* The rows of a file, each with its bytes up to the next row, which always end with
 * a newline. */
struct registry_rows {
	struct csv csv;
	const char **bytes;
};

/*
 * The format of a file. A missing file has no rows. A row with fewer than `least`
 * fields, or with an empty one among the first `filled`, is left out like one that
 * does not parse. Missing fields up to `columns` are "".
 */
struct registry_form {
	const char *file;
	char delimiter;
	size_t least, filled, columns;
};

/*
 * Where the line `wanted` starts, going on from `at` in line `*line`: LF, CRLF
 * and CR end one, as csv_parse counts them.
 */
static const char *line_start(const char *at, unsigned *line, unsigned wanted)
{
	for (; *line < wanted && *at; at++) {
		if (*at == '\n' || (*at == '\r' && at[1] != '\n'))
			++*line;
	}
	return at;
}

/* A NUL hides what follows it; such a file is not written. */
static void keep_bytes(struct registry_rows *rows, struct arena *arena,
                       const char *text)
{
	const char *at = text;
	unsigned line = 1;

	rows->bytes = arena_take(arena, rows->csv.count * sizeof *rows->bytes);
	for (size_t i = 0; i < rows->csv.count; i++) {
		bool last = i + 1 == rows->csv.count;
		const char *end = last ? at + strlen(at)
		                       : line_start(at, &line,
		                                    rows->csv.items[i + 1].line);
		bool ended = end > text && (end[-1] == '\n' || end[-1] == '\r');

		rows->bytes[i] = arena_bytes(arena, at, (size_t)(end - at));
		if (!ended)
			rows->bytes[i] = arena_format(arena, "%s\r\n", rows->bytes[i]);
		at = end;
	}
}

/* Appends missing fields, but not to a comment; returns the reason if the row is
 * invalid. */
static const char *complete(struct csv_row *row, const struct registry_form *form,
                            struct arena *arena)
{
	if (row->fields.count == 0)
		return NULL;
	if (row->fields.count < form->least)
		return "too few fields";
	for (size_t i = 0; i < form->filled; i++)
		if (row->fields.items[i][0] == '\0')
			return "empty field";
	while (row->fields.count < form->columns)
		strings_add(arena, &row->fields, "");
	return NULL;
}

static void report_left_out(struct registry *registry, const struct csv *csv,
                            const char *path)
{
	struct arena *arena = registry->arena;
	const char *others = "this line is";

	if (csv->bad > 1)
		others = arena_format(arena, "this line and %zu more are",
		                      csv->bad - 1);
	strings_add(arena, &registry->left_out,
	            arena_format(arena, "%s:%u: %s; %s left out", path, csv->bad_line,
	                         csv->bad_why, others));
	if (!registry->refusal)
		registry->refusal = arena_format(
			arena,
			"cannot use '%s': line %u: %s; correct it or move the file "
			"away",
			path, csv->bad_line, csv->bad_why);
}

static bool rows_read(struct registry_rows *out, struct registry *registry,
                      const struct registry_form *form, struct error *err)
{
	struct arena *arena = registry->arena;
	const char *path = home_file(registry->home, arena, form->file);
	BUF text = {0};
	bool there;

	if (!csv_read_rows(&out->csv, &text, &there, arena, path, form->delimiter, err))
		return false;
	for (size_t i = 0; i < out->csv.count;) {
		const char *why = complete(&out->csv.items[i], form, arena);

		if (why)
			csv_leave_out(&out->csv, i, why);
		else
			i++;
	}
	if (out->csv.bad)
		report_left_out(registry, &out->csv, path);
	keep_bytes(out, arena, buf_text(&text));
	return true;
}

/* Whether the row is a comment, which then is kept. */
static bool take_comment(struct comments *comments, struct arena *arena,
                         const struct registry_rows *rows, size_t index)
{
	const struct csv_row *row = &rows->csv.items[index];

	if (row->fields.count > 0)
		return false;
	*ARENA_PUSH(arena, comments) = (struct comment){row->line, rows->bytes[index]};
	return true;
}

/* Writes those from `*next` on that stand in front of a line, or, for 0, all of them.
 */
static void add_comments(struct buf *text, size_t *next,
                         const struct comments *comments, unsigned line)
{
	for (; *next < comments->count; ++*next) {
		const struct comment *comment = &comments->items[*next];

		if (line && comment->line > line)
			return;
		buf_adds(text, comment->bytes);
	}
}

static struct strings rows_fields(struct arena *arena, const char *const *fields,
                                  size_t count, const struct strings *rest)
{
	struct strings row = {0};

	for (size_t i = 0; i < count; i++)
		strings_add(arena, &row, fields[i]);
	for (size_t i = 0; i < rest->count; i++)
		strings_add(arena, &row, rest->items[i]);
	return row;
}

static struct strings rows_rest(const struct strings *fields, size_t count)
{
	struct strings rest = *fields;

	rest.items += count;
	rest.count -= count;
	rest.room = rest.count;
	return rest;
}

enum { REPO_PATH, REPO_NAME, REPO_TYPE, REPO_FLAGS, REPO_COLUMNS };

static const struct registry_form repos_form = {
	.file = "repos.csv",
	.delimiter = ',',
	.least = 2,
	.filled = 2,
	.columns = REPO_COLUMNS,
};

static int by_name(const void *one, const void *other)
{
	const struct repo *a = *(struct repo *const *)one;
	const struct repo *b = *(struct repo *const *)other;
	int order = strcmp(a->name, b->name);

	return order ? order : (a->line > b->line) - (a->line < b->line);
}

/* A disk that may not answer is not asked. */
static bool may_exist(const struct repo *repo, const struct mounts *mounts)
{
	return mounts_lead_remote(mounts, repo->path) ||
	       access(repo->path, F_OK) == 0 || (errno != ENOENT && errno != ENOTDIR);
}

/* Of rows with the same name puts the valid one first, and notes the others. */
static void rank_namesakes(struct registry *registry, struct repo **items, size_t count,
                           const struct mounts *mounts, struct notes *notes)
{
	const char *file = home_file(registry->home, registry->arena, repos_form.file);
	size_t place = count;
	struct repo *valid;
	bool there;

	while (place > 0 && !may_exist(items[place - 1], mounts))
		place--;
	there = place > 0;
	place = there ? place - 1 : count - 1;
	valid = items[place];
	memmove(items + 1, items, place * sizeof *items);
	items[0] = valid;
	for (size_t i = 1; i < count; i++) {
		struct repo *repo = items[i];

		repo->superseded = there && !may_exist(repo, mounts);
		if (repo->superseded)
			note(notes,
			     "%s:%u: '%s' is not there, but where line %u says; "
			     "'gita repair' forgets this row",
			     file, repo->line, repo->name, valid->line);
		else
			note(notes, "%s:%u: duplicate name '%s'; rename one of the two",
			     file, repo->line, repo->name);
	}
}

/* Fills `by_name`. */
static void sort_names(struct registry *registry, struct notes *notes)
{
	struct repos *sorted = &registry->by_name;
	struct mounts mounts = {0};
	bool loaded = false;

	for (size_t i = 0; i < registry->repos.count; i++)
		*ARENA_PUSH(registry->arena, sorted) = registry->repos.items[i];
	if (sorted->count)
		qsort(sorted->items, sorted->count, sizeof *sorted->items, by_name);
	for (size_t i = 0, next; i < sorted->count; i = next) {
		for (next = i + 1; next < sorted->count; next++)
			if (strcmp(sorted->items[i]->name, sorted->items[next]->name) !=
			    0)
				break;
		if (next == i + 1)
			continue;
		if (!loaded)
			mounts_load(&mounts, registry->arena);
		loaded = true;
		rank_namesakes(registry, sorted->items + i, next - i, &mounts, notes);
	}
}

static bool repos_read(struct registry *registry, struct notes *notes,
                       struct error *err)
{
	struct registry_rows rows;

	if (!rows_read(&rows, registry, &repos_form, err))
		return false;
	for (size_t i = 0; i < rows.csv.count; i++) {
		const struct csv_row *row = &rows.csv.items[i];
		struct repo *repo;

		if (take_comment(&registry->repo_comments, registry->arena, &rows, i))
			continue;
		repo = arena_take(registry->arena, sizeof *repo);
		*repo = (struct repo){.path = row->fields.items[REPO_PATH],
		                      .name = row->fields.items[REPO_NAME],
		                      .type = row->fields.items[REPO_TYPE],
		                      .flags = row->fields.items[REPO_FLAGS],
		                      .rest = rows_rest(&row->fields, REPO_COLUMNS),
		                      .line = row->line,
		                      .bytes = rows.bytes[i]};
		*ARENA_PUSH(registry->arena, &registry->repos) = repo;
	}
	sort_names(registry, notes);
	return true;
}

static bool repos_write(const struct registry *registry, struct error *err)
{
	const struct comments *comments = &registry->repo_comments;
	size_t next = 0;
	BUF text = {0};

	for (size_t i = 0; i < registry->repos.count; i++) {
		const struct repo *repo = registry->repos.items[i];

		add_comments(&text, &next, comments, repo->line);
		if (repo->bytes) {
			buf_adds(&text, repo->bytes);
		} else {
			struct strings row = rows_fields(
				registry->arena,
				(const char *[]){repo->path, repo->name, repo->type,
			                         repo->flags},
				REPO_COLUMNS, &repo->rest);

			csv_add_row(&text, &row, repos_form.delimiter);
		}
	}
	add_comments(&text, &next, comments, 0);
	return file_replace(home_file(registry->home, registry->arena, repos_form.file),
	                    buf_text(&text), text.length, err);
}

enum { GROUP_NAME, GROUP_MEMBERS, GROUP_PATH, GROUP_COLUMNS };

static const struct registry_form groups_form = {"groups.csv", ':', 2, 1,
                                                 GROUP_COLUMNS};
static const char blanks[] = " \t\n\v\f\r";

/*
 * Names with blanks, which the Python tool allows in repos.csv, look like several
 * members of a group: these are the ones to try first.
 */
static struct strings split_names(const struct registry *registry)
{
	struct strings names = {0};

	for (size_t i = 0; i < registry->repos.count; i++) {
		const char *name = registry->repos.items[i]->name;

		if (strpbrk(name, blanks))
			strings_add(registry->arena, &names, name);
	}
	return names;
}

/* The length of the member that `text` starts with: the longest of those names that
 * is followed by a blank or the end, else up to the next blank. */
static size_t member_length(const char *text, const struct strings *names)
{
	size_t longest = strcspn(text, blanks);

	for (size_t i = 0; i < names->count; i++) {
		size_t length = strlen(names->items[i]);

		if (length > longest && strncmp(text, names->items[i], length) == 0 &&
		    (text[length] == '\0' || strchr(blanks, text[length])))
			longest = length;
	}
	return longest;
}

static struct strings read_members(const struct registry *registry, const char *text,
                                   const struct strings *names)
{
	struct strings members = {0};

	for (text += strspn(text, blanks); *text; text += strspn(text, blanks)) {
		size_t length = member_length(text, names);

		strings_add(registry->arena, &members,
		            arena_bytes(registry->arena, text, length));
		text += length;
	}
	return members;
}

static void add_group(struct registry *registry, const struct csv_row *row,
                      const char *bytes, const struct strings *members)
{
	const struct strings *fields = &row->fields;
	struct group *group = arena_take(registry->arena, sizeof *group);

	*group = (struct group){.name = fields->items[GROUP_NAME],
	                        .members = *members,
	                        .path = fields->items[GROUP_PATH],
	                        .rest = rows_rest(fields, GROUP_COLUMNS),
	                        .line = row->line,
	                        .bytes = bytes};
	*ARENA_PUSH(registry->arena, &registry->groups) = group;
}

/* Merges a second row of the same group: the Python tool's `add -a` appends one each
 * time it finds a new repo. The next change writes one row. */
static void extend_group(struct registry *registry, struct group *group,
                         const struct strings *fields, const struct strings *members)
{
	for (size_t i = 0; i < members->count; i++)
		if (!strings_have(&group->members, members->items[i]))
			strings_add(registry->arena, &group->members,
			            members->items[i]);
	if (*group->path == '\0')
		group->path = fields->items[GROUP_PATH];
	group->bytes = NULL;
}

static bool groups_read(struct registry *registry, struct error *err)
{
	struct strings names = split_names(registry);
	struct registry_rows rows;

	if (!rows_read(&rows, registry, &groups_form, err))
		return false;
	for (size_t i = 0; i < rows.csv.count; i++) {
		const struct csv_row *row = &rows.csv.items[i];
		struct strings members;
		struct group *group;

		if (take_comment(&registry->group_comments, registry->arena, &rows, i))
			continue;
		members = read_members(registry, row->fields.items[GROUP_MEMBERS],
		                       &names);
		group = registry_group(registry, row->fields.items[GROUP_NAME]);
		if (group)
			extend_group(registry, group, &row->fields, &members);
		else
			add_group(registry, row, rows.bytes[i], &members);
	}
	return true;
}

/* The name that a member has in the files, if that is another one; else NULL. */
static const char *old_name(const struct registry *registry, const char *member)
{
	const struct renamings *renamed = &registry->renamed_members;

	for (size_t i = 0; i < renamed->count; i++)
		if (strcmp(renamed->items[i].new, member) == 0)
			return renamed->items[i].old;
	return NULL;
}

/* What of a name that changes is written to groups.csv. */
enum names { NEW_NAMES, BOTH_NAMES };

static void add_group_row(struct buf *text, const struct registry *registry,
                          const char *name, const struct group *group, enum names names)
{
	struct strings row;
	BUF members = {0};

	for (size_t i = 0; i < group->members.count; i++) {
		const char *member = group->members.items[i], *old = NULL;

		if (names == BOTH_NAMES)
			old = old_name(registry, member);
		buf_addf(&members, "%s%s%s%s", i ? " " : "", old ? old : "",
		         old ? " " : "", member);
	}
	row = rows_fields(registry->arena,
	                  (const char *[]){name, buf_text(&members), group->path},
	                  GROUP_COLUMNS, &group->rest);
	csv_add_row(text, &row, groups_form.delimiter);
}

static bool is_renamed_context(const struct registry *registry,
                               const struct group *group)
{
	return registry->context_renamed && strcmp(registry->context, group->name) == 0;
}

static bool groups_write(const struct registry *registry, enum names names,
                         struct error *err)
{
	const struct comments *comments = &registry->group_comments;
	size_t next = 0;
	BUF text = {0};

	for (size_t i = 0; i < registry->groups.count; i++) {
		const struct group *group = registry->groups.items[i];

		add_comments(&text, &next, comments, group->line);
		if (group->bytes) {
			buf_adds(&text, group->bytes);
			continue;
		}
		if (names == BOTH_NAMES && is_renamed_context(registry, group))
			add_group_row(&text, registry, registry->context_before, group,
			              names);
		add_group_row(&text, registry, group->name, group, names);
	}
	add_comments(&text, &next, comments, 0);
	return file_replace(
		home_file(registry->home, registry->arena, groups_form.file),
		buf_text(&text), text.length, err);
}

static const char suffix[] = ".context";

/* The context that the file `name` sets, NULL if it sets none. */
static const char *context_of(struct arena *arena, const char *name)
{
	size_t length = strlen(name), end = strlen(suffix);

	if (length <= end || !text_has_suffix(name, suffix))
		return NULL;
	return arena_bytes(arena, name, length - end);
}

static bool context_read(struct registry *registry, struct notes *notes,
                         struct error *err)
{
	struct strings *files = &registry->context_files;
	DIR *folder = opendir(registry->home->config);
	const struct dirent *entry;
	int why;

	if (!folder)
		return errno == ENOENT || error_errno(err, errno, "cannot read '%s'",
		                                      registry->home->config);
	/* The end of the folder leaves errno as it is, an error does not. */
	while ((errno = 0, entry = readdir(folder)))
		if (context_of(registry->arena, entry->d_name))
			strings_add(registry->arena, files,
			            arena_string(registry->arena, entry->d_name));
	why = errno;
	closedir(folder);
	if (why)
		return error_errno(err, why, "cannot read '%s'",
		                   registry->home->config);
	strings_sort(files);
	if (files->count)
		registry->context = context_of(registry->arena, files->items[0]);
	registry->context_before = registry->context;
	if (files->count > 1)
		note(notes,
		     "there are several contexts ('%s' and '%s'%s in '%s'): '%s' is "
		     "used; set one with 'gita context'",
		     files->items[0], files->items[1],
		     files->count > 2 ? " and others" : "", registry->home->config,
		     registry->context);
	return true;
}

/* Renames the file of the old context, so that there is one at any time. */
static bool make_file(struct registry *registry, const char *old, const char *wanted,
                      struct error *err)
{
	struct arena *arena = registry->arena;
	const char *path = home_file(registry->home, arena, wanted), *from;

	if (strchr(wanted, '/'))
		return error_set(err,
		                 "cannot make '%s' the context: a name with '/' "
		                 "cannot be the name of a file",
		                 registry->context);
	if (!old)
		return file_replace(path, "", 0, err);
	from = home_file(registry->home, arena, old);
	return rename(from, path) == 0 ||
	       error_errno(err, errno, "cannot rename '%s' to '%s'", from, path);
}

/* The last step is the one that changes the context. */
static bool context_write(struct registry *registry, struct error *err)
{
	struct arena *arena = registry->arena;
	struct strings *files = &registry->context_files;
	const char *wanted = NULL, *keep = NULL;

	if (registry->context)
		wanted = arena_format(arena, "%s%s", registry->context, suffix);
	if (wanted && files->count)
		keep = strings_have(files, wanted) ? wanted : files->items[0];
	for (size_t i = files->count; i-- > 0;) {
		const char *name = files->items[i];

		if (keep && strcmp(name, keep) == 0)
			continue;
		if (!file_remove(home_file(registry->home, arena, name), err))
			return false;
		strings_remove(files, name);
	}
	if (!wanted || keep == wanted)
		return true;
	if (!make_file(registry, keep, wanted, err))
		return false;
	if (keep)
		strings_remove(files, keep);
	strings_add(arena, files, wanted);
	return true;
}

/* Repos first: splitting the members of a group needs their names. */
static bool read_files(struct registry *registry, struct notes *notes,
                       struct error *err)
{
	return repos_read(registry, notes, err) && groups_read(registry, err) &&
	       context_read(registry, notes, err);
}

/* While a name changes, groups.csv has both. A context goes before its group, and
 * comes after it. */
static bool write_in_order(struct registry *registry, struct error *err)
{
	bool renamed = registry->renamed_members.count || registry->context_renamed;

	return (!renamed || groups_write(registry, BOTH_NAMES, err)) &&
	       (!registry->repos_changed || repos_write(registry, err)) &&
	       ((registry->context && !renamed) || context_write(registry, err)) &&
	       (!registry->groups_changed || groups_write(registry, NEW_NAMES, err)) &&
	       context_write(registry, err);
}

/* A file as it was before the commit. */
struct former {
	const struct registry_form *form;
	struct buf bytes;
	bool there;
};

static bool read_former(struct former *former, const struct registry *registry,
                        struct error *err)
{
	return file_read(&former->bytes, &former->there,
	                 home_file(registry->home, registry->arena, former->form->file),
	                 FILE_LIMIT, err);
}

static void put_back(struct former *former, const struct registry *registry)
{
	const char *path = home_file(registry->home, registry->arena,
	                             former->form->file);
	struct error ignored;
	BUF now = {0};
	bool there;

	if (file_read(&now, &there, path, FILE_LIMIT, &ignored) &&
	    there == former->there && now.length == former->bytes.length &&
	    memcmp(buf_text(&now), buf_text(&former->bytes), now.length) == 0)
		return;
	if (former->there)
		(void)file_replace(path, buf_text(&former->bytes), former->bytes.length,
		                   &ignored);
	else
		(void)file_remove(path, &ignored);
}

/* After an error everything is as before, in the opposite order, unless that fails,
 * too. */
static bool write_files(struct registry *registry, struct error *err)
{
	struct former repos = {.form = &repos_form}, groups = {.form = &groups_form};
	struct error ignored;
	bool good = read_former(&repos, registry, err) &&
	            read_former(&groups, registry, err);

	if (good && !write_in_order(registry, err)) {
		good = false;
		registry->context = registry->context_before;
		(void)context_write(registry, &ignored);
		put_back(&repos, registry);
		put_back(&groups, registry);
	}
	buf_drop(&repos.bytes);
	buf_drop(&groups.bytes);
	return good;
}

/* The files that are replaced together. */
struct versions {
	struct stat repos, groups;
};

static void look_at(struct stat *out, const struct registry *registry, const char *file)
{
	if (stat(home_file(registry->home, registry->arena, file), out) != 0)
		*out = (struct stat){0};
}

static struct versions look(const struct registry *registry)
{
	struct versions versions;

	look_at(&versions.repos, registry, repos_form.file);
	look_at(&versions.groups, registry, groups_form.file);
	return versions;
}

/* After two changes the number of the file and its second may be the same again. */
static bool is_same(const struct stat *one, const struct stat *other)
{
	return one->st_ino == other->st_ino && one->st_dev == other->st_dev &&
	       one->st_size == other->st_size &&
	       one->st_mtim.tv_sec == other->st_mtim.tv_sec &&
	       one->st_mtim.tv_nsec == other->st_mtim.tv_nsec;
}

/* Between reading the one and the other they may have been replaced. */
static bool read_together(struct registry *out, const struct home *home,
                          struct arena *arena, struct notes *notes, struct error *err)
{
	enum { MOST_TRIES = 20 };
	size_t noted = notes->count;

	for (int i = 1;; i++) {
		struct versions before, after;

		*out = (struct registry){
			.arena = arena, .home = home, .lock.descriptor = -1};
		before = look(out);
		if (!read_files(out, notes, err))
			return false;
		after = look(out);
		if (i == MOST_TRIES || (is_same(&before.repos, &after.repos) &&
		                        is_same(&before.groups, &after.groups)))
			return true;
		notes->count = noted;
	}
}

bool registry_load(struct registry *out, const struct home *home, struct arena *arena,
                   struct notes *notes, struct error *err)
{
	if (!read_together(out, home, arena, notes, err))
		return false;
	for (size_t i = 0; i < out->left_out.count; i++)
		note(notes, "%s", out->left_out.items[i]);
	return true;
}

/* The folder has mode 0700, as required by the XDG Base Directory Specification. */
bool registry_begin(struct registry *out, const struct home *home, struct arena *arena,
                    struct notes *notes, struct error *err)
{
	*out = (struct registry){.arena = arena, .home = home, .lock.descriptor = -1};
	if (!file_make_folder(home->config, true, err) ||
	    !file_lock(&out->lock, home_file(home, arena, "repos.csv"), notes, err))
		return false;
	if (read_files(out, notes, err) &&
	    (!out->refusal || error_set(err, "%s", out->refusal)))
		return true;
	registry_end(out);
	return false;
}

bool registry_commit(struct registry *registry, struct error *err)
{
	if (!registry->repos_changed && !registry->groups_changed &&
	    !registry->context_changed)
		return true;
	if (!write_files(registry, err))
		return false;
	registry->repos_changed = registry->groups_changed = false;
	registry->context_changed = false;
	registry->renamed_members.count = 0;
	registry->context_renamed = false;
	registry->context_before = registry->context;
	return true;
}

void registry_end(struct registry *registry)
{
	file_unlock(&registry->lock);
}
