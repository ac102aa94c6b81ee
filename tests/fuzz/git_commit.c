/* A commit's header and message. */
#include "fuzz.h"

#include "commit.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = {data, data + size};
	struct arena arena = {0};
	char *header = fuzz_string(&input), *message = fuzz_string(&input);
	struct commit commit;

	commit_parse(&commit, &arena, header, message);
	MUST(!strchr(commit.subject, '\n') && !strchr(commit.author, '\n'));
	free(header);
	free(message);
	arena_drop(&arena);
	return 0;
}
