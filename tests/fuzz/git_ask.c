/* git's answers about the state of a repository, one a question. */
#include "answer.h"

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
	fuzz_answers(answers, texts, ASK_COUNT, &input);
	ask_read(&summary, scratch.path, WANT_TABLE | WANT_REMOTE, answers, &arena);
	check(&summary);
	ask_read(&summary, scratch.path, WANT_HEAD, answers, &arena);
	check(&summary);
	fuzz_free(texts, ASK_COUNT);
	arena_drop(&arena);
	return 0;
}
