/*
 * The commits of one repository in a span of time, whatever reference or work tree
 * holds them: `git log --all --since --until`, without stashes and notes.
 *
 * Read in this process by activity_read; where the answer could differ from git's, by
 * git. As in git/ask.h this side knows the words and parses what they print. Strings
 * live in the arena.
 */
#ifndef GIT_ACTIVITY_H
#define GIT_ACTIVITY_H

#include <regex.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/strings.h"
#include "git/ask.h"

struct arena;

/* Whose commits, and when; the same for all repositories. */
struct activity_span {
	int64_t since, until;  /* seconds since the epoch, both included */
	bool all;              /* of all authors */
	const regex_t *author; /* matches `Name <mail>`; NULL: those whose mail is the
	                          repository's own user.email */
};

struct activity {
	struct activity_commit {
		const char *id;     /* full hash */
		const char *abbrev; /* the same in short, as git prints it */
		int64_t time;       /* of the committer, as git log sorts and limits */
		const char *author, *email, *subject;
	} * items; /* the latest first */
	size_t count;
	size_t room;
	const char *email; /* user.email; NULL: not set */
	bool linked;       /* a linked worktree: the commits are those of another
	                      repository, too */
};

/* False: git is to be asked, also where there is no repository. May be called on
 * several threads at once, between summary_setup() and summary_teardown(). */
bool activity_read(struct activity *out, const char *path,
                   const struct activity_span *span, struct arena *arena);

/* The questions to git. */
enum { ACTIVITY_LOG, ACTIVITY_EMAIL, ACTIVITY_FOLDERS, ACTIVITY_QUESTIONS };

/* The words after `git` and the repo's flags. */
void activity_words(struct strings *out, struct arena *arena, int question,
                    const struct activity_span *span);

/* The answers, one a question; false: git could not tell, for a reason. */
bool activity_parse(struct activity *out, struct arena *arena,
                    const struct answer answers[ACTIVITY_QUESTIONS],
                    const struct activity_span *span, struct error *err);

/*
 * Dates in git's words (`yesterday`, `2.weeks`, `2024-05-01`): the words of a command
 * that reads them, and what it printed; it fails where one is not a date. A NULL date
 * is left out, and that end of the span stays as it is.
 */
void activity_date_words(struct strings *out, struct arena *arena, const char *since,
                         const char *until);
void activity_parse_dates(struct activity_span *out, struct arena *arena,
                          const char *text);

/* Which of the two is not a date, `since` or `until`, by the error of that command. */
const char *activity_wrong_date(const char *error);

#endif
