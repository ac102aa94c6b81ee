/*
 * libgit2, from 1.5 on, and the names that changed since.
 */
#ifndef GIT_LIBGIT2_H
#define GIT_LIBGIT2_H

#include <git2.h>
#include <git2/sys/repository.h>

/* 1.5 has only the name that 1.9 has no more. */
#ifndef GIT_OID_SHA1_HEXSIZE
#define GIT_OID_SHA1_HEXSIZE GIT_OID_HEXSZ
#endif

#endif
