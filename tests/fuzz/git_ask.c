/*
 * git's answers, a text for each question. One that starts with `!` has failed with
 * the rest on standard error, one that starts with `-` was not asked.
 */
#include "fuzz.h"

#include "git/ask.h"

static struct answer answer_of(char *text, size_t length)
{
	switch (*text) {
	case '!':
		return (struct answer){
			.asked = true, .exit = 128, .out = "", .err = text + 1};
	case '-':
		return (struct answer){.exit = -1, .out = "", .err = ""};
	default:
		return (struct answer){
			.asked = true, .out = text, .length = length, .err = ""};
	}
}

static void check(const struct summary *summary)
{
	if (summary->state != STATE_OK)
		MUST(summary->state == STATE_MISSING ||
		     (summary->error && !strchr(summary->error, '\n')));
	else if (summary->upstream && summary->sync != SYNC_GONE)
		MUST(summary->sync == sync_of(summary->ahead, summary->behind));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = {data, data + size};
	struct arena arena = {0};
	struct answer answers[ASK_COUNT];
	struct summary summary;
	char *texts[ASK_COUNT];

	fuzz_folder();
	for (size_t i = 0; i < ASK_COUNT; i++) {
		size_t length;

		texts[i] = fuzz_text(&input, &length);
		answers[i] = answer_of(texts[i], length);
	}
	ask_read(&summary, scratch.path, WANT_TABLE | WANT_REMOTE, answers, &arena);
	check(&summary);
	ask_read(&summary, scratch.path, WANT_HEAD, answers, &arena);
	check(&summary);
	for (size_t i = 0; i < ASK_COUNT; i++)
		free(texts[i]);
	arena_drop(&arena);
	return 0;
}
