/*
 * What git and its helpers print when the network failed.
 *
 * The words of ssh and curl, which name most failures, are never translated;
 * git's own are known in English (the C locale) only.
 */
#ifndef GIT_NETWORK_H
#define GIT_NETWORK_H

#include <stdbool.h>
#include <stddef.h>

enum network {
	NETWORK_FINE,        /* nothing of the kind is named */
	NETWORK_REFUSED,     /* the other side answered: no such repository, no login */
	NETWORK_UNREACHABLE, /* there was no connection to the host at all */
	NETWORK_LOST,        /* a connection broke, or the server was too busy */
};

/* What the output of a command that failed names; NETWORK_REFUSED wins over the
 * rest, as a connection is closed then, too. */
enum network network_failure(const char *output, size_t length);

/* Whether git, ssh or a helper of theirs reports that it wanted to ask for a login. */
bool network_wants_login(const char *output, size_t length);

/* Whether the same may succeed a moment later. */
bool network_may_recover(enum network kind);

/* Seconds to wait after so many tries: 1, 2, 4, ... */
double network_delay(unsigned tries);

#endif
