#include "cli/runner.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mounts.h"
#include "base/term.h"
#include "base/text.h"
#include "cli/connections.h"
#include "cli/disks.h"
#include "cli/out.h"
#include "cli/output_group.h"
#include "cli/output_names.h"
#include "cli/output_rows.h"
#include "cli/progress.h"
#include "cli/run_output.h"
#include "cli/select.h"
#include "cli/whereabouts.h"
#include "git/arguments.h"
#include "git/environment.h"
#include "git/network.h"
#include "git/news.h"
#include "git/probe.h"
#include "git/remote.h"
#include "run/jobs.h"
#include "store/journal.h"

/* Servers allow about ten sessions a connection. */
enum { DEFAULT_JOBS = 8, MOST_JOBS = 100000, DEFAULT_PER_HOST = 8 };

/* Seconds: where a question may come up, the run waits so long for all hosts, so that
 * it is asked before anything runs; a host that says nothing holds it up no longer. */
enum { HOLD = 3 };

/* As many repos are named in the question about logins. */
enum { NAMED = 12 };

/* What an item has to do with the network. */
struct traffic {
	enum remote_use use;
	struct connection *connection; /* where it leads, if that is known */
	bool own_ssh;                  /* the user chose the ssh command */
	bool failed_by_host;           /* its host could not be reached */
	double seconds;                /* that the last run took */
	struct transfer transfer;
	bool watched; /* `before` has been read, if it can be */
	const struct references *before;
	struct arena arena; /* of `before` */
};

/* One use of runner_run: its options, and what has come of it so far. */
struct runner {
	struct invocation *invocation;
	struct runner_plan *plan;
	const struct output_mode *mode; /* for children whose output is captured */
	size_t at_once, per_host;
	unsigned retries;
	double timeout;
	bool fail_fast, json;
	bool captures; /* the output even of a single child, as the user asked */
	bool in_turn;

	struct whereabouts *whereabouts; /* for each item of the plan */
	struct traffic *traffic;         /* the same */
	struct runner_item *
		*items;    /* that run concurrently, by the index of their job */
	size_t item_count; /* the jobs behind those open connections */
	struct {
		struct connection **items;
		size_t count, room;
	} opening;
	struct connections connections;
	bool prepared;        /* the connections */
	bool may_ask;         /* there is a user to answer */
	bool describes;       /* what transfers have changed */
	struct mounts mounts; /* for that, also those that have responded before */
	struct strings base;  /* environment of every child */
	struct journal_writer *journal;
	struct output output;
	struct wanting {
		struct runner_item **items;
		size_t count, room;
	} want_login, want_editor; /* failed without a user to ask */
	int signal;                /* what ended the run, 0: nothing */
};

void runner_plan_repos(struct runner_plan *plan, struct invocation *invocation,
                       const struct selection *selection)
{
	for (size_t i = 0; i < selection->count; i++) {
		const struct repo *repo = selection->items[i];

		*ARENA_PUSH(invocation->arena, plan) = (struct runner_item){
			.name = repo->name,
			.folder = repo->path,
			.repo = repo,
		};
	}
}

void runner_git_words(struct runner_item *item, struct invocation *invocation,
                      const struct strings *words)
{
	struct arena *arena = invocation->arena;
	struct strings flags = {0};
	struct error err;

	if (item->repo && *item->repo->flags &&
	    !registry_flags(&flags, &invocation->registry, item->repo, &err))
		item->refusal = arena_string(arena, err.text);
	strings_add(arena, &item->words, "git");
	for (size_t i = 0; i < flags.count; i++)
		strings_add(arena, &item->words, flags.items[i]);
	for (size_t i = 0; i < words->count; i++)
		strings_add(arena, &item->words, words->items[i]);
}

bool runner_git_is_interactive(struct invocation *invocation,
                               const struct strings *words)
{
	struct arguments arguments;

	arguments_find(&arguments, words->items, words->count);
	return arguments_want_terminal(&arguments) ||
	       (arguments_expand(&arguments, invocation->arena) &&
	        arguments_want_terminal(&arguments));
}

void runner_shell_words(struct strings *out, struct invocation *invocation,
                        const char *script)
{
	strings_add(invocation->arena, out, "sh");
	strings_add(invocation->arena, out, "-c");
	strings_add(invocation->arena, out, script);
}

static void add_variable(struct arena *arena, struct strings *list, const char *name,
                         const char *value)
{
	strings_add(arena, list,
	            arena_format(arena, "%s=%s", name, value ? value : ""));
}

/* The GITA_* variables describe the repo to a script that runs in it. */
static void add_repo_variables(struct strings *list, struct runner *runner,
                               size_t index)
{
	struct arena *arena = runner->invocation->arena;
	const struct runner_item *item = &runner->plan->items[index];
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
                                const struct runner_item *item, enum environment kind)
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
	const struct runner_item *item = &runner->plan->items[index];
	const struct connection *connection = runner->traffic[index].connection;
	const char *color = color_of_git(runner, item, kind);
	struct strings environment = {0};

	if (runner->base.count == 0)
		environment_make(&runner->base, arena, kind);
	for (size_t i = 0; i < runner->base.count; i++)
		strings_add(arena, &environment, runner->base.items[i]);
	add_repo_variables(&environment, runner, index);
	if (color)
		environment_color(&environment, arena, color);
	if (!runner->traffic[index].own_ssh)
		environment_ssh(&environment, arena, kind,
		                connections_control_path(&runner->connections));
	*out = (struct job){
		.name = item->name,
		.folder = item->folder,
		.words = item->words.items,
		.environment = environment.items,
		.lock = runner->whereabouts[index].lock,
		.host = connection ? connection->host : NULL,
		.weight = runner->traffic[index].seconds,
	};
}

/* What took long the last time is started first, so that nobody waits for it at the
 * end. */
static void recall_times(struct runner *runner)
{
	struct journal journal;
	struct error err;

	if (!journal_load(&journal, &runner->invocation->home, runner->plan->title,
	                  runner->invocation->arena, &err) ||
	    !journal.file)
		return;
	for (size_t i = 0; i < runner->plan->count; i++) {
		const struct journal_entry *entry = journal_find(
			&journal, runner->plan->items[i].name);

		if (entry && runner->traffic[i].use != REMOTE_UNUSED)
			runner->traffic[i].seconds = entry->seconds;
	}
}

/* Which git folders are shared, and which disks do not respond. */
static void find_whereabouts(struct runner *runner)
{
	const struct runner_plan *plan = runner->plan;

	runner->whereabouts = arena_take(runner->invocation->arena,
	                                 plan->count * sizeof *runner->whereabouts);
	for (size_t i = 0; i < plan->count; i++) {
		struct runner_item *item = &plan->items[i];

		whereabouts_read(&runner->whereabouts[i], runner->invocation,
		                 item->repo);
		if (runner->whereabouts[i].silent && !item->refusal)
			item->refusal = DISK_SILENT;
	}
}

static void find_traffic(struct runner *runner)
{
	struct arena *arena = runner->invocation->arena;
	const struct runner_plan *plan = runner->plan;
	bool connects = false;

	runner->traffic = arena_take(arena, plan->count * sizeof *runner->traffic);
	for (size_t i = 0; i < plan->count; i++) {
		const struct runner_item *item = &plan->items[i];
		const struct whereabouts *place = &runner->whereabouts[i];
		struct traffic *traffic = &runner->traffic[i];
		struct remote_look look;

		remote_look(&look, arena, item->repo ? &place->probe : NULL,
		            &item->words);
		traffic->use = look.use;
		traffic->own_ssh = look.own_ssh || place->silent;
		if (look.use == REMOTE_ONE)
			traffic->connection = connections_add(
				&runner->connections, &look.host, !traffic->own_ssh);
		connects |= look.use != REMOTE_UNUSED;
	}
	if (connects && plan->count > runner->at_once)
		recall_times(runner);
}

static bool is_unreachable(const struct runner *runner, const struct runner_item *item)
{
	const struct connection *connection =
		runner->traffic[item - runner->plan->items].connection;

	return connection && connection->failure &&
	       !runner->traffic[item - runner->plan->items].own_ssh;
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
	if (runner->plan->quiet && !runner->json && !(name && *name))
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
	runner->retries = (unsigned)args_number(args, "retry", 0);
	runner->timeout = args_seconds(args, "timeout", 0);
	runner->output.in_order = args_has(args, "keep-order");
	runner->output.quiet = args_has(args, "quiet");
	runner->fail_fast = args_has(args, "fail-fast");
	runner->json = args_has(args, "json");
	runner->may_ask = !runner->json && isatty(STDIN_FILENO) &&
	                  isatty(STDERR_FILENO);
	runner->connections.retries = runner->retries;
	runner->connections.timeout = runner->timeout;
	runner->in_turn = args_has(args, "in-turn");
	for (size_t i = 0; runner->in_turn && i < 3; i++)
		if (args_has(args, captured[i]))
			return say_usage(
				"%s: '--in-turn' and '--%s' exclude each other",
				runner->plan->title, captured[i]);
	return read_mode(runner);
}

/* A line that one could type, were it not for what nobody else shall read. */
static void show_words(struct buf *out, struct arena *arena,
                       const struct strings *words)
{
	struct strings shown = {0};

	for (size_t i = 0; i < words->count; i++)
		strings_add(arena, &shown, remote_mask(arena, words->items[i]));
	words_join(out, &shown);
}

/* What would run. */
static int print_plan(struct runner *runner)
{
	int status = STATUS_OK;

	for (size_t i = 0; i < runner->plan->count; i++) {
		const struct runner_item *item = &runner->plan->items[i];
		BUF line = {0};

		if (item->refusal) {
			status = say_failed("%s: %s", item->name, item->refusal);
			continue;
		}
		if (item->skip) {
			say_plain("%s: skipped: %s", item->name, item->skip);
			continue;
		}
		show_words(&line, runner->invocation->arena, &item->words);
		out_format("%s: %s\n",
		           text_escape(runner->invocation->arena, item->name),
		           text_escape(runner->invocation->arena, buf_text(&line)));
	}
	return status;
}

static void begin_journal(struct runner *runner)
{
	struct notes notes = {.arena = runner->invocation->arena};
	BUF line = {0};

	buf_adds(&line, "gita ");
	show_words(&line, runner->invocation->arena, &runner->invocation->typed);
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

static void record_output(struct runner *runner, const struct job_result *result)
{
	if (result->out)
		spool_each(result->out, record_piece, runner->journal);
	if (result->err)
		spool_each(result->err, record_piece, runner->journal);
}

static void record_result(struct runner *runner, const struct runner_item *item,
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

	record_output(runner, job);
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

/* The end of an output is where the reason stands. */
static enum network failure_of(const struct job_result *job, struct buf *tail)
{
	enum { MOST = 16 << 10 };

	if (job->outcome != OUTCOME_EXITED || job->exit == 0)
		return NETWORK_FINE;
	spool_tail(tail, job->err && spool_length(job->err) > 0 ? job->err : job->out,
	           MOST);
	return network_failure(buf_text(tail), tail->length);
}

/*
 * Whether the item failed because its host cannot be reached. What the first of
 * several repos says of a host is taken for all of them: it is reported once, and
 * those that have not started are not tried.
 */
static bool failed_by_host(struct runner *runner, const struct runner_item *item,
                           const struct job_result *job)
{
	const struct traffic *traffic = &runner->traffic[item - runner->plan->items];
	struct connection *connection = traffic->connection;
	BUF tail = {0};

	if (!connection || traffic->own_ssh)
		return false;
	if (job->outcome == OUTCOME_NOT_STARTED)
		return connection->failure && !job->error;
	if (connection->repos < 2 || failure_of(job, &tail) != NETWORK_UNREACHABLE)
		return false;
	if (!connection->failure)
		connection->failure = arena_string(runner->invocation->arena,
		                                   buf_text(&tail));
	return true;
}

/* The repository that the item changes, where it can be read: not on a disk that may
 * have stopped responding since the run began, nor where flags make another one of it.
 */
static const char *changed_path(const struct runner *runner,
                                const struct runner_item *item)
{
	const char *path = item->repo ? item->repo->path : item->clone;

	if (!runner->describes || !path || (item->repo && *item->repo->flags) ||
	    probe_leads_remote(&runner->mounts, path))
		return NULL;
	return path;
}

/* Keeps what the references were before the item's first try. */
static void watch(struct runner *runner, const struct runner_item *item)
{
	struct traffic *traffic = &runner->traffic[item - runner->plan->items];
	const char *path = changed_path(runner, item);

	if (!path || traffic->watched || traffic->transfer.kind == TRANSFER_NONE ||
	    traffic->transfer.kind == TRANSFER_CLONE)
		return;
	traffic->watched = true;
	traffic->before = references_read(&traffic->arena, path);
}

static const char *describe_news(struct runner *runner, const struct runner_item *item)
{
	struct traffic *traffic = &runner->traffic[item - runner->plan->items];
	struct arena *arena = runner->invocation->arena;
	const char *path = changed_path(runner, item);
	BUF words = {0};

	if (path && item->ok && traffic->transfer.kind != TRANSFER_NONE)
		news_describe(&words, &traffic->transfer, &traffic->arena, path,
		              traffic->before);
	arena_drop(&traffic->arena);
	return words.length > 0
	               ? text_escape(arena, arena_string(arena, buf_text(&words)))
	               : NULL;
}

/* What transfers change is described where the mode shows it and libgit2 can be loaded.
 */
static void find_transfers(struct runner *runner)
{
	struct arena *arena = runner->invocation->arena;
	struct error err;

	if (!runner->mode->describes || !summary_setup(&err))
		return;
	runner->describes = true;
	mounts_load(&runner->mounts, arena);
	for (size_t i = 0; i < runner->plan->count; i++)
		remote_transfer(&runner->traffic[i].transfer, arena,
		                &runner->plan->items[i].words);
}

/* Prints, counts and records a result. */
static void take_result(struct runner *runner, struct runner_item *item,
                        const struct job_result *job)
{
	bool by_host = failed_by_host(runner, item, job);
	const char *reason = by_host ? "no connection"
	                             : output_reason(runner->invocation->arena, job);
	struct job_result shown = *job;

	item->ran = job->outcome != OUTCOME_NOT_RUN &&
	            job->outcome != OUTCOME_NOT_STARTED;
	item->exit = job->outcome == OUTCOME_EXITED ? job->exit : -1;
	item->ok = item->exit == 0 ||
	           (item->exit == 1 && runner->plan->answer != ANSWER_NONE);
	if (by_host) {
		runner->traffic[item - runner->plan->items].failed_by_host = true;
		if (!runner->json)
			shown.out = shown.err = NULL;
	}
	if (runner->plan->on_end)
		runner->plan->on_end(runner->plan->context, item);
	output_result(&runner->output,
	              &(struct output_result){
			      .index = (size_t)(item - runner->plan->items),
			      .name = item->name,
			      .folder = item->folder,
			      .ok = item->ok,
			      .news = describe_news(runner, item),
			      .reason = reason,
			      .job = &shown,
		      });
	record_result(runner, item, reason, job);
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
	connection_ask(&runner->connections, connection);
	output_resume(&runner->output);
	runner->signal = runner->connections.signal;
}

/* Whether the run goes on. */
static bool on_opened(struct runner *runner, struct connection *connection,
                      const struct job_result *job)
{
	connection_take(&runner->connections, connection, job);
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

/* The host is judged here, when a job has ended, not when its result is printed: the
 * next job may be one of the same host. */
static double retry(void *context, size_t index, const struct job_result *job)
{
	struct runner *runner = context;
	const struct runner_item *item;
	BUF tail = {0};

	if (opened_by(runner, index))
		return connection_retry(&runner->connections, job);
	item = runner->items[index];
	if (job->tries <= runner->retries &&
	    network_may_recover(failure_of(job, &tail)) &&
	    remote_may_repeat(runner->invocation->arena, &item->words))
		return network_delay(job->tries);
	failed_by_host(runner, item, job);
	return -1;
}

static bool admit(void *context, size_t index)
{
	struct runner *runner = context;

	if (opened_by(runner, index))
		return true;
	if (is_unreachable(runner, runner->items[index]))
		return false;
	watch(runner, runner->items[index]);
	return true;
}

static void on_start(void *context, size_t index)
{
	struct runner *runner = context;

	if (!opened_by(runner, index))
		output_start(&runner->output,
		             (size_t)(runner->items[index] - runner->plan->items));
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

/* Once for a host what its repos have in common. */
static void report_connection(struct runner *runner, struct connection *connection)
{
	struct arena *arena = runner->invocation->arena;
	struct strings lines = {0};
	size_t count = 0;

	for (size_t i = 0; i < runner->plan->count; i++)
		count += runner->traffic[i].connection == connection &&
		         runner->traffic[i].failed_by_host;
	strings_split(arena, &lines, connection->failure, "\r\n");
	for (size_t i = 0; i < lines.count; i++)
		say_plain("%s: %s", connection->name,
		          text_escape(arena, lines.items[i]));
	say("cannot connect to host '%s': %zu repos failed", connection->name, count);
}

static void report_connections(struct runner *runner)
{
	for (size_t i = 0; i < runner->connections.count; i++)
		if (runner->connections.items[i]->failure)
			report_connection(runner, runner->connections.items[i]);
}

static void fail(struct runner *runner, struct runner_item *item)
{
	const struct job_result failed = {.outcome = OUTCOME_NOT_STARTED,
	                                  .error = item->refusal};

	take_result(runner, item, &failed);
}

/* Those in which nothing may run have failed before they are tried. */
static size_t drop_refused(struct runner *runner, struct runner_item **items,
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

static void skip(struct runner *runner, struct runner_item *item)
{
	const struct job_result skipped = {.outcome = OUTCOME_NOT_RUN};

	take_result(runner, item, &skipped);
}

/* Left out for a reason that is no failure; "": it was asked for. */
static void leave_out(struct runner *runner, struct runner_item *item,
                      const char *reason)
{
	const struct job_result none = {.outcome = OUTCOME_NOT_RUN};

	item->ok = true;
	output_result(&runner->output,
	              &(struct output_result){
			      .index = (size_t)(item - runner->plan->items),
			      .name = item->name,
			      .folder = item->folder,
			      .ok = true,
			      .reason = "skipped",
			      .skipped = reason,
			      .job = &none,
		      });
	record_result(
		runner, item,
		*reason ? arena_format(runner->invocation->arena, "skipped: %s", reason)
			: "skipped",
		&none);
}

static size_t drop_skipped(struct runner *runner, struct runner_item **items,
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

/* What several repos will share is known from here on. */
static void prepare_connections(struct runner *runner)
{
	connections_prepare(&runner->connections);
	runner->signal = runner->connections.signal;
	for (size_t i = 0; i < runner->plan->count; i++) {
		struct traffic *traffic = &runner->traffic[i];

		if (traffic->connection && traffic->connection->same)
			traffic->connection = traffic->connection->same;
	}
}

/* Drops the items that need not be run; how many are left. */
static size_t prepare(struct runner *runner, struct runner_item **items, size_t count)
{
	size_t left;

	left = count = drop_skipped(runner, items, count);
	if (runner->prepared)
		return count;
	runner->prepared = true;
	if (count > 1)
		prepare_connections(runner);
	if (!runner->signal)
		left = drop_refused(runner, items, count);
	if (!runner->signal && !(runner->fail_fast && left < count))
		return left;
	for (size_t i = 0; i < left; i++)
		skip(runner, items[i]);
	return 0;
}

/* The connection that the item shares with others; NULL: none. */
static struct connection *shared_by(const struct runner *runner,
                                    const struct runner_item *item)
{
	const struct traffic *traffic = &runner->traffic[item - runner->plan->items];
	struct connection *connection = traffic->connection;

	return connection && connection->shared && !traffic->own_ssh ? connection
	                                                             : NULL;
}

/* One an item, and behind those one a connection that they wait for. */
static struct job *make_jobs(struct runner *runner, size_t *count)
{
	struct arena *arena = runner->invocation->arena;
	size_t most = runner->item_count + runner->connections.count;
	struct job *jobs = arena_take(arena, most * sizeof *jobs);

	*count = runner->item_count;
	for (size_t i = 0; i < runner->item_count; i++) {
		struct runner_item *item = runner->items[i];
		struct connection *connection = shared_by(runner, item);

		make_job(&jobs[i], runner, (size_t)(item - runner->plan->items),
		         ENVIRONMENT_CONCURRENT);
		if (!connection)
			continue;
		if (!connection->opener) {
			connection_job(&jobs[(*count)++], &runner->connections,
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
static int run_concurrently(struct runner *runner, struct runner_item **items,
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

static void start_on_terminal(struct runner *runner, struct runner_item *item)
{
	struct job_result result;
	struct job job;

	make_job(&job, runner, (size_t)(item - runner->plan->items),
	         ENVIRONMENT_FOREGROUND);
	if (!runner->in_turn)
		output_start(&runner->output, (size_t)(item - runner->plan->items));
	out_flush();
	job_run_foreground(&result, &job, runner->timeout);
	take_result(runner, item, &result);
	if (ends_run(&result))
		runner->signal = result.signal;
}

static void run_on_terminal(struct runner *runner, struct runner_item *item)
{
	struct connection *connection = shared_by(runner, item);

	if (connection && !connection->opener) {
		connection_open(&runner->connections, connection);
		runner->signal = runner->connections.signal;
		if (!runner->signal)
			ask(runner, connection);
	}
	if (runner->signal)
		skip(runner, item);
	else if (is_unreachable(runner, item))
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
static enum turn announce(struct runner *runner, const struct runner_item *item,
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
static void run_in_turn(struct runner *runner, struct runner_item **items, size_t count)
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
		output_forget(&runner->output,
		              (size_t)(wanting->items[i] - runner->plan->items));
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
	struct runner_item **items = arena_take(runner->invocation->arena,
	                                        count * sizeof(struct runner_item *));

	for (size_t i = 0; i < count; i++)
		items[i] = &runner->plan->items[i];
	if (!goes_in_turn(runner))
		return run_concurrently(runner, items, count);
	run_in_turn(runner, items, count);
	return STATUS_OK;
}

/* The status of a run without failures: what the repos have answered, on the whole. */
static int answer_of(const struct runner_plan *plan)
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

static const char *const *names_of(const struct runner_plan *plan, struct arena *arena)
{
	struct strings names = {0};

	for (size_t i = 0; i < plan->count; i++)
		strings_add(arena, &names, plan->items[i].name);
	return names.items;
}

int runner_run(struct invocation *invocation, struct runner_plan *plan)
{
	struct runner runner = {
		.invocation = invocation,
		.plan = plan,
		.connections = {.arena = invocation->arena},
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
		return print_plan(&runner);
	if (plan->count == 0) {
		if (!invocation_hint_if_empty(invocation))
			say("%s: no repo to run in", plan->title);
		return STATUS_OK;
	}
	find_whereabouts(&runner);
	begin_journal(&runner);
	find_traffic(&runner);
	find_transfers(&runner);
	status = run_all(&runner);
	if (status == STATUS_OK && !runner.signal)
		offer_terminal(&runner);
	if (runner.describes)
		summary_teardown();
	connections_close(&runner.connections);
	end_journal(&runner);
	if (runner.signal != SIGPIPE)
		report_connections(&runner);
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
