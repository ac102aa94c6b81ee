#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "ask_parts.h"
#include "base/arena.h"
#include "base/path.h"

bool asked_well(const struct asked *asked, enum question question)
{
	return asked->answers[question].asked && asked->answers[question].exit == 0;
}

const char *asked_line(const struct asked *asked, const char **at)
{
	size_t length = strcspn(*at, "\n");
	const char *line = arena_bytes(asked->arena, *at, length);

	*at += length + ((*at)[length] == '\n');
	return line;
}

/* The line on stderr in which git gives up, without the word for that. */
static const char *find_reason(const struct asked *asked, const struct answer *answer)
{
	static const char *const words[] = {"fatal: ", "error: ", ""};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		for (const char *at = answer->err; *at;) {
			const char *line = asked_line(asked, &at);
			size_t length = strlen(words[i]);

			if (strncmp(line, words[i], length) == 0 && line[length])
				return line + length;
		}
	}
	if (answer->exit < 0)
		return "git gave no answer";
	return arena_format(asked->arena, "git ended with exit status %d",
	                    answer->exit);
}

static bool set_broken(struct asked *asked, const char *why)
{
	*asked->out = (struct summary){
		.state = STATE_BROKEN, .error = why, .sync = SYNC_NO_REMOTE};
	return false;
}

bool asked_fail(struct asked *asked, enum question question)
{
	struct stat info;

	if (stat(asked->path, &info) == 0 || (errno != ENOENT && errno != ENOTDIR))
		return set_broken(asked, find_reason(asked, &asked->answers[question]));
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

bool asked_place(struct asked *asked)
{
	const char *at = asked->answers[ASK_PLACE].out, *prefix, *folder;

	if (!asked_well(asked, ASK_PLACE))
		return asked_fail(asked, ASK_PLACE);
	asked->bare = strcmp(asked_line(asked, &at), "true") == 0;
	asked->in_git_folder = strcmp(asked_line(asked, &at), "true") == 0;
	prefix = asked_line(asked, &at);
	folder = asked_line(asked, &at);
	if (is_above(asked, prefix, folder))
		return set_broken(asked, "not a git repository");
	asked->refs = (struct refs){
		.arena = asked->arena,
		.git_folder = folder,
		.common_folder = probe_common_folder(asked->arena, folder),
	};
	return true;
}
