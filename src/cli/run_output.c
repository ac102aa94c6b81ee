#include "cli/run_output.h"

#include <ctype.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/term.h"
#include "base/text.h"
#include "base/when.h"
#include "cli/json.h"
#include "cli/out.h"
#include "cli/progress.h"
#include "run/jobs.h"

/* As many repos are named in the summary for a reason. */
enum { NAMED = 12 };

/*
 * Puts the prefix before every line of a stream of pieces. A line waits until it is
 * whole, for of progress (`50%` CR `100%` CR) only the last state is printed; one that
 * is too long for progress goes on as it comes.
 */
struct prefixer {
	const char *prefix;
	size_t length;
	void (*write)(const void *bytes, size_t length);
	struct buf line; /* what waits */
	bool inside;     /* a long line has begun to be printed */
};

enum { LONGEST_PROGRESS = 64 << 10 };

static bool is_progress(const char *state, size_t length)
{
	const char *end = state + length;

	for (const char *at = state; (at = memchr(at, '%', (size_t)(end - at))); at++)
		if (at > state && isdigit((unsigned char)at[-1]))
			return true;
	return false;
}

/* Where the last state of the line starts. */
static const char *skip_progress(const char *line, const char *end)
{
	const char *state = line, *over;

	while ((over = memchr(state, '\r', (size_t)(end - state))) != NULL) {
		/* One that ends the line is the last. */
		if (end - over <= 2 && (over + 1 == end || over[1] == '\n'))
			break;
		if (!is_progress(state, (size_t)(over - state)))
			break;
		state = over + 1;
	}
	return state;
}

static void print_waiting(struct prefixer *prefixer)
{
	const char *end = prefixer->line.data + prefixer->line.length;
	const char *state = prefixer->line.data;

	if (!prefixer->inside) {
		prefixer->write(prefixer->prefix, prefixer->length);
		state = skip_progress(state, end);
	}
	prefixer->write(state, (size_t)(end - state));
	prefixer->inside = end[-1] != '\n';
	buf_clear(&prefixer->line);
}

static bool prefix_piece(void *context, const char *bytes, size_t length)
{
	struct prefixer *prefixer = context;

	while (length > 0) {
		const char *newline = memchr(bytes, '\n', length);
		size_t line = newline ? (size_t)(newline - bytes) + 1 : length;

		buf_add(&prefixer->line, bytes, line);
		if (newline || prefixer->line.length > LONGEST_PROGRESS)
			print_waiting(prefixer);
		bytes += line;
		length -= line;
	}
	return true;
}

static void print_stream(struct spool *spool, const char *prefix,
                         void (*write)(const void *bytes, size_t length))
{
	struct prefixer prefixer = {prefix, strlen(prefix), write, {0}, false};

	if (!spool)
		return;
	spool_each(spool, prefix_piece, &prefixer);
	if (prefixer.line.length > 0)
		print_waiting(&prefixer);
	if (prefixer.inside)
		write("\n", 1);
	buf_drop(&prefixer.line);
}

/* stderr is not buffered by out.c: a block of it is gathered, so that it goes out
 * in few writes. */
static struct buf gathered;

static void gather(const void *bytes, size_t length)
{
	enum { PIECE = 64 << 10 };

	buf_add(&gathered, bytes, length);
	if (gathered.length >= PIECE) {
		out_error_bytes(gathered.data, gathered.length);
		buf_clear(&gathered);
	}
}

static void print_errors(struct spool *spool, const char *prefix)
{
	print_stream(spool, prefix, gather);
	if (gathered.length > 0)
		out_error_bytes(gathered.data, gathered.length);
	buf_drop(&gathered);
}

/* Bold, so that it stands out from what the child printed. */
static const char *prefix_of(const struct output *output, const char *name, bool colors)
{
	return arena_format(output->arena, "%s%s:%s ", colors ? TERM_BOLD : "",
	                    text_escape(output->arena, name), colors ? TERM_PLAIN : "");
}

void output_block(const struct output *output, const char *name, struct spool *out,
                  struct spool *err)
{
	bool both = output->colors && out_streams_are_one();

	print_stream(out, prefix_of(output, name, output->colors), out_bytes);
	print_errors(err, prefix_of(output, name, both));
}

void output_say_skipped(const struct output_result *result)
{
	if (*result->skipped)
		say_plain("%s: skipped: %s", result->name, result->skipped);
}

static void print_block(struct output *output, const struct output_result *result)
{
	if (output->quiet && result->ok)
		return;
	if (result->skipped)
		output_say_skipped(result);
	output_block(output, result->name, result->job->out, result->job->err);
}

/* What follows the last CR of a line, unless that ends it, without the blanks around
 * it. */
static const char *last_state(char *line)
{
	size_t length = strlen(line);
	char *start;

	while (length > 0 && text_is_space((unsigned char)line[length - 1]))
		line[--length] = '\0';
	start = strrchr(line, '\r');
	line = start ? start + 1 : line;
	while (text_is_space((unsigned char)*line))
		line++;
	return line;
}

/* The last line; the first one that git marks as the reason comes before it. */
static const char *line_of(struct arena *arena, struct spool *spool, bool ok)
{
	enum { MOST = 16 << 10 };
	const char *found = "";
	struct strings lines = {0};
	BUF tail = {0};

	if (!spool)
		return "";
	spool_tail(&tail, spool, MOST);
	strings_split(arena, &lines, buf_text(&tail), "\n");
	for (size_t i = 0; i < lines.count; i++) {
		const char *plain = text_plain(arena, lines.items[i]);
		const char *line = last_state(arena_string(arena, plain));

		if (*line)
			found = line;
		if (!ok && (text_skip_prefix(line, "fatal: ") ||
		            text_skip_prefix(line, "error: ")))
			break;
	}
	return text_escape(arena, found);
}

const char *output_line(struct arena *arena, const struct output_result *result)
{
	const struct job_result *job = result->job;
	bool ok = result->ok;
	const char *line;

	if (output_is_cut(job))
		return "";
	line = line_of(arena, ok ? job->out : job->err, ok);
	return *line ? line : line_of(arena, ok ? job->err : job->out, ok);
}

struct spool *output_keep(struct output *output, struct spools *spools,
                          const struct output_result *result, struct spool *from)
{
	struct spool *kept;

	if (!from || spool_length(from) == 0)
		return NULL;
	if (!spools_copy(&kept, spools, from)) {
		output->lost = output->cut = true;
		/* The same disk has perhaps been full before. */
		if (!output_is_cut(result->job))
			say("cannot keep the whole output of '%s'", result->name);
	}
	return kept;
}

static bool text_piece(void *context, const char *bytes, size_t length)
{
	json_text_add(context, bytes, length);
	return !out_closed();
}

static void print_text(const char *key, struct spool *spool)
{
	struct json_text text;

	json_text_begin(&text, key);
	if (spool)
		spool_each(spool, text_piece, &text);
	json_text_end(&text);
}

static void print_skipped(const char *reason)
{
	struct json_text text;

	json_text_begin(&text, "stderr");
	json_text_add(&text, "skipped: ", strlen("skipped: "));
	json_text_add(&text, reason, strlen(reason));
	json_text_end(&text);
}

static void print_object(struct output *output, const struct output_result *result)
{
	const struct job_result *job = result->job;
	struct json *object = json_new_object();

	(void)output;
	json_set_text(object, "name", result->name);
	json_set_text(object, "path", result->folder);
	if (job->outcome == OUTCOME_EXITED)
		json_set_integer(object, "exit", job->exit);
	else
		json_set_null(object, "exit");
	if (job->signal)
		json_set_integer(object, "signal", job->signal);
	else
		json_set_null(object, "signal");
	json_set_bool(object, "timed_out", job->outcome == OUTCOME_TIMED_OUT);
	json_set_real(object, "seconds", job->seconds);
	json_set_text(object, "error", job->error);
	json_begin(object);
	print_text("stdout", job->out);
	if (result->skipped)
		print_skipped(result->skipped);
	else
		print_text("stderr", job->err);
	json_end();
}

bool output_line_begin(struct output *output)
{
	(void)output;
	return progress_begin();
}

void output_line_show(struct output *output, const struct jobs_progress *progress)
{
	progress_show(output->title, progress, NULL);
}

void output_line_clear(struct output *output)
{
	(void)output;
	progress_clear();
}

static void end_line(struct output *output)
{
	(void)output;
	progress_end();
}

static void print_heading(struct output *output, size_t index)
{
	if (output->total > 1)
		out_format("%s%s:%s\n", output->colors ? TERM_BOLD : "",
		           text_escape(output->arena, output->names[index]),
		           output->colors ? TERM_PLAIN : "");
}

const struct output_mode output_blocks = {
	.begin = output_line_begin,
	.progress = output_line_show,
	.suspend = output_line_clear,
	.result = print_block,
	.end = end_line,
};

const struct output_mode output_json = {
	.captures = true,
	.separates = true,
	.begin = output_line_begin,
	.progress = output_line_show,
	.suspend = output_line_clear,
	.result = print_object,
	.end = end_line,
};

static void print_on_terminal(struct output *output, const struct output_result *result)
{
	if (result->skipped && !output->quiet)
		output_say_skipped(result);
}

const struct output_mode output_terminal = {
	.start = print_heading,
	.result = print_on_terminal,
};

/* Seconds of a clock that is never set back. */
static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

bool output_begin(struct output *output, const struct output_mode *mode)
{
	if (!output->mode)
		output->started = now();
	output->mode = mode;
	return mode->begin && mode->begin(output);
}

void output_start(struct output *output, size_t index)
{
	if (output->mode->start)
		output->mode->start(output, index);
}

void output_progress(struct output *output, const struct jobs_progress *progress)
{
	if (output->mode->progress)
		output->mode->progress(output, progress);
}

void output_suspend(struct output *output)
{
	if (output->mode->suspend)
		output->mode->suspend(output);
}

void output_pause(struct output *output)
{
	output_suspend(output);
	output->paused = now();
}

void output_resume(struct output *output)
{
	output->started += now() - output->paused;
}

static const char *signal_name(struct arena *arena, int number)
{
	static const char *const names[] = {
		[SIGHUP] = "HUP",   [SIGINT] = "INT",   [SIGQUIT] = "QUIT",
		[SIGILL] = "ILL",   [SIGTRAP] = "TRAP", [SIGABRT] = "ABRT",
		[SIGBUS] = "BUS",   [SIGFPE] = "FPE",   [SIGKILL] = "KILL",
		[SIGUSR1] = "USR1", [SIGSEGV] = "SEGV", [SIGUSR2] = "USR2",
		[SIGPIPE] = "PIPE", [SIGALRM] = "ALRM", [SIGTERM] = "TERM",
		[SIGXCPU] = "XCPU", [SIGXFSZ] = "XFSZ", [SIGVTALRM] = "VTALRM",
		[SIGPROF] = "PROF", [SIGSYS] = "SYS",
	};
	size_t count = sizeof names / sizeof names[0];

	if (number > 0 && (size_t)number < count && names[number])
		return arena_format(arena, "SIG%s", names[number]);
	return arena_format(arena, "signal %d", number);
}

static const char output_cut[] = "output cut";

bool output_is_cut(const struct job_result *job)
{
	return job->outcome == OUTCOME_EXITED && job->error;
}

const char *output_reason(struct arena *arena, const struct job_result *job)
{
	switch (job->outcome) {
	case OUTCOME_EXITED:
		if (!output_is_cut(job))
			return arena_format(arena, "exit %d", job->exit);
		return job->exit ? arena_format(arena, "exit %d with %s", job->exit,
		                                output_cut)
		                 : output_cut;
	case OUTCOME_SIGNALED:
		return arena_format(arena, "killed by %s",
		                    signal_name(arena, job->signal));
	case OUTCOME_TIMED_OUT:
		return "timed out";
	case OUTCOME_NOT_STARTED:
		return "not started";
	case OUTCOME_STOPPED:
		return "stopped";
	case OUTCOME_NOT_RUN:
		break;
	}
	return "not run";
}

static void count_result(struct output *output, const struct output_result *result)
{
	if (!output->reasons)
		output->reasons = arena_take(output->arena,
		                             output->total * sizeof(const char *));
	if (result->skipped) {
		output->skipped++;
	} else if (result->ok) {
		output->ok++;
	} else if (result->job->outcome == OUTCOME_NOT_RUN) {
		output->not_run++;
	} else {
		output->failed++;
		output->reasons[result->index] = result->reason;
	}
}

/* An error that all items have in common is printed once. */
static void report_error(struct output *output, const struct output_result *result)
{
	const char *error = result->job->error;

	if (!result->job->common) {
		say("%s: %s", result->name, error);
	} else if (!strings_have(&output->errors, error)) {
		strings_add(output->arena, &output->errors,
		            arena_string(output->arena, error));
		say("%s", error);
	}
}

void output_result(struct output *output, struct output_result *result)
{
	const struct job_result *job = result->job;

	if (job->error) {
		output->lost |= job->outcome != OUTCOME_NOT_STARTED;
		report_error(output, result);
	}
	if (job->note && !(output->quiet && result->ok))
		say_warning("%s: %s", result->name, job->note);
	output->cut = false;
	if (output->mode->result)
		output->mode->result(output, result);
	if (output->cut && result->ok) {
		result->ok = false;
		result->reason = output_cut;
	}
	count_result(output, result);
}

void output_end(struct output *output)
{
	if (output->mode->end)
		output->mode->end(output);
}

bool output_ask(struct output *output, const char *question)
{
	bool answer;

	output_pause(output);
	answer = say_ask(question);
	output_resume(output);
	return answer;
}

void output_forget(struct output *output, size_t index)
{
	if (output->reasons[index])
		output->failed--;
	output->reasons[index] = NULL;
}

static bool is_first_with_reason(const struct output *output, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (output->reasons[i] &&
		    strcmp(output->reasons[i], output->reasons[index]) == 0)
			return false;
	return true;
}

/* `web: timed out`, or for several `exit 128: core docs infra`; at most `named` of
 * them. */
static void add_reason(struct buf *out, const struct output *output, size_t first,
                       size_t named)
{
	const char *reason = output->reasons[first];
	size_t count = 0;
	BUF names = {0};

	for (size_t i = first; i < output->total; i++) {
		if (!output->reasons[i] || strcmp(output->reasons[i], reason) != 0)
			continue;
		if (count++ < named)
			buf_addf(&names, "%s%s", count > 1 ? " " : "",
			         output->names[i]);
	}
	if (count > named)
		buf_addf(&names, " and %zu more", count - named);
	if (count == 1)
		buf_addf(out, "%s: %s", buf_text(&names), reason);
	else
		buf_addf(out, "%s: %s", reason, buf_text(&names));
}

static void add_failures(struct buf *out, const struct output *output, size_t named)
{
	size_t *firsts = arena_take(output->arena, output->total * sizeof *firsts);
	size_t count = 0;

	for (size_t i = 0; i < output->total; i++)
		if (output->reasons[i] && is_first_with_reason(output, i))
			firsts[count++] = i;
	buf_addf(out, ", %zu failed (", output->failed);
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			buf_adds(out, count < output->failed ? "; " : ", ");
		add_reason(out, output, firsts[i], named);
	}
	buf_addc(out, ')');
}

static void make_summary(struct buf *out, const struct output *output, double seconds,
                         size_t named)
{
	buf_addf(out, "%s: %zu ok", output->title, output->ok);
	if (output->failed > 0)
		add_failures(out, output, named);
	if (output->skipped > 0)
		buf_addf(out, ", %zu skipped", output->skipped);
	if (output->not_run > 0)
		buf_addf(out, ", %zu not run", output->not_run);
	buf_adds(out, ", ");
	when_duration(out, seconds);
}

void output_summary(const struct output *output)
{
	bool bad = output->failed > 0 || output->not_run > 0;
	double seconds = now() - output->started;
	size_t width = term_width(STDERR_FILENO);
	BUF line = {0};

	if (output->total < 2 || out_closed() || !(bad || isatty(STDERR_FILENO)))
		return;
	for (size_t named = NAMED; named > 0; named--) {
		const char *shown;

		buf_clear(&line);
		make_summary(&line, output, seconds, named);
		shown = text_escape(output->arena, buf_text(&line));
		if (!width || text_width(shown) <= width)
			break;
	}
	say_plain("%s", buf_text(&line));
}

bool output_succeeded(const struct output *output)
{
	return output->failed == 0 && output->not_run == 0 && !output->lost;
}
