/*
 * What gita would be with libgit2's ready-made status: git_status_list_new on
 * every repository of a list, on as many threads as asked for. Only the
 * benchmark builds it: libgit2_status LIST THREADS
 */
#include <git2.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATHS = 20000 };

static char *paths[PATHS];
static size_t count;
static atomic_size_t next;

static void read_status(const char *path)
{
	git_status_options options = GIT_STATUS_OPTIONS_INIT;
	git_repository *repository;
	git_status_list *list;

	options.flags = GIT_STATUS_OPT_INCLUDE_UNTRACKED;
	if (git_repository_open(&repository, path) != 0)
		exit(1);
	if (git_status_list_new(&list, repository, &options) != 0)
		exit(1);
	printf("%s %zu\n", path, git_status_list_entrycount(list));
	git_status_list_free(list);
	git_repository_free(repository);
}

static void *work(void *unused)
{
	size_t i;

	while ((i = atomic_fetch_add(&next, 1)) < count)
		read_status(paths[i]);
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
	while (count < PATHS && fgets(line, sizeof line, file)) {
		line[strcspn(line, "\n")] = '\0';
		paths[count++] = strdup(line);
	}
	git_libgit2_init();
	for (int i = 0; i < threads; i++)
		pthread_create(&thread[i], NULL, work, NULL);
	for (int i = 0; i < threads; i++)
		pthread_join(thread[i], NULL);
	git_libgit2_shutdown();
	return 0;
}
