/* git's answers, put together. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "ask_status.h"
#include "base/arena.h"
#include "base/path.h"
#include "base/text.h"
#include "config.h"
#include "folder.h"
#include "git/ask.h"
#include "tracking.h"

struct asked {
	struct summary *out;
	const struct answer *answers;
	struct arena *arena;
	const char *path;
	unsigned wants;
	const char *git_folder;
	bool work_tree; /* git sees one here */
	struct asked_status status;
};

static bool answered(const struct asked *asked, enum question question)
{
	return asked->answers[question].asked && asked->answers[question].exit == 0;
}

static bool starts(const char *text, const char *front)
{
	return strncmp(text, front, strlen(front)) == 0;
}

/* The line on stderr in which git gives up, without the word for that. */
static const char *reason(struct arena *arena, const struct answer *answer)
{
	static const char *const words[] = {"fatal: ", "error: "};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		const char *line = answer->err;

		while (*line && !starts(line, words[i])) {
			line += strcspn(line, "\n");
			line += *line == '\n';
		}
		if (*line) {
			line += strlen(words[i]);
			return arena_bytes(arena, line, strcspn(line, "\n"));
		}
	}
	if (answer->err[0] && answer->err[0] != '\n')
		return arena_bytes(arena, answer->err, strcspn(answer->err, "\n"));
	return answer->exit < 0 ? "git gave no answer"
	                        : arena_format(arena, "git ended with exit status %d",
	                                       answer->exit);
}

static bool set_broken(struct asked *asked, const char *why)
{
	asked->out->state = STATE_BROKEN;
	asked->out->error = why;
	return false;
}

static bool set_failed(struct asked *asked, enum question question)
{
	struct stat info;

	if (stat(asked->path, &info) != 0 && (errno == ENOENT || errno == ENOTDIR)) {
		asked->out->state = STATE_MISSING;
		return false;
	}
	return set_broken(asked, reason(asked->arena, &asked->answers[question]));
}

/* git searches upwards: a repository that holds the folder is not the one. */
static bool is_above(const struct asked *asked, const char *prefix)
{
	const char *top = path_real(asked->arena, asked->path);
	size_t length = strlen(prefix), whole = strlen(top);

	if (length == 0 || whole < length)
		return false;
	/* The prefix ends in a slash, the path does not. */
	top = arena_bytes(asked->arena, top, whole - length);
	return strcmp(path_join(asked->arena, top, ".git"), asked->git_folder) == 0;
}

static bool read_place(struct asked *asked)
{
	const struct answer *answer = &asked->answers[ASK_PLACE];
	const char *prefix, *line, *common;

	if (!answered(asked, ASK_PLACE))
		return set_failed(asked, ASK_PLACE);
	asked->work_tree = starts(answer->out, "true\n");
	prefix = answer->out + strcspn(answer->out, "\n");
	prefix += *prefix == '\n';
	line = prefix + strcspn(prefix, "\n");
	line += *line == '\n';
	asked->git_folder = arena_bytes(asked->arena, line, strcspn(line, "\n"));
	prefix = arena_bytes(asked->arena, prefix, strcspn(prefix, "\n"));
	if (is_above(asked, prefix))
		return set_broken(asked, "not a git repository");
	common = probe_common_folder(asked->arena, asked->git_folder);
	asked->out->kind = asked->work_tree
	                           ? probe_folder_kind(asked->git_folder, common)
	                           : REPO_BARE;
	return true;
}

static void read_head(struct asked *asked)
{
	static const char heads[] = "refs/heads/";
	const char *name = asked->answers[ASK_HEAD].out;

	if (!answered(asked, ASK_HEAD))
		return;
	if (starts(name, heads))
		name += sizeof heads - 1;
	asked->out->branch = arena_bytes(asked->arena, name, strcspn(name, "\n"));
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
	if (!answered(asked, ASK_COMMIT))
		return set_failed(asked, ASK_COMMIT);
	out->head = arena_string(asked->arena, take_part(&at, end));
	if (!(asked->wants & WANT_COMMIT))
		return true;
	out->time = strtoll(take_part(&at, end), NULL, 10);
	out->author = arena_string(asked->arena, take_part(&at, end));
	out->subject = arena_string(asked->arena, take_part(&at, end));
	return true;
}

static bool read_status(struct asked *asked)
{
	const struct answer *answer = &asked->answers[ASK_STATUS];

	if (!answer->asked || !asked->work_tree)
		return true;
	if (!answered(asked, ASK_STATUS))
		return set_failed(asked, ASK_STATUS);
	asked_status_read(&asked->status, asked->out, asked->wants, answer,
	                  asked->arena);
	return true;
}

/* `git config --list -z`: a key, a line end and the value, ended by a NUL. */
static void read_config(struct config *out, const struct asked *asked)
{
	const struct answer *answer = &asked->answers[ASK_CONFIG];
	const char *at = answer->out, *end = at + answer->length;

	while (answered(asked, ASK_CONFIG) && at < end) {
		const char *part = take_part(&at, end);
		size_t length = strcspn(part, "\n");

		*(struct config_entry *)ARENA_PUSH(asked->arena,
		                                   out) = (struct config_entry){
			arena_bytes(asked->arena, part, length),
			part[length] ? arena_string(asked->arena, part + length + 1)
				     : NULL};
	}
}

static void read_sync(struct asked *asked, const struct config *config)
{
	const struct answer *answer = &asked->answers[ASK_COUNTS];
	struct summary *out = asked->out;
	const char *name = NULL;
	char *end;

	/* Where no status is, the name is not checked for being ambiguous. */
	if (!asked->work_tree && out->branch &&
	    tracking_upstream(&name, asked->arena, config, out->branch) && name)
		out->upstream = starts(name, "refs/remotes/") ? name + 13
		                : starts(name, "refs/heads/") ? name + 11
		                                              : name;
	if (!out->upstream)
		return;
	out->sync = SYNC_GONE;
	if (!answered(asked, ASK_COUNTS) ||
	    (asked->work_tree && !asked->status.compared))
		return;
	out->ahead = strtoull(answer->out, &end, 10);
	out->behind = strtoull(end, NULL, 10);
	out->sync = out->ahead    ? out->behind ? SYNC_DIVERGED : SYNC_LOCAL_AHEAD
	            : out->behind ? SYNC_REMOTE_AHEAD
	                          : SYNC_IN_SYNC;
}

static void read_rest(struct asked *asked)
{
	const char *common = probe_common_folder(asked->arena, asked->git_folder);
	struct summary *out = asked->out;
	struct config config = {0};
	const char *tag = asked->answers[ASK_TAG].out;

	read_config(&config, asked);
	if (asked->wants & WANT_SYNC)
		read_sync(asked, &config);
	out->operation = folder_operation(&out->rebasing, asked->arena,
	                                  asked->git_folder);
	if (!out->branch && answered(asked, ASK_TAG))
		out->tag = arena_bytes(asked->arena, tag, strcspn(tag, "\n"));
	if (asked->wants & WANT_STASH && !asked->work_tree)
		out->stashes = folder_stashes(asked->arena, common);
	if (asked->wants & WANT_REMOTE) {
		tracking_remote(out, asked->arena, &config, out->branch);
		out->fetched = folder_fetched(asked->arena, asked->git_folder, common);
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
	if (!read_place(&asked))
		return;
	read_head(&asked);
	if (read_commit(&asked) && read_status(&asked))
		read_rest(&asked);
}
