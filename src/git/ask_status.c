/* What `git status --porcelain=v2 -z --branch --show-stash` prints. */
#include <stdlib.h>
#include <string.h>

#include "ask_parts.h"
#include "base/arena.h"

/* What is behind `front`, if the line starts with that. */
static const char *behind(const char *line, const char *front)
{
	size_t length = strlen(front);

	return strncmp(line, front, length) == 0 ? line + length : NULL;
}

static void read_header(struct asked *asked, const char *line)
{
	struct summary *out = asked->out;
	const char *rest;

	if (asked->wants & WANT_SYNC && (rest = behind(line, "# branch.upstream "))) {
		out->upstream = arena_string(asked->arena, rest);
	} else if (behind(line, "# branch.ab ")) {
		asked->compared = true;
	} else if (asked->wants & WANT_STASH && (rest = behind(line, "# stash "))) {
		out->stashes = strtoull(rest, NULL, 10);
	}
}

static void read_lines(struct asked *asked)
{
	const struct answer *answer = &asked->answers[ASK_STATUS];
	const char *end = answer->out + answer->length;
	struct summary *out = asked->out;
	bool files = asked->wants & WANT_FILES;

	for (const char *line = answer->out; line < end; line += strlen(line) + 1) {
		switch (*line) {
		case '#':
			read_header(asked, line);
			break;
		case '2': /* a rename: the old path follows as a line of its own */
		case '1':
			out->staged |= files && line[2] != '.';
			out->unstaged |= files && line[3] != '.';
			if (*line == '2')
				line += strlen(line) + 1;
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

bool asked_status(struct asked *asked)
{
	const struct answer *answer = &asked->answers[ASK_STATUS];

	if (!answer->asked || asked->bare)
		return true;
	/* A git folder that nobody called bare. */
	if (asked->in_git_folder && strstr(answer->err, "must be run in a work tree")) {
		asked->bare = true;
		return true;
	}
	if (!asked_well(asked, ASK_STATUS))
		return asked_fail(asked, ASK_STATUS);
	read_lines(asked);
	return true;
}
