/* What a child said: printed whole, kept for the journal, searched for logins. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "cli/json.h"
#include "cli/out.h"
#include "run_state.h"

/* Puts the prefix in front of every line of a stream of pieces. */
struct prefixer {
	const char *prefix;
	size_t length;
	void (*write)(const void *bytes, size_t length);
	bool inside; /* the last line has no newline yet */
};

static bool prefix_piece(void *context, const char *bytes, size_t length)
{
	struct prefixer *prefixer = context;

	while (length > 0) {
		const char *newline = memchr(bytes, '\n', length);
		size_t line = newline ? (size_t)(newline - bytes) + 1 : length;

		if (!prefixer->inside)
			prefixer->write(prefixer->prefix, prefixer->length);
		prefixer->write(bytes, line);
		prefixer->inside = newline == NULL;
		bytes += line;
		length -= line;
	}
	return true;
}

static void print_stream(struct spool *spool, const char *prefix,
                         void (*write)(const void *bytes, size_t length))
{
	struct prefixer prefixer = {prefix, strlen(prefix), write, false};

	if (!spool)
		return;
	spool_each(spool, prefix_piece, &prefixer);
	if (prefixer.inside)
		write("\n", 1);
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

static void print_json(const struct run_item *item, const struct job_result *result)
{
	struct json *object = json_new_object();

	json_set_text(object, "name", item->name);
	json_set_text(object, "path", item->folder);
	if (result->outcome == OUTCOME_EXITED)
		json_set_integer(object, "exit", result->exit);
	else
		json_set_null(object, "exit");
	if (result->signal)
		json_set_integer(object, "signal", result->signal);
	else
		json_set_null(object, "signal");
	json_set_bool(object, "timed_out", result->outcome == OUTCOME_TIMED_OUT);
	json_set_real(object, "seconds", result->seconds);
	json_begin(object);
	print_text("stdout", result->out);
	print_text("stderr", result->err);
	json_end();
}

void run_block(struct run *run, const struct run_item *item,
               const struct job_result *result)
{
	struct arena *arena = run->invocation->arena;
	const char *prefix;

	if (result->error) {
		run->output_lost |= result->outcome != OUTCOME_NOT_STARTED;
		say("%s: %s", item->name, result->error);
	}
	if (run->json) {
		print_json(item, result);
		return;
	}
	if (run->quiet && item->ok)
		return;
	prefix = arena_format(arena, "%s: ", text_escape(arena, item->name));
	print_stream(result->out, prefix, out_bytes);
	print_errors(result->err, prefix);
}

static bool record_piece(void *context, const char *bytes, size_t length)
{
	journal_write(context, bytes, length);
	return true;
}

void run_record(struct run *run, const struct job_result *result)
{
	if (result->out)
		spool_each(result->out, record_piece, run->journal);
	if (result->err)
		spool_each(result->err, record_piece, run->journal);
}

/* How git, ssh and their helpers say that somebody should have been asked. */
static const char *const login_words[] = {
	"could not read Username",      "could not read Password",
	"terminal prompts disabled",    "Authentication failed",
	"Permission denied (publickey", "Permission denied (password",
	"Permission denied (keyboard",  "Host key verification failed",
	"could not read Passphrase",
};

static bool find_login(void *context, const char *bytes, size_t length)
{
	bool *found = context;

	for (size_t i = 0; i < sizeof login_words / sizeof login_words[0]; i++)
		if (memmem(bytes, length, login_words[i], strlen(login_words[i])))
			*found = true;
	return !*found;
}

bool run_wants_login(const struct job_result *result)
{
	bool found = false;

	if (result->outcome != OUTCOME_EXITED || result->exit == 0)
		return false;
	if (result->err && spool_length(result->err) > 0)
		spool_each(result->err, find_login, &found);
	else if (result->out)
		spool_each(result->out, find_login, &found);
	return found;
}
