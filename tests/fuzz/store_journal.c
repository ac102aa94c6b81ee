/* The journal of the last run, and what was seen of each repo: files in the state
 * folder that anything may have happened to. */
#include "fuzz.h"

#include "store/journal.h"
#include "store/seen.h"

int fsync(int descriptor)
{
	(void)descriptor;
	return 0;
}

static bool any(void *context, const char *path)
{
	(void)context, (void)path;
	return true;
}

static void try_journal(const struct home *home, struct arena *arena)
{
	struct journal journal = {0};
	struct error err;

	if (!journal_load(&journal, home, NULL, arena, &err))
		return;
	for (size_t i = 0; i < journal.count; i++) {
		BUF out = {0};

		MUST(journal_find(&journal, journal.items[i].name));
		if (journal_output(&out, &journal, &journal.items[i], &err))
			MUST(out.length == journal.items[i].length);
	}
}

static void try_seen(const struct home *home, struct arena *arena)
{
	struct seen seen = {0}, again = {0};
	struct error err;

	MUST(seen_load(&seen, home, arena, &err));
	MUST(seen_save(&seen, home, any, NULL, &err));
	MUST(seen_load(&again, home, arena, &err));
	MUST(again.count == seen.count);
	for (size_t i = 0; i < seen.count; i++)
		MUST(seen_find(&again, seen.items[i].path));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = {data, data + size};
	struct arena arena = {0};
	struct home home = {0};

	fuzz_folder();
	home.config = home.state = scratch.path;
	fuzz_file(&input, "last-run");
	fuzz_file(&input, "seen.csv");
	try_journal(&home, &arena);
	try_seen(&home, &arena);
	arena_drop(&arena);
	return 0;
}
