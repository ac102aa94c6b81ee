#include "ask_status.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

/* What is behind `front`, if the line starts with that. */
static const char *behind(const char *line, const char *front)
{
	size_t length = strlen(front);

	return strncmp(line, front, length) == 0 ? line + length : NULL;
}

static void read_header(struct asked_status *status, struct summary *out,
                        unsigned wants, const char *line, struct arena *arena)
{
	const char *rest;

	if ((rest = behind(line, "# branch.head ")))
		out->branch = strcmp(rest, "(detached)") == 0 && !out->branch
		                      ? NULL
		                      : arena_string(arena, rest);
	else if (wants & WANT_SYNC && (rest = behind(line, "# branch.upstream ")))
		out->upstream = arena_string(arena, rest);
	else if (behind(line, "# branch.ab "))
		status->compared = true;
	else if (wants & WANT_STASH && (rest = behind(line, "# stash ")))
		out->stashes = strtoull(rest, NULL, 10);
}

void asked_status_read(struct asked_status *status, struct summary *out, unsigned wants,
                       const struct answer *answer, struct arena *arena)
{
	const char *end = answer->out + answer->length;
	bool files = wants & WANT_FILES;

	for (const char *line = answer->out; line < end; line += strlen(line) + 1) {
		switch (*line) {
		case '#':
			read_header(status, out, wants, line, arena);
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
