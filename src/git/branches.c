#include "git/branches.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "graph.h"
#include "reader.h"
#include "refs.h"
#include "tracking.h"

static const char heads[] = "refs/heads/";

static int by_name(const void *one, const void *other)
{
	const struct branch *left = one, *right = other;

	return strcmp(left->name, right->name);
}

static void sort(struct branches *branches)
{
	if (branches->count > 0)
		qsort(branches->items, branches->count, sizeof *branches->items,
		      by_name);
}

static bool read_sync(struct branch *out, struct reader *reader, const git_oid *head)
{
	const char *name;
	git_oid upstream;
	enum ref_state state;

	out->sync = SYNC_NO_REMOTE;
	if (!tracking_upstream(&name, reader->arena, &reader->config, out->name))
		return false;
	if (!name)
		return true;
	if (!refs_short_name(&out->upstream, reader, name))
		return false;
	state = refs_read(reader, name, &upstream, NULL);
	out->sync = SYNC_GONE;
	if (state != REF_FOUND)
		return state == REF_ABSENT;
	if (!libgit2.oid_equal(head, &upstream) &&
	    (reader->shallow || !graph_count(&out->ahead, &out->behind,
	                                     reader->repository, head, &upstream)))
		return false;
	out->sync = sync_of(out->ahead, out->behind);
	return true;
}

/* A branch that only stands for another one is for git to judge. */
static bool read_branch(struct branches *out, struct reader *reader, const char *name,
                        const char *current)
{
	struct branch *branch = ARENA_PUSH(reader->arena, out);
	const char *last;
	git_oid head;
	char *text;

	name = arena_string(reader->arena, name);
	if (refs_read(reader, name, &head, &last) != REF_FOUND ||
	    strcmp(last, name) != 0)
		return false;
	text = arena_take(reader->arena, GIT_OID_SHA1_HEXSIZE + 1);
	libgit2.oid_tostr(text, GIT_OID_SHA1_HEXSIZE + 1, &head);
	branch->head = text;
	branch->name = name + strlen(heads);
	branch->current = strcmp(name, current) == 0;
	return read_sync(branch, reader, &head);
}

static bool read_all(struct branches *out, struct reader *reader, const char *current)
{
	git_reference_iterator *iterator = NULL;
	const char *name;
	int code = libgit2.reference_iterator_glob_new(&iterator, reader->repository,
	                                               "refs/heads/*");

	while (code == 0 &&
	       (code = libgit2.reference_next_name(&name, iterator)) == 0) {
		if (!read_branch(out, reader, name, current))
			code = GIT_ERROR;
	}
	libgit2.reference_iterator_free(iterator);
	if (code != GIT_ITEROVER)
		return false;
	sort(out);
	return true;
}

static bool read_merged(struct branches *out, struct reader *reader)
{
	git_oid *ids = arena_take(reader->arena, out->count * sizeof *ids);
	bool *merged = arena_take(reader->arena, out->count * sizeof *merged);

	for (size_t i = 0; i < out->count; i++) {
		if (libgit2.oid_fromstrn(&ids[i], out->items[i].head,
		                         GIT_OID_SHA1_HEXSIZE) != 0)
			return false;
	}
	if (reader->shallow ||
	    !graph_holds(merged, reader->repository, &reader->head, ids, out->count))
		return false;
	for (size_t i = 0; i < out->count; i++)
		out->items[i].merged = merged[i];
	return true;
}

static bool read_open(struct branches *out, struct reader *reader)
{
	const char *current = NULL;
	enum ref_state state = refs_read(reader, "HEAD", &reader->head, &current);

	return state != REF_UNSURE && read_all(out, reader, current) &&
	       (state == REF_ABSENT || read_merged(out, reader));
}

bool branches_read(struct branches *out, const char *path, struct arena *arena)
{
	struct reader reader = {.arena = arena, .path = path};
	bool good;

	probe_path(&reader.probe, arena, path);
	if (reader.probe.kind == REPO_NONE)
		return false;
	good = reader_open(&reader) && read_open(out, &reader);
	reader_close(&reader);
	return good;
}

void branches_words(struct strings *out, struct arena *arena, int question)
{
	strings_add(arena, out, "for-each-ref");
	if (question == BRANCHES_LIST) {
		strings_add(arena, out,
		            "--format=%(HEAD)%(refname) %(objectname) "
		            "%(upstream:short) %(upstream:track,nobracket)");
	} else {
		strings_add(arena, out, "--format=%(refname)");
		strings_add(arena, out, "--merged=HEAD");
	}
	strings_add(arena, out, heads);
}

/* The number after the word in `ahead 1, behind 2`. */
static size_t parse_count(const char *track, const char *word)
{
	const char *at = strstr(track, word);

	return at ? strtoul(at + strlen(word), NULL, 10) : 0;
}

static void parse_track(struct branch *out, const char *track)
{
	if (strcmp(track, "gone") == 0) {
		out->sync = SYNC_GONE;
		return;
	}
	out->ahead = parse_count(track, "ahead ");
	out->behind = parse_count(track, "behind ");
	out->sync = sync_of(out->ahead, out->behind);
}

/* `*refs/heads/NAME HASH UPSTREAM TRACK`, with a blank for the star of the current
 * branch; names hold no blanks, and of the last two there may be none. */
static void parse_branch(struct branches *out, struct arena *arena, char *line)
{
	enum { NAME, HASH, UPSTREAM, TRACK, FIELDS };
	char *fields[FIELDS] = {line + 1};
	struct branch *branch;

	if (!text_skip_prefix(fields[NAME], heads))
		return;
	for (int i = HASH; i < FIELDS; i++) {
		char *blank = strchr(fields[i - 1], ' ');

		if (!blank)
			return;
		*blank = '\0';
		fields[i] = blank + 1;
	}
	branch = ARENA_PUSH(arena, out);
	branch->current = *line == '*';
	branch->name = fields[NAME] + strlen(heads);
	branch->head = fields[HASH];
	branch->sync = SYNC_NO_REMOTE;
	if (!*fields[UPSTREAM])
		return;
	branch->upstream = fields[UPSTREAM];
	parse_track(branch, fields[TRACK]);
}

static void set_merged(struct branches *branches, const char *reference)
{
	const struct branch key = {.name = text_skip_prefix(reference, heads)};
	size_t place;

	if (!key.name)
		return;
	place = sorted_place(&key, branches->items, branches->count, sizeof key,
	                     by_name);
	if (place < branches->count && by_name(&key, &branches->items[place]) == 0)
		branches->items[place].merged = true;
}

/* HEAD is no commit yet, so nothing can be merged into it. */
static bool is_unborn(const struct answer *merged)
{
	return strstr(merged->err, "malformed object name HEAD") != NULL;
}

bool branches_parse(struct branches *out, struct arena *arena,
                    const struct answer answers[BRANCHES_QUESTIONS], struct error *err)
{
	const struct answer *list = &answers[BRANCHES_LIST];
	const struct answer *merged = &answers[BRANCHES_MERGED];
	struct strings lines = {0}, names = {0};

	if (list->exit != 0)
		return error_set(err, "%s", ask_reason(list, arena));
	if (merged->exit != 0 && !is_unborn(merged))
		return error_set(err, "%s", ask_reason(merged, arena));
	strings_split(arena, &lines, list->out, "\n");
	for (size_t i = 0; i < lines.count; i++)
		parse_branch(out, arena, arena_string(arena, lines.items[i]));
	sort(out);
	if (merged->exit == 0)
		strings_split(arena, &names, merged->out, "\n");
	for (size_t i = 0; i < names.count; i++)
		set_merged(out, names.items[i]);
	return true;
}
