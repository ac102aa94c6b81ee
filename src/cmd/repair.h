/*
 * Which missing repo is which folder now.
 *
 * A folder is known again by a commit that the repo had and by the URL of its
 * remote (store/seen.h), and by its name where that is not enough. Nothing is
 * guessed: where two folders fit equally well, neither is taken.
 */
#ifndef CMD_REPAIR_H
#define CMD_REPAIR_H

#include "cli/command.h"
#include "git/summary.h"
#include "store/seen.h"

/* A repository that was found and is not registered. */
struct candidate {
	struct repo repo; /* its path; nothing else is known */
	const struct summary *summary;
	struct strings commits; /* those of the missing repos that it has */
	bool taken;
};

struct lost {
	struct repo *repo;
	const struct sight *sight; /* NULL: nothing is known of it */
	struct candidate *found;   /* NULL: none, or more than one */
	struct strings perhaps;    /* paths of those that might be it */
};

struct repair {
	struct invocation *invocation;
	struct {
		struct lost *items;
		size_t count, room;
	} lost;
	struct strings known; /* real paths of the repos that are there */
	struct {
		struct candidate *items;
		size_t count, room;
	} candidates;
};

/* Reads what tells the candidates apart; an exit status, its reason said. */
int repair_look(struct repair *repair);

/* Fills in `found` and `perhaps`. */
void repair_match(struct repair *repair);

#endif
