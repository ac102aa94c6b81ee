/*
 * Candidates for one kind of word; the part of complete.c that knows the tables.
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

/* An order to the script: `:folders`. */
void complete_order(const char *order);

void complete_kind(const struct completing *completing, enum kind kind);

/* Commands of gita, built-in and delegated. */
void complete_commands(const struct completing *completing);

#endif
