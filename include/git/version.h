/*
 * The version of libgit2 that is in use, as "libgit2 1.2.3".
 */
#ifndef GIT_VERSION_H
#define GIT_VERSION_H

const char *git_library_version(void);

#endif
