#include <stdlib.h>
#include <string.h>

#include "cli/columns.h"
#include "cli/out.h"
#include "ll.h"

struct ll_key {
	const char *name;
	unsigned wants;
	int (*compare)(const struct ll_row *one, const struct ll_row *other);
};

/*
 * What needs attention first: what cannot be seen at all, what is in the middle
 * of something, what differs from its upstream, what is not committed, what is
 * nowhere else.
 */
static int attention(const struct summary *summary)
{
	const bool reasons[] = {
		summary->state == STATE_BROKEN,
		summary->state == STATE_TIMEOUT,
		summary->state == STATE_MISSING,
		summary->conflicted,
		summary->operation != OPERATION_NONE,
		summary->sync == SYNC_DIVERGED,
		summary->sync == SYNC_REMOTE_AHEAD,
		summary->sync == SYNC_LOCAL_AHEAD,
		summary->unstaged || summary->staged,
		summary->untracked,
		summary->stashes > 0,
		summary->sync == SYNC_GONE,
		summary->sync == SYNC_NO_REMOTE,
	};
	const int count = sizeof reasons / sizeof *reasons;
	int rank = 0;

	while (rank < count && !reasons[rank])
		rank++;
	return rank;
}

static int by_name(const struct ll_row *one, const struct ll_row *other)
{
	return strcmp(one->repo->name, other->repo->name);
}

static int by_path(const struct ll_row *one, const struct ll_row *other)
{
	return strcmp(one->repo->path, other->repo->path);
}

static const char *branch_of(const struct summary *summary)
{
	const char *name = summary->branch ? summary->branch : summary->rebasing;

	return name ? name : "";
}

static int by_branch(const struct ll_row *one, const struct ll_row *other)
{
	return strcmp(branch_of(one->summary), branch_of(other->summary));
}

static int by_time(const struct ll_row *one, const struct ll_row *other)
{
	int64_t left = one->summary->time, right = other->summary->time;

	return (left < right) - (left > right);
}

static int by_state(const struct ll_row *one, const struct ll_row *other)
{
	return attention(one->summary) - attention(other->summary);
}

static const struct ll_key keys[] = {
	{"name", 0, by_name},
	{"path", 0, by_path},
	{"branch", WANT_HEAD, by_branch},
	{"time", WANT_HEAD | WANT_COMMIT, by_time},
	{"state", WANT_HEAD | WANT_SYNC | WANT_FILES | WANT_STASH, by_state},
};
enum { KEYS = sizeof keys / sizeof *keys };

static const struct ll_key *find_key(const char *name)
{
	for (size_t i = 0; i < KEYS; i++) {
		if (strcmp(keys[i].name, name) == 0)
			return &keys[i];
	}
	return NULL;
}

static int refuse_key(struct arena *arena, const char *name)
{
	struct strings names = {0};

	for (size_t i = 0; i < KEYS; i++)
		strings_add(arena, &names, keys[i].name);
	return say_unknown("ll: no sort key", name, &names,
	                   "there are name, path, branch, time and state");
}

int ll_order_read(struct ll_order *out, struct invocation *invocation, const char *text)
{
	struct strings names = {0};

	*out = (struct ll_order){0};
	if (!text)
		return STATUS_OK;
	strings_split(invocation->arena, &names, text, ",");
	if (names.count == 0 || names.count > LL_KEYS)
		return say_usage("ll: option '--sort' wants keys, not '%s'", text);
	for (size_t i = 0; i < names.count; i++) {
		const struct ll_key *key = find_key(names.items[i]);

		if (!key)
			return refuse_key(invocation->arena, names.items[i]);
		out->keys[out->count++] = key;
	}
	return STATUS_OK;
}

unsigned ll_order_wants(const struct ll_order *order)
{
	unsigned wants = 0;

	for (size_t i = 0; i < order->count; i++)
		wants |= order->keys[i]->wants;
	return wants;
}

static int compare_rows(const void *one, const void *other)
{
	const struct ll_row *left = one, *right = other;
	const struct ll_order *order = left->order;

	for (size_t i = 0; i < order->count; i++) {
		int way = order->keys[i]->compare(left, right);

		if (way != 0)
			return way;
	}
	return left->index < right->index ? -1 : 1;
}

void ll_sort(struct ll *ll)
{
	for (size_t i = 0; i < ll->count; i++)
		ll->rows[i].order = &ll->order;
	if (ll->count)
		qsort(ll->rows, ll->count, sizeof *ll->rows, compare_rows);
	if (!ll->reversed)
		return;
	for (size_t i = 0; i < ll->count / 2; i++) {
		struct ll_row row = ll->rows[i];

		ll->rows[i] = ll->rows[ll->count - 1 - i];
		ll->rows[ll->count - 1 - i] = row;
	}
}
