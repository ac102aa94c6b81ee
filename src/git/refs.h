/*
 * References, read from their files as git's refs/files-backend.c reads them.
 *
 * libgit2 would parse the whole of packed-refs to find one name; most rows of
 * a table need two or three.
 */
#ifndef GIT_REFS_H
#define GIT_REFS_H

#include <git2/oid.h>
#include <stdbool.h>

#include "base/buf.h"

struct arena;

struct refs {
	struct arena *arena;
	const char *git_folder;    /* HEAD and what else a work tree has for itself */
	const char *common_folder; /* all others */
	struct buf packed;         /* the text of packed-refs */
	bool packed_read, packed_good;
};

enum ref_state {
	REF_FOUND,
	REF_ABSENT,
	REF_ODD, /* broken, or in a form that only git is to judge */
};

/*
 * Follows symbolic references to the end. `*last` (or NULL) is the name of the
 * last one, found or absent; `oid` is set where found.
 */
enum ref_state refs_read(struct refs *refs, const char *name, git_oid *oid,
                         const char **last);

/* The same where much hangs on a reference being absent: it may have moved into
 * packed-refs since that was read. */
enum ref_state refs_read_surely(struct refs *refs, const char *name, git_oid *oid);

/* The text of packed-refs, "" without one; NULL: git is to judge it. */
const char *refs_packed(struct refs *refs);

/* refs_shorten_unambiguous_ref() of git: the short name that means `name`. */
bool refs_short_name(const char **out, struct refs *refs, const char *name);

void refs_drop(struct refs *refs);

#endif
