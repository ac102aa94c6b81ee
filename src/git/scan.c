#include "scan.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/spread.h"
#include "scan_parts.h"

enum {
	LARGE = 10000,     /* entries from which on idle threads are worth waking */
	PIECES_THREAD = 4, /* so that nobody waits long for the slowest */
};

struct pieces {
	struct scan *scan;
	size_t count;
};

static void walk_piece(void *context, size_t piece)
{
	const struct pieces *pieces = context;
	size_t entries = pieces->scan->index.count;

	scan_walk(pieces->scan, entries * piece / pieces->count,
	          entries * (piece + 1) / pieces->count);
}

static void walk_all(struct scan *scan, const struct spread *spread)
{
	struct pieces pieces = {.scan = scan, .count = 1};

	if (scan_done(scan))
		return;
	if (spread && spread->threads > 1 && scan->index.count > LARGE) {
		pieces.count = spread->threads * PIECES_THREAD;
		spread->run(spread, pieces.count, walk_piece, &pieces);
	} else {
		walk_piece(&pieces, 0);
	}
}

/* False: git must judge. */
static bool answer_all(struct summary *out, struct scan *scan,
                       const struct spread *spread)
{
	bool staged;

	if (!scan_config_read(&scan->config, scan->settings, scan->arena) ||
	    !index_open(&scan->index, scan->arena,
	                arena_format(scan->arena, "%sindex", scan->git_folder)) ||
	    !scan_staged(&staged, scan))
		return false;
	if (scan->config.untracked == UNTRACKED_NO)
		scan_raise(&scan->untracked);
	else
		scan_ignore_files(scan);
	walk_all(scan, spread);
	scan_submodules(scan);
	if (scan_flag(&scan->doubt))
		return false;
	out->staged = staged;
	out->unstaged = scan_flag(&scan->unstaged);
	out->untracked = scan->config.untracked != UNTRACKED_NO &&
	                 scan_flag(&scan->untracked);
	out->conflicted = scan->index.conflicted;
	return true;
}

enum reading scan_files(struct summary *out, const struct reader *reader,
                        const struct spread *spread)
{
	struct arena arena = {0};
	struct scan scan = {
		.repository = reader->repository,
		.settings = &reader->config,
		.tree = out->unborn ? NULL : &reader->tree,
		.arena = &arena,
		.folder = arena_format(&arena, "%s/", reader->path),
		.git_folder = arena_format(&arena, "%s/", reader->probe.git_folder),
		.common_folder = arena_format(&arena, "%s/",
	                                      reader->probe.common_folder),
		.lock = PTHREAD_MUTEX_INITIALIZER,
		.root = -1,
	};
	bool known = false;

	scan.root = open(scan.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (scan.root >= 0) {
		known = answer_all(out, &scan, spread);
		close(scan.root);
	}
	index_close(&scan.index);
	arena_drop(&arena);
	return known ? READING_DONE : READING_ASK_GIT;
}
