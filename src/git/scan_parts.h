/*
 * What the parts of one scan share.
 *
 * A struct scan is one question about one repository: what git's
 * configuration wants, the index, and the answers so far. It is made on one
 * thread; the walk may then go on in several pieces at once, each with a
 * struct walk of its own. During the walk nobody touches libgit2's handles, the
 * answers are atomic, and what is loaded late is loaded under the lock.
 *
 * Answers only ever turn true. One that is already true is not looked for,
 * and `doubt` ends everything: then git is asked.
 */
#ifndef GIT_SCAN_PARTS_H
#define GIT_SCAN_PARTS_H

#include <git2.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/buf.h"
#include "scan_attributes.h"
#include "scan_ignore.h"
#include "scan_index.h"

enum untracked { UNTRACKED_NO, UNTRACKED_NORMAL, UNTRACKED_ALL };

/* git's configuration, as far as it decides what a status says. */
struct scan_config {
	bool trust_ctime;
	bool check_all; /* core.checkStat is not `minimal` */
	bool file_mode;
	bool symlinks;
	bool converts_lines; /* core.autocrlf */
	enum untracked untracked;
	const char *ignore_file;       /* core.excludesFile, NULL: none */
	const char *attributes_file;   /* core.attributesFile, NULL: none */
	const char *ignore_submodules; /* diff.ignoreSubmodules, NULL: not set */
};

/* What becomes of a file's content on its way into the repository. */
enum conversion {
	CONVERTS_NOTHING,
	CONVERTS_LINES,         /* CRLF becomes LF */
	CONVERTS_LINES_OF_TEXT, /* only where git takes it for text */
	CONVERTS_ANYTHING,
	CONVERTS_UNTOLD, /* while attributes are read: nobody has said */
};

/* Files that hold for all folders, the strongest first: info/exclude and
 * core.excludesFile; info/attributes, core.attributesFile and the system's. */
enum { SCAN_IGNORES = 2, SCAN_ATTRIBUTES = 3 };

struct scan {
	git_repository *repository; /* for its objects */
	const struct config *settings;
	const git_oid *tree; /* of HEAD, NULL: there is no commit yet */
	struct scan_config config;
	struct index_file index;
	const char *folder;        /* the work tree, with a slash at the end */
	const char *common_folder; /* holds info/, with a slash at the end */
	const char *git_folder;
	int root; /* the work tree */
	struct arena *arena;

	atomic_bool unstaged;
	atomic_bool untracked;
	atomic_bool doubt;

	pthread_mutex_t lock;
	bool ignores_read;
	const char *ignore_files[SCAN_IGNORES];
	struct ignore_list ignores[SCAN_IGNORES];
	bool attributes_read;
	struct attribute_list attributes[SCAN_ATTRIBUTES];
};

static inline bool scan_flag(const atomic_bool *flag)
{
	return atomic_load_explicit(flag, memory_order_relaxed);
}

static inline void scan_raise(atomic_bool *flag)
{
	atomic_store_explicit(flag, true, memory_order_relaxed);
}

/* False: git has an opinion of its own on some value. */
bool scan_config_read(struct scan_config *out, const struct config *config,
                      struct arena *arena);

/* Whether the index differs from HEAD; false: git must judge. */
bool scan_staged(bool *staged, struct scan *scan);

/* Submodules against the index: raises `unstaged` or `doubt`. */
void scan_submodules(struct scan *scan);

/* A folder on the way down from the root; lives as long as the walk is in it. */
struct folder {
	struct folder *parent;
	size_t length; /* of its path in walk->path, with a slash at the end */
	bool ignores_read;
	bool ignored; /* with all that is in it */
	struct ignore_list ignores;
	bool attributes_read;
	struct attribute_list attributes;
};

/* A folder that waits to be walked. */
struct pending {
	const char *path; /* begins with the folder's own, */
	size_t length;    /* which has so many bytes, with a slash at the end */
	size_t from, to;  /* the index's entries in it; equal: it knows none */
};

/* One piece of the walk, on one thread. */
struct walk {
	struct scan *scan;
	size_t from, to; /* the entries of the index that are this piece's */
	struct arena arena;
	struct buf path;    /* of the folder at work or a name in it, from the root */
	struct buf names;   /* of the folder at work, see scan_names.h */
	struct buf content; /* of the file at work */
	struct pending_list {
		struct pending *items;
		size_t count, room;
	} pending; /* used as a stack */
};

/* Names the exclude files that hold for all folders, before the walk; git dies of a
 * folder in their place, though nobody asks for what is in them. */
void scan_ignore_files(struct scan *scan);

/* Compares the entries of a piece and looks for unknown names beside them. */
void scan_walk(struct scan *scan, size_t from, size_t to);

/* Whether all is known that is to be found in the work tree. */
bool scan_done(const struct scan *scan);

/* The open folder whose path `walk->path` is; -1 and errno where there is none. A
 * symbolic link is none. */
int scan_open_folder(const struct walk *walk);

/* The folder's path with a name behind. */
void scan_set_path(struct walk *walk, const struct folder *folder, const char *name);

/* Walks what is pending beyond the first `count`, in the folder. */
void scan_pending(struct walk *walk, struct folder *folder, size_t count);

/*
 * An unknown folder, whose path `walk->path` is: raises `untracked` if it holds
 * what git would show.
 */
void scan_unknown(struct walk *walk, struct folder *parent);

/* Whether git ignores `walk->path`, a name in the folder. */
bool scan_ignored(struct walk *walk, struct folder *folder, bool is_folder);

/* What becomes of the file at a path, whole, in the folder. */
enum conversion scan_conversion(struct walk *walk, struct folder *folder,
                                const char *path);

/* Converts lines in place; false: there was nothing to convert. */
bool scan_convert(struct buf *content, enum conversion conversion);

/* Reads an open file whole and closes it; false: not readable as a file, or without
 * end. */
bool scan_read(struct buf *out, int descriptor);

/*
 * Compares one entry with what is at `name` in the open folder `descriptor`;
 * raises `unstaged` or `doubt`. True: something is there that is no folder. An
 * entry that need not be looked at clears `*sure`.
 */
bool scan_entry(struct walk *walk, struct folder *folder, int descriptor,
                const struct index_entry *entry, const char *name, bool *sure);

/* The entry's folder is gone. */
void scan_gone(struct scan *scan, const struct index_entry *entry);

/* By stat data alone: is the file that of the entry? */
enum likeness { ALIKE, UNLIKE, READ_IT };
enum likeness scan_compare(const struct scan_config *config, int64_t written,
                           const struct index_entry *entry, const struct stat *st);

/* By content: whether the file at `name` is what the entry's blob holds; raises
 * `doubt` where only git knows. */
bool scan_same_content(struct walk *walk, struct folder *folder, int descriptor,
                       const struct index_entry *entry, const char *name,
                       const struct stat *st);

#endif
