/*
 * The rules of one ignore file: gitignore(5), and where that page is silent, dir.c of
 * git.
 *
 * A list is the content of one file. Who has several asks them one after the other,
 * the nearest to the path first, until one has an answer. Case always counts: a
 * repository with core.ignoreCase is left to git.
 */
#ifndef GIT_WORKTREE_IGNORE_H
#define GIT_WORKTREE_IGNORE_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct buf;

/* The pattern of a line, in an ignore or in an attributes file. */
struct ignore_pattern {
	const char *text;
	size_t length;
	size_t literal; /* bytes before the first wildcard */
	bool negated;   /* began with `!` */
	bool folders;   /* ended in a slash: for folders alone */
	bool by_name;   /* has no other slash: for the last component of a path */
	bool suffix;    /* a star, and then no wildcard */
};

struct ignore_list {
	struct ignore_pattern *items;
	size_t count;
	size_t room;
};

/* Parses the text of an ignore file and changes it on the way. The patterns live in
 * the arena. */
void ignore_parse(struct ignore_list *out, struct arena *arena, struct buf *text);

enum ignore_answer { IGNORE_UNKNOWN, IGNORE_YES, IGNORE_NO };

/*
 * What the last rule that matches says about a path, which is `length` bytes relative
 * to the list's folder and whose last component starts at `name`.
 */
enum ignore_answer ignore_ask(const struct ignore_list *list, const char *path,
                              size_t length, size_t name, bool folder);

/* Parses the pattern of one line. False: it matches nothing. */
bool ignore_pattern_parse(struct ignore_pattern *out, struct arena *arena,
                          const char *line);

/* Whether it matches a path (as for ignore_ask), whatever kind of thing that is. */
bool ignore_pattern_matches(const struct ignore_pattern *pattern, const char *path,
                            size_t length, size_t name);

#endif
