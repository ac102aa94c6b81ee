#include "pane.h"

#include <string.h>

#include "base/text.h"
#include "screen.h"

enum { SIDEWAYS = 16 };

static const char cut_line[] = "\n... more was left out\n";

void pane_open(struct pane *pane, const char *title)
{
	struct arena arena = {0};

	pane_close(pane);
	pane->open = true;
	buf_adds(&pane->title, text_escape(&arena, title));
	arena_drop(&arena);
}

void pane_close(struct pane *pane)
{
	buf_drop(&pane->title);
	buf_drop(&pane->text);
	arena_drop(&pane->arena);
	*pane = (struct pane){.find = pane->find, .found = PANE_NOWHERE};
}

void pane_drop(struct pane *pane)
{
	pane_close(pane);
	buf_drop(&pane->find);
}

static void add_bytes(struct pane *pane, const char *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (pane->text.length == 0 ||
		    pane->text.data[pane->text.length - 1] == '\0')
			*ARENA_PUSH(&pane->arena, &pane->lines) = pane->text.length;
		/* Lines are strings; no other NUL is among them. */
		buf_addc(&pane->text, (char)(bytes[i] == '\n'   ? '\0'
		                             : bytes[i] == '\0' ? '?'
		                                                : bytes[i]));
	}
}

void pane_add(struct pane *pane, const char *bytes, size_t length)
{
	if (pane->cut)
		return;
	pane->cut = pane->text.length + length > PANE_MOST;
	if (pane->cut)
		add_bytes(pane, cut_line, sizeof cut_line - 1);
	else
		add_bytes(pane, bytes, length);
}

/* Of the first line of the screen, so that it is full. */
static size_t lowest(const struct pane *pane)
{
	return pane->lines.count > screen_room() ? pane->lines.count - screen_room()
	                                         : 0;
}

void pane_move(struct pane *pane, enum ui_action action)
{
	if (action == UI_RIGHT)
		pane->left += SIDEWAYS;
	if (action == UI_LEFT)
		pane->left -= pane->left < SIDEWAYS ? pane->left : SIDEWAYS;
	pane->top = ui_moved(pane->top, lowest(pane), screen_room(), action);
	pane->found = PANE_NOWHERE;
}

/* --- search --- */

static const char *line_at(const struct pane *pane, size_t at)
{
	return pane->text.data + pane->lines.items[at];
}

static bool holds(const struct pane *pane, size_t at)
{
	struct arena arena = {0};
	const char *plain = text_plain(&arena, line_at(pane, at));
	bool found = strcasestr(plain, buf_text(&pane->find)) != NULL;

	arena_drop(&arena);
	return found;
}

/* A search starts at `from`, whose line counts as well. */
static bool search(struct pane *pane, size_t from, bool back)
{
	if (pane->find.length == 0)
		return false;
	/* Below the first line comes the largest number there is. */
	for (size_t at = from; at < pane->lines.count; at += back ? SIZE_MAX : 1) {
		if (!holds(pane, at))
			continue;
		pane->found = at;
		pane->top = at < lowest(pane) ? at : lowest(pane);
		return true;
	}
	return false;
}

bool pane_search(struct pane *pane, const char *text)
{
	buf_clear(&pane->find);
	buf_adds(&pane->find, text);
	return search(pane, pane->top, false);
}

bool pane_search_on(struct pane *pane, bool back)
{
	if (pane->found == PANE_NOWHERE)
		return search(pane, back ? pane->top - 1 : pane->top, back);
	return search(pane, back ? pane->found - 1 : pane->found + 1, back);
}

/* The line with what was searched for in reverse, and without colours then. */
static const char *mark_found(const struct pane *pane, struct arena *arena, size_t at)
{
	const char *find = buf_text(&pane->find), *line = line_at(pane, at);
	const char *plain, *match;
	BUF out = {0};

	if (!*find || !holds(pane, at))
		return line;
	plain = text_plain(arena, line);
	while ((match = strcasestr(plain, find))) {
		buf_add(&out, plain, (size_t)(match - plain));
		buf_addf(&out, "\033[7m%.*s\033[27m", (int)pane->find.length, match);
		plain = match + pane->find.length;
	}
	buf_adds(&out, plain);
	return arena_string(arena, buf_text(&out));
}

void pane_draw(const struct pane *pane)
{
	size_t height = screen_height();
	struct arena arena = {0};

	screen_line(0, buf_text(&pane->title), SCREEN_BAR);
	for (size_t i = 0; i + 2 < height; i++) {
		size_t at = pane->top + i;

		screen_part(i + 1,
		            at < pane->lines.count ? mark_found(pane, &arena, at) : "",
		            pane->left, SCREEN_PLAIN);
	}
	arena_drop(&arena);
}
