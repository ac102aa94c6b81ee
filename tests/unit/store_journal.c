/* The journal: a run written, read back, limited, interrupted. */
#include "store_place.h"

#include <dirent.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <time.h>

#include "store/journal.h"

static struct journal journal;

static struct journal_writer *begin(const char *command)
{
	return journal_begin(&home, &arena, "fetch", command, &notes);
}

static void add(struct journal_writer *writer, const char *name, const char *output)
{
	journal_write(writer, output, strlen(output));
	journal_add(writer, &(struct journal_entry){
				    .name = name, .path = "/r", .outcome = "ok"});
}

static void load(void)
{
	assert_true(journal_load(&journal, &home, NULL, &arena, &err));
}

static const char *output_of(const char *name)
{
	const struct journal_entry *entry = journal_find(&journal, name);
	BUF out = {0};

	if (!entry)
		return "(no entry)";
	if (!journal_output(&out, &journal, entry, &err))
		return err.text;
	return arena_bytes(&arena, buf_text(&out), out.length);
}

static size_t files_in_state(void)
{
	DIR *folder = opendir(home.state);
	size_t count = 0;

	while (readdir(folder))
		count++;
	closedir(folder);
	return count - 2;
}

static void each_title_has_a_last_run(void **state)
{
	struct journal_writer *writer = begin("gita fetch");

	(void)state;
	add(writer, "a", "some output");
	journal_end(writer, &notes);
	writer = journal_begin(&home, &arena, "a/b", "gita a/b", &notes);
	add(writer, "b", "");
	journal_end(writer, &notes);
	assert_true(journal_load(&journal, &home, "fetch", &arena, &err));
	assert_string_equal(journal.command, "gita fetch");
	assert_string_equal(output_of("a"), "");
	assert_true(journal_load(&journal, &home, "pull", &arena, &err));
	assert_null(journal.file);
	/* What is no name for a file has no run of its own. */
	assert_true(journal_load(&journal, &home, "a/b", &arena, &err));
	assert_string_equal(journal.command, "gita a/b");
	assert_int_equal(files_in_state(), 2);
}

static void there_was_no_run(void **state)
{
	(void)state;
	load();
	assert_null(journal.file);
	assert_int_equal(journal.count, 0);
	assert_null(journal_find(&journal, "a"));
}

static void a_run_is_read_back(void **state)
{
	struct journal_writer *writer = begin("gita super 'a \"b\",\nc'");
	const struct journal_entry *entry;
	struct stat info;
	BUF bytes = {0};

	(void)state;
	journal_write(writer, "one\n", 4);
	journal_write(writer, "t\0w", 3);
	journal_add(writer, &(struct journal_entry){.name = "web",
	                                            .path = "/src/a,\n\xff",
	                                            .outcome = "killed by SIGTERM",
	                                            .ran = true,
	                                            .signal = 15,
	                                            .seconds = 1.25});
	journal_add(writer, &(struct journal_entry){
				    .name = "api", .path = "/x", .outcome = "not run"});
	journal_write(writer, "end", 3);
	journal_add(writer, &(struct journal_entry){.name = "doc",
	                                            .path = "/y",
	                                            .outcome = "ok",
	                                            .ok = true,
	                                            .ran = true,
	                                            .exit = 3});
	journal_end(writer, &notes);
	assert_string_equal(got_notes(), "");

	load();
	assert_string_equal(journal.command, "gita super 'a \"b\",\nc'");
	assert_true(llabs(journal.started - (int64_t)time(NULL)) < 3600);
	assert_int_equal(journal.count, 3);
	entry = journal_find(&journal, "web");
	assert_ptr_equal(entry, &journal.items[0]);
	assert_string_equal(entry->path, "/src/a,\n\xff");
	assert_string_equal(entry->outcome, "killed by SIGTERM");
	assert_true(entry->ran && !entry->ok && entry->whole);
	assert_int_equal(entry->signal, 15);
	assert_int_equal(entry->seconds * 1000, 1250);
	assert_true(journal_output(&bytes, &journal, entry, &err));
	assert_int_equal(bytes.length, 7);
	assert_memory_equal(bytes.data, "one\nt\0w", 7);
	entry = journal_find(&journal, "api");
	assert_true(!entry->ran && !entry->ok);
	assert_string_equal(output_of("api"), "");
	entry = journal_find(&journal, "doc");
	assert_true(entry->ran && entry->ok);
	assert_int_equal(entry->exit, 3);
	assert_string_equal(output_of("doc"), "end");
	assert_string_equal(output_of("x"), "(no entry)");
	assert_int_equal(files_in_state(), 2);
	scratch_check(stat(journal.file, &info) == 0, "stat");
	assert_int_equal(info.st_mode & 0777, 0600);
	scratch_check(stat(home.state, &info) == 0, "stat");
	assert_int_equal(info.st_mode & 0777, 0700);
}

static void of_two_entries_of_a_name_the_last_counts(void **state)
{
	struct journal_writer *writer = begin("gita fetch");

	(void)state;
	add(writer, "b", "first");
	add(writer, "a", "other");
	add(writer, "b", "second");
	journal_end(writer, &notes);
	load();
	assert_int_equal(journal.count, 3);
	assert_string_equal(output_of("b"), "second");
	assert_string_equal(output_of("a"), "other");
}

static void a_run_takes_the_place_of_the_last_when_it_is_over(void **state)
{
	struct journal_writer *writer = begin("gita old");
	struct journal old;

	(void)state;
	add(writer, "a", "old output");
	journal_end(writer, &notes);
	writer = begin("gita new");
	add(writer, "b", "new output");
	load();
	old = journal;
	assert_string_equal(journal.command, "gita old");
	journal_end(writer, &notes);
	assert_string_equal(
		output_of("a"),
		"cannot read the output of 'a': a later run has replaced it");
	journal = old;
	load();
	assert_string_equal(journal.command, "gita new");
	assert_string_equal(output_of("b"), "new output");
	assert_string_equal(output_of("a"), "(no entry)");
}

static void output_is_kept_up_to_the_limits(void **state)
{
	struct journal_writer *writer = begin("gita super log");
	char *piece = arena_take(&arena, JOURNAL_REPO_LIMIT);
	enum { REPOS = JOURNAL_LIMIT / JOURNAL_REPO_LIMIT };

	(void)state;
	memset(piece, 'x', JOURNAL_REPO_LIMIT);
	for (int i = 0; i <= REPOS; i++) {
		journal_write(writer, piece, JOURNAL_REPO_LIMIT - 1);
		if (i > 0)
			journal_write(writer, "yz", 2);
		add(writer, arena_format(&arena, "r%d", i), "");
	}
	journal_end(writer, &notes);
	load();
	assert_true(journal.items[0].whole);
	assert_int_equal(journal.items[0].length, JOURNAL_REPO_LIMIT - 1);
	assert_false(journal.items[1].whole);
	assert_int_equal(journal.items[1].length, JOURNAL_REPO_LIMIT);
	assert_string_equal(output_of("r1") + JOURNAL_REPO_LIMIT - 2, "xy");
	assert_false(journal.items[REPOS].whole);
	assert_int_equal(journal.items[REPOS].length, 1);
	assert_string_equal(output_of(arena_format(&arena, "r%d", REPOS)), "x");
}

static void a_full_disk_is_one_note_and_the_last_run_stays(void **state)
{
	struct journal_writer *writer = begin("gita old");
	struct rlimit limit, small;

	(void)state;
	add(writer, "a", "old output");
	journal_end(writer, &notes);
	scratch_check(getrlimit(RLIMIT_FSIZE, &limit) == 0, "getrlimit");
	small = limit;
	small.rlim_cur = 1000;
	scratch_check(setrlimit(RLIMIT_FSIZE, &small) == 0, "setrlimit");
	writer = begin("gita new");
	for (int i = 0; i < 10000; i++)
		add(writer, "b", "new output");
	journal_end(writer, &notes);
	scratch_check(setrlimit(RLIMIT_FSIZE, &limit) == 0, "setrlimit");
	assert_string_equal(got_notes(),
	                    arena_format(&arena,
	                                 "cannot write the journal of this run in "
	                                 "'%s/last-run': file too large\n",
	                                 home.state));
	load();
	assert_string_equal(journal.command, "gita old");
	assert_int_equal(files_in_state(), 2);
	assert_ptr_equal(signal(SIGXFSZ, SIG_DFL), SIG_DFL);
}

static void a_folder_that_cannot_be_made_is_one_note(void **state)
{
	struct journal_writer *writer;

	(void)state;
	scratch_file("state", "");
	writer = begin("gita fetch");
	add(writer, "a", "x");
	journal_end(writer, &notes);
	assert_string_equal(got_notes(),
	                    arena_format(&arena,
	                                 "cannot write the journal of this run: cannot "
	                                 "create the folder '%s': file exists\n",
	                                 home.state));
}

static void limit_descriptors(rlim_t most)
{
	struct rlimit limit;

	scratch_check(getrlimit(RLIMIT_NOFILE, &limit) == 0, "getrlimit");
	limit.rlim_cur = most ? most : limit.rlim_max;
	scratch_check(setrlimit(RLIMIT_NOFILE, &limit) == 0, "setrlimit");
}

/* No further file can be opened, from the start or at the end only. */
static void without_descriptors_there_is_one_note(void **state)
{
	const char *note = arena_format(&arena,
	                                "cannot write the journal of this run in "
	                                "'%s/last-run': too many open files\n",
	                                home.state);
	struct journal_writer *writer;

	(void)state;
	scratch_folder("state");
	limit_descriptors(3);
	writer = begin("gita fetch");
	add(writer, "a", "output");
	journal_end(writer, &notes);
	limit_descriptors(0);
	assert_string_equal(got_notes(), note);
	assert_int_equal(files_in_state(), 0);
	writer = begin("gita fetch");
	add(writer, "a", "output");
	limit_descriptors(3);
	journal_end(writer, &notes);
	limit_descriptors(0);
	assert_string_equal(got_notes(), note);
	assert_int_equal(files_in_state(), 1);
	load();
	assert_string_equal(output_of("a"), "output");
}

/* What little there is to write fails at the end, and so does what cannot take its
 * place. */
static void what_fails_at_the_end_is_one_note(void **state)
{
	struct rlimit limit, none;
	struct journal_writer *writer;

	(void)state;
	scratch_check(getrlimit(RLIMIT_FSIZE, &limit) == 0, "getrlimit");
	none = limit;
	none.rlim_cur = 0;
	writer = begin("gita fetch");
	scratch_check(setrlimit(RLIMIT_FSIZE, &none) == 0, "setrlimit");
	add(writer, "a", "output");
	journal_end(writer, &notes);
	scratch_check(setrlimit(RLIMIT_FSIZE, &limit) == 0, "setrlimit");
	assert_string_equal(got_notes(),
	                    arena_format(&arena,
	                                 "cannot write the journal of this run in "
	                                 "'%s/last-run': file too large\n",
	                                 home.state));
	scratch_folder("state/last-run");
	writer = begin("gita fetch");
	journal_end(writer, &notes);
	assert_string_equal(got_notes(),
	                    arena_format(&arena,
	                                 "cannot write the journal of this run in "
	                                 "'%s/last-run': is a directory\n",
	                                 home.state));
	assert_int_equal(files_in_state(), 1);
}

/* A title that cannot name a file has no last run of its own. */
static void titles_that_are_no_names(void **state)
{
	const char *const titles[] = {NULL, "", "a/b",
	                              arena_format(&arena, "%0*d", 101, 0)};

	(void)state;
	for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
		struct journal_writer *writer = journal_begin(&home, &arena, titles[i],
		                                              "gita x", &notes);

		add(writer, "a", "output");
		journal_end(writer, &notes);
		assert_true(journal_load(&journal, &home, titles[i], &arena, &err));
		assert_string_equal(output_of("a"), "output");
		assert_int_equal(files_in_state(), 1);
	}
	assert_string_equal(got_notes(), "");
}

/* Between the reading of the list and that of an output anything may happen. */
static void an_output_that_is_gone_says_why(void **state)
{
	struct journal_writer *writer = begin("gita fetch");
	const char *path = arena_format(&arena, "%s/last-run", home.state);

	(void)state;
	add(writer, "a", "output");
	journal_end(writer, &notes);
	load();
	scratch_check(truncate(path, (off_t)journal.items[0].offset + 3) == 0, path);
	assert_string_equal(output_of("a"),
	                    arena_format(&arena,
	                                 "cannot read the output of 'a': '%s' is "
	                                 "truncated",
	                                 path));
	scratch_check(truncate(path, 0) == 0, path);
	assert_string_equal(
		output_of("a"),
		"cannot read the output of 'a': a later run has replaced it");
	scratch_check(unlink(path) == 0, path);
	assert_string_equal(output_of("a"),
	                    arena_format(&arena,
	                                 "cannot read '%s': no such file or "
	                                 "directory",
	                                 path));
	scratch_check(symlink("last-run", path) == 0, path);
	assert_false(journal_load(&journal, &home, NULL, &arena, &err));
	assert_string_equal(err.text,
	                    arena_format(&arena,
	                                 "cannot read '%s': too many levels of "
	                                 "symbolic links",
	                                 path));
}

static void what_is_no_journal_is_an_error(void **state)
{
	static const char *const cases[] = {
		"",
		"short",
		"gita-journal-1 1 1\n",
		"gita-journal-1 1 1\nno rows at the end of it\n00000000000000000019\n",
		"gita-journal-1 1 1\ngita x,1\r\n00000000000000000099\n",
		"gita-journal-1 1 1\ngita x,1\r\na,/,ok,1,1,0,0,0,0,99,1\r\n"
		"00000000000000000019\n",
		"gita-journal-1 1 1\ngita x,1\r\na,/,ok,1,1,0,0,0,0\r\n"
		"00000000000000000019\n",
		"gita-journal-2 1 1\ngita x,1\r\n00000000000000000019\n",
		"gita-journal-1 1 1\n00000000000000000019\n",
		"gita-journal-1 1 1\ngita x\r\n00000000000000000019\n",
		"gita-journal-1 1 1\ngita x,y\r\n00000000000000000019\n",
		"gita-journal-1 1 1\n\"gita x,1\r\n00000000000000000019\n",
		"gita-journal-1 1 1\ngita x,1\r\na,/,ok,1,1,-1,0,0,0,0,1\r\n"
		"00000000000000000019\n",
		"gita-journal-1 1 1\ngita x,1\r\na,/,ok,1,1,0,0,0,20,0,1\r\n"
		"00000000000000000019\n",
		"a line that has no end, and is longer than any stamp of a journal "
		"could "
		"ever become, whatever the process and the "
		"time\n00000000000000000019\n",
	};

	(void)state;
	scratch_folder("state");
	scratch_folder("state/last-run");
	assert_false(journal_load(&journal, &home, NULL, &arena, &err));
	scratch_check(rmdir(in_scratch("state/last-run")) == 0, "rmdir");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		scratch_file("state/last-run", cases[i]);
		assert_false(journal_load(&journal, &home, NULL, &arena, &err));
		assert_string_equal(err.text,
		                    arena_format(&arena,
		                                 "cannot read '%s/last-run': not a "
		                                 "journal of gita; remove it",
		                                 home.state));
	}
}

/* A journal with so many bytes of rows: that of the command alone. */
static void put_rows(size_t length)
{
	BUF text = {0};

	buf_adds(&text, "gita-journal-1 1 1\n");
	buf_repeat(&text, 'x', length - strlen(",1\r\n"));
	buf_adds(&text, ",1\r\n00000000000000000019\n");
	scratch_file("state/last-run", buf_text(&text));
}

static void rows_without_end_are_not_read(void **state)
{
	(void)state;
	scratch_folder("state");
	put_rows(JOURNAL_LIMIT);
	load();
	assert_int_equal(strlen(journal.command), JOURNAL_LIMIT - 4);
	put_rows(JOURNAL_LIMIT + 1);
	assert_false(journal_load(&journal, &home, NULL, &arena, &err));
	assert_string_equal(err.text,
	                    arena_format(&arena,
	                                 "cannot read '%s/last-run': not a journal of "
	                                 "gita; remove it",
	                                 home.state));
}

/* As if a run had been killed so many seconds ago. */
static int leave_behind(const char *name, long ago)
{
	const char *path = in_scratch(name);
	struct timespec times[2] = {{.tv_sec = time(NULL) - ago}};
	int file;

	times[1] = times[0];
	scratch_file(name, "x");
	scratch_check(utimensat(AT_FDCWD, path, times, 0) == 0, name);
	file = open(path, O_RDONLY);
	scratch_check(file >= 0, name);
	return file;
}

static void what_a_killed_run_left_is_swept(void **state)
{
	int dead, young, alive;

	(void)state;
	scratch_folder("state");
	dead = leave_behind("state/.gita-run-dead", 7200);
	young = leave_behind("state/.gita-run-young", 60);
	alive = leave_behind("state/.gita-run-alive", 7200);
	scratch_link("state/.gita-run-link", "nowhere");
	scratch_check(flock(alive, LOCK_EX) == 0, "flock");
	journal_end(begin("gita fetch"), &notes);
	assert_int_equal(access(in_scratch("state/.gita-run-dead"), F_OK), -1);
	assert_int_equal(access(in_scratch("state/.gita-run-young"), F_OK), 0);
	assert_int_equal(access(in_scratch("state/.gita-run-alive"), F_OK), 0);
	assert_int_equal(files_in_state(), 5);
	close(dead);
	close(young);
	close(alive);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PLACE_TEST(each_title_has_a_last_run),
		PLACE_TEST(there_was_no_run),
		PLACE_TEST(a_run_is_read_back),
		PLACE_TEST(of_two_entries_of_a_name_the_last_counts),
		PLACE_TEST(a_run_takes_the_place_of_the_last_when_it_is_over),
		PLACE_TEST(output_is_kept_up_to_the_limits),
		PLACE_TEST(a_full_disk_is_one_note_and_the_last_run_stays),
		PLACE_TEST(a_folder_that_cannot_be_made_is_one_note),
		PLACE_TEST(without_descriptors_there_is_one_note),
		PLACE_TEST(what_fails_at_the_end_is_one_note),
		PLACE_TEST(titles_that_are_no_names),
		PLACE_TEST(an_output_that_is_gone_says_why),
		PLACE_TEST(what_is_no_journal_is_an_error),
		PLACE_TEST(rows_without_end_are_not_read),
		PLACE_TEST(what_a_killed_run_left_is_swept),
	};

	return cmocka_run_group_tests_name("store_journal", tests, NULL, NULL);
}
