/*
 * The words of a git command line: options of git itself, the name of a command, the
 * command's arguments.
 *
 * What git makes of them is known from rows, without running git: handle_options() of
 * git.c, and which commands page, edit or ask.
 */
#ifndef GIT_ARGUMENTS_H
#define GIT_ARGUMENTS_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

struct arguments {
	const char *const *items; /* from the name of the command on */
	size_t count;             /* 0: there are only options of git itself */
	bool elsewhere; /* those may lead to another repository or configuration */
	bool unpaged;   /* one of them is --no-pager */
};

/* Whether the word is an option of git itself, as in `git --no-pager log`. */
bool arguments_is_option(const char *word);

/* `words`, of which there are `count`, follow `git`. */
void arguments_find(struct arguments *out, const char *const *words, size_t count);

/* Puts what an alias stands for in its place, once. False where the name is no alias
 * that all repositories have, or stands for a shell command. */
bool arguments_expand(struct arguments *arguments, struct arena *arena);

/* Whether a person is expected at the terminal: the command pages what it shows, opens
 * an editor or another program, or asks about each change. */
bool arguments_want_terminal(const struct arguments *arguments);

/* What exit status 1 of a command means. */
enum exit_answer {
	ANSWER_NONE,   /* it has failed, as from any other status but 0 */
	ANSWER_FOUND,  /* nothing was found; 0: something was */
	ANSWER_DIFFER, /* there are differences; 0: there are none */
};

enum exit_answer arguments_answer(const struct arguments *arguments);

#endif
