#include "git/ask.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/path.h"
#include "base/text.h"
#include "config.h"
#include "git/gitdir.h"
#include "tracking.h"

/* The questions. */

enum { MOST_WORDS = 8 };

/*
 * In front of every question. What a repository's configuration could make
 * git run or fetch is switched off after the user's flags, so that it stays off.
 */
static const char *const safely[] = {
	"--no-optional-locks",      "-c", "core.fsmonitor=false", "-c",
	"core.hooksPath=/dev/null", "-c", "protocol.allow=never"};

static const struct {
	unsigned wants; /* asked if one of these is wanted; 0: always */
	const char *words[MOST_WORDS + 1]; /* NULL ends them */
} questions[ASK_COUNT] = {
	[ASK_PLACE] = {0,
                       {"rev-parse", "--is-bare-repository", "--is-inside-git-dir",
                        "--show-prefix", "--absolute-git-dir"}},
	[ASK_HEAD] = {0, {"symbolic-ref", "-q", "HEAD"}},
	[ASK_COMMIT] = {0,
                        {"log", "--no-walk", "--no-show-signature", "--no-color",
                         "--encoding=UTF-8",
                         "--format=%H%x00%h%x00%ct%x00%an%x00%s%x00"}},
	[ASK_STATUS] = {WANT_FILES | WANT_SYNC,
                        {"status", "--porcelain=v2", "-z", "--branch",
                         "--no-ahead-behind"}},
	[ASK_COUNTS] = {WANT_SYNC,
                        {"rev-list", "--left-right", "--count", "HEAD...@{upstream}",
                         "--"}},
	[ASK_STASHES] = {WANT_STASH,
                         {"rev-list", "--walk-reflogs", "--count", "refs/stash", "--"}},
	[ASK_TAG] = {WANT_TAG, {"describe", "--tags", "--exact-match", "HEAD"}},
	[ASK_CONFIG] = {WANT_REMOTE | WANT_SYNC,
                        {"config", "--list", "-z", "--includes"}},
};

/* Where files are not wanted, the work tree need not be looked at. */
static const char *const without_files[] = {"--untracked-files=no",
                                            "--ignore-submodules=all"};

static void add_options(struct strings *out, struct arena *arena,
                        const struct strings *flags)
{
	for (size_t i = 0; i < flags->count; i++)
		strings_add(arena, out, flags->items[i]);
	for (size_t i = 0; i < sizeof safely / sizeof *safely; i++)
		strings_add(arena, out, safely[i]);
}

bool ask_words(struct strings *out, struct arena *arena, enum question question,
               unsigned wants, const struct strings *flags)
{
	const char *const *words = questions[question].words;

	if (questions[question].wants && !(questions[question].wants & wants))
		return false;
	add_options(out, arena, flags);
	for (; *words; words++)
		strings_add(arena, out, *words);
	if (question == ASK_STATUS && !(wants & WANT_FILES)) {
		strings_add(arena, out, without_files[0]);
		strings_add(arena, out, without_files[1]);
	}
	return true;
}

bool ask_rebased_words(struct strings *out, struct arena *arena,
                       const struct summary *summary, const struct strings *flags)
{
	static const char *const words[] = {"rev-list", "--left-right", "--count"};

	if (summary->state != STATE_OK || summary->branch || !summary->rebasing ||
	    !summary->upstream)
		return false;
	add_options(out, arena, flags);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		strings_add(arena, out, words[i]);
	strings_add(arena, out,
	            arena_format(arena, "refs/heads/%s...%s@{upstream}",
	                         summary->rebasing, summary->rebasing));
	strings_add(arena, out, "--");
	return true;
}

/*
 * The answers. A step returns false where the reading ends: the summary then says
 * missing or broken, and nothing else.
 */

struct asked {
	struct summary *out;
	const struct answer *answers;
	struct arena *arena;
	const char *path;
	unsigned wants;
	bool bare; /* without a work tree, however that came about */
	bool in_git_folder;
	bool compared; /* there was something to count ahead and behind of */
	const char *git_folder, *common_folder;
};

static bool is_answered(const struct asked *asked, enum question question)
{
	return asked->answers[question].asked && asked->answers[question].exit == 0;
}

static const char *next_line(struct arena *arena, const char **at)
{
	size_t length = strcspn(*at, "\n");
	const char *line = arena_bytes(arena, *at, length);

	*at += length + ((*at)[length] == '\n');
	return line;
}

static const char *take_line(const struct asked *asked, const char **at)
{
	return next_line(asked->arena, at);
}

/* `unknown repository extension found:` and the name on the next line, or `while
 * including` and the file. */
static const char *with_list(struct arena *arena, const char *line, const char *at)
{
	while (*at == '\t')
		line = arena_format(arena, "%s %s", line, next_line(arena, &at) + 1);
	return line;
}

const char *ask_reason(const struct answer *answer, struct arena *arena)
{
	static const char *const words[] = {"fatal: ", "error: ", ""};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		for (const char *at = answer->err; *at;) {
			const char *line = next_line(arena, &at);
			size_t length = strlen(words[i]);

			if (strncmp(line, words[i], length) == 0 && line[length])
				return with_list(arena, line + length, at);
		}
	}
	if (answer->exit < 0)
		return "git gave no answer";
	return arena_format(arena, "git ended with exit status %d", answer->exit);
}

static bool set_broken(struct asked *asked, const char *why)
{
	*asked->out = (struct summary){
		.state = STATE_BROKEN, .error = why, .sync = SYNC_NO_REMOTE};
	return false;
}

static bool fail(struct asked *asked, enum question question)
{
	struct stat info;

	if (stat(asked->path, &info) == 0 || (errno != ENOENT && errno != ENOTDIR))
		return set_broken(asked,
		                  ask_reason(&asked->answers[question], asked->arena));
	*asked->out = (struct summary){.state = STATE_MISSING, .sync = SYNC_NO_REMOTE};
	return false;
}

/* git searches upwards: a repository that holds the folder is not the one. */
static bool is_above(const struct asked *asked, const char *prefix, const char *folder)
{
	const char *top = path_real(asked->arena, asked->path);
	size_t length = strlen(prefix), whole = strlen(top);

	if (length == 0 || whole < length)
		return false;
	/* The prefix ends in a slash, the path does not. */
	top = arena_bytes(asked->arena, top, whole - length);
	return strcmp(path_join(asked->arena, top, ".git"), folder) == 0;
}

static bool read_place(struct asked *asked)
{
	const char *at = asked->answers[ASK_PLACE].out, *prefix, *folder;

	if (!is_answered(asked, ASK_PLACE))
		return fail(asked, ASK_PLACE);
	asked->bare = strcmp(take_line(asked, &at), "true") == 0;
	asked->in_git_folder = strcmp(take_line(asked, &at), "true") == 0;
	prefix = take_line(asked, &at);
	folder = take_line(asked, &at);
	if (is_above(asked, prefix, folder))
		return set_broken(asked, "not a git repository");
	asked->git_folder = folder;
	asked->common_folder = probe_common_folder(asked->arena, folder);
	return true;
}

/* One of the parts that end in a NUL, "" after the last one; moves past it. An
 * answer may be cut anywhere, and has a NUL at its end. */
static const char *take_part(const char **at, const char *end)
{
	const char *part = *at < end ? *at : end;

	*at = part < end ? part + strlen(part) + 1 : end;
	return part;
}

/* What `git status --porcelain=v2 -z --branch` prints. */

static void read_header(struct asked *asked, const char *line)
{
	struct summary *out = asked->out;
	const char *rest;

	if (asked->wants & WANT_SYNC &&
	    (rest = text_skip_prefix(line, "# branch.upstream "))) {
		out->upstream = arena_string(asked->arena, rest);
	} else if (text_skip_prefix(line, "# branch.ab ")) {
		asked->compared = true;
	}
}

/* `1 XY ...`: what was staged, and what was not. */
static void read_change(struct asked *asked, const char *line)
{
	if (!(asked->wants & WANT_FILES) || strlen(line) < 4)
		return;
	asked->out->staged |= line[2] != '.';
	asked->out->unstaged |= line[3] != '.';
}

static void read_lines(struct asked *asked)
{
	const struct answer *answer = &asked->answers[ASK_STATUS];
	const char *end = answer->out + answer->length;
	struct summary *out = asked->out;
	bool files = asked->wants & WANT_FILES;

	for (const char *at = answer->out; at < end;) {
		const char *line = take_part(&at, end);

		switch (*line) {
		case '#':
			read_header(asked, line);
			break;
		case '1':
			read_change(asked, line);
			break;
		case '2': /* a rename: the old path follows as a line of its own */
			read_change(asked, line);
			take_part(&at, end);
			break;
		case 'u':
			out->conflicted |= files;
			break;
		case '?':
			out->untracked |= files;
			break;
		default:
			break;
		}
	}
}

/* Only as a warning git says that there is more than it has listed. */
static void read_warning(struct asked *asked)
{
	for (const char *at = asked->answers[ASK_STATUS].err; *at;) {
		const char *line = take_line(asked, &at);
		const char *rest = text_skip_prefix(line, "warning: ");

		if (rest && text_skip_prefix(rest, "could not open directory"))
			asked->out->unread = rest;
	}
}

static bool read_status(struct asked *asked)
{
	const struct answer *answer = &asked->answers[ASK_STATUS];

	if (!answer->asked || asked->bare)
		return true;
	/* A git folder that is not configured as bare. */
	if (asked->in_git_folder && strstr(answer->err, "must be run in a work tree")) {
		asked->bare = true;
		return true;
	}
	if (!is_answered(asked, ASK_STATUS))
		return fail(asked, ASK_STATUS);
	read_lines(asked);
	if (asked->wants & WANT_FILES)
		read_warning(asked);
	return true;
}

/* All answers, put together. */

static void read_head(struct asked *asked)
{
	const char *at = asked->answers[ASK_HEAD].out, *name, *branch;

	if (!is_answered(asked, ASK_HEAD))
		return;
	name = take_line(asked, &at);
	branch = text_skip_prefix(name, "refs/heads/");
	asked->out->branch = branch ? branch : name;
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
	if (!is_answered(asked, ASK_COMMIT))
		return fail(asked, ASK_COMMIT);
	out->head = arena_string(asked->arena, take_part(&at, end));
	out->abbrev = arena_string(asked->arena, take_part(&at, end));
	if (!(asked->wants & WANT_COMMIT))
		return true;
	out->time = strtoll(take_part(&at, end), NULL, 10);
	out->author = arena_string(asked->arena, take_part(&at, end));
	out->subject = arena_string(asked->arena, take_part(&at, end));
	return true;
}

static void read_config(struct config *out, const struct asked *asked)
{
	const struct answer *answer = &asked->answers[ASK_CONFIG];

	if (is_answered(asked, ASK_CONFIG))
		config_parse_list(out, asked->arena, answer->out, answer->length);
}

/* A full name as git would shorten it, if no other reference had the short one. */
static const char *shorten(const char *name)
{
	static const char *const prefixes[] = {"refs/heads/", "refs/tags/",
	                                       "refs/remotes/", "refs/"};
	const char *rest = NULL;

	for (size_t i = 0; !rest && i < sizeof prefixes / sizeof *prefixes; i++)
		rest = text_skip_prefix(name, prefixes[i]);
	return rest ? rest : name;
}

/* Of a bare repository, and during a rebase, `git status` reports no upstream. */
static void read_upstream(struct asked *asked, const struct config *config)
{
	struct summary *out = asked->out;
	const char *branch = summary_branch(out), *name = NULL;

	if ((asked->bare || !out->branch) && branch &&
	    tracking_upstream(&name, asked->arena, config, branch) && name)
		out->upstream = shorten(name);
}

static void read_counts(struct summary *out, const struct answer *answer)
{
	char *end;

	out->ahead = strtoull(answer->out, &end, 10);
	out->behind = strtoull(end, NULL, 10);
	out->sync = sync_of(out->ahead, out->behind);
}

static bool read_sync(struct asked *asked)
{
	struct summary *out = asked->out;

	if (!out->upstream)
		return true;
	out->sync = SYNC_GONE;
	if (!out->branch) /* ask_rebased_words follows */
		return true;
	if (!asked->bare && !asked->compared)
		return true;
	if (!is_answered(asked, ASK_COUNTS))
		return asked->bare || fail(asked, ASK_COUNTS);
	read_counts(out, &asked->answers[ASK_COUNTS]);
	return true;
}

static void read_rest(struct asked *asked)
{
	struct summary *out = asked->out;
	struct branch_remote remote;
	struct config config = {0};
	const char *tag = asked->answers[ASK_TAG].out;

	read_config(&config, asked);
	if (!asked->bare)
		out->operation = gitdir_operation(&out->rebasing, asked->arena,
		                                  asked->git_folder, !out->branch);
	if (asked->wants & WANT_SYNC) {
		read_upstream(asked, &config);
		if (!read_sync(asked))
			return;
	}
	out->kind = asked->bare ? REPO_BARE
	                        : probe_folder_kind(asked->git_folder,
	                                            asked->common_folder);
	if (!out->branch && is_answered(asked, ASK_TAG))
		out->tag = take_line(asked, &tag);
	if (is_answered(asked, ASK_STASHES))
		out->stashes = strtoull(asked->answers[ASK_STASHES].out, NULL, 10);
	if (asked->wants & WANT_REMOTE) {
		tracking_remote(&remote, asked->arena, &config, summary_branch(out));
		out->remote = remote.url;
		out->remote_configured = remote.configured;
		out->remote_name = remote.name;
		out->remote_mirrored = remote.mirrored;
		out->fetched = gitdir_fetched(asked->arena, asked->git_folder,
		                              asked->common_folder);
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

void ask_rebased_read(struct summary *out, const struct answer *answer)
{
	if (answer->exit == 0)
		read_counts(out, answer);
}
