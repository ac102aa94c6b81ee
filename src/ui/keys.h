/*
 * The keys: one row each, which binds, explains and documents it.
 *
 * The help on the screen, `gita help ui` and the manual (by a test) follow from the
 * table in keys.c.
 */
#ifndef UI_KEYS_H
#define UI_KEYS_H

#include <stddef.h>

/* What a key asks for. */
enum ui_action {
	UI_NOTHING,
	UI_DOWN,
	UI_UP,
	UI_PAGE_DOWN,
	UI_PAGE_UP,
	UI_FIRST,
	UI_LAST,
	UI_LEFT,
	UI_RIGHT,
	UI_MARK,
	UI_MARK_ALL,
	UI_FIND,
	UI_FACT,
	UI_UNFILTER,
	UI_SORT,
	UI_REVERSE,
	UI_OPEN,
	UI_NEXT_PAGE,
	UI_SEARCH,
	UI_NEXT,
	UI_PREVIOUS,
	UI_FETCH,
	UI_PULL,
	UI_PUSH,
	UI_OUTPUT,
	UI_LOGIN,
	UI_STOP,
	UI_COMMAND,
	UI_SHELL,
	UI_EDITOR,
	UI_GIT_UI,
	UI_REREAD,
	UI_HELP,
	UI_QUIT
};

/* Where it does. */
enum ui_place { UI_LIST = 1, UI_PANE = 2 };

struct ui_key {
	int keys[3]; /* characters, or those of screen.h; 0 after the last */
	const char *shown;
	const char *help;
	enum ui_action action;
	unsigned places;
};
extern const struct ui_key ui_keys[];
extern const size_t ui_key_count;

/* The line that a movement leads to from the line `at`, not beyond `last`; other
 * actions move nothing. */
size_t ui_moved(size_t at, size_t last, size_t page, enum ui_action action);

/* The action of a key there, UI_NOTHING for one that has none. */
enum ui_action ui_action_of(int key, enum ui_place place);

#endif
