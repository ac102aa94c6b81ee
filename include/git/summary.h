/*
 * Everything that gita knows about one repository, in one struct.
 *
 * The table, JSON, the facts of a selection, `check` and the GITA_* variables
 * are projections of a struct summary, so they cannot disagree. git is the
 * judge: each member is what the installed git would report.
 *
 * summary_read fills it in this process. References, commits, trees, tags, the
 * stash's log and all objects are read by libgit2; what is read by code of our
 * own, and why, is listed in docs/status.md. Where the answer might differ from
 * git's, summary_read leaves the repository to git itself (git/ask.h). All strings
 * live in the arena of the call.
 */
#ifndef GIT_SUMMARY_H
#define GIT_SUMMARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "git/gitdir.h"
#include "git/probe.h"

struct arena;
struct error;
struct spread;

enum state { STATE_OK, STATE_MISSING, STATE_BROKEN, STATE_TIMEOUT };

enum sync {
	SYNC_IN_SYNC,
	SYNC_LOCAL_AHEAD,
	SYNC_REMOTE_AHEAD,
	SYNC_DIVERGED,
	SYNC_NO_REMOTE,
	SYNC_GONE, /* an upstream is configured, but it does not exist */
};

struct summary {
	enum state state;
	const char *error; /* one line, where state is broken or timeout */
	enum repo_kind kind;

	const char *branch;   /* short name; NULL: detached */
	const char *rebasing; /* the branch that is being rebased, else NULL */
	bool unborn;          /* no commit yet */
	const char *head;     /* full hash; NULL: unborn */
	const char *abbrev;   /* the same in short, as git prints it */
	const char *tag;      /* a tag on HEAD, where detached, else NULL */
	enum operation operation;

	const char *upstream; /* of the branch, or of the one that is being rebased;
	                         short name; NULL: none configured */
	enum sync sync;       /* of that branch as it is, also while it is rebased */
	size_t ahead, behind; /* as `git rev-list --left-right --count` counts */

	bool staged, unstaged, untracked, conflicted;
	const char *unread; /* git's warning of a folder that it could not search for
	                       untracked files; NULL: all could be searched */
	size_t stashes;

	const char *subject; /* `git log -1 --format=%s` in UTF-8; NULL: unborn */
	const char *author;  /* %an */
	int64_t time;        /* %ct */

	/*
	 * The URL of the branch's remote, else of checkout.defaultRemote, of
	 * remote.pushDefault, of origin, of upstream, of the first remote that has
	 * one; as `git remote get-url` prints it. NULL: none.
	 */
	const char *remote;
	const char *remote_configured; /* the same before url.<base>.insteadOf */
	const char *remote_name; /* the URL itself where the branch names no remote;
	                            without a URL any remote there is, or NULL */
	bool remote_mirrored;    /* all its references are fetched to where they are
	                            there, as `git clone --mirror` has it */
	int64_t fetched;         /* the last fetch; see gitdir_fetched() */
};

/* What the caller needs; nothing else is read. */
enum {
	WANT_HEAD = 1 << 0,   /* branch, rebasing, unborn, head, operation, kind */
	WANT_COMMIT = 1 << 1, /* subject, author, time */
	WANT_SYNC = 1 << 2,   /* upstream, sync, ahead, behind */
	WANT_FILES = 1 << 3,  /* staged, unstaged, untracked, conflicted */
	WANT_STASH = 1 << 4,
	WANT_TAG = 1 << 5,    /* tag; abbrev, where HEAD has no other name */
	WANT_REMOTE = 1 << 6, /* remote, remote_name, fetched */
	WANT_ABBREV = 1 << 7, /* abbrev */
	WANT_TABLE = WANT_HEAD | WANT_COMMIT | WANT_SYNC | WANT_FILES | WANT_STASH |
	             WANT_TAG,
};

enum reading {
	READING_DONE,    /* `out` is complete, whatever its state */
	READING_ASK_GIT, /* only git can tell; `out` holds nothing */
};

/* Before the first summary_read, once, on any thread; and at the end. Fails where
 * libgit2 cannot be loaded: then only git can tell. */
bool summary_setup(struct error *err);
void summary_teardown(void);

/* Reads again what all repositories share, the user's configuration, while no
 * repository is being read. */
void summary_renew(void);

/*
 * Reads the repository at `path`. May be called on several threads at once,
 * each with its own arena. Reads only: no write, no hook, no network, no
 * search above `path`. `spread` (or NULL) helps with a very large work tree.
 */
enum reading summary_read(struct summary *out, const char *path, unsigned wants,
                          struct arena *arena, const struct spread *spread);

/* With all its strings. */
struct summary *summary_copy(struct arena *arena, const struct summary *summary);

bool summary_equal(const struct summary *one, const struct summary *other);

/* Entries in the index, estimated from its size; to start with the largest. */
size_t summary_weight(const char *path);

/* The branch, or the one that is being rebased; NULL: neither. */
const char *summary_branch(const struct summary *summary);

/* The word for that many commits on either side of an upstream that exists. */
enum sync sync_of(size_t ahead, size_t behind);

/* Names as JSON and settings spell them. */
const char *state_name(enum state state);
const char *sync_name(enum sync sync);

/* The library that reads it, which it loads, as "libgit2 1.2.3"; "no libgit2" where
 * there is none. */
const char *git_library_version(void);

#endif
