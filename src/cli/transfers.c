#include "cli/transfers.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "git/news.h"
#include "git/probe.h"
#include "git/remote.h"
#include "git/summary.h"

struct transfers_item {
	struct transfer transfer;
	bool watched; /* `before` has been read, if it can be */
	const struct references *before;
	struct arena arena; /* of `before` */
};

void transfers_begin(struct transfers *out, struct arena *arena,
                     const struct plan *plan)
{
	struct error err;

	*out = (struct transfers){.arena = arena, .plan = plan};
	if (!summary_setup(&err))
		return;
	mounts_load(&out->mounts, arena);
	out->items = arena_take(arena, plan->count * sizeof *out->items);
	for (size_t i = 0; i < plan->count; i++)
		remote_transfer(&out->items[i].transfer, arena, &plan->items[i].words);
}

/* The repository that the item changes, where it can be read, and flags do not make
 * another one of it. */
static const char *changed_path(const struct transfers *transfers, size_t index)
{
	const struct plan_item *item = &transfers->plan->items[index];
	const char *path = item->repo ? item->repo->path : item->clone;

	if (transfers->items[index].transfer.kind == TRANSFER_NONE || !path ||
	    (item->repo && *item->repo->flags) ||
	    probe_leads_remote(&transfers->mounts, path))
		return NULL;
	return path;
}

void transfers_watch(struct transfers *transfers, size_t index)
{
	struct transfers_item *item;
	const char *path;

	if (!transfers->items)
		return;
	item = &transfers->items[index];
	if (item->watched || item->transfer.kind == TRANSFER_CLONE)
		return;
	path = changed_path(transfers, index);
	item->watched = true;
	if (path)
		item->before = references_read(&item->arena, path);
}

const char *transfers_describe(struct transfers *transfers, size_t index)
{
	struct transfers_item *item;
	const char *path;
	BUF words = {0};

	if (!transfers->items)
		return NULL;
	item = &transfers->items[index];
	path = transfers->plan->items[index].ok ? changed_path(transfers, index) : NULL;
	if (path)
		news_describe(&words, &item->transfer, &item->arena, path,
		              item->before);
	arena_drop(&item->arena);
	return words.length > 0
	               ? text_escape(transfers->arena,
	                             arena_string(transfers->arena, buf_text(&words)))
	               : NULL;
}

void transfers_end(struct transfers *transfers)
{
	if (transfers->items)
		summary_teardown();
}
