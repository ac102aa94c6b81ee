/*
 * What the configuration holds about a branch and its remote: git's remote.c,
 * without the graph.
 *
 * git_branch_upstream of libgit2 takes as long as the rest of a row: it makes a
 * remote, with all `insteadOf`, to read one refspec.
 */
#ifndef GIT_TRACKING_H
#define GIT_TRACKING_H

#include <stdbool.h>

struct arena;
struct config;
struct strings;

/*
 * branch_get_upstream(): `*name` is the full name of the reference that the
 * branch (short name) follows, NULL where there is none. False: ask git.
 */
bool tracking_upstream(const char **name, struct arena *arena,
                       const struct config *config, const char *branch);

/* Whether the refspecs of all remotes are such that one can tell what they fetch. git
 * ends at any that is malformed, whichever remote it is about. */
bool tracking_is_plain(const struct config *config);

/* Appends the full names of the references that the remotes' branches of that full name
 * are kept under, where their refspecs are such that one can tell. */
void tracking_find(struct strings *out, struct arena *arena,
                   const struct config *config, const char *branch);

struct branch_remote {
	const char *url;        /* as `git remote get-url` prints it; NULL: none */
	const char *configured; /* the same before url.<base>.insteadOf */
	const char *name;       /* as remote_name of a summary */
	bool mirrored;          /* as remote_mirrored of one */
};

/* In the order that struct summary describes; `branch` may be NULL. */
void tracking_remote(struct branch_remote *out, struct arena *arena,
                     const struct config *config, const char *branch);

/* alias_url(): the longest `url.BASE.LAST` in front gives way to BASE; `url` itself:
 * there is none. `last` is `insteadof` or `pushinsteadof`. */
const char *tracking_rewrite(struct arena *arena, const struct config *config,
                             const char *url, const char *last);

/* The name in `remote.NAME.url`; NULL: the key is none such. */
const char *tracking_url_owner(struct arena *arena, const char *name);

#endif
