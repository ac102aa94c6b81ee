#include "cli/progress.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/strings.h"
#include "base/term.h"
#include "base/text.h"
#include "cli/out.h"
#include "run/jobs.h"

static struct {
	bool started;
	bool drawn;
	struct buf widths; /* of the rows that are drawn, size_t each */
} screen;

/* How many lines of the terminal a row takes: one, unless it has become narrower
 * since and broke the row. */
static size_t lines_taken(size_t at, size_t width)
{
	size_t row;

	memcpy(&row, screen.widths.data + at * sizeof row, sizeof row);
	return row > width ? (row + width - 1) / width : 1;
}

size_t progress_room(void)
{
	size_t height = term_height(STDERR_FILENO);

	return height > 2 ? height - 2 : 1;
}

/* Back to where the drawing starts, and all below is erased. */
static void add_clear(struct buf *bytes)
{
	size_t width = term_width(STDERR_FILENO), up = 0;

	buf_addc(bytes, '\r');
	for (size_t i = 0; screen.drawn && i < screen.widths.length / sizeof width; i++)
		up += lines_taken(i, width ? width : 1);
	/* In a window that has become lower not to its first line, as never else: what
	 * erases all of a screen is `clear` to tmux, which keeps what was there. */
	if (up > progress_room())
		up = progress_room();
	if (up > 0)
		buf_addf(bytes, "\033[%zuA\033[J", up);
	buf_clear(&screen.widths);
}

static void add_row(struct buf *bytes, struct arena *arena, const char *row)
{
	size_t width = text_width(text_plain(arena, row));

	buf_add(&screen.widths, &width, sizeof width);
	buf_addf(bytes, "%s\n", row);
}

void progress_clear(void)
{
	BUF bytes = {0};

	if (!screen.drawn)
		return;
	add_clear(&bytes);
	buf_adds(&bytes, "\033[K");
	screen.drawn = false;
	if (write(STDERR_FILENO, bytes.data, bytes.length) < 0)
		screen.started = false;
}

bool progress_begin(void)
{
	const char *term = getenv("TERM");

	screen.started = isatty(STDERR_FILENO) && term && strcmp(term, "dumb") != 0;
	if (screen.started)
		out_before_write(progress_clear);
	return screen.started;
}

static void add_line(struct buf *out, struct arena *arena, const char *title,
                     const struct jobs_progress *progress)
{
	size_t width = term_width(STDERR_FILENO);
	BUF text = {0};

	buf_addf(&text, "%s: %zu/%zu", title, progress->done, progress->total);
	if (progress->failed > 0)
		buf_addf(&text, ", %zu failed", progress->failed);
	buf_addf(&text, ", %.0f s:", progress->seconds);
	for (size_t i = 0; i < progress->running; i++)
		buf_addf(&text, " %s", text_escape(arena, progress->names[i]));
	/* One column is left free: some terminals wrap in the last one. */
	buf_adds(out, text_cut(arena, buf_text(&text), width > 2 ? width - 1 : 79));
}

void progress_show(const char *title, const struct jobs_progress *progress,
                   const struct strings *rows)
{
	struct arena arena = {0};
	BUF bytes = {0};

	if (!screen.started || !out_flush())
		return;
	add_clear(&bytes);
	for (size_t i = 0; rows && i < rows->count; i++)
		add_row(&bytes, &arena, rows->items[i]);
	add_line(&bytes, &arena, title, progress);
	buf_adds(&bytes, "\033[K");
	screen.drawn = write(STDERR_FILENO, bytes.data, bytes.length) >= 0;
	arena_drop(&arena);
}

void progress_ask(const char *question)
{
	if (progress_begin())
		screen.drawn = write(STDERR_FILENO, question, strlen(question)) >= 0;
	else
		say_plain("%s", question);
}

void progress_end(void)
{
	progress_clear();
	screen.started = false;
	buf_drop(&screen.widths);
	out_before_write(NULL);
}
