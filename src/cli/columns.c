#include "cli/columns.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/term.h"
#include "base/text.h"
#include "base/when.h"

enum { SHORT_HASH = 7 };

const char *column_branch(const struct summary *summary, struct arena *arena)
{
	const char *name = summary->branch ? summary->branch : summary->rebasing;

	if (name)
		return text_escape(arena, name);
	if (summary->tag)
		return arena_format(arena, "(%s)", text_escape(arena, summary->tag));
	if (summary->head)
		return arena_format(arena, "(%.*s)", SHORT_HASH, summary->head);
	return "";
}

static const char *color_of(const char *name)
{
	const struct color *color = term_color(name);

	return color ? color->sequence : NULL;
}

static const char *relative(const struct column_source *source, int64_t time)
{
	BUF text = {0};

	when_relative(&text, time, source->now);
	return arena_string(source->arena, buf_text(&text));
}

static void show_branch(struct cell *out, const struct column_source *source)
{
	const struct summary *summary = source->summary;
	const struct settings *settings = source->settings;
	const char *operation = operation_name(summary->operation);
	BUF symbols = {0};

	column_symbols(&symbols, summary, settings);
	out->text = column_branch(summary, source->arena);
	if (operation)
		out->text = arena_format(source->arena, "%s|%s", out->text, operation);
	out->tail = arena_string(source->arena,
	                         text_escape(source->arena, buf_text(&symbols)));
	out->color = color_of(settings->colors[column_situation(summary)]);
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
	if (!source->summary->unborn)
		out->text = arena_format(source->arena, "(%s)",
		                         relative(source, source->summary->time));
}

static void show_path(struct cell *out, const struct column_source *source)
{
	out->text = source->repo->path;
	out->color = color_of("cyan");
}

static void show_upstream(struct cell *out, const struct column_source *source)
{
	out->text = source->summary->upstream;
}

static void show_hash(struct cell *out, const struct column_source *source)
{
	if (source->summary->head)
		out->text = arena_format(source->arena, "%.*s", SHORT_HASH,
		                         source->summary->head);
}

static void show_author(struct cell *out, const struct column_source *source)
{
	out->text = source->summary->author;
}

static void show_remote(struct cell *out, const struct column_source *source)
{
	out->text = source->summary->remote;
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
	if (source->summary->fetched)
		out->text = relative(source, source->summary->fetched);
	else if (source->summary->remote)
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
	void (*show)(struct cell *out, const struct column_source *source);
} columns[ITEM_COUNT] = {
	[ITEM_BRANCH] = {WANT_HEAD | WANT_SYNC | WANT_FILES | WANT_STASH | WANT_TAG,
                         show_branch},
	[ITEM_BRANCH_NAME] = {WANT_HEAD | WANT_TAG, show_branch_name},
	[ITEM_COMMIT_MSG] = {WANT_HEAD | WANT_COMMIT, show_subject},
	[ITEM_COMMIT_TIME] = {WANT_HEAD | WANT_COMMIT, show_time},
	[ITEM_PATH] = {WANT_HEAD, show_path},
	[ITEM_UPSTREAM] = {WANT_HEAD | WANT_SYNC, show_upstream},
	[ITEM_HASH] = {WANT_HEAD, show_hash},
	[ITEM_AUTHOR] = {WANT_HEAD | WANT_COMMIT, show_author},
	[ITEM_REMOTE] = {WANT_HEAD | WANT_REMOTE, show_remote},
	[ITEM_STASH] = {WANT_HEAD | WANT_STASH, show_stash},
	[ITEM_SYNC] = {WANT_HEAD | WANT_SYNC, show_sync},
	[ITEM_FETCHED] = {WANT_HEAD | WANT_REMOTE, show_fetched},
	[ITEM_TYPE] = {WANT_HEAD, show_type},
	[ITEM_GROUPS] = {WANT_HEAD, show_groups},
};

unsigned column_wants(enum item item)
{
	return columns[item].wants;
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
