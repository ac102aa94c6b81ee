/* What git prints of references, commits and work trees: settings, references, the
 * list of a remote, the graph, work trees, what was fetched. */
#include "fuzz.h"

#include "git/unpushed.h"
#include "git/worktrees.h"

static void check(const struct unpushed *unpushed)
{
	size_t all = 0;

	for (int kind = 0; kind < HOLDER_KINDS; kind++)
		all += unpushed->totals[kind];
	for (size_t i = 0; i < unpushed->count; i++)
		MUST(unpushed->items[i].count <= all);
}

static void try_worktrees(struct arena *arena, const char *text, size_t length)
{
	struct worktrees worktrees = {0};
	struct strings submodules = {0};

	if (worktrees_parse(&worktrees, arena, text, length)) {
		MUST(worktrees.count > 0);
		for (size_t i = 0; i < worktrees.count; i++)
			MUST(worktrees.items[i].path);
	}
	submodules_parse(&submodules, arena, text, length);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = {data, data + size};
	struct arena arena = {0};
	struct unpushed unpushed = {0};
	struct strings words = {0};
	enum { SETTINGS, REFERENCES, LIST, GRAPH, WORKTREES, FETCHED, TEXTS };
	char *texts[TEXTS];
	size_t lengths[TEXTS];

	for (size_t i = 0; i < TEXTS; i++)
		texts[i] = fuzz_text(&input, &lengths[i]);
	unpushed_parse_settings(&unpushed, &arena, texts[SETTINGS], lengths[SETTINGS]);
	if (lengths[FETCHED] > 0)
		unpushed_parse_fetched(&unpushed, &arena, texts[FETCHED],
		                       lengths[FETCHED]);
	unpushed_parse_references(&unpushed, &arena, texts[REFERENCES],
	                          lengths[REFERENCES], NULL);
	unpushed_add_head(&unpushed, &arena, "/repo", "c");
	(void)unpushed_suspects(&unpushed);
	unpushed_graph_words(&words, &arena, &unpushed);
	unpushed_count(&unpushed, &arena, texts[GRAPH], lengths[GRAPH]);
	check(&unpushed);
	unpushed_exclude(&unpushed, &arena, texts[LIST], lengths[LIST]);
	unpushed_count(&unpushed, &arena, texts[GRAPH], lengths[GRAPH]);
	try_worktrees(&arena, texts[WORKTREES], lengths[WORKTREES]);
	for (size_t i = 0; i < TEXTS; i++)
		free(texts[i]);
	arena_drop(&arena);
	return 0;
}
