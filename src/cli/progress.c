#include "cli/progress.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/term.h"
#include "base/text.h"
#include "cli/out.h"
#include "run/jobs.h"

static struct {
	bool started;
	bool drawn;
} line;

static void draw(const char *text)
{
	BUF bytes = {0};

	/* Back to the left edge, the text, and whatever an older one left behind
	 * is erased; the cursor stays on the line. */
	buf_addf(&bytes, "\r%s\033[K", text);
	line.drawn = write(STDERR_FILENO, bytes.data, bytes.length) >= 0;
}

void runner_progress_clear(void)
{
	if (!line.drawn)
		return;
	line.drawn = false;
	if (write(STDERR_FILENO, "\r\033[K", 4) < 0)
		line.started = false;
}

bool runner_progress_begin(void)
{
	const char *term = getenv("TERM");

	line.started = isatty(STDERR_FILENO) && term && strcmp(term, "dumb") != 0;
	if (line.started)
		out_before_write(runner_progress_clear);
	return line.started;
}

void runner_progress_show(const char *title, const struct jobs_progress *progress)
{
	struct arena arena = {0};
	size_t width = term_width(STDERR_FILENO);
	BUF text = {0};

	if (!line.started)
		return;
	buf_addf(&text, "%s: %zu/%zu", title, progress->done, progress->total);
	if (progress->failed > 0)
		buf_addf(&text, ", %zu failed", progress->failed);
	buf_addf(&text, ", %.0f s:", progress->seconds);
	for (size_t i = 0; i < progress->running; i++)
		buf_addf(&text, " %s", text_escape(&arena, progress->names[i]));
	/* One column is left free: some terminals wrap in the last one. */
	draw(text_cut(&arena, buf_text(&text), width > 2 ? width - 1 : 79));
	arena_drop(&arena);
}

void runner_progress_end(void)
{
	runner_progress_clear();
	line.started = false;
	out_before_write(NULL);
}
