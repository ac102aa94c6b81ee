#include "ll_watch.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/term.h"
#include "cli/columns.h"
#include "cli/live.h"
#include "cli/out.h"
#include "cmd/commands.h"
#include "run/loop.h"

/* Seconds: "3 minutes ago" grows old. */
static const double tick = 30;

#define CLEAR_LINE   "\033[K"
#define CLEAR_BELOW  "\033[J"
#define CLEAR_SCREEN "\033[H\033[2J"

struct ll_watch {
	struct overview *overview;
	struct loop *loop;
	struct live *live;
	struct loop_timer *tick;
	bool json, colors;
	bool in_place;      /* on a terminal: over what was shown before */
	struct arena shown; /* of `lines` */
	struct strings lines;
	struct {
		const char **items; /* what was printed of a repo last, by its id */
		size_t count, room;
	} objects;
	int status;
	int signal;
};

static struct json *object_of(const struct ll_watch *watch,
                              const struct overview_row *row, struct arena *arena)
{
	const struct column_source source = {
		.repo = row->repo,
		.summary = row->summary,
		.registry = &watch->overview->invocation->registry,
		.arena = arena,
	};

	return column_json(&source);
}

/* One that is as it was printed last is no change. */
static void print_object(struct ll_watch *watch, const struct overview_row *row,
                         size_t id)
{
	struct arena *lasting = watch->overview->invocation->arena;
	struct arena arena = {0};
	const char *line = json_line(&arena, object_of(watch, row, &arena));

	while (watch->objects.count <= id)
		*ARENA_PUSH(lasting, &watch->objects) = NULL;
	if (!watch->objects.items[id] || strcmp(watch->objects.items[id], line) != 0) {
		watch->objects.items[id] = arena_string(lasting, line);
		out_format("%s\n", line);
	}
	arena_drop(&arena);
}

static void print_objects(struct ll_watch *watch, struct live_repo *const *shown)
{
	for (size_t i = 0; i < watch->overview->count && !out_closed(); i++) {
		const struct overview_row *row = &watch->overview->rows[i];

		print_object(watch, row, shown[row->index]->id);
	}
}

static bool is_same(const struct strings *one, const struct strings *other)
{
	if (one->count != other->count)
		return false;
	for (size_t i = 0; i < one->count; i++)
		if (strcmp(one->items[i], other->items[i]) != 0)
			return false;
	return true;
}

/* The cursor stands below what is shown; a line that did not change is passed over. */
static void print_in_place(const struct strings *lines, const struct strings *before)
{
	if (before->count)
		out_format("\033[%zuA", before->count);
	out_text("\r");
	for (size_t i = 0; i < lines->count; i++) {
		if (i >= before->count ||
		    strcmp(lines->items[i], before->items[i]) != 0)
			out_format("%s" CLEAR_LINE, lines->items[i]);
		out_text("\r\n");
	}
	out_text(CLEAR_BELOW);
}

/* What does not fit the screen is counted: the cursor can only go up so far. */
static void cut_to_screen(struct strings *lines, struct arena *arena)
{
	size_t height = term_height(STDOUT_FILENO);
	size_t room = height > 2 ? height - 1 : 1;

	if (lines->count <= room)
		return;
	lines->items[room - 1] = arena_format(arena, "... %zu more",
	                                      lines->count - room + 1);
	lines->count = room;
}

static void print_lines(struct ll_watch *watch)
{
	bool first = watch->lines.items == NULL;
	struct arena arena = {0};
	struct strings lines = {0};
	struct table table;
	size_t indent;

	overview_table(&table, &indent, watch->overview);
	table_lines(&lines, &table, &arena, term_width(STDOUT_FILENO), watch->colors,
	            indent);
	if (watch->in_place)
		cut_to_screen(&lines, &arena);
	if (!first && is_same(&lines, &watch->lines)) {
		arena_drop(&arena);
		return;
	}
	if (watch->in_place)
		print_in_place(&lines, &watch->lines);
	if (!watch->in_place && !first)
		out_text("\n");
	for (size_t i = 0; !watch->in_place && i < lines.count; i++)
		out_format("%s\n", lines.items[i]);
	arena_drop(&watch->shown);
	watch->shown = arena;
	watch->lines = lines;
}

static void show(struct ll_watch *watch)
{
	struct arena arena = {0};
	struct live_repo **shown;

	watch->overview->arena = &arena;
	watch->status = live_fill(watch->overview, &shown, watch->live);
	if (watch->status == STATUS_OK && watch->json)
		print_objects(watch, shown);
	else if (watch->status == STATUS_OK)
		print_lines(watch);
	arena_drop(&arena);
	if (watch->status != STATUS_OK || !out_flush())
		loop_stop(watch->loop);
}

/* A table is shown when there is all of it; an object as soon as there is one. */
static void on_change(void *context)
{
	struct ll_watch *watch = context;

	if (watch->json || live_unread(watch->live) == 0 || watch->lines.items)
		show(watch);
}

static void on_tick(void *context)
{
	struct ll_watch *watch = context;

	if (watch->lines.items)
		show(watch);
	loop_timer_start(watch->tick, tick);
}

static void on_end(void *context, int number)
{
	struct ll_watch *watch = context;

	watch->signal = number;
	loop_stop(watch->loop);
}

static void on_no_reader(void *context)
{
	on_end(context, SIGPIPE);
}

/* Where the lines of before are now, the terminal alone knows. */
static void on_screen(void *context, int number)
{
	struct ll_watch *watch = context;

	(void)number;
	if (!watch->lines.items)
		return;
	out_text(CLEAR_SCREEN);
	watch->lines.count = 0;
	show(watch);
}

static void watch_signals(struct ll_watch *watch)
{
	static const int ends[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		loop_on_signal(watch->loop, ends[i], on_end, watch);
	if (!watch->in_place)
		return;
	loop_on_signal(watch->loop, SIGWINCH, on_screen, watch);
	loop_on_signal(watch->loop, SIGCONT, on_screen, watch);
	watch->tick = loop_timer(watch->loop, on_tick, watch);
	loop_timer_start(watch->tick, tick);
}

int ll_watch(struct overview *overview, bool json, bool colors)
{
	struct invocation *invocation = overview->invocation;
	struct ll_watch watch = {
		.overview = overview,
		.json = json,
		.colors = colors,
		.in_place = !json && term_is_capable(STDOUT_FILENO),
	};
	const struct live_options options = {
		.wants = overview_wants(overview) | (json ? WANT_TABLE : 0),
		.changed = on_change,
		.context = &watch,
	};
	struct error err;
	int status;

	if (!loop_open(&watch.loop, invocation->arena, &err))
		return say_failed("%s", err.text);
	watch_signals(&watch);
	loop_on_no_reader(watch.loop, STDOUT_FILENO, on_no_reader, &watch);
	status = live_open(&watch.live, invocation, watch.loop, &options);
	if (status != STATUS_OK)
		return status;
	loop_run(watch.loop);
	live_close(watch.live);
	arena_drop(&watch.shown);
	if (watch.signal)
		out_end_by_signal(watch.signal);
	return watch.status;
}
