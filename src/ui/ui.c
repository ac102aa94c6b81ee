#include "ui/ui.h"

#include <limits.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

#include "base/path.h"
#include "base/term.h"
#include "base/text.h"
#include "cli/choices.h"
#include "cli/facts.h"
#include "cli/out.h"
#include "cli/select.h"
#include "git/environment.h"
#include "keys.h"
#include "pane.h"
#include "run/jobs.h"
#include "run/loop.h"
#include "runs.h"
#include "screen.h"
#include "view.h"

/* Seconds: "3 minutes ago" grows old. */
static const double tick = 30;

/* Changes that come together are drawn together; where drawing takes long (a thousand
 * repos), it leaves most of the time to others. */
static const double soon = 0.05;
enum { CALM = 3 };

/* What is typed on the last line. */
struct ui_prompt {
	enum ui_action action; /* UI_NOTHING: there is no prompt */
	const char *front;
	const char *before; /* UI_FIND: what the list showed until then */
	struct buf text;
};

struct ui {
	struct invocation *invocation;
	struct loop *loop;
	struct live *live;
	struct loop_timer *tick, *redraw;
	double cost; /* seconds that drawing took */
	struct view view;
	struct runs runs;
	struct pane pane;
	size_t page;                   /* of the repo's in the pane */
	const struct live_repo *paged; /* NULL: the pane is about no repo */
	struct loop_child *asked;      /* whose answer fills the pane */
	struct ui_prompt prompt;
	struct buf message; /* on the last line until the next key */
	struct buf reports; /* what other layers would have printed, a line each */
	int signal;         /* that ended it */
};

/* --- the bars --- */

__attribute__((format(printf, 2, 3))) static void set_message(struct ui *ui,
                                                              const char *format, ...)
{
	va_list values;

	buf_clear(&ui->message);
	va_start(values, format);
	buf_vaddf(&ui->message, format, values);
	va_end(values);
}

/* The first of them becomes the message. */
static void take_reports(struct ui *ui)
{
	if (ui->reports.length == 0)
		return;
	set_message(ui, "%.*s", (int)strcspn(ui->reports.data, "\n"), ui->reports.data);
	buf_clear(&ui->reports);
}

static void draw_head(struct ui *ui)
{
	const struct view *view = &ui->view;
	size_t all, unread = live_unread(ui->live), marked = view_marked(view);
	struct arena arena = {0};
	BUF text = {0};

	live_repos(ui->live, &all);
	buf_addf(&text, "gita: %zu", view->count);
	if (view->count + unread != all)
		buf_addf(&text, " of %zu", all);
	buf_addf(&text, " %s", all == 1 ? "repo" : "repos");
	if (unread)
		buf_addf(&text, ", %zu being read", unread);
	if (marked)
		buf_addf(&text, ", %zu marked", marked);
	if (view->find)
		buf_addf(&text, "  /%s", view->find);
	for (size_t i = 0; i < view->facts.count; i++)
		buf_addf(&text, "  %s", view->facts.items[i]);
	if (view->key)
		buf_addf(&text, "  by %s", sort_keys[view->key - 1]);
	if (view->overview.reversed)
		buf_adds(&text, "  reversed");
	screen_line(0, text_escape(&arena, buf_text(&text)), SCREEN_BAR);
	arena_drop(&arena);
}

static void describe_run(const struct runs *runs, struct buf *out)
{
	buf_addf(out, "%s: ", runs->command);
	if (runs->child) {
		buf_addf(out, "%zu/%zu", runs->done, runs->count);
		if (runs->failed)
			buf_addf(out, ", %zu failed", runs->failed);
		buf_adds(out, "  x stops it");
	} else {
		buf_addf(out, "%zu ok, %zu failed", runs->count - runs->failed,
		         runs->failed);
		if (runs->logins)
			buf_addf(out,
			         "  L runs them on the terminal, where you can log in");
		else if (runs->failed)
			buf_adds(out, "  o shows why, L runs them on the terminal");
	}
}

static void draw_foot(struct ui *ui)
{
	static const char hint[] = "? keys  f fetch  p pull  P push  Enter details  "
				   "/ text  @ fact  : command  q quit";
	struct arena arena = {0};
	size_t all;
	BUF text = {0};

	live_repos(ui->live, &all);
	if (ui->prompt.action)
		buf_addf(&text, "%s%s", ui->prompt.front, buf_text(&ui->prompt.text));
	else if (ui->message.length)
		buf_adds(&text, buf_text(&ui->message));
	else if (ui->pane.open)
		buf_addf(&text, "%s/ search  q back",
		         ui->paged ? "Tab next page  " : "");
	else if (ui->runs.command)
		describe_run(&ui->runs, &text);
	else if (all == 0)
		buf_adds(&text, "no repos yet; 'gita add PATH...' registers them");
	else
		buf_adds(&text, hint);
	screen_line(screen_height() - 1, text_escape(&arena, buf_text(&text)),
	            ui->prompt.action ? SCREEN_PLAIN : SCREEN_BAR);
	arena_drop(&arena);
}

static void draw(struct ui *ui)
{
	if (ui->pane.open) {
		pane_draw(&ui->pane);
	} else {
		draw_head(ui);
		view_draw(&ui->view);
	}
	draw_foot(ui);
	screen_show(ui->prompt.action != UI_NOTHING);
}

static void refresh_all(struct ui *ui)
{
	view_refresh(&ui->view);
	take_reports(ui);
	draw(ui);
}

/* --- the pane --- */

static void stop_asking(struct ui *ui)
{
	if (ui->asked)
		loop_child_forget(ui->asked);
	ui->asked = NULL;
}

static void close_pane(struct ui *ui)
{
	stop_asking(ui);
	pane_close(&ui->pane);
	ui->paged = NULL;
}

static void on_answer(void *context, const char *bytes, size_t length)
{
	struct ui *ui = context;

	pane_add(&ui->pane, bytes, length);
	draw(ui);
}

static void on_answered(void *context, const struct job_result *result)
{
	struct ui *ui = context;
	struct arena arena = {0};
	const char *text;
	size_t length;

	ui->asked = NULL;
	if (spool_text(&text, &length, &arena, result->err))
		pane_add(&ui->pane, text, length);
	arena_drop(&arena);
	if (ui->pane.lines.count == 0)
		pane_add(&ui->pane, "(nothing)\n", 10);
	draw(ui);
}

/* Runs a program whose output fills the pane. */
static void ask(struct ui *ui, const struct strings *words, enum environment kind)
{
	const struct loop_child_options options = {
		.take = on_answer, .end = on_answered, .context = ui};
	struct arena arena = {0};
	struct strings environment = {0};
	struct job job = {
		.name = words->items[0], .folder = "/", .words = words->items};
	struct error err;

	environment_make(&environment, &arena, kind);
	job.environment = environment.items;
	stop_asking(ui);
	if (!loop_child_start(&ui->asked, ui->loop, &job, &options, &err))
		set_message(ui, "%s", err.text);
	arena_drop(&arena);
}

/* The pages of a repo, in the order of Tab. */
static const struct ui_page {
	const char *title;
	const char *words[8]; /* after `git` */
} pages[] = {
	{"status", {"status", NULL}},
	{"diff", {"diff", "HEAD", NULL}},
	{"log", {"log", "--graph", "--decorate", "-n", "500", NULL}},
};
enum { PAGE_DIFF = 1, PAGES = sizeof pages / sizeof *pages };

static bool is_unborn(const struct live_repo *repo)
{
	return repo->summary && repo->summary->unborn;
}

static void open_page(struct ui *ui, const struct live_repo *repo, size_t page)
{
	static const char *const safe[] = {
		"--no-pager", "--no-optional-locks",      "-c", "core.fsmonitor=false",
		"-c",         "core.hooksPath=/dev/null", "-c", NULL};
	struct arena arena = {0};
	struct strings words = {0}, flags = {0};
	struct error err;

	close_pane(ui);
	if (!registry_flags(&flags, &ui->invocation->registry, repo->repo, &err))
		set_message(ui, "%s", err.text);
	strings_add(&arena, &words, "git");
	strings_add(&arena, &words, "-C");
	strings_add(&arena, &words, repo->repo->path);
	for (size_t i = 0; i < flags.count; i++)
		strings_add(&arena, &words, flags.items[i]);
	for (size_t i = 0; safe[i]; i++)
		strings_add(&arena, &words, safe[i]);
	strings_add(&arena, &words,
	            ui->view.colors ? "color.ui=always" : "color.ui=never");
	/* Before the first commit there is no HEAD to compare with. */
	for (size_t i = 0;
	     pages[page].words[i] && (i == 0 || page != PAGE_DIFF || !is_unborn(repo));
	     i++)
		strings_add(&arena, &words, pages[page].words[i]);
	pane_open(&ui->pane, arena_format(&arena, "%s: git %s", repo->repo->name,
	                                  pages[page].title));
	ui->page = page;
	ui->paged = repo;
	ask(ui, &words, ENVIRONMENT_QUERY);
	arena_drop(&arena);
}

static void open_help(struct ui *ui)
{
	BUF text = {0};

	close_pane(ui);
	pane_open(&ui->pane, "keys");
	for (size_t i = 0; i < ui_key_count; i++)
		buf_addf(&text, "  %-10s  %s\n", ui_keys[i].shown, ui_keys[i].help);
	pane_add(&ui->pane, text.data, text.length);
}

/* Of the last run here, or else of the one that gita remembers. */
static void open_output(struct ui *ui)
{
	const struct live_repo *repo = ui->view.current;
	const struct run_outcome *outcome = repo ? runs_outcome(&ui->runs, repo) : NULL;
	struct arena arena = {0};
	const char *program = run_program(&arena);
	struct strings words = {0};

	if (!repo)
		return;
	close_pane(ui);
	if (outcome) {
		pane_open(&ui->pane, arena_format(&arena, "%s: %s", repo->repo->name,
		                                  ui->runs.command));
		if (outcome->output)
			pane_add(&ui->pane, outcome->output, strlen(outcome->output));
	} else {
		pane_open(&ui->pane,
		          arena_format(&arena, "%s: the last run", repo->repo->name));
		strings_add(&arena, &words, program ? program : "gita");
		strings_add(&arena, &words, "report");
		strings_add(&arena, &words, repo->repo->name);
		ask(ui, &words, ENVIRONMENT_FOREGROUND);
	}
	arena_drop(&arena);
}

/* --- programs with the terminal --- */

static void end_by(struct ui *ui, int number)
{
	ui->signal = number;
	loop_stop(ui->loop);
}

/* `waits`: what it printed is to be read before the list comes back. */
static void run_on_terminal(struct ui *ui, const char *folder,
                            const struct strings *words, bool waits)
{
	struct arena arena = {0};
	struct strings environment = {0};
	struct job job = {
		.name = words->items[0], .folder = folder, .words = words->items};
	struct job_result result;

	environment_make(&environment, &arena, ENVIRONMENT_FOREGROUND);
	job.environment = environment.items;
	screen_leave();
	loop_pause(ui->loop);
	job_run_foreground(&result, &job, 0);
	if (waits && result.outcome != OUTCOME_STOPPED) {
		int byte;

		fputs("\n[Enter] ", stderr);
		while ((byte = getchar()) != '\n' && byte != EOF)
			continue;
		clearerr(stdin);
	}
	loop_resume(ui->loop);
	screen_enter();
	if (result.outcome == OUTCOME_STOPPED)
		end_by(ui, result.signal);
	else if (result.error)
		set_message(ui, "%s", result.error);
	arena_drop(&arena);
	refresh_all(ui);
}

/* In the folder of the repo under the cursor, by `sh -c`. */
static void run_in_repo(struct ui *ui, const char *script)
{
	struct arena arena = {0};
	struct strings words = {0};

	if (!ui->view.current)
		return;
	strings_add(&arena, &words, "sh");
	strings_add(&arena, &words, "-c");
	strings_add(&arena, &words, script);
	run_on_terminal(ui, ui->view.current->repo->path, &words, false);
	arena_drop(&arena);
}

static void run_git_ui(struct ui *ui)
{
	if (path_is_program("lazygit"))
		run_in_repo(ui, "exec lazygit");
	else if (path_is_program("tig"))
		run_in_repo(ui, "exec tig");
	else
		set_message(ui, "neither lazygit nor tig is installed");
}

/* `gita FIRST NAME... REST`, on the terminal. */
static void run_gita(struct ui *ui, const struct strings *typed,
                     struct live_repo *const *repos, size_t count)
{
	struct arena arena = {0};
	const char *program = run_program(&arena);
	struct strings words = {0};

	strings_add(&arena, &words, program ? program : "gita");
	strings_add(&arena, &words, typed->items[0]);
	for (size_t i = 0; i < count; i++)
		strings_add(&arena, &words, select_word(repos[i]->repo));
	for (size_t i = 1; i < typed->count; i++)
		strings_add(&arena, &words, typed->items[i]);
	run_on_terminal(ui, ".", &words, true);
	arena_drop(&arena);
}

/* Whether the command takes repos, so that the marked ones are named. */
static bool takes_repos(const struct ui *ui, const char *name)
{
	const struct command *command = command_find(ui->invocation->commands, name);

	return !command || command->selects;
}

static void run_typed(struct ui *ui, const char *text)
{
	struct arena arena = {0};
	struct strings typed = {0};
	struct live_repo **repos;
	struct error err;
	size_t count = 0;

	if (!words_split(&typed, &arena, text, &err)) {
		set_message(ui, "%s", err.text);
	} else if (typed.count) {
		repos = view_targets(&ui->view, &count, &arena);
		run_gita(ui, &typed, repos,
		         takes_repos(ui, typed.items[0]) ? count : 0);
	}
	arena_drop(&arena);
}

/* --- runs --- */

static void run_behind(struct ui *ui, const char *command)
{
	struct arena arena = {0};
	size_t count;
	struct live_repo **repos = view_targets(&ui->view, &count, &arena);
	struct error err;

	if (count && !runs_start(&ui->runs, command, repos, count, &err))
		set_message(ui, "%s", err.text);
	arena_drop(&arena);
	view_refresh(&ui->view);
}

static void run_failed_again(struct ui *ui)
{
	const struct runs *runs = &ui->runs;
	struct arena arena = {0};
	struct strings typed = {0};
	struct live_repo **failed = arena_take(
		&arena, (runs->count + 1) * sizeof(struct live_repo *));
	size_t all, count = 0;
	struct live_repo *const *repos = live_repos(ui->live, &all);

	for (size_t i = 0; i < all; i++) {
		const struct run_outcome *outcome = runs_outcome(runs, repos[i]);

		if (outcome && outcome->state == RUN_FAILED && count < runs->count)
			failed[count++] = repos[i];
	}
	if (runs->child) {
		set_message(ui, "%s is still running; x stops it", runs->command);
	} else if (count == 0) {
		set_message(ui, "nothing has failed");
	} else {
		strings_add(&arena, &typed, arena_string(&arena, runs->command));
		runs_drop(&ui->runs);
		run_gita(ui, &typed, failed, count);
	}
	arena_drop(&arena);
}

static void on_redraw(void *context)
{
	struct ui *ui = context;
	double began = loop_clock();

	refresh_all(ui);
	ui->cost = loop_clock() - began;
}

static void on_change(void *context)
{
	struct ui *ui = context;

	if (!loop_timer_runs(ui->redraw))
		loop_timer_start(ui->redraw, soon + ui->cost * CALM);
}

/* --- what is typed --- */

static void open_prompt(struct ui *ui, enum ui_action action, const char *front,
                        const char *text)
{
	ui->prompt.action = action;
	ui->prompt.front = front;
	ui->prompt.before = ui->view.find;
	buf_clear(&ui->prompt.text);
	buf_adds(&ui->prompt.text, text);
}

/* What was typed is given up. */
static void cancel_prompt(struct ui *ui)
{
	if (ui->prompt.action == UI_FIND) {
		ui->view.find = ui->prompt.before;
		view_refresh(&ui->view);
	}
	ui->prompt.action = UI_NOTHING;
}

static void filter_text(struct ui *ui, const char *text)
{
	ui->view.find = *text ? arena_string(ui->invocation->arena, text) : NULL;
}

/* Facts as after `gita ll`, the @ may be left out. */
static void filter_facts(struct ui *ui, const char *text)
{
	struct arena *arena = ui->invocation->arena;
	struct strings words = {0}, facts = {0};

	strings_split(arena, &words, text, " ");
	for (size_t i = 0; i < words.count; i++)
		strings_add(arena, &facts,
		            words.items[i][0] == '@'
		                    ? words.items[i]
		                    : arena_format(arena, "@%s", words.items[i]));
	if (facts_check(ui->invocation, &facts) == STATUS_OK)
		ui->view.facts = facts;
	take_reports(ui);
}

static void search_on(struct ui *ui, bool back)
{
	const char *text = buf_text(&ui->pane.find);

	if (!*text)
		set_message(ui, "/ searches for a text");
	else if (!pane_search_on(&ui->pane, back))
		set_message(ui, "not found further %s: %s", back ? "up" : "down", text);
}

/* Without a text the last one counts again, as in less. */
static void search(struct ui *ui, const char *text)
{
	if (!*text)
		search_on(ui, false);
	else if (!pane_search(&ui->pane, text))
		set_message(ui, "not found further down: %s", text);
}

static void take_prompt(struct ui *ui)
{
	enum ui_action action = ui->prompt.action;
	const char *text = buf_text(&ui->prompt.text);

	ui->prompt.action = UI_NOTHING;
	if (action == UI_FIND)
		filter_text(ui, text);
	else if (action == UI_SEARCH)
		search(ui, text);
	else if (action == UI_FACT)
		filter_facts(ui, text);
	else
		run_typed(ui, text);
	view_refresh(&ui->view);
}

/* The last character, however many bytes it takes. */
static void drop_character(struct buf *text)
{
	while (text->length > 0 &&
	       ((unsigned char)text->data[--text->length] & 0xc0) == 0x80)
		continue;
	if (text->data)
		text->data[text->length] = '\0';
}

static void type(struct ui *ui, int key)
{
	enum { ESCAPE = 0x1b, ERASE_LINE = 0x15 };
	struct buf *text = &ui->prompt.text;
	char bytes[MB_LEN_MAX];
	mbstate_t state = {0};
	size_t length;

	if (key == SCREEN_ENTER) {
		take_prompt(ui);
	} else if (key == ESCAPE || (key == SCREEN_BACKSPACE && text->length == 0)) {
		cancel_prompt(ui);
	} else if (key == SCREEN_BACKSPACE) {
		drop_character(text);
	} else if (key == ERASE_LINE) {
		buf_clear(text);
	} else if (key >= ' ' && key < SCREEN_UP) {
		length = wcrtomb(bytes, (wchar_t)key, &state);
		if (length != (size_t)-1)
			buf_add(text, bytes, length);
	}
	if (ui->prompt.action == UI_FIND) { /* shows as it is typed */
		filter_text(ui, buf_text(text));
		view_refresh(&ui->view);
	}
}

/* --- keys --- */

static void unfilter(struct ui *ui)
{
	ui->view.find = NULL;
	ui->view.facts = (struct strings){0};
	view_refresh(&ui->view);
}

static void act_in_pane(struct ui *ui, enum ui_action action)
{
	switch (action) {
	case UI_QUIT:
		close_pane(ui);
		buf_clear(&ui->pane.find);
		break;
	case UI_SEARCH:
		open_prompt(ui, action, "/", "");
		break;
	case UI_NEXT:
		search_on(ui, false);
		break;
	case UI_PREVIOUS:
		search_on(ui, true);
		break;
	case UI_NEXT_PAGE:
		if (ui->paged)
			open_page(ui, ui->paged, (ui->page + 1) % PAGES);
		break;
	default:
		pane_move(&ui->pane, action);
	}
}

static void act_in_list(struct ui *ui, enum ui_action action)
{
	switch (action) {
	case UI_MARK:
		view_mark(&ui->view);
		break;
	case UI_MARK_ALL:
		view_mark_all(&ui->view);
		break;
	case UI_FIND:
		open_prompt(ui, action, "/", ui->view.find ? ui->view.find : "");
		break;
	case UI_FACT:
		open_prompt(ui, action, "@", "");
		break;
	case UI_COMMAND:
		open_prompt(ui, action, ":", "");
		break;
	case UI_UNFILTER:
		unfilter(ui);
		break;
	case UI_SORT:
		set_message(ui, "sorted: %s", view_sort(&ui->view));
		view_refresh(&ui->view);
		break;
	case UI_REVERSE:
		ui->view.overview.reversed = !ui->view.overview.reversed;
		view_refresh(&ui->view);
		break;
	case UI_OPEN:
		if (ui->view.current)
			open_page(ui, ui->view.current, 0);
		break;
	case UI_FETCH:
		run_behind(ui, "fetch");
		break;
	case UI_PULL:
		run_behind(ui, "pull");
		break;
	case UI_PUSH:
		run_behind(ui, "push");
		break;
	case UI_OUTPUT:
		open_output(ui);
		break;
	case UI_LOGIN:
		run_failed_again(ui);
		break;
	case UI_STOP:
		runs_stop(&ui->runs);
		break;
	case UI_SHELL:
		run_in_repo(ui, "exec \"${SHELL:-sh}\"");
		break;
	case UI_EDITOR:
		run_in_repo(ui, "eval \"$(git var GIT_EDITOR) .\"");
		break;
	case UI_GIT_UI:
		run_git_ui(ui);
		break;
	case UI_HELP:
		open_help(ui);
		break;
	case UI_QUIT:
		loop_stop(ui->loop);
		break;
	default:
		view_move(&ui->view, action);
	}
}

static void reread(struct ui *ui)
{
	screen_leave();
	screen_enter();
	live_reread(ui->live);
	view_refresh(&ui->view);
	if (ui->pane.open && ui->paged)
		open_page(ui, ui->paged, ui->page);
}

static void take_key(struct ui *ui, int key)
{
	enum ui_place place = ui->pane.open ? UI_PANE : UI_LIST;
	enum ui_action action;

	if (ui->prompt.action) {
		type(ui, key);
		return;
	}
	buf_clear(&ui->message);
	action = ui_action_of(key, place);
	if (action == UI_REREAD)
		reread(ui);
	else if (place == UI_PANE)
		act_in_pane(ui, action);
	else
		act_in_list(ui, action);
}

/* That the terminal is gone is reported once, perhaps together with a new size. */
static void on_input(void *context)
{
	struct ui *ui = context;
	int key;

	while (!ui->signal && (key = screen_key()) != SCREEN_NONE)
		take_key(ui, key);
	if (screen_is_there())
		draw(ui);
	else
		end_by(ui, SIGHUP);
}

static void on_tick(void *context)
{
	struct ui *ui = context;

	loop_timer_start(ui->tick, tick);
	refresh_all(ui);
}

/* Takes back a prompt, as in less and vi. */
static void interrupt(struct ui *ui)
{
	if (!ui->prompt.action) {
		end_by(ui, SIGINT);
		return;
	}
	cancel_prompt(ui);
	draw(ui);
}

static void on_signal(void *context, int number)
{
	struct ui *ui = context;

	switch (number) {
	case SIGTSTP:
		screen_leave();
		loop_suspend(ui->loop);
		screen_enter();
		refresh_all(ui);
		break;
	case SIGCONT: /* the shell may have set the terminal meanwhile */
		screen_leave();
		screen_enter();
		refresh_all(ui);
		break;
	case SIGWINCH:
		screen_resize();
		refresh_all(ui);
		break;
	case SIGINT:
		interrupt(ui);
		break;
	default:
		end_by(ui, number);
	}
}

static void watch_signals(struct ui *ui)
{
	static const int numbers[] = {SIGINT,  SIGTERM, SIGHUP,  SIGQUIT,
	                              SIGTSTP, SIGCONT, SIGWINCH};

	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		loop_on_signal(ui->loop, numbers[i], on_signal, ui);
}

/* --- the command --- */

static int run_screen(struct ui *ui, bool colors)
{
	struct error err;
	bool good;

	if (!screen_open(colors, &err))
		return say_failed("%s", err.text);
	say_into(&ui->reports);
	watch_signals(ui); /* after curses has set its own */
	ui->redraw = loop_timer(ui->loop, on_redraw, ui);
	ui->tick = loop_timer(ui->loop, on_tick, ui);
	loop_timer_start(ui->tick, tick);
	good = loop_on_input(ui->loop, STDIN_FILENO, on_input, ui, &err);
	if (good) {
		refresh_all(ui);
		loop_run(ui->loop);
	}
	screen_close();
	say_into(NULL);
	return good ? STATUS_OK : say_failed("%s", err.text);
}

static int show(struct ui *ui)
{
	const struct live_options options = {
		/* All that any fact may ask. */
		.wants = WANT_TABLE | WANT_REMOTE | overview_wants(&ui->view.overview),
		.changed = on_change,
		.context = ui,
	};
	struct error err;
	int status;

	if (!loop_open(&ui->loop, ui->invocation->arena, &err))
		return say_failed("%s", err.text);
	ui->runs.loop = ui->loop;
	status = live_open(&ui->live, ui->invocation, ui->loop, &options);
	if (status != STATUS_OK)
		return status;
	ui->view.live = ui->live;
	status = run_screen(ui, ui->view.colors);
	live_close(ui->live);
	close_pane(ui);
	pane_drop(&ui->pane);
	runs_drop(&ui->runs);
	arena_drop(&ui->view.arena);
	buf_drop(&ui->prompt.text);
	buf_drop(&ui->message);
	buf_drop(&ui->reports);
	if (ui->signal)
		out_end_by_signal(ui->signal);
	return status;
}

static int run_ui(struct invocation *invocation)
{
	struct ui ui = {.invocation = invocation,
	                .view = {.overview = {.invocation = invocation,
	                                      .arena = invocation->arena},
	                         .colors = invocation_colors(invocation)}};
	int status;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return say_failed(
			"ui: needs a terminal; 'gita ll' and 'gita ll --watch' "
			"do not");
	if (!term_is_capable(STDOUT_FILENO))
		return say_failed("ui: cannot draw on a terminal of the kind '%s'; "
		                  "'gita ll' shows the same once",
		                  getenv("TERM") ? getenv("TERM") : "");
	ui.view.runs = &ui.runs;
	ui.runs.changed = on_change;
	ui.runs.context = &ui;
	status = invocation_settings(invocation);
	if (status == STATUS_OK)
		status = overview_set_columns(&ui.view.overview, NULL);
	return status == STATUS_OK ? show(&ui) : status;
}

static const char about[] =
	"The table of ll on the whole terminal, live. Space marks repos; f, p and P\n"
	"fetch, pull and push in them, : runs any command; Enter shows status, diff "
	"and\n"
	"log of one; / and @ choose by text and by facts; ? lists all keys, q quits.\n"
	"Nothing is run or written without a key.";

static const char *const examples[] = {
	"gita ui",
	"all repos, or those of the context",
	"gita ui work @dirty,ahead",
	"those with something to commit or push",
	NULL,
};

const struct command command_ui = {
	.name = "ui",
	.summary = "see repos live, act by key",
	.about = about,
	.selects = true,
	.operands = operands_selection,
	.examples = examples,
	.run = run_ui,
};
