#include "base/buf.h"
#include "cli/columns.h"

enum situation column_situation(const struct summary *summary)
{
	static const enum situation situations[] = {
		[SYNC_IN_SYNC] = SITUATION_IN_SYNC,
		[SYNC_LOCAL_AHEAD] = SITUATION_LOCAL_AHEAD,
		[SYNC_REMOTE_AHEAD] = SITUATION_REMOTE_AHEAD,
		[SYNC_DIVERGED] = SITUATION_DIVERGED,
		[SYNC_NO_REMOTE] = SITUATION_NO_REMOTE,
		[SYNC_GONE] = SITUATION_UPSTREAM_GONE,
	};

	return situations[summary->sync];
}

static void add_counts(struct buf *out, const struct summary *summary)
{
	if (summary->sync == SYNC_LOCAL_AHEAD)
		buf_addf(out, "%zu", summary->ahead);
	else if (summary->sync == SYNC_REMOTE_AHEAD)
		buf_addf(out, "%zu", summary->behind);
	else if (summary->sync == SYNC_DIVERGED)
		buf_addf(out, "%zu/%zu", summary->ahead, summary->behind);
}

void column_symbols(struct buf *out, const struct summary *summary,
                    const struct settings *settings)
{
	const bool shown[MARK_SITUATION] = {
		[MARK_CONFLICTED] = summary->conflicted,
		[MARK_DIRTY] = summary->unstaged,
		[MARK_STAGED] = summary->staged,
		[MARK_STASHED] = summary->stashes > 0,
		[MARK_UNTRACKED] = summary->untracked,
	};
	enum situation situation = column_situation(summary);

	buf_addc(out, '[');
	for (size_t mark = 0; mark < MARK_SITUATION; mark++) {
		if (shown[mark])
			buf_adds(out, settings->symbols[mark]);
		if (mark == MARK_STASHED && summary->stashes > 1)
			buf_addf(out, "%zu", summary->stashes);
	}
	buf_adds(out, settings->symbols[MARK_SITUATION + situation]);
	add_counts(out, summary);
	buf_addc(out, ']');
}
