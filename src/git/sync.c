/* How far a branch is from its upstream. */
#include "graph.h"
#include "reader.h"
#include "tracking.h"

static bool count_commits(struct summary *out, struct reader *reader,
                          const git_oid *upstream)
{
	/* Where history was cut off, some parents are not there. */
	if (!git_oid_equal(&reader->head, upstream) &&
	    (reader->shallow || !reader_open(reader) ||
	     !graph_count(&out->ahead, &out->behind, reader->odb, &reader->head,
	                  upstream)))
		return false;
	out->sync = sync_of(out->ahead, out->behind);
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
	switch (refs_read_surely(&reader->refs, name, &upstream)) {
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
