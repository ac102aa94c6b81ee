/*
 * Picking repos word by word: the part of select.c that knows the forms of a
 * word. A picker collects; what is in it once is not picked again.
 */
#ifndef CLI_SELECT_PICK_H
#define CLI_SELECT_PICK_H

#include "cli/select.h"

struct picker {
	struct invocation *invocation;
	struct registry *registry;
	struct selection *out;
	bool *taken;
};

/* The registry must be loaded. */
struct picker picker_start(struct invocation *invocation, struct selection *out);

/* Whether the repo was picked; may be set. */
bool *picker_mark(const struct picker *picker, const struct repo *repo);

void pick(struct picker *picker, struct repo *repo);
void pick_members(struct picker *picker, const struct group *group);

/* Each picks what a word of that form names; false: it names nothing. */
bool pick_repo(struct picker *picker, const char *word);
bool pick_path(struct picker *picker, const char *word);
bool pick_glob(struct picker *picker, const char *word);
bool pick_word(struct picker *picker, const char *word); /* whatever the form */

/* Whether the word has the form of a path: `.`, `..`, `./x`, `../x`, `/a/b`. */
bool pick_is_path(const char *word);

/* Sorts by name what was picked from place `start` on. */
void pick_sort(struct selection *out, size_t start);

/* The usage error for a word that names nothing. */
int pick_refuse(const struct picker *picker, const char *word);

#endif
