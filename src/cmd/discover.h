/*
 * Repositories below a folder.
 *
 * The search stops at each repository that has a work tree (unless `nested`), goes
 * on below a bare one, past what git itself keeps there, enters no folder called
 * `.git` and follows no symbolic link, so that it ends on any disk. Folders named by
 * a `.gitaignore` on the way are skipped: one glob a line, for a name or, with a
 * slash in it, for a path from the file's folder.
 */
#ifndef CMD_DISCOVER_H
#define CMD_DISCOVER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/strings.h"
#include "git/probe.h"

struct invocation;

struct discovery {
	size_t depth;                  /* folders below the start; 0: no limit */
	const struct strings *exclude; /* globs for names and paths */
	bool bare;                     /* bare repositories count too */
	bool nested;                   /* search below repositories as well */
	bool skip_submodules;
	struct strings
		*cut_off; /* takes the linked worktrees whose repository is not
	                     where they say; NULL: they are folders like others */
};

/* As probe_path, but git decides what is bare: a `.git` file may point to a bare
 * repository (the layout `.bare` beside `.git`), `.git` itself may be one, and a folder
 * without `.git` may have its work tree elsewhere (yadm). False: a disk does not
 * respond, and nothing was accessed there. */
bool discovery_probe(struct probe *out, struct invocation *invocation,
                     const char *path);

/* Whether a repository of that kind is wanted. */
bool discovery_wants(const struct discovery *rules, enum repo_kind kind);

/* Adds the absolute paths, sorted, of what is found at and below `folder`. A folder
 * that cannot be read, or whose disk does not respond, leaves a note. */
void discover(struct strings *out, struct invocation *invocation, const char *folder,
              const struct discovery *rules, struct notes *notes);

#endif
