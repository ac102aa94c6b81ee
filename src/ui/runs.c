#include "runs.h"

#include <stdint.h>
#include <string.h>

#include "base/strings.h"
#include "cli/json.h"
#include "cli/live.h"
#include "cli/select.h"
#include "git/network.h"
#include "run/loop.h"
#include "store/registry.h"

extern char **environ;

static struct run_outcome *find_outcome(struct runs *runs, const char *name)
{
	for (size_t i = 0; i < runs->count; i++)
		if (runs->items[i].state == RUN_WAITING &&
		    strcmp(runs->items[i].repo->repo->name, name) == 0)
			return &runs->items[i];
	return NULL;
}

static void explain(struct run_outcome *outcome, const struct json *object,
                    struct arena *arena)
{
	int64_t number = 0;
	bool whole = !*json_get_text(object, "error");

	if (json_get_bool(object, "timed_out"))
		outcome->reason = "timed out";
	else if (json_get_integer(&number, object, "signal"))
		outcome->reason = arena_format(arena, "signal %d", (int)number);
	else if (!whole && json_get_integer(&number, object, "exit"))
		outcome->reason = "output cut";
	else if (json_get_integer(&number, object, "exit"))
		outcome->reason = arena_format(arena, "exit %d", (int)number);
	else
		outcome->reason = "not run";
	outcome->state = json_get_integer(&number, object, "exit") && number == 0 &&
	                                 whole && !json_get_bool(object, "timed_out")
	                         ? RUN_OK
	                         : RUN_FAILED;
}

/* One line of the child's: what came of one repo. */
static void take_object(struct runs *runs, const char *line, size_t length)
{
	struct json *object = json_parse(line, length);
	const char *name = object ? json_get_text(object, "name") : NULL;
	struct run_outcome *outcome = name ? find_outcome(runs, name) : NULL;

	if (outcome) {
		explain(outcome, object, &runs->arena);
		outcome->output = arena_format(&runs->arena, "%s%s",
		                               json_get_text(object, "stdout"),
		                               json_get_text(object, "stderr"));
		runs->done++;
		runs->failed += outcome->state == RUN_FAILED;
		if (outcome->state == RUN_FAILED &&
		    network_wants_login(outcome->output, strlen(outcome->output))) {
			outcome->reason = "wants a login";
			runs->logins++;
		}
	}
	json_free(object);
}

static void on_output(void *context, const char *bytes, size_t length)
{
	struct runs *runs = context;

	for (size_t i = 0; i < length; i++) {
		if (bytes[i] != '\n') {
			buf_addc(&runs->line, bytes[i]);
			continue;
		}
		take_object(runs, buf_text(&runs->line), runs->line.length);
		buf_clear(&runs->line);
	}
	runs->changed(runs->context);
}

static void on_end(void *context, const struct job_result *result)
{
	struct runs *runs = context;
	const char *text;

	runs->child = NULL;
	if (spool_text(&text, NULL, &runs->arena, result->err))
		buf_adds(&runs->complaint, text);
	for (size_t i = 0; i < runs->count; i++)
		if (runs->items[i].state == RUN_WAITING) {
			runs->items[i].state = RUN_FAILED;
			runs->items[i].reason = "not run";
			runs->items[i].output = runs->complaint.data;
			runs->failed++;
		}
	runs->changed(runs->context);
}

bool runs_start(struct runs *runs, const char *command, struct live_repo *const *repos,
                size_t count, struct error *err)
{
	const struct loop_child_options options = {
		.take = on_output, .end = on_end, .context = runs};
	struct arena arena = {0};
	const char *program = run_program(&arena);
	struct strings words = {0};
	struct job job = {.name = command, .folder = "."};

	if (runs->child)
		return error_set(err, "%s is still running; x stops it", runs->command);
	runs_drop(runs);
	runs->arena = arena;
	runs->command = arena_string(&runs->arena, command);
	strings_add(&runs->arena, &words, program ? program : "gita");
	strings_add(&runs->arena, &words, command);
	strings_add(&runs->arena, &words, "--json");
	runs->items = arena_take(&runs->arena, count * sizeof *runs->items);
	runs->count = count;
	for (size_t i = 0; i < count; i++) {
		runs->items[i] = (struct run_outcome){repos[i], RUN_WAITING, "", ""};
		strings_add(&runs->arena, &words, select_word(repos[i]->repo));
	}
	job.words = words.items;
	job.environment = (const char *const *)(uintptr_t)environ;
	return loop_child_start(&runs->child, runs->loop, &job, &options, err);
}

void runs_stop(struct runs *runs)
{
	if (runs->child)
		loop_child_stop(runs->child);
}

void runs_drop(struct runs *runs)
{
	arena_drop(&runs->arena);
	buf_drop(&runs->line);
	buf_drop(&runs->complaint);
	runs->command = NULL;
	runs->items = NULL;
	runs->count = runs->done = runs->failed = runs->logins = 0;
}

const struct run_outcome *runs_outcome(const struct runs *runs,
                                       const struct live_repo *repo)
{
	for (size_t i = 0; i < runs->count; i++)
		if (runs->items[i].repo == repo)
			return &runs->items[i];
	return NULL;
}
