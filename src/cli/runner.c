#include "cli/runner.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/term.h"
#include "base/text.h"
#include "cli/choices.h"
#include "cli/disks.h"
#include "cli/out.h"
#include "cli/output_group.h"
#include "cli/output_rows.h"
#include "cli/progress.h"
#include "cli/run_output.h"
#include "cli/traffic.h"
#include "cli/transfers.h"
#include "cli/whereabouts.h"
#include "git/arguments.h"
#include "git/environment.h"
#include "git/network.h"
#include "run/jobs.h"
#include "store/journal.h"

/* Servers allow about ten sessions a connection. */
enum { DEFAULT_JOBS = 8, MOST_JOBS = 100000, DEFAULT_PER_HOST = 8 };

/* Seconds: where a question may come up, the run waits so long for all hosts, so that
 * it is asked before anything runs; a host that says nothing holds it up no longer. */
enum { HOLD = 3 };

/* As many repos are named in the question about logins. */
enum { NAMED = 12 };

/* One use of runner_run: its options, and what has come of it so far. */
struct runner {
	struct invocation *invocation;
	struct plan *plan;
	const struct output_mode *mode; /* for children whose output is captured */
	size_t at_once, per_host;
	double timeout;
	bool fail_fast, json;
	bool captures; /* the output even of a single child, as the user asked */
	bool in_turn;

	struct whereabouts *whereabouts; /* for each item of the plan */
	struct traffic traffic;
	struct transfers transfers;
	struct plan_item **items; /* that run concurrently, by the index of their job */
	size_t item_count;        /* the jobs behind those open connections */
	struct {
		struct connection **items;
		size_t count, room;
	} opening;
	bool prepared;       /* the traffic */
	bool may_ask;        /* there is a user to answer */
	struct strings base; /* environment of every child */
	struct journal_writer *journal;
	struct output output;
	struct wanting {
		struct plan_item **items;
		size_t count, room;
	} want_login, want_editor; /* failed without a user to ask */
	int signal;                /* what ended the run, 0: nothing */
};

static void add_variable(struct arena *arena, struct strings *list, const char *name,
                         const char *value)
{
	strings_add(arena, list,
	            arena_format(arena, "%s=%s", name, value ? value : ""));
}

static size_t index_of(const struct runner *runner, const struct plan_item *item)
{
	return (size_t)(item - runner->plan->items);
}

/* The GITA_* variables describe the repo to a script that runs in it. */
static void add_repo_variables(struct strings *list, struct runner *runner,
                               size_t index)
{
	struct arena *arena = runner->invocation->arena;
	const struct plan_item *item = &runner->plan->items[index];
	struct strings groups = {0};
	BUF names = {0};

	if (!item->repo)
		return;
	registry_groups_of(&groups, arena, &runner->invocation->registry, item->name);
	for (size_t i = 0; i < groups.count; i++)
		buf_addf(&names, "%s%s", i ? " " : "", groups.items[i]);
	add_variable(arena, list, "GITA_NAME", item->name);
	add_variable(arena, list, "GITA_PATH", item->repo->path);
	add_variable(arena, list, "GITA_BRANCH",
	             runner->whereabouts[index].probe.branch);
	add_variable(arena, list, "GITA_GROUPS", buf_text(&names));
	add_variable(arena, list, "GITA_I", arena_format(arena, "%zu", index + 1));
	add_variable(arena, list, "GITA_N",
	             arena_format(arena, "%zu", runner->plan->count));
}

/* git colours where gita does, or where that is asked for: it cannot see our terminal
 * through a pipe. What a script reads from git stays as it is. */
static const char *color_of_git(const struct runner *runner,
                                const struct plan_item *item, enum environment kind)
{
	if (runner->json || item->words.count == 0 ||
	    strcmp(item->words.items[0], "git") != 0)
		return NULL;
	if (runner->invocation->color == COLOR_NEVER)
		return "never";
	if (runner->invocation->color == COLOR_ALWAYS)
		return "always";
	return kind == ENVIRONMENT_CONCURRENT && runner->output.colors &&
	                       !environment_refuses_color()
	               ? "always"
	               : NULL;
}

static void make_job(struct job *out, struct runner *runner, size_t index,
                     enum environment kind)
{
	struct arena *arena = runner->invocation->arena;
	const struct plan_item *item = &runner->plan->items[index];
	const struct traffic_item *traffic = &runner->traffic.items[index];
	const char *color = color_of_git(runner, item, kind);
	struct strings environment = {0};

	if (runner->base.count == 0)
		environment_make(&runner->base, arena, kind);
	for (size_t i = 0; i < runner->base.count; i++)
		strings_add(arena, &environment, runner->base.items[i]);
	add_repo_variables(&environment, runner, index);
	if (color)
		environment_color(&environment, arena, color);
	if (!traffic->own_ssh)
		environment_ssh(&environment, arena, kind,
		                connections_control_path(&runner->traffic.connections));
	*out = (struct job){
		.name = item->name,
		.folder = item->folder,
		.words = item->words.items,
		.environment = environment.items,
		.lock = runner->whereabouts[index].lock,
		.host = traffic->connection ? traffic->connection->host : NULL,
		.weight = traffic->seconds,
	};
}

/* Which git folders are shared, and which disks do not respond. */
static void find_whereabouts(struct runner *runner)
{
	const struct plan *plan = runner->plan;

	runner->whereabouts = arena_take(runner->invocation->arena,
	                                 plan->count * sizeof *runner->whereabouts);
	for (size_t i = 0; i < plan->count; i++) {
		struct plan_item *item = &plan->items[i];

		whereabouts_read(&runner->whereabouts[i], runner->invocation,
		                 item->repo);
		if (runner->whereabouts[i].silent && !item->refusal)
			item->refusal = DISK_SILENT;
	}
}

static const struct output_mode *const modes[OUTPUT_COUNT] = {
	[OUTPUT_BLOCKS] = &output_blocks,
	[OUTPUT_LINES] = &output_lines,
	[OUTPUT_GROUP] = &output_group,
	[OUTPUT_TABLE] = &output_table,
};

/* -o, else GITA_OUTPUT, unless it is JSON that is wanted. */
static int read_mode(struct runner *runner)
{
	const char *typed = args_value(&runner->invocation->args, "output");
	const char *name = typed ? typed : getenv("GITA_OUTPUT");
	size_t at = OUTPUT_BLOCKS;

	if (runner->json && typed)
		return say_usage("%s: '--json' and '--output' exclude each other",
		                 runner->plan->title);
	if (name && *name)
		for (at = 0; at < OUTPUT_COUNT && strcmp(output_names[at], name) != 0;)
			at++;
	if (at == OUTPUT_COUNT)
		return say_usage(
			"GITA_OUTPUT: no output mode '%s'; 'gita help %s' lists "
			"them",
			name, runner->plan->title);
	runner->mode = runner->json ? &output_json : modes[at];
	if (runner->plan->terse && !runner->json && !(name && *name))
		runner->mode = &output_remarks;
	runner->captures = (runner->json || typed) && runner->mode->captures;
	return STATUS_OK;
}

static int read_options(struct runner *runner)
{
	static const char *const captured[] = {"json", "quiet", "output"};
	const struct args *args = &runner->invocation->args;
	const char *jobs = getenv("GITA_JOBS");
	long at_once = DEFAULT_JOBS;

	if (jobs && *jobs && !text_number(&at_once, jobs, 1, MOST_JOBS))
		return say_usage("GITA_JOBS: not a whole number from 1 to %d: '%s'",
		                 MOST_JOBS, jobs);
	runner->at_once = (size_t)args_number(args, "jobs", at_once);
	runner->per_host = (size_t)args_number(args, "per-host", DEFAULT_PER_HOST);
	runner->timeout = args_seconds(args, "timeout", 0);
	runner->output.in_order = args_has(args, "keep-order");
	runner->output.quiet = runner->plan->quiet || args_has(args, "quiet");
	runner->fail_fast = args_has(args, "fail-fast");
	runner->json = args_has(args, "json");
	runner->may_ask = !runner->json && isatty(STDIN_FILENO) &&
	                  isatty(STDERR_FILENO);
	runner->traffic.connections.retries = (unsigned)args_number(args, "retry", 0);
	runner->traffic.connections.timeout = runner->timeout;
	runner->in_turn = args_has(args, "in-turn");
	for (size_t i = 0; runner->in_turn && i < 3; i++)
		if (args_has(args, captured[i]))
			return say_usage(
				"%s: '--in-turn' and '--%s' exclude each other",
				runner->plan->title, captured[i]);
	return read_mode(runner);
}

static void begin_journal(struct runner *runner)
{
	struct notes notes = {.arena = runner->invocation->arena};
	BUF line = {0};

	buf_adds(&line, "gita ");
	plan_show_words(&line, runner->invocation->arena, &runner->invocation->typed);
	runner->journal = journal_begin(&runner->invocation->home,
	                                runner->invocation->arena, runner->plan->title,
	                                buf_text(&line), &notes);
	say_notes(&notes);
}

static void end_journal(struct runner *runner)
{
	struct notes notes = {.arena = runner->invocation->arena};

	journal_end(runner->journal, &notes);
	say_notes(&notes);
}

static bool record_piece(void *context, const char *bytes, size_t length)
{
	journal_write(context, bytes, length);
	return true;
}

/* For the entry that record_result adds. False: it is not the whole output. */
static bool record_output(struct runner *runner, const struct job_result *result)
{
	bool whole = !output_is_cut(result);

	if (result->out)
		whole &= spool_each(result->out, record_piece, runner->journal);
	if (result->err)
		whole &= spool_each(result->err, record_piece, runner->journal);
	if (!whole)
		journal_cut(runner->journal);
	return whole;
}

static void record_result(struct runner *runner, const struct plan_item *item,
                          const char *reason, const struct job_result *job)
{
	struct journal_entry entry = {
		.name = item->name,
		.path = item->folder,
		.outcome = item->ran && item->ok ? "ok"
	                   : job->outcome == OUTCOME_NOT_RUN && !item->ok
	                           ? JOURNAL_NOT_RUN
	                           : reason,
		.ok = item->ok,
		.ran = item->ran,
		.exit = job->outcome == OUTCOME_EXITED ? job->exit : 0,
		.signal = job->signal,
		.seconds = job->seconds,
	};

	journal_add(runner->journal, &entry);
}

static bool wants_editor(const char *bytes, size_t length)
{
	return memmem(bytes, length, ENVIRONMENT_NO_EDITOR,
	              strlen(ENVIRONMENT_NO_EDITOR));
}

struct phrase {
	bool (*is_in)(const char *bytes, size_t length);
	bool found;
};

static bool find_phrase(void *context, const char *bytes, size_t length)
{
	struct phrase *phrase = context;

	phrase->found = phrase->is_in(bytes, length);
	return !phrase->found;
}

/* Whether the phrase is in what a failed child has printed. */
static bool printed(const struct job_result *result,
                    bool (*is_in)(const char *bytes, size_t length))
{
	struct phrase phrase = {is_in, false};

	if (result->outcome != OUTCOME_EXITED || result->exit == 0)
		return false;
	if (result->err && spool_length(result->err) > 0)
		spool_each(result->err, find_phrase, &phrase);
	else if (result->out)
		spool_each(result->out, find_phrase, &phrase);
	return phrase.found;
}

/* Prints, counts and records a result. */
static void take_result(struct runner *runner, struct plan_item *item,
                        const struct job_result *job)
{
	size_t index = index_of(runner, item);
	bool by_host = traffic_failed(&runner->traffic, index, job);
	bool whole = record_output(runner, job);
	struct job_result shown = *job;
	const char *reason = "no connection";
	struct output_result result;

	item->ran = job->outcome != OUTCOME_NOT_RUN &&
	            job->outcome != OUTCOME_NOT_STARTED;
	item->exit = job->outcome == OUTCOME_EXITED ? job->exit : -1;
	item->ok = whole && (item->exit == 0 ||
	                     (item->exit == 1 && runner->plan->answer != ANSWER_NONE));
	if (!whole && !shown.error)
		shown.error = "cannot read its whole output back";
	if (!by_host)
		reason = output_reason(runner->invocation->arena, &shown);
	if (by_host && !runner->json)
		shown.out = shown.err = NULL;
	if (runner->plan->on_end)
		runner->plan->on_end(runner->plan->context, item);
	result = (struct output_result){
		.index = index,
		.name = item->name,
		.folder = item->folder,
		.ok = item->ok,
		.news = transfers_describe(&runner->transfers, index),
		.reason = reason,
		.job = &shown,
	};
	output_result(&runner->output, &result);
	item->ok = result.ok;
	record_result(runner, item, result.reason, job);
	if (printed(job, network_wants_login))
		*ARENA_PUSH(runner->invocation->arena, &runner->want_login) = item;
	if (printed(job, wants_editor))
		*ARENA_PUSH(runner->invocation->arena, &runner->want_editor) = item;
}

/* The run waits for the answer, and no timeout runs meanwhile. */
static void ask(struct runner *runner, struct connection *connection)
{
	if (!runner->may_ask || !connection_wants_answer(connection))
		return;
	output_pause(&runner->output);
	connection_ask(&runner->traffic.connections, connection);
	output_resume(&runner->output);
	runner->signal = runner->traffic.connections.signal;
}

/* Whether the run goes on. */
static bool on_opened(struct runner *runner, struct connection *connection,
                      const struct job_result *job)
{
	connection_take(&runner->traffic.connections, connection, job);
	ask(runner, connection);
	return !runner->signal;
}

/* The connection that a job opens; NULL for one of an item. */
static struct connection *opened_by(const struct runner *runner, size_t index)
{
	return index < runner->item_count
	               ? NULL
	               : runner->opening.items[index - runner->item_count];
}

static bool on_end(void *context, size_t index, const struct job_result *job)
{
	struct runner *runner = context;
	struct connection *connection = opened_by(runner, index);

	if (connection)
		return on_opened(runner, connection, job);
	take_result(runner, runner->items[index], job);
	return out_flush();
}

static double retry(void *context, size_t index, const struct job_result *job)
{
	struct runner *runner = context;

	return opened_by(runner, index)
	               ? connection_retry(&runner->traffic.connections, job)
	               : traffic_retry(&runner->traffic,
	                               index_of(runner, runner->items[index]), job);
}

static bool admit(void *context, size_t index)
{
	struct runner *runner = context;
	size_t item;

	if (opened_by(runner, index))
		return true;
	item = index_of(runner, runner->items[index]);
	if (traffic_is_unreachable(&runner->traffic, item))
		return false;
	transfers_watch(&runner->transfers, item);
	return true;
}

static void on_start(void *context, size_t index)
{
	struct runner *runner = context;

	if (!opened_by(runner, index))
		output_start(&runner->output, index_of(runner, runner->items[index]));
}

static void on_progress(void *context, const struct jobs_progress *progress)
{
	struct runner *runner = context;

	output_progress(&runner->output, progress);
}

static void on_suspend(void *context)
{
	struct runner *runner = context;

	output_suspend(&runner->output);
}

static void fail(struct runner *runner, struct plan_item *item)
{
	const struct job_result failed = {.outcome = OUTCOME_NOT_STARTED,
	                                  .error = item->refusal};

	take_result(runner, item, &failed);
}

/* Those in which nothing may run have failed before they are tried. */
static size_t drop_refused(struct runner *runner, struct plan_item **items,
                           size_t count)
{
	size_t left = 0;

	for (size_t i = 0; i < count; i++) {
		if (items[i]->refusal)
			fail(runner, items[i]);
		else
			items[left++] = items[i];
	}
	return left;
}

static void skip(struct runner *runner, struct plan_item *item)
{
	const struct job_result skipped = {.outcome = OUTCOME_NOT_RUN};

	take_result(runner, item, &skipped);
}

/* Left out for a reason that is no failure; "": it was asked for. */
static void leave_out(struct runner *runner, struct plan_item *item, const char *reason)
{
	const struct job_result none = {.outcome = OUTCOME_NOT_RUN};
	struct output_result result = {
		.index = index_of(runner, item),
		.name = item->name,
		.folder = item->folder,
		.ok = true,
		.reason = "skipped",
		.skipped = reason,
		.job = &none,
	};

	item->ok = true;
	output_result(&runner->output, &result);
	record_result(
		runner, item,
		*reason ? arena_format(runner->invocation->arena, "skipped: %s", reason)
			: "skipped",
		&none);
}

static size_t drop_skipped(struct runner *runner, struct plan_item **items,
                           size_t count)
{
	size_t left = 0;

	for (size_t i = 0; i < count; i++) {
		if (items[i]->skip && !items[i]->refusal)
			leave_out(runner, items[i], items[i]->skip);
		else
			items[left++] = items[i];
	}
	return left;
}

static void prepare_traffic(struct runner *runner)
{
	traffic_prepare(&runner->traffic);
	runner->signal = runner->traffic.connections.signal;
}

/* Drops the items that need not be run; how many are left. */
static size_t prepare(struct runner *runner, struct plan_item **items, size_t count)
{
	size_t left;

	left = count = drop_skipped(runner, items, count);
	if (runner->prepared)
		return count;
	runner->prepared = true;
	if (count > 1)
		prepare_traffic(runner);
	if (!runner->signal)
		left = drop_refused(runner, items, count);
	if (!runner->signal && !(runner->fail_fast && left < count))
		return left;
	for (size_t i = 0; i < left; i++)
		skip(runner, items[i]);
	return 0;
}

/* One an item, and behind those one a connection that they wait for. */
static struct job *make_jobs(struct runner *runner, size_t *count)
{
	struct arena *arena = runner->invocation->arena;
	size_t most = runner->item_count + runner->traffic.connections.count;
	struct job *jobs = arena_take(arena, most * sizeof *jobs);

	*count = runner->item_count;
	for (size_t i = 0; i < runner->item_count; i++) {
		size_t index = index_of(runner, runner->items[i]);
		struct connection *connection = traffic_shared(&runner->traffic, index);

		make_job(&jobs[i], runner, index, ENVIRONMENT_CONCURRENT);
		if (!connection)
			continue;
		if (!connection->opener) {
			connection_job(&jobs[(*count)++], &runner->traffic.connections,
			               connection);
			*ARENA_PUSH(arena, &runner->opening) = connection;
		}
		jobs[i].after = connection->opener;
	}
	return jobs;
}

static int run_jobs(struct runner *runner, struct jobs_options *options)
{
	struct jobs_report report;
	struct error err;
	size_t count;
	struct job *jobs = make_jobs(runner, &count);

	if (!jobs_run(&report, jobs, count, options, &err))
		return say_failed("%s", err.text);
	if (report.signal)
		runner->signal = report.signal;
	return STATUS_OK;
}

/* Several repos at once, through pipes. */
static int run_concurrently(struct runner *runner, struct plan_item **items,
                            size_t count)
{
	struct jobs_options options = {
		.at_once = runner->at_once,
		.per_host = runner->per_host,
		.timeout = runner->timeout,
		.hold = runner->may_ask ? HOLD : 0,
		.fail_fast = runner->fail_fast,
		.answers = runner->plan->answer != ANSWER_NONE,
		.one_pipe = !runner->mode->separates && out_streams_are_one(),
		.gather = !runner->mode->orders,
		.in_order = runner->output.in_order && !runner->mode->orders,
		.signals = true,
		.admit = admit,
		.on_start = on_start,
		.retry = retry,
		.on_end = on_end,
		.on_suspend = on_suspend,
		.context = runner,
	};
	int status = STATUS_OK;

	if (output_begin(&runner->output, runner->mode))
		options.on_progress = on_progress;
	runner->items = items;
	runner->item_count = prepare(runner, items, count);
	if (runner->item_count > 0)
		status = run_jobs(runner, &options);
	output_end(&runner->output);
	return status;
}

/* ^C reached the child as well; how the child ended decides about the rest. Where
 * the reader of its output is gone, so is ours. */
static bool ends_run(const struct job_result *job)
{
	return job->outcome == OUTCOME_SIGNALED &&
	       (job->signal == SIGINT || job->signal == SIGQUIT ||
	        job->signal == SIGPIPE);
}

/* A single repo has no summary, and of these ends its command printed nothing. */
static void report_end(const struct runner *runner, const struct plan_item *item,
                       const struct job_result *job)
{
	if (runner->output.total == 1 &&
	    (job->outcome == OUTCOME_TIMED_OUT ||
	     (job->outcome == OUTCOME_SIGNALED && !ends_run(job))))
		say("%s: %s", item->name,
		    output_reason(runner->invocation->arena, job));
}

static void start_on_terminal(struct runner *runner, struct plan_item *item)
{
	struct job_result result;
	struct job job;

	make_job(&job, runner, index_of(runner, item), ENVIRONMENT_FOREGROUND);
	if (!runner->in_turn)
		output_start(&runner->output, index_of(runner, item));
	out_flush();
	job_run_foreground(&result, &job, runner->timeout);
	take_result(runner, item, &result);
	report_end(runner, item, &result);
	if (ends_run(&result))
		runner->signal = result.signal;
}

static void run_on_terminal(struct runner *runner, struct plan_item *item)
{
	size_t index = index_of(runner, item);
	struct connection *connection = traffic_shared(&runner->traffic, index);

	if (connection && !connection->opener) {
		connection_open(&runner->traffic.connections, connection);
		runner->signal = runner->traffic.connections.signal;
		if (!runner->signal)
			ask(runner, connection);
	}
	if (runner->signal)
		skip(runner, item);
	else if (traffic_is_unreachable(&runner->traffic, index))
		fail(runner, item);
	else
		start_on_terminal(runner, item);
}

/* What becomes of an item when its turn has come. */
enum turn { TURN_RUN, TURN_SKIP, TURN_END };

static enum turn read_turn(struct runner *runner, const struct term_keys *keys)
{
	enum { CTRL_C = 3, CTRL_D = 4 };

	for (;;) {
		switch (term_keys_next(keys)) {
		case '\r':
		case '\n':
		case ' ':
			return TURN_RUN;
		case 's':
			return TURN_SKIP;
		case CTRL_C:
			runner->signal = SIGINT;
			return TURN_END;
		case 'q':
		case CTRL_D:
		case -1:
			return TURN_END;
		}
	}
}

/* `[2/5] web`; and whether it shall run, from the second one on: the first was asked
 * for just now. */
static enum turn announce(struct runner *runner, const struct plan_item *item,
                          size_t place, size_t count)
{
	struct term_keys keys;
	enum turn turn;

	if (!runner->in_turn || count < 2)
		return TURN_RUN;
	out_format("[%zu/%zu] %s\n", place + 1, count,
	           text_escape(runner->invocation->arena, item->name));
	out_flush();
	if (place == 0 || !isatty(STDERR_FILENO) ||
	    !term_keys_begin(&keys, STDIN_FILENO))
		return TURN_RUN;
	progress_ask("Enter: run, s: skip, q: quit ");
	turn = read_turn(runner, &keys);
	progress_end();
	term_keys_end(&keys);
	return turn;
}

/* One repo after the other, each with the terminal to itself. */
static void run_in_turn(struct runner *runner, struct plan_item **items, size_t count)
{
	enum turn turn = TURN_RUN;
	bool stop = false;

	runner->base = (struct strings){0};
	output_begin(&runner->output, &output_terminal);
	count = prepare(runner, items, count);
	for (size_t i = 0; i < count; i++) {
		if (!stop && turn != TURN_END)
			turn = announce(runner, items[i], i, count);
		stop = stop || runner->signal;
		if (stop)
			skip(runner, items[i]);
		else if (turn == TURN_RUN)
			run_on_terminal(runner, items[i]);
		else
			leave_out(runner, items[i], "");
		stop = stop || runner->signal || out_closed() ||
		       (runner->fail_fast && !items[i]->ok);
	}
	output_end(&runner->output);
}

/* `3 repos want an editor (api, docs, web)`. */
static void describe(struct buf *out, const struct wanting *wanting, const char *what)
{
	size_t count = wanting->count;

	buf_addf(out, "%zu %s %s (", count, count == 1 ? "repo wants" : "repos want",
	         what);
	for (size_t i = 0; i < count && i < NAMED; i++)
		buf_addf(out, "%s%s", i ? ", " : "", wanting->items[i]->name);
	buf_adds(out, count > NAMED ? ", ...)" : ")");
}

/* Offers to run those that wanted a person again, one at a time; whether they were. */
static bool offer(struct runner *runner, const struct wanting *wanting,
                  const char *what)
{
	BUF question = {0};

	if (wanting->count == 0 || runner->json || runner->signal || out_closed())
		return true;
	describe(&question, wanting, what);
	buf_addf(&question, "; run %s now, one at a time?",
	         wanting->count == 1 ? "it" : "them");
	if (!output_ask(&runner->output, buf_text(&question)))
		return false;
	for (size_t i = 0; i < wanting->count; i++)
		output_forget(&runner->output, index_of(runner, wanting->items[i]));
	run_in_turn(runner, wanting->items, wanting->count);
	return true;
}

static void offer_terminal(struct runner *runner)
{
	BUF line = {0};

	offer(runner, &runner->want_login, "a login");
	if (offer(runner, &runner->want_editor, "an editor"))
		return;
	describe(&line, &runner->want_editor, "an editor");
	say("%s, which several at once cannot have: pass the text as an option, or use "
	    "'gita %s -i ...'",
	    buf_text(&line), runner->invocation->command->name);
}

static bool has_terminal(void)
{
	return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

/* Whether the plan goes through the terminal rather than through pipes. */
static bool goes_in_turn(const struct runner *runner)
{
	const struct args *args = &runner->invocation->args;

	if (runner->in_turn || (runner->plan->foreground && !runner->json))
		return true;
	if (runner->captures || runner->output.quiet || runner->plan->concurrent)
		return false;
	return runner->plan->count == 1 ||
	       (runner->plan->interactive && has_terminal() &&
	        !args_has(args, "jobs") && !args_has(args, "keep-order"));
}

static int run_all(struct runner *runner)
{
	size_t count = runner->plan->count;
	struct plan_item **items = arena_take(runner->invocation->arena,
	                                      count * sizeof(struct plan_item *));

	for (size_t i = 0; i < count; i++)
		items[i] = &runner->plan->items[i];
	if (!goes_in_turn(runner))
		return run_concurrently(runner, items, count);
	run_in_turn(runner, items, count);
	return STATUS_OK;
}

/* The status of a run without failures: what the repos have answered, on the whole. */
static int answer_of(const struct plan *plan)
{
	size_t yes = 0, no = 0;

	for (size_t i = 0; i < plan->count; i++) {
		yes += plan->items[i].exit == 0;
		no += plan->items[i].exit == 1;
	}
	if (plan->answer == ANSWER_FOUND ? yes == 0 : no > 0)
		return STATUS_FAILED;
	return STATUS_OK;
}

static const char *const *names_of(const struct plan *plan, struct arena *arena)
{
	struct strings names = {0};

	for (size_t i = 0; i < plan->count; i++)
		strings_add(arena, &names, plan->items[i].name);
	return names.items;
}

int runner_run(struct invocation *invocation, struct plan *plan)
{
	struct runner runner = {
		.invocation = invocation,
		.plan = plan,
		.traffic = {.invocation = invocation,
	                    .plan = plan,
	                    .connections = {.arena = invocation->arena}},
		.output =
			{
				.arena = invocation->arena,
				.title = plan->title,
				.names = names_of(plan, invocation->arena),
				.total = plan->count,
				.colors = invocation_colors(invocation),
			},
	};
	int status = read_options(&runner);

	if (status != STATUS_OK)
		return status;
	if (args_has(&invocation->args, "dry-run"))
		return plan_print(plan, invocation->arena);
	if (plan->count == 0) {
		if (!invocation_hint_if_empty(invocation))
			say("%s: no repo to run in", plan->title);
		return STATUS_OK;
	}
	find_whereabouts(&runner);
	begin_journal(&runner);
	traffic_find(&runner.traffic, runner.whereabouts, runner.at_once);
	if (runner.mode->describes)
		transfers_begin(&runner.transfers, invocation->arena, plan);
	status = run_all(&runner);
	if (status == STATUS_OK && !runner.signal)
		offer_terminal(&runner);
	transfers_end(&runner.transfers);
	connections_close(&runner.traffic.connections);
	end_journal(&runner);
	if (runner.signal != SIGPIPE)
		traffic_report(&runner.traffic);
	if (status == STATUS_OK && runner.signal != SIGPIPE)
		output_summary(&runner.output);
	plan->signal = runner.signal;
	if (runner.signal && !plan->returns)
		out_end_by_signal(runner.signal);
	if (status == STATUS_OK && !output_succeeded(&runner.output))
		status = STATUS_FAILED;
	if (status == STATUS_OK && plan->answer != ANSWER_NONE)
		status = answer_of(plan);
	return status;
}
