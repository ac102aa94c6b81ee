/*
 * Candidates for TAB, from the same tables that parse.
 *
 * The shells' scripts hand over the words and the position and show what comes
 * back: one candidate a line, `WORD TAB EXPLANATION`. Data is data: nothing of it is
 * expanded or run, by us or by the scripts.
 */
#ifndef CLI_COMPLETE_H
#define CLI_COMPLETE_H

#include "cli/command.h"

/*
 * Prints the candidates for the last of `words` (the words behind `gita`, at least
 * one; the last is being typed, perhaps empty). Lines that start with `:` are
 * orders to the script: `:folders`, `:files`, `:git N` (let git's completion do it,
 * the git command starts at word N, from 0), `:shell N` likewise. A candidate that
 * ends with `:` wants no space behind.
 */
int complete_words(struct invocation *invocation, const struct strings *words);

#endif
