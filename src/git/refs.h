/*
 * References, as libgit2 reads them, with git's answer to what is not there, what
 * is broken and what a short name means.
 */
#ifndef GIT_REFS_H
#define GIT_REFS_H

#include "reader.h"

enum ref_state {
	REF_FOUND,
	REF_ABSENT,
	REF_UNSURE, /* broken, or in a form that only git can judge */
};

/*
 * Follows symbolic references to the end. `*last` (or NULL) is the name of the
 * last one, found or absent; `oid` is set where found.
 */
enum ref_state refs_read(struct reader *reader, const char *name, git_oid *oid,
                         const char **last);

/* refs_shorten_unambiguous_ref() of git: the shortest name that means `name`. False:
 * ask git. */
bool refs_short_name(const char **out, struct reader *reader, const char *name);

#endif
