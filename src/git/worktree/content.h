/*
 * Whether a file of the work tree is what its entry of the index says: by its stat
 * data, and where these leave it open by its content, as attributes and configuration
 * change it on its way into the repository.
 */
#ifndef GIT_WORKTREE_CONTENT_H
#define GIT_WORKTREE_CONTENT_H

#include <sys/stat.h>

#include "worktree/rules.h"

/* What stat data alone say. */
enum stat_match { STAT_SAME, STAT_DIFFERENT, STAT_UNSURE };

/*
 * As ie_match_stat() and ie_modified() of git's read-cache.c: another type, mode or
 * size settles it; an entry that was never compared has the size 0; one that is not
 * older than the index (written at `written`) may have changed behind its back.
 */
enum stat_match content_match_stat(const struct comparison_config *config,
                                   int64_t written, const struct index_entry *entry,
                                   const struct stat *st);

/* What happens to a file's content on its way into the repository. */
enum conversion {
	CONVERSION_NONE,
	CONVERSION_LINES,         /* CRLF becomes LF */
	CONVERSION_LINES_OF_TEXT, /* only where git takes it for text */
	CONVERSION_OTHER,         /* a filter, an encoding: only git can do it */
	CONVERSION_UNSPECIFIED,   /* while attributes are read */
};

/* Converts line ends in place. False: there is nothing to convert. */
bool content_convert(struct buf *content, enum conversion conversion);

/*
 * Compares one entry with what is at `name` in the innermost folder of `rules`, open as
 * `folder`; raises `unstaged` or `ask_git`. True: something is there that is no folder.
 * An entry that need not be looked at clears `*complete`. `scratch` is for a content.
 */
bool content_compare(struct rules *rules, struct buf *scratch, int folder,
                     const struct index_entry *entry, const char *name, bool *complete);

/* The same for an entry whose folder is gone. */
void content_missing(struct comparison *comparison, const struct index_entry *entry);

#endif
