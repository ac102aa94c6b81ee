#include "worktree/status.h"

#include "base/spread.h"
#include "worktree/staged.h"
#include "worktree/submodules.h"
#include "worktree/walk.h"

enum {
	LARGE = 10000,     /* entries from which on idle threads are worth waking */
	PIECES_THREAD = 4, /* so that nobody waits long for the slowest */
};

struct walk_pieces {
	struct comparison *comparison;
	size_t count;
};

static void walk_piece(void *context, size_t piece)
{
	const struct walk_pieces *pieces = context;
	size_t entries = pieces->comparison->index.count;

	worktree_walk(pieces->comparison, entries * piece / pieces->count,
	              entries * (piece + 1) / pieces->count);
}

static void walk_all(struct comparison *comparison, const struct spread *spread)
{
	struct walk_pieces pieces = {.comparison = comparison, .count = 1};

	if (comparison_is_done(comparison))
		return;
	if (spread && spread->threads > 1 && comparison->index.count > LARGE) {
		pieces.count = spread->threads * PIECES_THREAD;
		spread->run(spread, pieces.count, walk_piece, &pieces);
	} else {
		walk_piece(&pieces, 0);
	}
}

bool worktree_status(struct worktree_state *out,
                     const struct worktree_question *question,
                     const struct spread *spread)
{
	struct arena arena = {0};
	struct comparison comparison;
	bool staged, known = comparison_begin(&comparison, question, &arena) &&
	                     staged_compare(&staged, &comparison);

	if (known) {
		walk_all(&comparison, spread);
		submodules_compare(&comparison);
		known = !comparison_has(&comparison.ask_git);
	}
	if (known)
		*out = (struct worktree_state){
			.staged = staged,
			.unstaged = comparison_has(&comparison.unstaged),
			.untracked = comparison.config.untracked != UNTRACKED_NO &&
		                     comparison_has(&comparison.untracked),
			.conflicted = comparison.index.conflicted,
		};
	comparison_end(&comparison);
	arena_drop(&arena);
	return known;
}
