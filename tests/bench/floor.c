/*
 * The least that a status without a memory can do: list every folder of every work
 * tree and stat every file in it, on as many threads as asked for. Folders that the
 * fleets' ignore rules exclude as a whole are left out. Only the benchmark builds it:
 * floor LIST THREADS
 */
#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Folders that wait for a thread, the last one first. */
static struct {
	pthread_mutex_t lock;
	pthread_cond_t news;
	char **items;
	size_t count, room;
	size_t busy; /* threads that may still push */
} folders = {.lock = PTHREAD_MUTEX_INITIALIZER, .news = PTHREAD_COND_INITIALIZER};

static void push(const char *parent, const char *name)
{
	size_t length = strlen(parent) + strlen(name) + 2;
	char *path = malloc(length);

	snprintf(path, length, *parent ? "%s/%s" : "%s%s", parent, name);
	pthread_mutex_lock(&folders.lock);
	if (folders.count == folders.room) {
		folders.room = folders.room ? 2 * folders.room : 1024;
		folders.items = realloc(folders.items,
		                        folders.room * sizeof *folders.items);
	}
	folders.items[folders.count++] = path;
	pthread_cond_signal(&folders.news);
	pthread_mutex_unlock(&folders.lock);
}

/* NULL: there are no more, and nobody who could find one. */
static char *pop(void)
{
	char *path = NULL;

	pthread_mutex_lock(&folders.lock);
	folders.busy--;
	while (folders.count == 0 && folders.busy > 0)
		pthread_cond_wait(&folders.news, &folders.lock);
	if (folders.count > 0) {
		path = folders.items[--folders.count];
		folders.busy++;
	} else {
		pthread_cond_broadcast(&folders.news);
	}
	pthread_mutex_unlock(&folders.lock);
	return path;
}

static int is_excluded(const char *name)
{
	static const char *const names[] = {".",     "..",           ".git",  "dist",
	                                    "build", "node_modules", ".cache"};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		if (strcmp(name, names[i]) == 0)
			return 1;
	}
	return 0;
}

static void look(const char *path)
{
	DIR *folder = opendir(path);
	const struct dirent *entry;
	struct stat info;

	while (folder && (entry = readdir(folder))) {
		if (is_excluded(entry->d_name))
			continue;
		if (entry->d_type == DT_DIR)
			push(path, entry->d_name);
		else
			fstatat(dirfd(folder), entry->d_name, &info,
			        AT_SYMLINK_NOFOLLOW);
	}
	if (folder)
		closedir(folder);
}

static void *work(void *unused)
{
	char *path;

	while ((path = pop())) {
		look(path);
		free(path);
	}
	return unused;
}

int main(int argc, char **argv)
{
	FILE *file = argc == 3 ? fopen(argv[1], "r") : NULL;
	int threads = argc == 3 ? atoi(argv[2]) : 0;
	pthread_t thread[64];
	char line[4096];

	if (!file || threads < 1 || threads > 64)
		return 2;
	while (fgets(line, sizeof line, file)) {
		line[strcspn(line, "\n")] = '\0';
		push("", line);
	}
	folders.busy = (size_t)threads;
	for (int i = 0; i < threads; i++)
		pthread_create(&thread[i], NULL, work, NULL);
	for (int i = 0; i < threads; i++)
		pthread_join(thread[i], NULL);
	return 0;
}
