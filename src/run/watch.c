#include "run/watch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <uv.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/memory.h"
#include "loop_uv.h"

struct watch {
	uv_fs_event_t handle;
	struct watch_set *set;
	bool stale; /* the folder itself may have gone, or come again */
	char path[];
};

struct watch_set {
	struct watches *watches;
	struct watch_set *next;
	void (*changed)(void *context, const char *name, bool folders);
	void *context;
	struct watch **items; /* sorted by path */
	size_t count;
};

struct watches {
	struct loop *loop;
	struct arena *arena;
	struct watch_set *sets;
	size_t most, count;
};

/* Half of what the user may have: editors want some, too. kqueue takes a descriptor
 * for each folder. */
static size_t find_most(void)
{
	FILE *file = fopen("/proc/sys/fs/inotify/max_user_watches", "re");
	unsigned long allowed = 0;
	struct rlimit limit;

	if (file) {
		if (fscanf(file, "%lu", &allowed) != 1)
			allowed = 0;
		fclose(file);
	} else if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
		allowed = limit.rlim_cur > WATCH_MOST ? WATCH_MOST
		                                      : (unsigned long)limit.rlim_cur;
	}
	return allowed / 2 < WATCH_MOST ? allowed / 2 : WATCH_MOST;
}

struct watches *watches_open(struct loop *loop, struct arena *arena)
{
	struct watches *watches = arena_take(arena, sizeof *watches);

	*watches = (struct watches){.loop = loop, .arena = arena, .most = find_most()};
	return watches;
}

size_t watches_most(const struct watches *watches)
{
	return watches->most;
}

size_t watches_count(const struct watches *watches)
{
	return watches->count;
}

struct watch_set *watch_set_make(struct watches *watches,
                                 void (*changed)(void *context, const char *name,
                                                 bool folders),
                                 void *context)
{
	struct watch_set *set = arena_take(watches->arena, sizeof *set);

	*set = (struct watch_set){.watches = watches,
	                          .next = watches->sets,
	                          .changed = changed,
	                          .context = context};
	watches->sets = set;
	return set;
}

static bool is_folder(const struct watch *watch, const char *name)
{
	BUF path = {0};
	struct stat info;

	buf_addf(&path, "%s/%s", watch->path, name);
	return lstat(path.data, &info) == 0 && S_ISDIR(info.st_mode);
}

/* What happens to the folder itself comes under its own name. */
static void on_change(uv_fs_event_t *handle, const char *name, int events, int status)
{
	struct watch *watch = handle->data;
	const char *own = strrchr(watch->path, '/');
	bool came_or_went = events & UV_RENAME;

	if (status != 0 || !name || (came_or_went && own && strcmp(name, own + 1) == 0))
		watch->stale = true;
	watch->set->changed(watch->set->context, name,
	                    watch->stale || (came_or_went && is_folder(watch, name)));
}

static void on_closed(uv_handle_t *handle)
{
	free(handle->data);
}

static void watch_drop(struct watch *watch)
{
	watch->set->watches->count--;
	uv_close((uv_handle_t *)&watch->handle, on_closed);
}

/* Whether the folder is as good as watched: one that has gone is reported by that above
 * it. `*out` is then NULL. */
static bool watch_add(struct watch **out, struct watch_set *set, const char *path)
{
	struct watches *watches = set->watches;
	size_t length = strlen(path) + 1;
	struct watch *watch;
	int status;

	*out = NULL;
	if (watches->count >= watches->most)
		return false;
	watch = memory_resize(NULL, sizeof *watch + length);
	memset(watch, 0, sizeof *watch);
	watch->set = set;
	memcpy(watch->path, path, length);
	uv_fs_event_init(loop_uv(watches->loop), &watch->handle);
	watch->handle.data = watch;
	watches->count++;
	status = uv_fs_event_start(&watch->handle, on_change, watch->path, 0);
	if (status == 0)
		*out = watch;
	else
		watch_drop(watch);
	return status == 0 || status == UV_ENOENT || status == UV_ENOTDIR;
}

static void set_clear(struct watch_set *set)
{
	for (size_t i = 0; i < set->count; i++)
		watch_drop(set->items[i]);
	free(set->items);
	set->items = NULL;
	set->count = 0;
}

/* The watch that the set has for the path, which is taken out of it; else NULL. `*at`
 * goes through the old ones, those before the path are dropped. */
static struct watch *take_old(struct watch_set *set, size_t *at, const char *path)
{
	while (*at < set->count && strcmp(set->items[*at]->path, path) < 0)
		watch_drop(set->items[(*at)++]);
	if (*at == set->count || strcmp(set->items[*at]->path, path) != 0)
		return NULL;
	if (!set->items[*at]->stale)
		return set->items[(*at)++];
	watch_drop(set->items[(*at)++]);
	return NULL;
}

bool watch_set_update(struct watch_set *set, const struct strings *sorted, bool *grown)
{
	struct watch **items = memory_resize(
		NULL, memory_product(sorted->count + 1, sizeof(struct watch *)));
	size_t count = 0, at = 0;
	bool complete = true;

	*grown = false;
	for (size_t i = 0; i < sorted->count && complete; i++) {
		struct watch *watch = take_old(set, &at, sorted->items[i]);

		if (!watch) {
			complete = watch_add(&watch, set, sorted->items[i]);
			*grown |= watch != NULL;
		}
		if (watch)
			items[count++] = watch;
	}
	while (at < set->count)
		watch_drop(set->items[at++]);
	free(set->items);
	set->items = items;
	set->count = count;
	if (!complete)
		set_clear(set);
	return complete;
}

void watches_close(struct watches *watches)
{
	for (struct watch_set *set = watches->sets; set; set = set->next)
		set_clear(set);
}
