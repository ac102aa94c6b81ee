/*
 * The list of repos: which are shown, in which order, marked or not, and where the
 * cursor is.
 *
 * The rows are those of cli/overview.h, made anew when something changes. Cursor and
 * marks belong to repos, not to lines: they stay with them however the rows move.
 */
#ifndef UI_VIEW_H
#define UI_VIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/live.h"
#include "cli/overview.h"
#include "keys.h"
#include "runs.h"

struct view {
	struct overview overview; /* set up by the owner */
	struct live *live;
	const struct runs *runs;
	bool colors;

	struct arena arena;       /* of the rows and lines */
	struct live_repo **shown; /* by line */
	size_t count;
	struct strings lines;

	size_t cursor, top;
	const struct live_repo *current; /* under the cursor; NULL: no line */
	struct {
		bool *items; /* by the id of a repo */
		size_t count, room;
	} marks;
	const char *find;     /* only repos with this text; NULL: all */
	struct strings facts; /* only those of which these words are true */
	size_t key;           /* one more than the place in sort_keys; 0: not sorted */
};

/* Makes the rows anew. An exit status, its reason printed. */
int view_refresh(struct view *view);
void view_draw(struct view *view);
void view_move(struct view *view, enum ui_action action);

void view_mark(struct view *view);     /* the repo under the cursor, or not any more */
void view_mark_all(struct view *view); /* all that are shown, or none if they are */
size_t view_marked(const struct view *view);

/* The marked repos that are chosen, else the one under the cursor, in the arena. */
struct live_repo **view_targets(const struct view *view, size_t *count,
                                struct arena *arena);

/* Sorts by the next key; its name. */
const char *view_sort(struct view *view);

#endif
