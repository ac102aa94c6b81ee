/*
 * One repository while it is read: what is open, and what all parts of the layer
 * need to know of it.
 *
 * Every step returns false where git is to be asked instead; nothing is called
 * broken here, because what cannot be read is for git to judge. libgit2's handles
 * belong to the thread that opened them.
 */
#ifndef GIT_READER_H
#define GIT_READER_H

#include <stdbool.h>

#include "config.h"
#include "git/probe.h"
#include "libgit2.h"

struct reader {
	struct arena *arena;
	const char *path;
	struct probe probe; /* of a repository: its kind is not REPO_NONE */
	struct config config;
	bool bare;
	bool shallow;    /* its history was cut off somewhere */
	unsigned abbrev; /* digits of a short hash; 0: not chosen yet */
	unsigned depth;  /* how many superprojects it is a submodule of */
	git_repository *repository;
	git_odb *odb;       /* its objects */
	git_oid head, tree; /* the commit of HEAD and its tree, unless unborn */
};

/* Before the first reader_open, once: starts libgit2 and reads the configuration
 * that all repositories share. And at the end. Fails where there is no libgit2. */
bool reader_setup(struct error *err);
void reader_teardown(void);

/*
 * Opens the repository of `arena`, `path` and `probe`, unless its format, its owner,
 * its configuration or its history is one that libgit2 would read differently from
 * git. The format is looked at first: libgit2 1.5 leaks with each one it refuses.
 */
bool reader_open(struct reader *reader);
void reader_close(struct reader *reader);

#endif
