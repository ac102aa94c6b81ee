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
	*pane = (struct pane){0};
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

static size_t page(void)
{
	return screen_height() > 2 ? screen_height() - 2 : 1;
}

void pane_move(struct pane *pane, enum ui_action action)
{
	size_t most = pane->lines.count > page() ? pane->lines.count - page() : 0;
	size_t top = pane->top;

	switch (action) {
	case UI_DOWN:
		top++;
		break;
	case UI_UP:
		top -= top > 0;
		break;
	case UI_PAGE_DOWN:
		top += page();
		break;
	case UI_PAGE_UP:
		top -= top < page() ? top : page();
		break;
	case UI_FIRST:
		top = 0;
		break;
	case UI_LAST:
		top = most;
		break;
	case UI_RIGHT:
		pane->left += SIDEWAYS;
		break;
	case UI_LEFT:
		pane->left -= pane->left < SIDEWAYS ? pane->left : SIDEWAYS;
		break;
	default:
		break;
	}
	pane->top = top < most ? top : most;
}

void pane_draw(const struct pane *pane)
{
	size_t height = screen_height();

	screen_line(0, buf_text(&pane->title), SCREEN_BAR);
	for (size_t i = 0; i + 2 < height; i++) {
		size_t at = pane->top + i;

		screen_part(i + 1,
		            at < pane->lines.count
		                    ? pane->text.data + pane->lines.items[at]
		                    : "",
		            pane->left, SCREEN_PLAIN);
	}
}
