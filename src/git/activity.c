#include "git/activity.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "abbrev.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/path.h"
#include "base/text.h"
#include "commit.h"
#include "graph.h"
#include "reader.h"

/* What is kept below these is no work on the project. */
static const char stash[] = "refs/stash", notes[] = "refs/notes/";

static bool is_wanted(const struct activity_span *span, const struct activity *activity,
                      const struct activity_commit *commit, struct arena *arena)
{
	if (span->all)
		return true;
	if (!span->author)
		return activity->email && strcmp(commit->email, activity->email) == 0;
	return regexec(span->author,
	               arena_format(arena, "%s <%s>", commit->author, commit->email), 0,
	               NULL, 0) == 0;
}

static bool is_there(const char *path)
{
	struct stat info;

	return lstat(path, &info) == 0;
}

/* Authors are then others than their commits say. */
static bool has_mailmap(const struct reader *reader)
{
	return reader->bare || config_last(&reader->config, "mailmap.file") ||
	       config_last(&reader->config, "mailmap.blob") ||
	       is_there(path_join(reader->arena, reader->path, ".mailmap"));
}

/* A walk of one repository, from the latest commit on. */
struct tour {
	struct reader *reader;
	const struct activity_span *span;
	struct activity *out;
	struct starts {
		git_oid *items;
		size_t count, room;
	} starts;
};

static void start_at(struct tour *tour, const git_oid *id)
{
	*ARENA_PUSH(tour->reader->arena, &tour->starts) = *id;
}

static bool start_at_tag(struct tour *tour, const git_oid *id)
{
	git_tag *tag = NULL;
	git_object *target = NULL;
	bool good = libgit2.tag_lookup(&tag, tour->reader->repository, id) == 0 &&
	            libgit2.tag_peel(&target, tag) == 0;

	if (good && libgit2.object_type(target) == GIT_OBJECT_COMMIT)
		start_at(tour, libgit2.object_id(target));
	libgit2.object_free(target);
	libgit2.tag_free(tag);
	return good;
}

/* packed-refs knows what a tag leads to; what leads to no commit is passed over. */
static bool start_at_reference(struct tour *tour, const git_reference *reference)
{
	const char *name = libgit2.reference_name(reference);
	const git_oid *id = libgit2.reference_target(reference);
	const git_oid *peeled = libgit2.reference_target_peel(reference);
	git_object_t type;
	size_t size;

	/* A symbolic one leads to another. */
	if (!id || strcmp(name, stash) == 0 || text_skip_prefix(name, notes))
		return true;
	if (peeled && !libgit2.oid_is_zero(peeled))
		id = peeled;
	if (libgit2.odb_read_header(&size, &type, tour->reader->odb, id) != 0)
		return false;
	if (type == GIT_OBJECT_COMMIT)
		start_at(tour, id);
	return type != GIT_OBJECT_TAG || start_at_tag(tour, id);
}

static bool start_at_references(struct tour *tour)
{
	git_reference_iterator *iterator = NULL;
	git_reference *reference;
	int code = libgit2.reference_iterator_glob_new(
		&iterator, tour->reader->repository, "refs/*");

	while (code == 0 &&
	       (code = libgit2.reference_next(&reference, iterator)) == 0) {
		if (!start_at_reference(tour, reference))
			code = GIT_ERROR;
		libgit2.reference_free(reference);
	}
	libgit2.reference_iterator_free(iterator);
	return code == GIT_ITEROVER;
}

/* A HEAD that is on a branch has been seen with the references. */
static bool start_at_head(struct tour *tour, const char *folder)
{
	enum { LIMIT = 4096 };
	struct error err;
	git_oid id;
	bool there;
	BUF text = {0};

	if (!file_read(&text, &there, path_join(tour->reader->arena, folder, "HEAD"),
	               LIMIT, &err))
		return false;
	if (text.length < GIT_OID_SHA1_HEXSIZE || text_skip_prefix(text.data, "ref:"))
		return true;
	if (libgit2.oid_fromstrn(&id, text.data, GIT_OID_SHA1_HEXSIZE) != 0)
		return false;
	start_at(tour, &id);
	return true;
}

/* HEAD of every work tree. */
static bool start_at_heads(struct tour *tour)
{
	struct reader *reader = tour->reader;
	const char *linked = path_join(reader->arena, reader->probe.common_folder,
	                               "worktrees");
	bool good = start_at_head(tour, reader->probe.common_folder) &&
	            start_at_head(tour, reader->probe.git_folder);
	DIR *folder = opendir(linked);
	struct dirent *entry;

	while (good && folder && (entry = readdir(folder))) {
		if (entry->d_name[0] != '.')
			good = start_at_head(
				tour, path_join(reader->arena, linked, entry->d_name));
	}
	if (folder)
		closedir(folder);
	return good;
}

static int by_id(const void *one, const void *other)
{
	return memcmp(one, other, sizeof(git_oid));
}

static bool add_commit(struct activity *out, struct reader *reader,
                       const git_commit *found, const git_oid *id,
                       const struct activity_span *span)
{
	struct commit commit;
	struct activity_commit item;
	char *text = arena_take(reader->arena, GIT_OID_SHA1_HEXSIZE + 1);

	commit_parse(&commit, reader->arena, libgit2.commit_raw_header(found),
	             libgit2.commit_message_raw(found));
	libgit2.oid_tostr(text, GIT_OID_SHA1_HEXSIZE + 1, id);
	item = (struct activity_commit){.id = text,
	                                .time = commit.time,
	                                .author = commit.author,
	                                .email = commit.email,
	                                .subject = commit.subject};
	if (!is_wanted(span, out, &item, reader->arena))
		return true;
	if (!abbrev_hash(&item.abbrev, reader, id))
		return false;
	*ARENA_PUSH(reader->arena, out) = item;
	return true;
}

static bool take_commit(void *context, const git_oid *id)
{
	struct tour *tour = context;
	git_commit *found = NULL;
	bool good = true;

	if (libgit2.commit_lookup(&found, tour->reader->repository, id) != 0)
		return false;
	if (libgit2.commit_time(found) <= tour->span->until)
		good = add_commit(tour->out, tour->reader, found, id, tour->span);
	libgit2.commit_free(found);
	return good;
}

/* The starts are sorted, so that the order of commits that have the same second is not
 * that in which a folder lists its files. */
static bool read_open(struct activity *out, struct reader *reader,
                      const struct activity_span *span)
{
	struct tour tour = {.reader = reader, .span = span, .out = out};

	if (has_mailmap(reader))
		return false;
	out->email = config_text(&reader->config, "user.email");
	out->linked = reader->probe.kind == REPO_WORKTREE;
	if (!start_at_references(&tour) || !start_at_heads(&tour))
		return false;
	if (tour.starts.count > 0)
		qsort(tour.starts.items, tour.starts.count, sizeof *tour.starts.items,
		      by_id);
	return graph_walk(reader->repository, tour.starts.items, tour.starts.count,
	                  span->since, take_commit, &tour);
}

bool activity_read(struct activity *out, const char *path,
                   const struct activity_span *span, struct arena *arena)
{
	struct reader reader = {.arena = arena, .path = path};
	bool good;

	probe_path(&reader.probe, arena, path);
	if (reader.probe.kind == REPO_NONE)
		return false;
	good = reader_open(&reader) && read_open(out, &reader, span);
	reader_close(&reader);
	return good;
}

enum { MOST_WORDS = 9 };

static const char *const questions[ACTIVITY_QUESTIONS][MOST_WORDS + 1] = {
	[ACTIVITY_LOG] = {"log", "--exclude=refs/stash", "--exclude=refs/notes/*",
                          "--all", "--no-show-signature", "--no-color",
                          "--encoding=UTF-8", "-z",
                          "--format=%H%n%h%n%ct%n%aN%n%aE%n%s"},
	[ACTIVITY_EMAIL] = {"config", "user.email"},
	[ACTIVITY_FOLDERS] = {"rev-parse", "--git-dir", "--git-common-dir"},
};

void activity_words(struct strings *out, struct arena *arena, int question,
                    const struct activity_span *span)
{
	for (const char *const *word = questions[question]; *word; word++)
		strings_add(arena, out, *word);
	if (question != ACTIVITY_LOG)
		return;
	strings_add(arena, out, arena_format(arena, "--max-age=%" PRId64, span->since));
	strings_add(arena, out, arena_format(arena, "--min-age=%" PRId64, span->until));
}

/* Six lines, of which the subject may be empty. */
static void parse_commit(struct activity *out, struct arena *arena, char *record,
                         const struct activity_span *span)
{
	enum { ID, ABBREV, TIME, AUTHOR, EMAIL, SUBJECT, FIELDS };
	char *fields[FIELDS] = {record};
	struct activity_commit item;

	for (int i = ABBREV; i < FIELDS; i++) {
		char *newline = strchr(fields[i - 1], '\n');

		if (!newline)
			return;
		*newline = '\0';
		fields[i] = newline + 1;
	}
	item = (struct activity_commit){
		fields[ID],     fields[ABBREV], strtoll(fields[TIME], NULL, 10),
		fields[AUTHOR], fields[EMAIL],  fields[SUBJECT]};
	if (is_wanted(span, out, &item, arena))
		*ARENA_PUSH(arena, out) = item;
}

bool activity_parse(struct activity *out, struct arena *arena,
                    const struct answer answers[ACTIVITY_QUESTIONS],
                    const struct activity_span *span, struct error *err)
{
	const struct answer *log = &answers[ACTIVITY_LOG];
	const struct answer *email = &answers[ACTIVITY_EMAIL];
	struct strings folders = {0};
	const char *end = log->out + log->length;

	if (log->exit != 0)
		return error_set(err, "%s", ask_reason(log, arena));
	/* Exit status 1: there is none. */
	if (email->exit == 0)
		out->email = arena_bytes(arena, email->out, strcspn(email->out, "\n"));
	strings_split(arena, &folders, answers[ACTIVITY_FOLDERS].out, "\n");
	out->linked = folders.count == 2 &&
	              strcmp(folders.items[0], folders.items[1]) != 0;
	for (const char *at = log->out; at < end;) {
		size_t length = strnlen(at, (size_t)(end - at));

		parse_commit(out, arena, arena_bytes(arena, at, length), span);
		at += length + 1;
	}
	return true;
}

/* `git config` checks a date, where `git log` takes for now what is none. */
static const char since_key[] = "gita.since", until_key[] = "gita.until";

static void add_date(struct strings *out, struct arena *arena, const char *key,
                     const char *date)
{
	if (!date)
		return;
	strings_add(arena, out, "-c");
	strings_add(arena, out, arena_format(arena, "%s=%s", key, date));
}

void activity_date_words(struct strings *out, struct arena *arena, const char *since,
                         const char *until)
{
	strings_add(arena, out, "git");
	add_date(out, arena, since_key, since);
	add_date(out, arena, until_key, until);
	strings_add(arena, out, "config");
	strings_add(arena, out, "--type=expiry-date");
	strings_add(arena, out, "--get-regexp");
	strings_add(arena, out, "^gita\\.(since|until)$");
}

const char *activity_wrong_date(const char *error)
{
	return strstr(error, until_key) ? "until" : "since";
}

/* What is beyond all times (`now`, for a date at which things expire) is the end. */
static int64_t parse_date(const char *text)
{
	uint64_t time = strtoull(text, NULL, 10);

	return time > INT64_MAX ? INT64_MAX : (int64_t)time;
}

void activity_parse_dates(struct activity_span *out, struct arena *arena,
                          const char *text)
{
	struct strings lines = {0};

	strings_split(arena, &lines, text, "\n");
	for (size_t i = 0; i < lines.count; i++) {
		const char *value;

		if ((value = text_skip_prefix(lines.items[i], since_key)))
			out->since = parse_date(value);
		else if ((value = text_skip_prefix(lines.items[i], until_key)))
			out->until = parse_date(value);
	}
}
