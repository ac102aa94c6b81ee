#include "cli/columns.h"

#include "base/arena.h"

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
