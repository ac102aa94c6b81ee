/*
 * From the words on the command line to the function of a command.
 */
#ifndef CLI_DISPATCH_H
#define CLI_DISPATCH_H

#include "cli/invocation.h"

/* Parses the command line `words` of main(), runs the command and returns its exit
 * status. */
int dispatch_main(struct invocation *invocation, int count, char *const *words);

/* Prints the help of the command that the words name: `help ll`, `help group add`;
 * an exit status. */
int dispatch_help(struct invocation *invocation, const struct strings *words);

#endif
