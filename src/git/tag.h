/*
 * The tag on a detached HEAD, as `git describe --tags --exact-match` chooses it.
 *
 * git_describe_commit of libgit2 chooses the same, but looks up the object of every
 * tag, where packed-refs records what a tag leads to.
 */
#ifndef GIT_TAG_H
#define GIT_TAG_H

#include "reader.h"

/* `*out` is the tag of reader->head, NULL where there is none. False: ask git. */
bool tag_read(const char **out, struct reader *reader);

#endif
