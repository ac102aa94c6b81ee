/*
 * libgit2, from 1.5 on: loaded when the first repository is read.
 *
 * It brings libraries for TLS, ssh and Kerberos, which take longer to load than
 * `gita ls` or completion take for all the rest, and those read no repository. How
 * its functions are called is described in base/late.h.
 */
#ifndef GIT_LIBGIT2_H
#define GIT_LIBGIT2_H

#include <stdbool.h>

#include <git2.h>
#include <git2/sys/repository.h>

/* 1.5 has only the name that 1.9 has no more. */
#ifndef GIT_OID_SHA1_HEXSIZE
#define GIT_OID_SHA1_HEXSIZE GIT_OID_HEXSZ
#endif

struct error;

/* Each function that gita calls, without the prefix git_. */
#define LIBGIT2_FUNCTIONS(X) \
	X(commit_free) \
	X(commit_lookup) \
	X(commit_message_raw) \
	X(commit_parent_id) \
	X(commit_parentcount) \
	X(commit_raw_header) \
	X(commit_time) \
	X(commit_tree) \
	X(commit_tree_id) \
	X(libgit2_init) \
	X(libgit2_opts) \
	X(libgit2_shutdown) \
	X(libgit2_version) \
	X(object_free) \
	X(object_id) \
	X(object_type) \
	X(odb_exists_prefix) \
	X(odb_free) \
	X(odb_hash) \
	X(odb_hashfile) \
	X(odb_read_header) \
	X(oid_cpy) \
	X(oid_equal) \
	X(oid_fromstrn) \
	X(oid_is_zero) \
	X(oid_tostr) \
	X(reference_free) \
	X(reference_has_log) \
	X(reference_iterator_free) \
	X(reference_iterator_glob_new) \
	X(reference_lookup) \
	X(reference_name) \
	X(reference_next) \
	X(reference_next_name) \
	X(reference_symbolic_target) \
	X(reference_target) \
	X(reference_target_peel) \
	X(reflog_entrycount) \
	X(reflog_free) \
	X(reflog_read) \
	X(repository_free) \
	X(repository_odb) \
	X(repository_open_ext) \
	X(tag_free) \
	X(tag_lookup) \
	X(tag_name) \
	X(tag_peel) \
	X(tag_tagger) \
	X(tree_entry_byindex) \
	X(tree_entry_filemode) \
	X(tree_entry_id) \
	X(tree_entry_name) \
	X(tree_entrycount) \
	X(tree_free) \
	X(tree_lookup)

#define LIBGIT2_MEMBER(name) __typeof__(&git_##name) name;

extern struct libgit2 {
	LIBGIT2_FUNCTIONS(LIBGIT2_MEMBER)
} libgit2;

/* Fills the struct; again does no harm. Before any other thread uses it. */
bool libgit2_load(struct error *err);

#endif
