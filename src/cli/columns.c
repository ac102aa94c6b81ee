#include "cli/columns.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/term.h"
#include "base/text.h"
#include "base/when.h"
#include "git/remote.h"

const char *column_branch(const struct summary *summary, struct arena *arena)
{
	const char *name = summary_branch(summary);

	if (name)
		return text_escape(arena, name);
	if (summary->tag)
		return arena_format(arena, "(%s)", text_escape(arena, summary->tag));
	if (summary->abbrev)
		return arena_format(arena, "(%s)", summary->abbrev);
	return "";
}

enum situation column_situation(const struct summary *summary)
{
	static const enum situation failures[] = {
		[STATE_MISSING] = SITUATION_MISSING,
		[STATE_BROKEN] = SITUATION_BROKEN,
		[STATE_TIMEOUT] = SITUATION_TIMEOUT,
	};
	static const enum situation situations[] = {
		[SYNC_IN_SYNC] = SITUATION_IN_SYNC,
		[SYNC_LOCAL_AHEAD] = SITUATION_LOCAL_AHEAD,
		[SYNC_REMOTE_AHEAD] = SITUATION_REMOTE_AHEAD,
		[SYNC_DIVERGED] = SITUATION_DIVERGED,
		[SYNC_NO_REMOTE] = SITUATION_NO_REMOTE,
		[SYNC_GONE] = SITUATION_UPSTREAM_GONE,
	};

	return summary->state == STATE_OK ? situations[summary->sync]
	                                  : failures[summary->state];
}

static void add_counts(struct buf *out, const struct summary *summary)
{
	if (summary->sync == SYNC_LOCAL_AHEAD)
		buf_addf(out, "%zu", summary->ahead);
	else if (summary->sync == SYNC_REMOTE_AHEAD)
		buf_addf(out, "%zu", summary->behind);
	else if (summary->sync == SYNC_DIVERGED)
		buf_addf(out, "%zu/%zu", summary->ahead, summary->behind);
}

void column_sync(struct buf *out, const struct summary *summary,
                 const struct settings *settings)
{
	buf_adds(out, settings->symbols[MARK_SITUATION + column_situation(summary)]);
	add_counts(out, summary);
}

void column_symbols(struct buf *out, const struct summary *summary,
                    const struct settings *settings)
{
	const bool shown[MARK_SITUATION] = {
		[MARK_CONFLICTED] = summary->conflicted,
		[MARK_DIRTY] = summary->unstaged,
		[MARK_STAGED] = summary->staged,
		[MARK_STASHED] = summary->stashes > 0,
		[MARK_UNTRACKED] = summary->untracked,
	};

	buf_addc(out, '[');
	for (size_t mark = 0; mark < MARK_SITUATION; mark++) {
		if (shown[mark])
			buf_adds(out, settings->symbols[mark]);
		if (mark == MARK_STASHED && summary->stashes > 1)
			buf_addf(out, "%zu", summary->stashes);
	}
	column_sync(out, summary, settings);
	buf_addc(out, ']');
}

static const char *color_of(const char *name)
{
	const struct color *color = term_color(name);

	return color ? color->sequence : NULL;
}

const char *column_color(const struct column_source *source)
{
	return color_of(source->settings->colors[column_situation(source->summary)]);
}

static void show_age(struct cell *out, const struct column_source *source, int64_t time)
{
	BUF text = {0};
	BUF brief = {0};

	when_relative(&text, time, source->now);
	when_brief(&brief, time, source->now);
	out->text = arena_string(source->arena, buf_text(&text));
	out->brief = arena_string(source->arena, buf_text(&brief));
}

static void show_branch(struct cell *out, const struct column_source *source)
{
	const struct summary *summary = source->summary;
	const char *operation = operation_name(summary->operation);
	BUF symbols = {0};

	column_symbols(&symbols, summary, source->settings);
	out->text = column_branch(summary, source->arena);
	if (operation) {
		out->text = arena_format(source->arena, "%s|%s", out->text, operation);
		out->kept = strlen("|") + strlen(operation);
	}
	out->tail = arena_string(source->arena,
	                         text_escape(source->arena, buf_text(&symbols)));
	out->color = column_color(source);
}

static void show_branch_name(struct cell *out, const struct column_source *source)
{
	out->text = column_branch(source->summary, source->arena);
}

static void show_subject(struct cell *out, const struct column_source *source)
{
	const struct summary *summary = source->summary;

	if (summary->unborn)
		out->text = "(no commits yet)";
	else
		out->text = summary->subject;
}

static void show_time(struct cell *out, const struct column_source *source)
{
	if (source->summary->unborn)
		return;
	show_age(out, source, source->summary->time);
	out->text = arena_format(source->arena, "(%s)", out->text);
}

static void show_path(struct cell *out, const struct column_source *source)
{
	out->text = source->repo->path;
	out->color = color_of("b_cyan");
}

static void show_upstream(struct cell *out, const struct column_source *source)
{
	out->text = source->summary->upstream;
}

static void show_hash(struct cell *out, const struct column_source *source)
{
	out->text = source->summary->abbrev;
}

static void show_author(struct cell *out, const struct column_source *source)
{
	out->text = source->summary->author;
}

static void show_remote(struct cell *out, const struct column_source *source)
{
	const char *url = source->summary->remote;

	out->text = url ? remote_mask(source->arena, url) : NULL;
}

static void show_stash(struct cell *out, const struct column_source *source)
{
	if (source->summary->stashes)
		out->text = arena_format(source->arena, "%zu",
		                         source->summary->stashes);
}

static void show_sync(struct cell *out, const struct column_source *source)
{
	const struct summary *summary = source->summary;

	switch (summary->sync) {
	case SYNC_IN_SYNC:
		out->text = "in sync";
		break;
	case SYNC_LOCAL_AHEAD:
		out->text = arena_format(source->arena, "ahead %zu", summary->ahead);
		break;
	case SYNC_REMOTE_AHEAD:
		out->text = arena_format(source->arena, "behind %zu", summary->behind);
		break;
	case SYNC_DIVERGED:
		out->text = arena_format(source->arena, "ahead %zu, behind %zu",
		                         summary->ahead, summary->behind);
		break;
	case SYNC_NO_REMOTE:
		out->text = "no upstream";
		break;
	case SYNC_GONE:
		out->text = "upstream gone";
		break;
	}
}

static void show_fetched(struct cell *out, const struct column_source *source)
{
	const struct summary *summary = source->summary;

	if (summary->fetched > 0)
		show_age(out, source, summary->fetched);
	else if (summary->remote && (summary->unborn || summary->fetched == 0))
		out->text = "never";
}

static void show_type(struct cell *out, const struct column_source *source)
{
	out->text = probe_kind_name(source->summary->kind);
}

static void show_groups(struct cell *out, const struct column_source *source)
{
	struct strings groups = {0};
	BUF text = {0};

	registry_groups_of(&groups, source->arena, source->registry,
	                   source->repo->name);
	for (size_t i = 0; i < groups.count; i++)
		buf_addf(&text, "%s%s", i ? "," : "", groups.items[i]);
	out->text = arena_string(source->arena, buf_text(&text));
}

/* The columns; their names and explanations are in store/settings.h. */
static const struct column {
	unsigned wants;
	enum table_fit fit;
	void (*show)(struct cell *out, const struct column_source *source);
} columns[ITEM_COUNT] = {
	[ITEM_BRANCH] = {WANT_HEAD | WANT_SYNC | WANT_FILES | WANT_STASH | WANT_TAG,
                         FIT_MIDDLE, show_branch},
	[ITEM_BRANCH_NAME] = {WANT_HEAD | WANT_TAG, FIT_MIDDLE, show_branch_name},
	[ITEM_COMMIT_MSG] = {WANT_HEAD | WANT_COMMIT, FIT_END, show_subject},
	[ITEM_COMMIT_TIME] = {WANT_HEAD | WANT_COMMIT, FIT_BRIEF, show_time},
	[ITEM_PATH] = {WANT_HEAD, FIT_MIDDLE, show_path},
	[ITEM_UPSTREAM] = {WANT_HEAD | WANT_SYNC, FIT_MIDDLE, show_upstream},
	[ITEM_HASH] = {WANT_HEAD | WANT_ABBREV, FIT_WHOLE, show_hash},
	[ITEM_AUTHOR] = {WANT_HEAD | WANT_COMMIT, FIT_MIDDLE, show_author},
	[ITEM_REMOTE] = {WANT_HEAD | WANT_REMOTE, FIT_MIDDLE, show_remote},
	[ITEM_STASH] = {WANT_HEAD | WANT_STASH, FIT_WHOLE, show_stash},
	[ITEM_SYNC] = {WANT_HEAD | WANT_SYNC, FIT_WHOLE, show_sync},
	[ITEM_FETCHED] = {WANT_HEAD | WANT_REMOTE, FIT_BRIEF, show_fetched},
	[ITEM_TYPE] = {WANT_HEAD, FIT_WHOLE, show_type},
	[ITEM_GROUPS] = {WANT_HEAD, FIT_MIDDLE, show_groups},
};

unsigned column_wants(enum item item)
{
	return columns[item].wants;
}

enum table_fit column_fit(enum item item)
{
	return columns[item].fit;
}

void column_cell(struct cell *out, enum item item, const struct column_source *source)
{
	*out = (struct cell){0};
	columns[item].show(out, source);
	out->text = out->text ? text_escape(source->arena, out->text) : "";
}

const char *column_whole(const struct column_source *source)
{
	const struct summary *summary = source->summary;
	const char *text = summary->error;

	if (summary->state == STATE_OK)
		return NULL;
	if (summary->state == STATE_MISSING)
		text = source->repo->path;
	return arena_format(source->arena, "%s: %s", state_name(summary->state),
	                    text_escape(source->arena, text ? text : "unknown reason"));
}

/*
 * The keys are a promise: they are there for every repo, in this order. What is
 * not known, because the repo could not be read or has no commit, is null.
 */
static void set_flag(struct json *out, const char *key, const struct summary *summary,
                     bool value)
{
	if (summary->state == STATE_OK)
		json_set_bool(out, key, value);
	else
		json_set_null(out, key);
}

static void set_count(struct json *out, const char *key, const struct summary *summary,
                      size_t value)
{
	if (summary->state == STATE_OK)
		json_set_integer(out, key, (int64_t)value);
	else
		json_set_null(out, key);
}

static void set_head(struct json *out, const struct summary *summary)
{
	bool detached = summary->state == STATE_OK && !summary->branch;

	json_set_text(out, "branch", summary->branch);
	set_flag(out, "detached", summary, detached);
	json_set_text(out, "head", summary->head);
	json_set_text(out, "tag", detached ? summary->tag : NULL);
	json_set_text(out, "upstream", summary->upstream);
	json_set_text(out, "sync",
	              summary->state == STATE_OK ? sync_name(summary->sync) : NULL);
	set_count(out, "ahead", summary, summary->ahead);
	set_count(out, "behind", summary, summary->behind);
}

static void set_files(struct json *out, const struct summary *summary)
{
	set_flag(out, "staged", summary, summary->staged);
	set_flag(out, "unstaged", summary, summary->unstaged);
	set_flag(out, "untracked", summary, summary->untracked);
	set_flag(out, "conflicted", summary, summary->conflicted);
	set_count(out, "stashes", summary, summary->stashes);
	json_set_text(out, "operation", operation_name(summary->operation));
}

static void set_commit(struct json *out, const struct summary *summary)
{
	bool committed = summary->state == STATE_OK && summary->head;

	json_set_text(out, "subject", committed ? summary->subject : NULL);
	if (committed)
		json_set_integer(out, "time", summary->time);
	else
		json_set_null(out, "time");
	json_set_text(out, "author", committed ? summary->author : NULL);
}

struct json *column_json(const struct column_source *source)
{
	const struct summary *summary = source->summary;
	struct json *out = json_new_object();
	struct strings groups = {0};

	registry_groups_of(&groups, source->arena, source->registry,
	                   source->repo->name);
	json_set_text(out, "name", source->repo->name);
	json_set_text(out, "path", source->repo->path);
	json_set_text(out, "type", probe_kind_name(summary->kind));
	json_set_strings(out, "groups", &groups);
	json_set_text(out, "state", state_name(summary->state));
	json_set_text(out, "error", summary->error);
	set_head(out, summary);
	set_files(out, summary);
	set_commit(out, summary);
	return out;
}
