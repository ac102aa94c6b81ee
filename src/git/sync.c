/* How far a branch is from its upstream. */
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/path.h"
#include "reader.h"
#include "tracking.h"

static enum sync judge(size_t ahead, size_t behind)
{
	if (ahead && behind)
		return SYNC_DIVERGED;
	if (ahead)
		return SYNC_LOCAL_AHEAD;
	return behind ? SYNC_REMOTE_AHEAD : SYNC_IN_SYNC;
}

/* Where history was cut off, libgit2 would follow parents that are not there. */
static bool is_shallow(const struct reader *reader)
{
	struct stat info;

	return stat(path_join(reader->arena, reader->probe.common_folder, "shallow"),
	            &info) == 0;
}

static bool count_commits(struct summary *out, struct reader *reader,
                          const git_oid *upstream)
{
	if (!git_oid_equal(&reader->head, upstream) &&
	    (is_shallow(reader) || !reader_open(reader) ||
	     git_graph_ahead_behind(&out->ahead, &out->behind, reader->repository,
	                            &reader->head, upstream) != 0))
		return false;
	out->sync = judge(out->ahead, out->behind);
	return true;
}

bool read_sync(struct summary *out, struct reader *reader)
{
	const char *name = NULL;
	git_oid upstream;

	out->sync = SYNC_NO_REMOTE;
	if (!out->branch)
		return true;
	if (!tracking_upstream(&name, reader->arena, &reader->config, out->branch))
		return false;
	if (!name)
		return true;
	if (!refs_short_name(&out->upstream, &reader->refs, name))
		return false;
	switch (refs_read(&reader->refs, name, &upstream, NULL)) {
	case REF_ODD:
		return false;
	case REF_ABSENT:
		out->sync = SYNC_GONE;
		return true;
	case REF_FOUND:
		break;
	}
	/* Against no commit of our own git counts nothing either. */
	if (out->unborn) {
		out->sync = SYNC_GONE;
		return true;
	}
	return count_commits(out, reader, &upstream);
}
