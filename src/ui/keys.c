#include "keys.h"

#include "screen.h"

#define CONTROL(letter) ((letter)&0x1f)
#define ESCAPE          0x1b

const struct ui_key ui_keys[] = {
	{{'j', SCREEN_DOWN}, "j, Down", "down a line", UI_DOWN, UI_LIST | UI_PANE},
	{{'k', SCREEN_UP}, "k, Up", "up a line", UI_UP, UI_LIST | UI_PANE},
	{{CONTROL('f'), SCREEN_PAGE_DOWN},
         "^F, PgDn",
         "down a page",
         UI_PAGE_DOWN,
         UI_LIST | UI_PANE},
	{{CONTROL('b'), SCREEN_PAGE_UP},
         "^B, PgUp",
         "up a page",
         UI_PAGE_UP,
         UI_LIST | UI_PANE},
	{{'<', SCREEN_HOME}, "<, Home", "to the first", UI_FIRST, UI_LIST | UI_PANE},
	{{'G', '>', SCREEN_END},
         "G, >, End",
         "to the last",
         UI_LAST,
         UI_LIST | UI_PANE},
	{{'l', SCREEN_RIGHT}, "l, Right", "scroll right", UI_RIGHT, UI_PANE},
	{{'h', SCREEN_LEFT}, "h, Left", "scroll left", UI_LEFT, UI_PANE},
	{{' '}, "Space", "mark or unmark the repo", UI_MARK, UI_LIST},
	{{'a'}, "a", "mark all that are shown, or none", UI_MARK_ALL, UI_LIST},
	{{'/'}, "/", "only repos with this text", UI_FIND, UI_LIST},
	{{'@'}, "@", "only repos of which these facts are true", UI_FACT, UI_LIST},
	{{ESCAPE}, "Esc", "show all repos again", UI_UNFILTER, UI_LIST},
	{{'s'}, "s", "sort by the next key", UI_SORT, UI_LIST},
	{{'R'}, "R", "reverse the order", UI_REVERSE, UI_LIST},
	{{SCREEN_ENTER}, "Enter", "status, diff and log of the repo", UI_OPEN, UI_LIST},
	{{'\t'}, "Tab", "from status to diff to log", UI_NEXT_PAGE, UI_PANE},
	{{'/'}, "/", "search for a text, in capitals or not", UI_SEARCH, UI_PANE},
	{{'n'}, "n", "to the next line that holds it", UI_NEXT, UI_PANE},
	{{'N'}, "N", "to the one before", UI_PREVIOUS, UI_PANE},
	{{'f'}, "f", "fetch in the marked repos, or in this one", UI_FETCH, UI_LIST},
	{{'p'}, "p", "pull there", UI_PULL, UI_LIST},
	{{'P'}, "P", "push there", UI_PUSH, UI_LIST},
	{{'o'}, "o", "what the last run printed in this repo", UI_OUTPUT, UI_LIST},
	{{'L'},
         "L",
         "run what failed again, on the terminal (logins)",
         UI_LOGIN,
         UI_LIST},
	{{'x'}, "x", "stop the run", UI_STOP, UI_LIST},
	{{':'},
         ":",
         "any gita command on the marked repos, or this one",
         UI_COMMAND,
         UI_LIST},
	{{'!'}, "!", "a shell in the repo", UI_SHELL, UI_LIST},
	{{'e'}, "e", "the editor in the repo", UI_EDITOR, UI_LIST},
	{{'g'}, "g", "lazygit or tig in the repo", UI_GIT_UI, UI_LIST},
	{{CONTROL('l')}, "^L", "draw and read all again", UI_REREAD, UI_LIST | UI_PANE},
	{{'?'}, "?", "these keys", UI_HELP, UI_LIST},
	{{'q', ESCAPE}, "q, Esc", "back to the list", UI_QUIT, UI_PANE},
	{{'q'}, "q", "quit", UI_QUIT, UI_LIST},
};
const size_t ui_key_count = sizeof ui_keys / sizeof *ui_keys;

enum ui_action ui_action_of(int key, enum ui_place place)
{
	enum { MOST = sizeof ui_keys[0].keys / sizeof ui_keys[0].keys[0] };

	for (size_t i = 0; i < ui_key_count; i++)
		for (size_t j = 0; j < MOST && ui_keys[i].keys[j]; j++)
			if (ui_keys[i].places & place && ui_keys[i].keys[j] == key)
				return ui_keys[i].action;
	return UI_NOTHING;
}

size_t ui_moved(size_t at, size_t last, size_t page, enum ui_action action)
{
	switch (action) {
	case UI_DOWN:
		at++;
		break;
	case UI_UP:
		at -= at > 0;
		break;
	case UI_PAGE_DOWN:
		at += page;
		break;
	case UI_PAGE_UP:
		at -= at < page ? at : page;
		break;
	case UI_FIRST:
		at = 0;
		break;
	case UI_LAST:
		at = last;
		break;
	default:
		break;
	}
	return at < last ? at : last;
}
