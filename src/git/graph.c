#include "graph.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

enum {
	OURS = 1,
	THEIRS = 2,
	BOTH = OURS | THEIRS,
	FIRST_SLOTS = 256,
	/* So many more than needed are looked at, as git does, for dates that are
	 * wrong further down: SLOP of its revision.c. */
	SLOP = 5,
	/* Longer ways are git's: it may have a commit-graph file to go by. */
	MOST_NODES = 10000,
};

struct node {
	git_oid id;
	uint64_t date;
	size_t turn;    /* among those of one date */
	unsigned sides; /* whose history it is known to be in */
	bool waits;     /* in the heap */
	bool read;      /* date and parents are known */
	struct parents {
		struct node **items;
		size_t count, room;
	} parents;
};

struct walk {
	git_repository *repository;
	struct arena arena;
	struct node **slots; /* by id; a power of two, never full */
	size_t room, used;
	struct heap {
		struct node **items; /* the latest first */
		size_t count, room;
	} heap;
	size_t turns;     /* given to nodes */
	size_t open;      /* nodes in the heap that are in one history only */
	uint64_t horizon; /* the earliest date of those taken out with one side */
};

static struct node **find_slot(const struct walk *walk, const git_oid *id)
{
	size_t at;

	memcpy(&at, id->id, sizeof at);
	while (walk->slots[at & (walk->room - 1)] &&
	       !libgit2.oid_equal(&walk->slots[at & (walk->room - 1)]->id, id))
		at++;
	return &walk->slots[at & (walk->room - 1)];
}

static void grow_slots(struct walk *walk)
{
	struct node **old = walk->slots;
	size_t count = walk->room;

	if (walk->used * 2 < walk->room)
		return;
	walk->room = count ? count * 2 : FIRST_SLOTS;
	walk->slots = arena_take(&walk->arena, walk->room * sizeof(struct node *));
	for (size_t i = 0; i < count; i++) {
		if (old[i])
			*find_slot(walk, &old[i]->id) = old[i];
	}
}

static bool comes_before(const struct node *one, const struct node *other)
{
	return one->date != other->date ? one->date > other->date
	                                : one->turn < other->turn;
}

static void push(struct walk *walk, struct node *node)
{
	struct heap *heap = &walk->heap;
	size_t at;

	walk->open += node->sides != BOTH;
	node->waits = true;
	node->turn = walk->turns++;
	(void)ARENA_PUSH(&walk->arena, heap);
	for (at = heap->count - 1; at > 0; at = (at - 1) / 2) {
		if (!comes_before(node, heap->items[(at - 1) / 2]))
			break;
		heap->items[at] = heap->items[(at - 1) / 2];
	}
	heap->items[at] = node;
}

static struct node *pop(struct walk *walk)
{
	struct heap *heap = &walk->heap;
	struct node *first = heap->items[0], *last = heap->items[--heap->count];
	size_t at = 0, child;

	while ((child = at * 2 + 1) < heap->count) {
		if (child + 1 < heap->count &&
		    comes_before(heap->items[child + 1], heap->items[child]))
			child++;
		if (comes_before(last, heap->items[child]))
			break;
		heap->items[at] = heap->items[child];
		at = child;
	}
	heap->items[at] = last;
	first->waits = false;
	if (first->sides != BOTH) {
		walk->open--;
		if (first->date < walk->horizon)
			walk->horizon = first->date;
	}
	return first;
}

/* The node of that commit, which may not have been read yet. */
static struct node *take_node(struct walk *walk, const git_oid *id)
{
	struct node **slot;

	grow_slots(walk);
	slot = find_slot(walk, id);
	if (!*slot) {
		*slot = arena_take(&walk->arena, sizeof **slot);
		libgit2.oid_cpy(&(*slot)->id, id);
		walk->used++;
	}
	return *slot;
}

static bool read_node(struct walk *walk, struct node *node)
{
	git_commit *commit;
	unsigned parents;
	git_time_t date;

	if (node->read)
		return true;
	if (libgit2.commit_lookup(&commit, walk->repository, &node->id) != 0)
		return false;
	parents = libgit2.commit_parentcount(commit);
	date = libgit2.commit_time(commit);
	for (unsigned i = 0; i < parents; i++)
		*ARENA_PUSH(&walk->arena, &node->parents) = take_node(
			walk, libgit2.commit_parent_id(commit, i));
	libgit2.commit_free(commit);
	node->date = (uint64_t)date;
	node->read = true;
	return date >= 0;
}

static bool add_sides(struct walk *walk, struct node *node, unsigned sides)
{
	unsigned all = node->sides | sides;

	if (!read_node(walk, node))
		return false;
	if (all == node->sides)
		return true;
	if (node->waits)
		walk->open -= all == BOTH;
	node->sides = all;
	if (!node->waits)
		push(walk, node);
	return true;
}

/* What is left is in both histories, and so is all that comes from it. */
static bool is_over(const struct walk *walk)
{
	return walk->open == 0 &&
	       (walk->heap.count == 0 || walk->heap.items[0]->date < walk->horizon);
}

static bool run(struct walk *walk)
{
	for (int left = SLOP; walk->heap.count > 0;) {
		struct node *node;

		if (is_over(walk) && left-- == 0)
			return true;
		node = pop(walk);
		for (size_t i = 0; i < node->parents.count; i++) {
			struct node *parent = node->parents.items[i];

			if (walk->used > MOST_NODES ||
			    !add_sides(walk, parent, node->sides) ||
			    parent->date > node->date)
				return false;
		}
	}
	return true;
}

bool graph_count(size_t *ours_alone, size_t *theirs_alone, git_repository *repository,
                 const git_oid *ours, const git_oid *theirs)
{
	struct walk walk = {.repository = repository, .horizon = UINT64_MAX};
	bool good = add_sides(&walk, take_node(&walk, ours), OURS) &&
	            add_sides(&walk, take_node(&walk, theirs), THEIRS) && run(&walk);

	*ours_alone = *theirs_alone = 0;
	for (size_t i = 0; i < walk.room; i++) {
		if (walk.slots[i]) {
			*ours_alone += walk.slots[i]->sides == OURS;
			*theirs_alone += walk.slots[i]->sides == THEIRS;
		}
	}
	arena_drop(&walk.arena);
	return good;
}

/* How many of the commits looked for are not found yet, and the earliest date of
 * those. */
static size_t left_to_find(uint64_t *earliest, struct node *const *wanted, size_t count)
{
	size_t left = 0;

	*earliest = UINT64_MAX;
	for (size_t i = 0; i < count; i++) {
		if (wanted[i]->sides)
			continue;
		left++;
		if (wanted[i]->date < *earliest)
			*earliest = wanted[i]->date;
	}
	return left;
}

/* Takes in the history of what is in the heap, as far as commits are not earlier than
 * those that are looked for. */
static bool search(struct walk *walk, struct node *const *wanted, size_t count)
{
	uint64_t earliest;

	for (int left = SLOP;
	     left_to_find(&earliest, wanted, count) > 0 && walk->heap.count > 0;) {
		struct node *node;

		if (walk->heap.items[0]->date < earliest && left-- == 0)
			return true;
		node = pop(walk);
		for (size_t i = 0; i < node->parents.count; i++) {
			struct node *parent = node->parents.items[i];

			if (walk->used > MOST_NODES || !add_sides(walk, parent, OURS) ||
			    parent->date > node->date)
				return false;
		}
	}
	return true;
}

bool graph_holds(bool *held, git_repository *repository, const git_oid *from,
                 const git_oid *ids, size_t count)
{
	struct walk walk = {.repository = repository, .horizon = UINT64_MAX};
	struct node **wanted = arena_take(&walk.arena, count * sizeof *wanted);
	bool good = true;

	for (size_t i = 0; good && i < count; i++) {
		wanted[i] = take_node(&walk, &ids[i]);
		good = read_node(&walk, wanted[i]);
	}
	good = good && add_sides(&walk, take_node(&walk, from), OURS) &&
	       search(&walk, wanted, count);
	for (size_t i = 0; good && i < count; i++)
		held[i] = wanted[i]->sides != 0;
	arena_drop(&walk.arena);
	return good;
}

bool graph_walk(git_repository *repository, const git_oid *starts, size_t count,
                int64_t since, bool (*each)(void *context, const git_oid *id),
                void *context)
{
	struct walk walk = {.repository = repository};
	bool good = true;

	for (size_t i = 0; good && i < count; i++)
		good = add_sides(&walk, take_node(&walk, &starts[i]), OURS);
	while (good && walk.heap.count > 0) {
		struct node *node = pop(&walk);

		if ((int64_t)node->date < since)
			break;
		good = each(context, &node->id);
		for (size_t i = 0; good && i < node->parents.count; i++)
			good = add_sides(&walk, node->parents.items[i], OURS);
	}
	arena_drop(&walk.arena);
	return good;
}
