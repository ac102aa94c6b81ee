/*
 * The commits of one repository that are on no remote, by the reference that
 * holds them.
 *
 * On a remote is what a remote-tracking reference reaches: refs/remotes/ and
 * whatever a remote's fetch refspec writes to, so the references of a mirror clone
 * are its remote's. That is as true as the last fetch. git leaves a remote-tracking
 * branch behind where the remote has deleted its branch: unpushed_parse_fetched() tells
 * those that the fetch has found from those. unpushed_exclude() adds what the remote
 * itself lists now. Every other reference counts, and HEAD of every work tree;
 * refs/stash does not, stashes being counted by the summary.
 *
 * As in git/ask.h this side knows which commands to run and how to parse what they
 * print. In this order: settings, what was fetched, references, then the graph where
 * unpushed_suspects() says so, then unpushed_count().
 */
#ifndef GIT_UNPUSHED_H
#define GIT_UNPUSHED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strings.h"

struct arena;

/* A commit is counted for the first kind that holds it, and within the kind for each
 * reference that does. */
enum holder_kind { HOLDER_BRANCH, HOLDER_HEAD, HOLDER_TAG, HOLDER_OTHER, HOLDER_KINDS };

struct holder {
	enum holder_kind kind;
	const char *name;   /* `main`, `v1.0`, `refs/notes/commits`; of a HEAD the path
	                       that unpushed_add_head() was given */
	const char *id;     /* what it points to, full hash */
	const char *commit; /* the same peeled; NULL where that is no commit */
	bool on_remote;     /* the remote itself lists this id */
	size_t count;       /* filled in: commits on no remote */
};

struct unpushed {
	struct holder *items;
	size_t count;
	size_t room;
	struct strings remotes;      /* names */
	struct strings tracking;     /* patterns of remote-tracking references */
	size_t submodules;           /* initialised ones */
	bool hides_untracked;        /* git status does not show them there */
	bool skips_remotes;          /* `git fetch --all` does not fetch from all */
	bool fetched_known;          /* `fetched` holds all that remotes have */
	struct strings fetched;      /* ids, sorted */
	struct strings deleted;      /* remote-tracking references of no fetched id */
	struct strings tracked;      /* ids that those references point to, sorted */
	struct strings known;        /* ids that a remote lists */
	size_t totals[HOLDER_KINDS]; /* filled in: distinct commits of each kind */
};

/* The settings: remotes, their refspecs, submodules, whether git shows untracked files.
 * Exit status 1: there are none. */
void unpushed_settings_words(struct strings *out, struct arena *arena);
void unpushed_parse_settings(struct unpushed *out, struct arena *arena,
                             const char *text, size_t length);

/* FETCH_HEAD after a fetch from all remotes that has succeeded: where it is, which may
 * be relative to the repo's folder, and what it holds. */
void unpushed_fetched_words(struct strings *out, struct arena *arena);
void unpushed_parse_fetched(struct unpushed *out, struct arena *arena, const char *text,
                            size_t length);

/* All references but those of refs/stash; needs the settings. With `own`, those that
 * each work tree has for itself (refs/bisect and the like), named `PATH: NAME`. */
void unpushed_references_words(struct strings *out, struct arena *arena, bool own);
void unpushed_parse_references(struct unpushed *out, struct arena *arena,
                               const char *text, size_t length, const char *path);

void unpushed_add_head(struct unpushed *out, struct arena *arena, const char *path,
                       const char *commit);

/* Whether any of them points elsewhere than a remote-tracking reference. */
bool unpushed_suspects(struct unpushed *unpushed);

/* The commits that are on no remote, with their parents. */
void unpushed_graph_words(struct strings *out, struct arena *arena,
                          const struct unpushed *unpushed);

/* What the remote of that name has now; ids of its list are excluded from the next
 * count, with all that they reach. */
void unpushed_list_words(struct strings *out, struct arena *arena, const char *remote);
void unpushed_exclude(struct unpushed *out, struct arena *arena, const char *text,
                      size_t length);

/* Fills in the counts from what unpushed_graph_words() printed; may be repeated
 * after unpushed_exclude(). */
void unpushed_count(struct unpushed *unpushed, struct arena *arena, const char *text,
                    size_t length);

#endif
