#include "cli/live.h"

#include <stdlib.h>
#include <string.h>

#include "base/mounts.h"
#include "cli/out.h"
#include "cli/select.h"
#include "cli/survey.h"
#include "git/folders.h"
#include "git/probe.h"
#include "run/loop.h"
#include "run/watch.h"

/* Seconds. */
static const double gather = 0.1;     /* that changes are collected before a reading */
static const double longest_wait = 1; /* between two readings when changes never stop */
static const double poll = 2;         /* until what cannot be watched is read again */
static const double poll_watched = 300; /* until anything else is */

enum {
	CALM = 4,   /* times as long as a reading took nothing is read after it */
	REST = 200, /* the same after one that no change has asked for */
	SHARE = 4   /* a repo may have as many watches as there are in all, by this */
};

/* What the view knows of a repo besides what it shows. */
struct live_item {
	struct live_repo shown; /* first, see item_of */
	struct live *live;
	struct arena arena; /* of the summary */
	struct watch_set *set;
	bool watched;
	bool remote; /* on a disk that may not answer */
	bool dirty;  /* is to be read */
	bool list;   /* its folders are to be listed */
	bool due;    /* no change, but it is time */
	double next; /* when it is */
};

/* Repos that may not answer do not hold up the others. */
enum { LANE_LOCAL, LANE_REMOTE, LANES };

struct live_lane {
	struct live *live;
	struct live_reading *reading; /* at work, else NULL */
	double not_before;            /* the next reading */
	double rest;                  /* until then none that no change has asked for */
};

struct live {
	struct invocation *invocation;
	struct arena *arena;
	struct loop *loop;
	struct live_options options;
	struct select_filter filter;
	double limit;
	struct live_lane lanes[LANES];
	struct watches *watches;
	struct watch_set *home, *state;
	struct loop_timer *gather, *poll, *reload;
	bool closed;
	double wakes; /* when `gather` is due */
	struct {
		struct live_item **items;
		size_t count, room;
	} all; /* by id */
	struct live_repo **chosen;
	size_t chosen_count;
};

/* Some repos being read on a thread; all that the thread touches is in it. */
struct live_reading {
	struct live_lane *lane;
	struct arena arena;
	struct invocation invocation; /* as it was at the start */
	unsigned wants;
	double limit;
	size_t most; /* folders of a repo */
	struct live_item **items;
	struct repo **repos;
	struct summary **summaries;
	struct live_folders {
		struct arena arena;
		struct strings list;
		const char *path; /* NULL: are not to be listed */
		bool known;
	} * folders;
	bool *late;
	size_t count;
	bool whole;  /* no thread was left behind */
	bool polled; /* nothing but time has asked for it */
	double began, processor;
};

static struct live_item *item_of(const struct live *live, size_t id)
{
	return live->all.items[id];
}

/* --- a reading --- */

static void list_folders(void *context, size_t index, const struct spread *spread)
{
	struct live_reading *reading = context;
	struct live_folders *folders = &reading->folders[index];

	(void)spread;
	if (folders->path)
		folders->known = folders_list(&folders->list, &folders->arena,
		                              folders->path, reading->most);
}

/* On a thread. What listing finds counts only where it was in time. */
static void reading_work(void *context)
{
	struct live_reading *reading = context;
	reading->whole = survey_refresh(
		reading->summaries, &reading->invocation, reading->repos,
		reading->count, reading->wants,
		reading->lane == &reading->lane->live->lanes[LANE_REMOTE],
		reading->limit, &reading->arena);
	if (survey_run(reading->count, reading->limit, list_folders, reading,
	               reading->late))
		reading->whole = false;
}

/* Of one on a disk that may not answer no folder may be touched; one with flags may be
 * somewhere else. */
static void ask_for_list(struct live_item *item)
{
	item->list = !item->remote && !*item->shown.repo->flags;
}

/* Begins to read in so many seconds, or sooner where that was agreed already. */
static void wake(struct live *live, double seconds)
{
	double due = loop_clock() + seconds;

	if (loop_timer_runs(live->gather) && live->wakes <= due)
		return;
	live->wakes = due;
	loop_timer_start(live->gather, seconds);
}

/* Whether it differs from that of before. */
static bool take_summary(struct live_item *item, const struct summary *summary)
{
	struct arena arena = {0};

	if (!summary ||
	    (item->shown.summary && summary_equal(item->shown.summary, summary)))
		return false;
	/* Where it is, or is no more, there are other folders to be watched. */
	if (item->shown.summary && item->shown.summary->state != summary->state) {
		item->dirty = true;
		ask_for_list(item);
	}
	item->shown.summary = summary_copy(&arena, summary);
	arena_drop(&item->arena);
	item->arena = arena;
	return true;
}

/* What has changed before a folder was watched went unnoticed: it is read once more. */
static void take_folders(struct live_item *item, const struct live_folders *folders)
{
	const struct strings none = {0};
	bool news = false;

	item->watched = watch_set_update(item->set,
	                                 folders->known ? &folders->list : &none,
	                                 &news) &&
	                folders->known;
	if (item->watched && news)
		item->dirty = true;
}

struct listed {
	size_t folders;
	size_t index;
};

static int compare_listed(const void *one, const void *other)
{
	const struct listed *a = one, *b = other;

	return (a->folders > b->folders) - (a->folders < b->folders);
}

/* The smallest first: where watches run out, it is the largest that go without. */
static void take_lists(struct live_reading *reading)
{
	struct listed *listed = arena_take(&reading->arena,
	                                   reading->count * sizeof *listed);
	size_t count = 0;

	for (size_t i = 0; i < reading->count; i++)
		if (reading->folders[i].path && !reading->late[i])
			listed[count++] = (struct listed){
				reading->folders[i].list.count, i};
	qsort(listed, count, sizeof *listed, compare_listed);
	for (size_t i = 0; i < count; i++)
		take_folders(reading->items[listed[i].index],
		             &reading->folders[listed[i].index]);
}

static bool reading_take(struct live_reading *reading)
{
	double now = loop_clock();
	bool changed = false;

	take_lists(reading);
	for (size_t i = 0; i < reading->count; i++) {
		struct live_item *item = reading->items[i];

		changed |= take_summary(item, reading->summaries[i]);
		item->next = now + (item->watched ? poll_watched : poll);
	}
	return changed;
}

static void reading_drop(struct live_reading *reading)
{
	struct arena arena = reading->arena;

	for (size_t i = 0; i < reading->count; i++)
		if (!reading->late[i])
			arena_drop(&reading->folders[i].arena);
	if (reading->whole)
		arena_drop(&arena);
}

static void reading_done(void *context)
{
	struct live_reading *reading = context;
	struct live_lane *lane = reading->lane;
	struct live *live = lane->live;
	double now = loop_clock(), taken = now - reading->began;
	double processor = loop_processor() - reading->processor;
	bool changed;

	lane->reading = NULL;
	if (live->closed) {
		reading_drop(reading);
		return;
	}
	lane->not_before = now +
	                   (taken * CALM < longest_wait ? taken * CALM : longest_wait);
	if (reading->polled)
		lane->rest = now + processor * REST;
	changed = reading_take(reading);
	reading_drop(reading);
	wake(live, gather);
	if (changed)
		live->options.changed(live->options.context);
}

/* Whether the item is to be read now. */
static bool is_wanted(const struct live_item *item, const struct live_lane *lane,
                      double now)
{
	bool remote = lane == &lane->live->lanes[LANE_REMOTE];

	return item->shown.chosen && item->remote == remote &&
	       (item->dirty || (item->due && now >= lane->rest));
}

static void reading_add(struct live_reading *reading, struct live_item *item)
{
	bool lists = item->list && item->shown.summary;
	size_t at = reading->count++;

	reading->items[at] = item;
	reading->repos[at] = item->shown.repo;
	reading->polled &= !item->dirty;
	/* What is shown first is not to wait for folders to be listed. */
	if (lists)
		reading->folders[at].path = item->shown.repo->path;
	item->dirty = item->list = item->list && !lists;
	item->due = false;
}

static struct live_reading *reading_make(struct live_lane *lane, size_t most)
{
	struct arena arena = {0};
	struct live_reading *reading = arena_take(&arena, sizeof *reading);
	struct live *live = lane->live;

	reading->lane = lane;
	reading->wants = live->options.wants |
	                 select_filter_wants(&live->filter, live->invocation);
	reading->limit = live->limit;
	reading->most = watches_most(live->watches) / SHARE;
	reading->items = arena_take(&arena, most * sizeof(struct live_item *));
	reading->repos = arena_take(&arena, most * sizeof(struct repo *));
	reading->summaries = arena_take(&arena, most * sizeof(struct summary *));
	reading->folders = arena_take(&arena, most * sizeof *reading->folders);
	reading->late = arena_take(&arena, most * sizeof *reading->late);
	reading->polled = true;
	reading->began = loop_clock();
	reading->processor = loop_processor();
	reading->invocation = *live->invocation;
	reading->arena = arena;
	reading->invocation.arena = &reading->arena;
	return reading;
}

static void lane_start(struct live_lane *lane)
{
	struct live *live = lane->live;
	struct live_reading *reading;
	double now = loop_clock();
	size_t wanted = 0;

	for (size_t i = 0; i < live->all.count; i++)
		wanted += is_wanted(live->all.items[i], lane, now);
	if (lane->reading || wanted == 0)
		return;
	if (now < lane->not_before) {
		wake(live, lane->not_before - now);
		return;
	}
	reading = reading_make(lane, wanted);
	for (size_t i = 0; i < live->all.count; i++)
		if (is_wanted(live->all.items[i], lane, now))
			reading_add(reading, live->all.items[i]);
	lane->reading = reading;
	loop_work(live->loop, reading_work, reading_done, reading);
}

/* --- what asks for one --- */

static void on_gathered(void *context)
{
	struct live *live = context;

	for (size_t i = 0; i < LANES; i++)
		lane_start(&live->lanes[i]);
}

static void on_change(void *context, const char *name, bool folders)
{
	struct live_item *item = context;

	item->dirty = true;
	/* Files by which others are ignored decide which folders count. */
	if (folders || !name || strcmp(name, ".gitignore") == 0 ||
	    strcmp(name, "exclude") == 0)
		ask_for_list(item);
	wake(item->live, gather);
}

static void on_poll(void *context)
{
	struct live *live = context;
	double now = loop_clock();
	bool any = false;

	for (size_t i = 0; i < live->all.count; i++) {
		struct live_item *item = live->all.items[i];

		if (!item->shown.chosen || now < item->next)
			continue;
		item->due = any = true;
		if (item->watched)
			ask_for_list(item);
	}
	if (any)
		wake(live, 0);
	loop_timer_start(live->poll, poll);
}

/* --- which repos --- */

static struct live_item *find_item(const struct live *live, const struct repo *repo)
{
	for (size_t i = 0; i < live->all.count; i++) {
		struct live_item *item = live->all.items[i];

		if (strcmp(item->shown.repo->name, repo->name) == 0 &&
		    strcmp(item->shown.repo->path, repo->path) == 0)
			return item;
	}
	return NULL;
}

static struct live_item *add_item(struct live *live, struct repo *repo,
                                  const struct mounts *mounts)
{
	struct live_item **place = ARENA_PUSH(live->arena, &live->all);
	struct live_item *item = arena_take(live->arena, sizeof *item);

	*item = (struct live_item){
		.shown = {.id = live->all.count - 1, .repo = repo},
		.live = live,
		.remote = probe_leads_remote(mounts, repo->path),
	};
	item->set = watch_set_make(live->watches, on_change, item);
	*place = item;
	return item;
}

static void leave_item(struct live_item *item)
{
	const struct strings none = {0};
	bool news;

	item->watched = item->dirty = item->due = false;
	watch_set_update(item->set, &none, &news);
}

static void choose_item(struct live *live, struct repo *repo, size_t at, bool first,
                        const struct mounts *mounts)
{
	struct live_item *item = first ? NULL : find_item(live, repo);

	if (!item)
		item = add_item(live, repo, mounts);
	if (strcmp(item->shown.repo->flags, repo->flags) != 0) {
		leave_item(item);
		item->shown.chosen = false;
	}
	item->shown.repo = repo;
	if (!item->shown.chosen) {
		item->dirty = true;
		ask_for_list(item);
	}
	item->shown.chosen = true;
	live->chosen[at] = &item->shown;
}

static void take_selection(struct live *live, const struct selection *selection)
{
	bool *before = arena_take(live->arena, live->all.count * sizeof *before);
	bool first = live->all.count == 0;
	size_t known = live->all.count;
	struct mounts mounts = {0};

	mounts_load(&mounts, live->arena);
	live->chosen = arena_take(live->arena,
	                          selection->count * sizeof(struct live_repo *));
	live->chosen_count = selection->count;
	for (size_t i = 0; i < known; i++) {
		before[i] = item_of(live, i)->shown.chosen;
		item_of(live, i)->shown.chosen = false;
	}
	for (size_t i = 0; i < selection->count; i++) {
		struct live_item *old = first ? NULL
		                              : find_item(live, selection->items[i]);

		if (old && before[old->shown.id])
			old->shown.chosen = true; /* is as new as it was */
		choose_item(live, selection->items[i], i, first, &mounts);
	}
	for (size_t i = 0; i < known; i++)
		if (before[i] && !item_of(live, i)->shown.chosen)
			leave_item(item_of(live, i));
}

static int choose_repos(struct live *live)
{
	struct selection selection = {0};
	struct select_filter filter = {0};
	int status = select_candidates(&selection, &filter, live->invocation);

	if (status != STATUS_OK)
		return status;
	live->filter = filter;
	take_selection(live, &selection);
	return STATUS_OK;
}

/* A list that cannot be read, or in which the words choose nothing any more, leaves the
 * view as it is; the reason was printed. */
static void on_reload(void *context)
{
	struct live *live = context;
	struct registry before = live->invocation->registry;

	live->invocation->has_registry = live->invocation->registry_failed = false;
	if (invocation_registry(live->invocation) != STATUS_OK ||
	    choose_repos(live) != STATUS_OK) {
		live->invocation->registry = before;
		live->invocation->has_registry = true;
	}
	wake(live, 0);
	live->options.changed(live->options.context);
}

static void on_home(void *context, const char *name, bool folders)
{
	struct live *live = context;

	(void)folders;
	if (!name || strcmp(name, "repos.csv") == 0 ||
	    strcmp(name, "groups.csv") == 0 || strstr(name, ".context"))
		loop_timer_start(live->reload, gather);
}

/* The last run is another one. */
static void on_state(void *context, const char *name, bool folders)
{
	struct live *live = context;

	(void)name;
	(void)folders;
	live->options.changed(live->options.context);
}

static void watch_one(struct watch_set *set, const char *folder)
{
	const char *items[] = {folder, NULL};
	const struct strings list = {.items = items, .count = 1};
	bool news;

	watch_set_update(set, &list, &news);
}

int live_open(struct live **out, struct invocation *invocation, struct loop *loop,
              const struct live_options *options)
{
	struct arena *arena = invocation->arena;
	struct live *live = arena_take(arena, sizeof *live);
	int status = survey_limit(&live->limit);

	live->invocation = invocation;
	live->arena = arena;
	live->loop = loop;
	live->options = *options;
	live->watches = watches_open(loop, arena);
	live->gather = loop_timer(loop, on_gathered, live);
	live->poll = loop_timer(loop, on_poll, live);
	live->reload = loop_timer(loop, on_reload, live);
	for (size_t i = 0; i < LANES; i++)
		live->lanes[i].live = live;
	if (status == STATUS_OK)
		status = choose_repos(live);
	if (status != STATUS_OK) {
		(void)loop_close(loop);
		return status;
	}
	survey_begin();
	live->home = watch_set_make(live->watches, on_home, live);
	live->state = watch_set_make(live->watches, on_state, live);
	watch_one(live->home, invocation->home.config);
	watch_one(live->state, invocation->home.state);
	wake(live, 0);
	loop_timer_start(live->poll, poll);
	*out = live;
	return STATUS_OK;
}

void live_close(struct live *live)
{
	live->closed = true;
	watches_close(live->watches);
	survey_end(!loop_close(live->loop));
	for (size_t i = 0; i < live->all.count; i++)
		arena_drop(&item_of(live, i)->arena);
}

struct live_repo *const *live_repos(const struct live *live, size_t *count)
{
	*count = live->chosen_count;
	return live->chosen;
}

size_t live_unread(const struct live *live)
{
	size_t count = 0;

	for (size_t i = 0; i < live->chosen_count; i++)
		count += !live->chosen[i]->summary;
	return count;
}

void live_reread(struct live *live)
{
	for (size_t i = 0; i < live->chosen_count; i++) {
		struct live_item *item = item_of(live, live->chosen[i]->id);

		item->dirty = true;
		ask_for_list(item);
	}
	wake(live, 0);
}

int live_fill(struct overview *overview, struct live_repo ***shown,
              const struct live *live)
{
	struct arena *arena = overview->arena;
	size_t room = live->chosen_count, count = 0, kept = 0;
	struct live_repo **read = arena_take(arena, room * sizeof(struct live_repo *));
	struct repo **repos = arena_take(arena, room * sizeof(struct repo *));
	struct summary **summaries = arena_take(arena, room * sizeof(struct summary *));
	bool *holds = arena_take(arena, room * sizeof *holds);
	struct invocation invocation = *live->invocation;
	int status;

	for (size_t i = 0; i < room; i++) {
		if (!live->chosen[i]->summary)
			continue;
		read[count] = live->chosen[i];
		repos[count] = live->chosen[i]->repo;
		summaries[count++] = live->chosen[i]->summary;
	}
	invocation.arena = arena; /* what judging needs ends with the rows */
	status = select_filter_judge(holds, &live->filter, &invocation, repos,
	                             summaries, count);
	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		if (!holds[i])
			continue;
		read[kept] = read[i];
		repos[kept] = repos[i];
		summaries[kept++] = summaries[i];
	}
	overview_fill(overview, repos, summaries, kept);
	if (shown)
		*shown = read;
	return status;
}
