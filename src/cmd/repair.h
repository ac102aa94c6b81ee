/*
 * A search for repos that were moved, in the order of its functions: what is lost,
 * which folders could be it, which one is it, and which group folders and linked
 * worktrees have moved along. Only the last one changes anything of a repository.
 */
#ifndef CMD_REPAIR_H
#define CMD_REPAIR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strings.h"
#include "cli/invocation.h"
#include "git/summary.h"
#include "store/seen.h"
#include "worktree_link.h"

/* A repository that was found and is not registered. */
struct candidate {
	struct repo repo; /* its path; flags only where `cut_off` */
	bool cut_off; /* a linked worktree, read by way of the repository it belongs to,
	                 since that is not where it says */
	struct worktree_link link; /* nothing where it is no linked worktree */
	const struct summary *summary;
	struct strings commits; /* those of the missing repos that it has */
	bool taken;
};

struct candidates {
	struct candidate *items;
	size_t count;
	size_t room;
};

/* A repo that is not where it is registered. */
struct lost {
	struct repo *repo;
	const char *place;         /* its real path */
	const struct sight *sight; /* NULL: nothing is known of it */
	const char *absent; /* a linked worktree that is there, and not its repository:
	                       see struct probe; else NULL */
	const char *reason; /* that it has no repository, where it is there */
	struct candidate *found; /* NULL: none, or more than one */
	struct strings perhaps;  /* paths of those that might be it */
};

/* A group whose folder has moved with its repos. */
struct moved_group {
	const char *name;
	const char *from, *to;
};

/* A repository and those of its worktrees that do not find each other any more. */
struct parted {
	const char *common; /* its git folder */
	struct strings paths;
	const char *command;  /* what makes them find each other */
	const char *obstacle; /* why it is not run; or NULL */
};

struct repair {
	struct invocation *invocation;
	struct {
		struct lost *items;
		size_t count, room;
	} lost;
	struct {
		struct unseen {
			const struct repo *repo;
			const struct summary *summary; /* says why */
		} * items;
		size_t count, room;
	} unseen; /* repos that may be where they were or not */
	struct repos there;
	struct strings known; /* their real paths */
	struct candidates candidates;
	struct strings strays;  /* linked worktrees of which no repository is found */
	struct strings commons; /* git folders of all repositories that were found, for
	                           the worktrees that are cut off */
	struct {
		struct moved_group *items;
		size_t count, room;
	} groups;
	struct {
		struct parted *items;
		size_t count, room;
	} parted;
	bool still_parted;      /* some of them */
	struct repos leftovers; /* superseded by another row of the same name */
	bool partial;           /* what could not be read may be what is looked for */
};

const char *repair_real_path(const struct repair *repair, const char *path);

enum repair_folder { FOLDER_THERE, FOLDER_GONE, FOLDER_UNSEEN };

/* `*why`: what is said of one that is not there, or cannot be looked at. */
enum repair_folder repair_look_at_folder(const char **why,
                                         struct invocation *invocation,
                                         const char *path);

/* Each that returns an int returns an exit status, its reason printed. */

/* The missing repos; the others are recorded anew. */
int repair_find_lost(struct repair *repair);

/* What there is in the folders to be searched. */
int repair_find_candidates(struct repair *repair);

/* Adds a repository at the path, or a worktree whose repository is found; else it is a
 * stray, or nothing. */
void repair_add_candidate(struct repair *repair, struct candidates *out,
                          const char *path);

/* Reads what distinguishes the candidates. */
int repair_read_candidates(struct repair *repair, const struct candidates *candidates);

/* Which candidate is which lost repo, and which may be. */
void repair_match(struct repair *repair);

/* The lost repos inside those that were found: their submodules above all. */
int repair_find_inside(struct repair *repair);

/* Group folders that are gone, and where they are now. Fails where one cannot be looked
 * at: nothing may be changed then, because once its repos are found there is no trace
 * of it. */
int repair_find_groups(struct repair *repair);

/* The linked worktrees that were found and their repositories. */
void repair_find_parted(struct repair *repair);

/* Has git write down for these where the other is. A repository at a time is done by
 * one git: two at once would meet each other's half-written files. */
void repair_join_parted(struct repair *repair);

#endif
