/*
 * Candidates for TAB, from the same tables that parse.
 *
 * The scripts of the shells pass the words up to the cursor and show what is
 * printed: one candidate a line, `WORD TAB EXPLANATION`. Nothing of a candidate is
 * expanded or run, neither here nor by the scripts. A name with control
 * characters is not offered: it would break the lines.
 */
#ifndef CLI_COMPLETE_H
#define CLI_COMPLETE_H

#include "cli/invocation.h"

/*
 * Prints the candidates for the last of `words` (the words after `gita`; the last
 * is being typed, perhaps empty). Reads gita's own files only, no repository.
 *
 * Lines that start with a TAB are orders to the script, to be followed in addition:
 *
 *   TAB folders, TAB files  offer those, for the word as typed
 *   TAB shell TAB N         word N (from 0) is the first of a shell command
 *   TAB git TAB N TAB PATH TAB WORD...
 *                           let git's own completion do it: the words from N on
 *                           are git's, in the folder PATH, after the words
 *                           WORD..., if there are any
 *
 * A candidate that ends with `:` is followed by no space.
 */
void complete_words(struct invocation *invocation, const struct strings *words);

#endif
