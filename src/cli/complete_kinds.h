/*
 * What complete.c prints: candidates for one kind of word, and orders; the part
 * that knows the tables.
 */
#ifndef CLI_COMPLETE_KINDS_H
#define CLI_COMPLETE_KINDS_H

#include "cli/command.h"

/* What is being completed. */
struct completing {
	struct invocation *invocation;
	const char *typed;          /* the beginning that every candidate shares */
	const char *front;          /* put before every candidate: `--color=` */
	const struct strings *used; /* not offered again; may be NULL */
};

/* Prints the candidate if it starts with what was typed and may be shown. */
void complete_offer(const struct completing *completing, const char *word,
                    const char *help);

void complete_kind(const struct completing *completing, enum kind kind);

/* Commands of gita, built-in and delegated; and the sub-commands of one. */
void complete_commands(const struct completing *completing);
void complete_children(const struct completing *completing,
                       const struct command *command);

/* The orders of cli/complete.h. `chosen` are the words of the selection so far:
 * git is to look at the first repo that they name, else at the one that we are
 * in, else at the first of the context or of all. */
void complete_by_shell(size_t place);
void complete_by_git(struct invocation *invocation, const struct strings *chosen,
                     size_t place, const struct strings *words);

#endif
