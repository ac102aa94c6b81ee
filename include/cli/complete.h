/*
 * Candidates for TAB, from the same tables that parse.
 *
 * The shells' scripts hand over the words and the position and show what comes
 * back: one candidate a line, `WORD TAB EXPLANATION`. Data is data: nothing of it is
 * expanded or run, by us or by the scripts. A name that could not be shown as it
 * is on a terminal, or would break the lines, is not offered.
 */
#ifndef CLI_COMPLETE_H
#define CLI_COMPLETE_H

#include "cli/invocation.h"

/*
 * Prints the candidates for the last of `words` (the words behind `gita`; the last
 * is being typed, perhaps empty). Reads gita's own files only, no repository.
 *
 * Lines that start with a TAB are orders to the script, to be followed in addition:
 *
 *   TAB folders, TAB files  offer those, for the word as typed
 *   TAB shell TAB N         word N (from 0) is the first of a shell command
 *   TAB git TAB N TAB PATH TAB WORD...
 *                           let git's own completion do it: the words from N on
 *                           are git's, in the folder PATH, behind the words
 *                           WORD..., if there are any
 *
 * A candidate that ends with `:` wants no space behind.
 */
int complete_words(struct invocation *invocation, const struct strings *words);

#endif
