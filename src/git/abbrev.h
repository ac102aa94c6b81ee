/*
 * The short form of a hash as git prints it: so many digits as core.abbrev says, or as
 * the number of objects makes advisable, and more where another object begins with
 * the same ones (repo_find_unique_abbrev_r() of git's object-name.c).
 */
#ifndef GIT_ABBREV_H
#define GIT_ABBREV_H

#include "reader.h"

/* The object need not be there. False: ask git. */
bool abbrev_hash(const char **out, struct reader *reader, const git_oid *id);

#endif
