/*
 * The reading of one repository, while it lasts.
 *
 * Every step returns false where git is to be asked instead; nothing is called
 * broken here, because what cannot be read is for git to judge.
 */
#ifndef GIT_READER_H
#define GIT_READER_H

#include <git2.h>

#include "config.h"
#include "git/summary.h"
#include "refs.h"

struct reader {
	struct arena *arena;
	const char *path;
	struct probe probe;
	struct config config;
	struct config_format format;
	bool bare;
	bool shallow; /* its history was cut off somewhere */
	struct refs refs;
	git_oid head, tree;         /* the commit of HEAD and its tree, unless unborn */
	git_repository *repository; /* NULL until it is needed */
	git_odb *odb;
	unsigned depth; /* how many superprojects it is a submodule of */
};

/*
 * Whether libgit2 may judge: format, ownership, configuration, replaced
 * objects, work tree. Leaves what it read in `reader`. `branch` is HEAD's.
 */
bool trust_repository(struct reader *reader, const char *branch);

/* The users' configuration, read once for all; see summary_setup. */
void trust_setup(void);
void trust_teardown(void);

/* Opens it in libgit2, with our configuration, and its objects. */
bool reader_open(struct reader *reader);

/* upstream, sync, ahead, behind */
bool read_sync(struct summary *out, struct reader *reader);

/* tag, as `git describe --tags --exact-match` chooses it */
bool read_tag(struct summary *out, struct reader *reader);

#endif
