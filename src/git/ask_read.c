/* git's answers, put together. */
#include <stdlib.h>
#include <string.h>

#include "ask_parts.h"
#include "base/arena.h"
#include "config.h"
#include "folder.h"
#include "tracking.h"

static void read_head(struct asked *asked)
{
	static const char heads[] = "refs/heads/";
	const char *at = asked->answers[ASK_HEAD].out, *name;

	if (!asked_well(asked, ASK_HEAD))
		return;
	name = asked_line(asked, &at);
	asked->out->branch = strncmp(name, heads, sizeof heads - 1) == 0
	                             ? name + sizeof heads - 1
	                             : name;
}

/* One of the parts that end in a NUL; moves behind it. */
static const char *take_part(const char **at, const char *end)
{
	const char *part = *at;

	*at = part < end ? part + strlen(part) + 1 : end;
	return part;
}

static bool read_commit(struct asked *asked)
{
	const struct answer *answer = &asked->answers[ASK_COMMIT];
	const char *at = answer->out, *end = at + answer->length;
	struct summary *out = asked->out;

	/* Only this is "no commits yet"; a broken branch fails in other words. */
	if (answer->exit == 128 &&
	    strstr(answer->err, "does not have any commits yet")) {
		out->unborn = true;
		return true;
	}
	if (!asked_well(asked, ASK_COMMIT))
		return asked_fail(asked, ASK_COMMIT);
	out->head = arena_string(asked->arena, take_part(&at, end));
	if (!(asked->wants & WANT_COMMIT))
		return true;
	out->time = strtoll(take_part(&at, end), NULL, 10);
	out->author = arena_string(asked->arena, take_part(&at, end));
	out->subject = arena_string(asked->arena, take_part(&at, end));
	return true;
}

/* `git config --list -z`: a key, a line end and the value, ended by a NUL. */
static void read_config(struct config *out, const struct asked *asked)
{
	const struct answer *answer = &asked->answers[ASK_CONFIG];
	const char *at = answer->out, *end = at + answer->length;

	while (asked_well(asked, ASK_CONFIG) && at < end) {
		const char *part = take_part(&at, end);
		size_t length = strcspn(part, "\n");

		*(struct config_entry *)ARENA_PUSH(asked->arena,
		                                   out) = (struct config_entry){
			arena_bytes(asked->arena, part, length),
			part[length] ? arena_string(asked->arena, part + length + 1)
				     : NULL};
	}
}

/* Of a bare repository git tells no upstream. */
static void read_upstream(struct asked *asked, const struct config *config)
{
	struct summary *out = asked->out;
	const char *name = NULL;

	if (asked->bare && out->branch &&
	    tracking_upstream(&name, asked->arena, config, out->branch) && name &&
	    !refs_short_name(&out->upstream, &asked->refs, name))
		out->upstream = name;
}

static bool read_sync(struct asked *asked)
{
	struct summary *out = asked->out;
	char *end;

	if (!out->upstream)
		return true;
	out->sync = SYNC_GONE;
	if (!asked->bare && !asked->compared)
		return true;
	if (!asked_well(asked, ASK_COUNTS))
		return asked->bare || asked_fail(asked, ASK_COUNTS);
	out->ahead = strtoull(asked->answers[ASK_COUNTS].out, &end, 10);
	out->behind = strtoull(end, NULL, 10);
	out->sync = sync_of(out->ahead, out->behind);
	return true;
}

static void read_rest(struct asked *asked)
{
	struct summary *out = asked->out;
	const struct refs *refs = &asked->refs;
	struct config config = {0};
	const char *tag = asked->answers[ASK_TAG].out;

	read_config(&config, asked);
	if (asked->wants & WANT_SYNC) {
		read_upstream(asked, &config);
		if (!read_sync(asked))
			return;
	}
	out->kind = asked->bare
	                    ? REPO_BARE
	                    : probe_folder_kind(refs->git_folder, refs->common_folder);
	if (!asked->bare)
		out->operation = folder_operation(&out->rebasing, asked->arena,
		                                  refs->git_folder, !out->branch);
	if (!out->branch && asked_well(asked, ASK_TAG))
		out->tag = asked_line(asked, &tag);
	if (asked->wants & WANT_STASH && asked->bare)
		out->stashes = folder_stashes(&asked->refs);
	if (asked->wants & WANT_REMOTE) {
		tracking_remote(out, asked->arena, &config, out->branch);
		out->fetched = folder_fetched(asked->arena, refs->git_folder,
		                              refs->common_folder);
	}
}

void ask_read(struct summary *out, const char *path, unsigned wants,
              const struct answer answers[ASK_COUNT], struct arena *arena)
{
	struct asked asked = {.out = out,
	                      .answers = answers,
	                      .arena = arena,
	                      .path = path,
	                      .wants = wants};

	*out = (struct summary){.sync = SYNC_NO_REMOTE};
	if (!asked_place(&asked))
		return;
	read_head(&asked);
	if (read_commit(&asked) && asked_status(&asked))
		read_rest(&asked);
	refs_drop(&asked.refs);
}
