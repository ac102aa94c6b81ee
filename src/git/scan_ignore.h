/*
 * Ignore rules: patterns as gitignore(5) tells them, and as git reads them
 * where that page is silent.
 *
 * A list is the content of one file; who has several asks them one after the
 * other, the nearest to the path first, until one has an answer. Case always
 * counts: a repository with core.ignoreCase is git's to judge.
 */
#ifndef GIT_SCAN_IGNORE_H
#define GIT_SCAN_IGNORE_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct buf;

struct ignore_rule {
	const char *pattern;
	size_t length;
	size_t plain; /* bytes in front that are no wildcard */
	bool negated;
	bool folders; /* ended in a slash */
	bool by_name; /* has no other slash: for the last part of a path */
	bool suffix;  /* one star and then no wildcard */
};

struct ignore_list {
	struct ignore_rule *items;
	size_t count;
	size_t room;
};

/* Reads the text of an ignore file, which is changed on the way; the rules and
 * their patterns live in the arena. */
void ignore_parse(struct ignore_list *out, struct arena *arena, struct buf *text);

/* One line of an attributes file has such a pattern, too. */
bool ignore_rule_read(struct ignore_rule *out, struct arena *arena, const char *line);

enum ignore_answer { IGNORE_UNKNOWN, IGNORE_YES, IGNORE_NO };

/*
 * What the last rule that fits says of `path`, which is `length` bytes as seen
 * from the list's folder and whose last part starts at `name`.
 */
enum ignore_answer ignore_ask(const struct ignore_list *list, const char *path,
                              size_t length, size_t name, bool folder);

bool ignore_rule_fits(const struct ignore_rule *rule, const char *path, size_t length,
                      size_t name);

/*
 * git's wildcards: `?`, `*`, `[...]` with ranges, negation and classes, `\`.
 * With `parts` the slash is only matched by itself and by `**` where that is a
 * whole part of the pattern; without it is a byte like any other.
 */
bool glob_fits(const char *pattern, const char *text, size_t length, bool parts);

#endif
