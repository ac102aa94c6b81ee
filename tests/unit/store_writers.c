/* Many writers, killed writers, full disks: nothing is lost, nothing is half. */
#include "store_place.h"

#include <dirent.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "store/registry.h"
#include "store/settings.h"

enum { WRITERS = 20, KILLS = 10, ROWS = 2000 };

/* One change, as a process of gita makes it. */
static bool change(const char *repo, const char *group)
{
	struct registry registry;
	bool good = registry_begin(&registry, &home, &arena, &notes, &err);

	if (!good)
		return false;
	registry_add_repo(&registry, repo, arena_format(&arena, "/src/%s", repo), "");
	registry_join_group(&registry, registry_group(&registry, group), repo);
	good = registry_commit(&registry, &err);
	registry_end(&registry);
	return good;
}

/* On a busy disk others may hold the lock for longer than it is waited for. */
static bool is_busy(void)
{
	return strstr(err.text, "another process has held the lock") != NULL;
}

static bool change_in_the_end(const char *repo, const char *group)
{
	while (!change(repo, group))
		if (!is_busy())
			return false;
	return true;
}

static size_t files_in(const char *path)
{
	DIR *folder = opendir(path);
	size_t count = 0;

	while (readdir(folder))
		count++;
	closedir(folder);
	return count - 2;
}

static void none_of_twenty_changes_at_once_is_lost(void **state)
{
	struct registry registry;

	(void)state;
	put_file("groups.csv", "all::\n");
	for (int i = 0; i < WRITERS; i++)
		if (fork() == 0)
			_exit(change_in_the_end(arena_format(&arena, "r%d", i), "all")
			              ? 0
			              : 1);
	for (int i = 0; i < WRITERS; i++) {
		int status;

		assert_true(wait(&status) > 0);
		assert_int_equal(status, 0);
	}
	assert_true(registry_load(&registry, &home, &arena, &notes, &err));
	assert_int_equal(registry.repos.count, WRITERS);
	assert_int_equal(registry.groups.items[0]->members.count, WRITERS);
	for (int i = 0; i < WRITERS; i++)
		assert_non_null(
			registry_repo(&registry, arena_format(&arena, "r%d", i)));
	assert_string_equal(got_notes(), "");
}

/* Writes ROWS rows, all of one letter, again and again. */
static void write_for_ever(int told)
{
	for (char letter = 'a';; letter = letter == 'z' ? 'a' : (char)(letter + 1)) {
		struct arena scratch_arena = {0};
		const char path[] = {'/', letter, '\0'};
		struct registry registry;

		if (!registry_begin(&registry, &home, &scratch_arena, &notes, &err))
			_exit(1);
		for (size_t i = 0; i < registry.repos.count; i++)
			registry_set_path(&registry, registry.repos.items[i], path);
		if (!registry_commit(&registry, &err))
			_exit(1);
		registry_end(&registry);
		arena_drop(&scratch_arena);
		if (write(told, "", 1) != 1)
			_exit(1);
	}
}

/* Kills a writer after it has made `turns` changes, wherever it is by then. */
static void kill_a_writer(int turns)
{
	int ends[2];
	char byte;
	pid_t writer;

	scratch_check(pipe(ends) == 0, "pipe");
	writer = fork();
	if (writer == 0)
		write_for_ever(ends[1]);
	close(ends[1]);
	for (int i = 0; i < turns; i++)
		assert_int_equal(read(ends[0], &byte, 1), 1);
	kill(writer, SIGKILL);
	waitpid(writer, NULL, 0);
	close(ends[0]);
}

static void a_killed_writer_leaves_old_or_new(void **state)
{
	BUF rows = {0};

	(void)state;
	for (int i = 0; i < ROWS; i++)
		buf_addf(&rows, "/0,r%d,,\r\n", i);
	put_file("repos.csv", buf_text(&rows));
	for (int turns = 1; turns <= KILLS; turns++) {
		struct registry registry;

		kill_a_writer(turns);
		assert_true(registry_begin(&registry, &home, &arena, &notes, &err));
		assert_int_equal(registry.repos.count, ROWS);
		for (size_t i = 1; i < ROWS; i++)
			assert_string_equal(registry.repos.items[i]->path,
			                    registry.repos.items[0]->path);
		registry_end(&registry);
	}
}

/* With no file longer than 64 bytes, as on a disk that is full. */
static void limit_files(rlim_t most)
{
	struct rlimit limit;

	scratch_check(getrlimit(RLIMIT_FSIZE, &limit) == 0, "getrlimit");
	limit.rlim_cur = most;
	scratch_check(setrlimit(RLIMIT_FSIZE, &limit) == 0, "setrlimit");
}

static void a_full_disk_leaves_the_old_file(void **state)
{
	static const char long_name[] = "a-name-that-is-long-enough-to-go-beyond-what-"
					"the-disk-has-left-for-us";
	struct registry registry;
	bool good;

	(void)state;
	put_file("repos.csv", "/a,a,,\n");
	assert_true(registry_begin(&registry, &home, &arena, &notes, &err));
	registry_add_repo(&registry, long_name, "/b", "");
	limit_files(64);
	good = registry_commit(&registry, &err);
	limit_files(RLIM_INFINITY);
	registry_end(&registry);
	assert_false(good);
	assert_string_equal(got_error(), "cannot write '~/repos.csv': file too large");
	assert_string_equal(got_file("repos.csv"), "/a,a,,\n");
	assert_int_equal(files_in(home.config), 2); /* it, and the lock */
}

static void a_device_in_the_place_is_not_written(void **state)
{
	struct registry registry;

	(void)state;
	scratch_link("gita/repos.csv", "/dev/full");
	assert_false(registry_begin(&registry, &home, &arena, &notes, &err));
	assert_string_equal(got_error(),
	                    "cannot read '~/repos.csv': not a regular file");
	assert_int_equal(files_in(home.config), 2);
}

static void settings_wait_for_each_other(void **state)
{
	(void)state;
	for (int i = 0; i < SITUATION_COUNT; i++)
		if (fork() == 0) {
			struct settings settings;

			while (!settings_begin(&settings, &home, &arena, &notes, &err))
				if (!is_busy())
					_exit(1);
			settings.colors[i] = "b_black";
			if (!settings_save_colors(&settings, &home, &err))
				_exit(1);
			settings_end(&settings);
			_exit(0);
		}
	for (int i = 0; i < SITUATION_COUNT; i++) {
		int status;

		assert_true(wait(&status) > 0);
		assert_int_equal(status, 0);
	}
	assert_string_equal(
		got_file("color.csv"),
		"in_sync,local_ahead,remote_ahead,diverged,no_remote,upstream_gone,"
		"missing,broken,timeout,in-sync,local-ahead,remote-ahead,no-remote\r\n"
		"b_black,b_black,b_black,b_black,b_black,b_black,b_black,b_black,"
		"b_black,b_black,b_black,b_black,b_black\r\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PLACE_TEST(none_of_twenty_changes_at_once_is_lost),
		PLACE_TEST(a_killed_writer_leaves_old_or_new),
		PLACE_TEST(a_full_disk_leaves_the_old_file),
		PLACE_TEST(a_device_in_the_place_is_not_written),
		PLACE_TEST(settings_wait_for_each_other),
	};

	return cmocka_run_group_tests_name("store_writers", tests, NULL, NULL);
}
