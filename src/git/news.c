#include "git/news.h"

#include <stdlib.h>
#include <string.h>

#include "abbrev.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "graph.h"
#include "reader.h"
#include "refs.h"
#include "tracking.h"

struct reference {
	const char *name; /* full */
	git_oid id;
};

struct references {
	struct reference *items; /* branches, remote ones too, and tags, by name */
	size_t count;
	size_t room;
	const char *head; /* the branch that HEAD names, full; else `HEAD` */
	bool unborn;
	git_oid head_id;
	const char *upstream; /* of that branch, full; NULL: none */
	bool remotes;         /* there is any */
};

static const char heads[] = "refs/heads/", remotes[] = "refs/remotes/",
		  tags[] = "refs/tags/";

static int by_name(const void *one, const void *other)
{
	const struct reference *left = one, *right = other;

	return strcmp(left->name, right->name);
}

static bool has_remotes(const struct config *config)
{
	for (size_t i = 0; i < config->count; i++) {
		const char *key = config->items[i].key;

		if (text_skip_prefix(key, "remote.") && text_has_suffix(key, ".url"))
			return true;
	}
	return false;
}

static bool read_head(struct references *out, struct reader *reader)
{
	enum ref_state state = refs_read(reader, "HEAD", &out->head_id, &out->head);
	const char *branch = state == REF_UNSURE ? NULL
	                                         : text_skip_prefix(out->head, heads);

	out->unborn = state == REF_ABSENT;
	if (branch &&
	    !tracking_upstream(&out->upstream, reader->arena, &reader->config, branch))
		return false;
	return state != REF_UNSURE;
}

/* Those that only stand for another one, as refs/remotes/origin/HEAD, do not count. */
static void add_reference(struct references *out, struct arena *arena,
                          const git_reference *reference)
{
	const char *name = libgit2.reference_name(reference);
	const git_oid *id = libgit2.reference_target(reference);

	if (id && (text_skip_prefix(name, heads) || text_skip_prefix(name, remotes) ||
	           text_skip_prefix(name, tags)))
		*ARENA_PUSH(arena, out) = (struct reference){
			.name = arena_string(arena, name), .id = *id};
}

static bool read_all(struct references *out, struct reader *reader)
{
	git_reference_iterator *iterator = NULL;
	git_reference *reference;
	int code = libgit2.reference_iterator_glob_new(&iterator, reader->repository,
	                                               "refs/*");

	while (code == 0 &&
	       (code = libgit2.reference_next(&reference, iterator)) == 0) {
		add_reference(out, reader->arena, reference);
		libgit2.reference_free(reference);
	}
	libgit2.reference_iterator_free(iterator);
	if (out->count > 0)
		qsort(out->items, out->count, sizeof *out->items, by_name);
	return code == GIT_ITEROVER;
}

static bool open_repository(struct reader *reader)
{
	probe_path(&reader->probe, reader->arena, reader->path);
	return reader->probe.kind != REPO_NONE && reader_open(reader);
}

static struct references *read_open(struct reader *reader)
{
	struct references *out = arena_take(reader->arena, sizeof *out);

	out->remotes = has_remotes(&reader->config);
	return read_head(out, reader) && read_all(out, reader) ? out : NULL;
}

const struct references *references_read(struct arena *arena, const char *path)
{
	struct reader reader = {.arena = arena, .path = path};
	const struct references *out = NULL;

	if (open_repository(&reader))
		out = read_open(&reader);
	reader_close(&reader);
	return out;
}

static const struct reference *find(const struct references *references,
                                    const char *name)
{
	const struct reference key = {.name = name};

	return name ? sorted_find(&key, references->items, references->count,
	                          sizeof key, by_name)
	            : NULL;
}

/* A reference that is not what it was; NULL: was not there, is no more. */
struct reference_change {
	const char *name;
	const struct reference *before, *after;
};

/* One description. */
struct news {
	struct buf *out;
	struct reader reader;
	const struct references *before, *after;
	bool one_remote;   /* its name is left out */
	const char *apart; /* a reference that has been described, and its upstream */
	const char *apart_upstream;
	size_t pieces;
	size_t updated, made, deleted;              /* branches */
	size_t tags_made, tags_moved, tags_deleted; /* tags */
	struct reference_change one_updated, one_made, one_deleted, one_tag;
};

/* Begins the next piece. */
static struct buf *piece(struct news *news)
{
	if (news->pieces++ > 0)
		buf_adds(news->out, ", ");
	return news->out;
}

static const char *short_name(const struct news *news, const char *name)
{
	const char *rest = text_skip_prefix(name, remotes), *slash;

	if (rest && news->one_remote && (slash = strchr(rest, '/')) != NULL)
		return slash + 1;
	if (rest)
		return rest;
	rest = text_skip_prefix(name, heads);
	if (!rest)
		rest = text_skip_prefix(name, tags);
	return rest ? rest : name;
}

/* Whether all remote-tracking branches are of one remote. */
static bool is_one_remote(const struct references *references)
{
	const char *first = NULL;

	for (size_t i = 0; i < references->count; i++) {
		const char *rest = text_skip_prefix(references->items[i].name, remotes);

		if (!rest)
			continue;
		if (first && (strcspn(first, "/") != strcspn(rest, "/") ||
		              strncmp(first, rest, strcspn(rest, "/")) != 0))
			return false;
		first = rest;
	}
	return true;
}

static bool count(const struct news *news, size_t *new_ones, size_t *gone,
                  const git_oid *after, const git_oid *before)
{
	return !news->reader.shallow &&
	       graph_count(new_ones, gone, news->reader.repository, after, before);
}

/* As `git fetch` prints them; left out where only git knows how. */
static void add_ids(struct news *news, const git_oid *before, const char *dots,
                    const git_oid *after)
{
	const char *from, *to;

	if (abbrev_hash(&from, &news->reader, before) &&
	    abbrev_hash(&to, &news->reader, after))
		buf_addf(news->out, " (%s%s%s)", from, dots, to);
}

static void add_count(struct buf *out, size_t number, const char *what,
                      const char *whats)
{
	buf_addf(out, "%zu %s", number, number == 1 ? what : whats);
}

static void add_commits(struct buf *out, size_t number)
{
	add_count(out, number, "new commit", "new commits");
}

/* A branch that has been moved: forwards, or to where it has lost commits. */
static void describe_move(struct news *news, const char *name, const git_oid *before,
                          const git_oid *after)
{
	struct buf *out = piece(news);
	size_t new_ones, gone;

	buf_addf(out, "%s ", short_name(news, name));
	if (!count(news, &new_ones, &gone, after, before)) {
		buf_adds(out, "updated");
		add_ids(news, before, "..", after);
		return;
	}
	if (gone > 0)
		buf_adds(out, new_ones ? "forced update, " : "forced update");
	if (new_ones > 0)
		add_commits(out, new_ones);
	if (gone > 0) {
		buf_adds(out, ", ");
		add_count(out, gone, "commit gone", "commits gone");
	}
	add_ids(news, before, gone ? "..." : "..", after);
}

/* The parent that a merge into `before` has brought: of a commit whose first one that
 * is, the second. */
static bool find_merged(git_oid *out, const struct news *news, const git_oid *before,
                        const git_oid *after)
{
	git_commit *commit;
	bool merge;

	if (libgit2.commit_lookup(&commit, news->reader.repository, after) != 0)
		return false;
	merge = libgit2.commit_parentcount(commit) == 2 &&
	        libgit2.oid_equal(libgit2.commit_parent_id(commit, 0), before);
	if (merge)
		libgit2.oid_cpy(out, libgit2.commit_parent_id(commit, 1));
	libgit2.commit_free(commit);
	return merge;
}

/* `main 3 new commits, merged (...)`, `main 3 new commits, 2 rebased (...)`; false: it
 * is neither. */
static bool describe_joined(struct news *news)
{
	const git_oid *before = &news->before->head_id, *after = &news->after->head_id;
	const struct reference *upstream = find(news->after, news->after->upstream);
	size_t new_ones, gone, own, missing;
	git_oid merged;
	struct buf *out;

	if (!upstream || libgit2.oid_equal(&upstream->id, after) ||
	    !count(news, &own, &gone, after, before))
		return false;
	if (gone == 0) {
		if (!find_merged(&merged, news, before, after) ||
		    !count(news, &new_ones, &gone, &merged, before))
			return false;
		own = 0;
	} else if (!count(news, &new_ones, &gone, &upstream->id, before) ||
	           !count(news, &own, &missing, after, &upstream->id) || missing > 0) {
		return false;
	}
	out = piece(news);
	buf_addf(out, "%s ", short_name(news, news->after->head));
	add_commits(out, new_ones);
	if (own > 0)
		buf_addf(out, ", %zu rebased", own);
	else
		buf_adds(out, ", merged");
	add_ids(news, before, own > 0 ? "..." : "..", after);
	return true;
}

/* What a pull did to the branch at hand; what it has fetched for that is no news. */
static void describe_head(struct news *news)
{
	const struct references *before = news->before, *after = news->after;

	if (before->unborn || after->unborn || strcmp(before->head, after->head) != 0 ||
	    libgit2.oid_equal(&before->head_id, &after->head_id))
		return;
	news->apart = after->head;
	news->apart_upstream = after->upstream;
	if (!describe_joined(news))
		describe_move(news, after->head, &before->head_id, &after->head_id);
}

static void note_tag(struct news *news, const struct reference_change *change)
{
	size_t *number = !change->before ? &news->tags_made
	                 : change->after ? &news->tags_moved
	                                 : &news->tags_deleted;

	++*number;
	news->one_tag = *change;
}

static void note_branch(struct news *news, const struct reference_change *change)
{
	const char *name = change->name, *upstream = news->after->upstream;

	if ((news->apart && strcmp(name, news->apart) == 0) ||
	    (news->apart_upstream && strcmp(name, news->apart_upstream) == 0))
		return;
	if (!change->before) {
		news->made++;
		news->one_made = *change;
	} else if (!change->after) {
		news->deleted++;
		news->one_deleted = *change;
	} else {
		if (news->updated++ == 0 || (upstream && strcmp(name, upstream) == 0))
			news->one_updated = *change;
	}
}

static void note_changes(struct news *news)
{
	const struct references *before = news->before, *after = news->after;
	size_t left = 0, right = 0;

	while (left < before->count || right < after->count) {
		struct reference_change change = {0};
		int order = left == before->count   ? 1
		            : right == after->count ? -1
		                                    : strcmp(before->items[left].name,
		                                             after->items[right].name);

		if (order <= 0) {
			change.before = &before->items[left++];
			change.name = change.before->name;
		}
		if (order >= 0) {
			change.after = &after->items[right++];
			change.name = change.after->name;
		}
		if (order == 0 &&
		    libgit2.oid_equal(&change.before->id, &change.after->id))
			continue;
		if (text_skip_prefix(change.name, tags))
			note_tag(news, &change);
		else
			note_branch(news, &change);
	}
}

/* One by its name, several by their number: `new branch topic`, `2 new branches`. */
static void describe_some(struct news *news, size_t number, const char *several,
                          const char *front, const struct reference_change *one,
                          const char *back)
{
	if (number == 1)
		buf_addf(piece(news), "%s%s%s", front, short_name(news, one->name),
		         back);
	else if (number > 1)
		buf_addf(piece(news), "%zu %s", number, several);
}

static void describe_updated(struct news *news)
{
	const struct reference_change *one = &news->one_updated;
	const char *upstream = news->after->upstream;

	if (news->updated == 0)
		return;
	if (news->updated > 1 && !(upstream && strcmp(one->name, upstream) == 0)) {
		buf_addf(piece(news), "%zu branches updated", news->updated);
		return;
	}
	describe_move(news, one->name, &one->before->id, &one->after->id);
	if (news->updated > 1)
		add_count(piece(news), news->updated - 1, "more branch updated",
		          "more branches updated");
}

static void describe_tags(struct news *news)
{
	size_t number = news->tags_made;

	/* After new branches it is clear that tags are new, too. */
	if (number > 0 && news->made > 0)
		add_count(piece(news), number, "tag", "tags");
	else
		describe_some(news, number, "new tags", "new tag ", &news->one_tag, "");
	describe_some(news, news->tags_moved, "tags moved", "tag ", &news->one_tag,
	              " moved");
	describe_some(news, news->tags_deleted, "tags deleted", "tag ", &news->one_tag,
	              " deleted");
}

static void describe_nothing(struct news *news, const struct transfer *transfer)
{
	const struct references *after = news->after;
	const struct reference *upstream = find(after, after->upstream);

	if (!transfer->plain)
		return;
	if (!after->remotes && transfer->kind == TRANSFER_FETCH)
		buf_adds(news->out, "no remote");
	else if (transfer->kind != TRANSFER_PUSH ||
	         (upstream && libgit2.oid_equal(&upstream->id, &after->head_id)))
		buf_adds(news->out, "up to date");
}

static void describe_changes(struct news *news, const struct transfer *transfer)
{
	news->one_remote = is_one_remote(news->before) && is_one_remote(news->after);
	if (transfer->kind == TRANSFER_PULL)
		describe_head(news);
	note_changes(news);
	describe_updated(news);
	describe_some(news, news->made, "new branches", "new branch ", &news->one_made,
	              "");
	describe_tags(news);
	describe_some(news, news->deleted, "branches deleted", "branch ",
	              &news->one_deleted, " deleted");
	if (news->pieces == 0)
		describe_nothing(news, transfer);
}

static size_t count_below(const struct references *references, const char *prefix)
{
	size_t number = 0;

	for (size_t i = 0; i < references->count; i++)
		number += text_skip_prefix(references->items[i].name, prefix) != NULL;
	return number;
}

/* `main, 3 branches, 1 tag`: where HEAD is, and what there is on the whole. */
static void describe_clone(struct news *news)
{
	const struct references *after = news->after;
	size_t branches = count_below(after, remotes),
	       all_tags = count_below(after, tags);

	if (branches == 0)
		branches = count_below(after, heads);
	if (after->unborn && branches == 0) {
		buf_adds(news->out, "no commits yet");
		return;
	}
	if (strcmp(after->head, "HEAD") == 0)
		buf_adds(piece(news), "detached");
	else
		buf_adds(piece(news), short_name(news, after->head));
	add_count(piece(news), branches, "branch", "branches");
	if (all_tags > 0)
		add_count(piece(news), all_tags, "tag", "tags");
}

void news_describe(struct buf *out, const struct transfer *transfer,
                   struct arena *arena, const char *path,
                   const struct references *before)
{
	struct news news = {
		.out = out,
		.reader = {.arena = arena, .path = path},
		.before = before,
	};
	bool clone = transfer->kind == TRANSFER_CLONE;

	if ((clone || before) && open_repository(&news.reader))
		news.after = read_open(&news.reader);
	if (news.after && clone)
		describe_clone(&news);
	else if (news.after)
		describe_changes(&news, transfer);
	reader_close(&news.reader);
}
