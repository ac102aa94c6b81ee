/* Repos, groups and context: read, changed, written back. */
#include "store_place.h"

#include <dirent.h>

#include "store/registry.h"

static struct registry registry;

static void (*meanwhile)(void); /* happens when the next folder is read */

/* In place of the C library's, for what another process does. */
DIR *opendir(const char *path)
{
	void (*happens)(void) = meanwhile;
	int folder;

	meanwhile = NULL;
	if (happens)
		happens();
	folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return folder < 0 ? NULL : fdopendir(folder);
}

static void load(void)
{
	assert_true(registry_load(&registry, &home, &arena, &notes, &err));
}

static void begin(void)
{
	assert_true(registry_begin(&registry, &home, &arena, &notes, &err));
}

static void commit(void)
{
	assert_true(registry_commit(&registry, &err));
	registry_end(&registry);
}

/* A line for each repo and group: its fields in brackets. */
static const char *seen(void)
{
	BUF out = {0};

	for (size_t i = 0; i < registry.repos.count; i++) {
		const struct repo *repo = registry.repos.items[i];

		buf_addf(&out, "repo [%s] [%s] [%s] [%s] [%s]\n", repo->name,
		         repo->path, repo->type, repo->flags, in_bars(&repo->rest));
	}
	for (size_t i = 0; i < registry.groups.count; i++) {
		const struct group *group = registry.groups.items[i];

		buf_addf(&out, "group [%s] [%s] [%s] [%s]\n", group->name,
		         in_bars(&group->members), group->path, in_bars(&group->rest));
	}
	return arena_string(&arena, buf_text(&out));
}

static void nothing_is_there(void **state)
{
	(void)state;
	scratch_check(rmdir(home.config) == 0, "rmdir");
	load();
	assert_string_equal(seen(), "");
	assert_null(registry.context);
	assert_string_equal(got_notes(), "");
}

static void the_first_write_makes_the_folder_for_its_owner(void **state)
{
	struct stat info;

	(void)state;
	scratch_check(rmdir(home.config) == 0, "rmdir");
	begin();
	registry_add_repo(&registry, "a", "/src/a", "");
	commit();
	assert_string_equal(got_file("repos.csv"), "/src/a,a,,\r\n");
	assert_string_equal(got_file("groups.csv"), "(none)");
	scratch_check(stat(home.config, &info) == 0, "stat");
	assert_int_equal(info.st_mode & 0777, 0700);
}

static void every_dialect_of_a_row_is_read(void **state)
{
	(void)state;
	put_file("repos.csv", "/a,a\n"
	                      "\"/b, c\",b,bare,--git-dir=/x --work-tree='/y z'\r\n"
	                      "\n"
	                      "/d\xff,d\xfe,,,more,\"and \"\"more\"\"\"\n"
	                      "/e,my repo,,\n"
	                      "/f,repo,,");
	put_file("groups.csv", "g:a my repo gone repo:/src\n"
	                       "h:b:\"/x:y\":z\n"
	                       "empty::\n"
	                       "short:a\n");
	load();
	assert_string_equal(seen(), "repo [a] [/a] [] [] []\n"
	                            "repo [b] [/b, c] [bare] "
	                            "[--git-dir=/x --work-tree='/y z'] []\n"
	                            "repo [d\xfe] [/d\xff] [] [] [more|and \"more\"|]\n"
	                            "repo [my repo] [/e] [] [] []\n"
	                            "repo [repo] [/f] [] [] []\n"
	                            "group [g] [a|my repo|gone|repo|] [/src] []\n"
	                            "group [h] [b|] [/x:y] [z|]\n"
	                            "group [empty] [] [] []\n"
	                            "group [short] [a|] [] []\n");
	assert_string_equal(got_notes(), "");
	assert_ptr_equal(registry_repo(&registry, "my repo"), registry.repos.items[3]);
	assert_null(registry_repo(&registry, "my"));
	assert_ptr_equal(registry_repo_at(&registry, "/f"), registry.repos.items[4]);
	assert_null(registry_repo_at(&registry, "/f/"));
	assert_ptr_equal(registry_group(&registry, "h"), registry.groups.items[1]);
	assert_null(registry_group(&registry, "x"));
}

static void only_what_was_asked_is_changed(void **state)
{
	(void)state;
	put_file("repos.csv", "\"/a\",a\n"
	                      "\n"
	                      "/b,b,,-c x,kept\r\n"
	                      "\"/line\nbreak\",c,,,\r"
	                      "/d,d");
	put_file("groups.csv", "\"g\":a  b c:\nh:b gone:/h:kept\n");
	begin();
	registry_rename_repo(&registry, registry_repo(&registry, "b"), "new");
	registry_set_flags(&registry, registry_repo(&registry, "d"), "'x, y'");
	registry_add_repo(&registry, "e", "/e \"e\"", "bare");
	commit();
	assert_string_equal(got_file("repos.csv"), "\"/a\",a\n"
	                                           "\n"
	                                           "/b,new,,-c x,kept\r\n"
	                                           "\"/line\nbreak\",c,,,\r"
	                                           "/d,d,,\"'x, y'\"\r\n"
	                                           "\"/e \"\"e\"\"\",e,bare,\r\n");
	assert_string_equal(got_file("groups.csv"),
	                    "g:a new c:\r\nh:new gone:/h:kept\r\n");
}

static void a_rename_that_did_not_come_to_its_end_can_be_repeated(void **state)
{
	(void)state;
	put_file("repos.csv", "/a,a,,\n/b,b,,\n");
	put_file("groups.csv", "g:a z b:\nh:a:\n");
	begin();
	registry_rename_repo(&registry, registry_repo(&registry, "a"), "z");
	commit();
	assert_string_equal(got_file("repos.csv"), "/a,z,,\r\n/b,b,,\n");
	assert_string_equal(got_file("groups.csv"), "g:z b:\r\nh:z:\r\n");
}

static void a_removed_repo_leaves_its_groups(void **state)
{
	(void)state;
	put_file("repos.csv", "/a,a,,\n/b,b,,\n/c,c,,\n");
	put_file("groups.csv", "g:a b:\nh:c:\n");
	begin();
	registry_remove_repo(&registry, registry_repo(&registry, "a"));
	registry_remove_repo(&registry, registry_repo(&registry, "b"));
	commit();
	assert_string_equal(got_file("repos.csv"), "/c,c,,\n");
	assert_string_equal(got_file("groups.csv"), "g::\r\nh:c:\n");
}

static void entries_stay_where_they_are(void **state)
{
	struct repo *all[3];

	(void)state;
	put_file("repos.csv", "/a,a,,\n/b,b,,\n/c,c,,\n");
	begin();
	memcpy(all, registry.repos.items, sizeof all);
	for (int i = 0; i < 100; i++)
		registry_add_repo(&registry, arena_format(&arena, "n%d", i), "/n", "");
	for (int i = 0; i < 100; i++)
		registry_remove_repo(
			&registry,
			registry_repo(&registry, arena_format(&arena, "n%d", i)));
	registry_remove_repo(&registry, all[0]);
	registry_remove_repo(&registry, all[1]);
	assert_ptr_equal(registry_repo(&registry, "c"), all[2]);
	commit();
	assert_string_equal(got_file("repos.csv"), "/c,c,,\n");
}

static void of_a_name_that_is_there_twice_the_last_row_counts(void **state)
{
	struct repo *last;

	(void)state;
	put_file("repos.csv", "/1,x,,\n/a,a,,\n/2,x,,\n");
	put_file("groups.csv", "g:x:\n");
	begin();
	assert_string_equal(
		got_notes(),
		"~/repos.csv:1: duplicate name 'x'; rename one of the two\n");
	last = registry_repo(&registry, "x");
	assert_string_equal(last->path, "/2");
	/* Another one of that name stands behind those that were there before. */
	registry_rename_repo(&registry, registry_repo(&registry, "a"), "x");
	assert_string_equal(registry_repo(&registry, "x")->path, "/2");
	registry_rename_repo(&registry, registry_repo_at(&registry, "/a"), "a");
	registry_remove_repo(&registry, last);
	assert_string_equal(registry_repo(&registry, "x")->path, "/1");
	commit();
	assert_string_equal(got_file("repos.csv"), "/1,x,,\n/a,a,,\r\n");
	assert_string_equal(got_file("groups.csv"), "g:x:\n");
}

/* What a move leaves behind: it goes with the row that took its place. */
static void a_row_whose_path_exists_supersedes_the_others(void **state)
{
	(void)state;
	put_file("repos.csv", "/no/1,x,,\n/,x,,\n/no/2,x,,\n");
	begin();
	assert_string_equal(got_notes(),
	                    "~/repos.csv:1: 'x' is not there, but where line 2 says; "
	                    "'gita repair' forgets this row\n"
	                    "~/repos.csv:3: 'x' is not there, but where line 2 says; "
	                    "'gita repair' forgets this row\n");
	assert_string_equal(registry_repo(&registry, "x")->path, "/");
	registry_remove_repo(&registry, registry_repo(&registry, "x"));
	assert_null(registry_repo(&registry, "x"));
	commit();
	assert_string_equal(got_file("repos.csv"), "");
}

/* A path that cannot be looked at may be there. */
static void of_rows_whose_paths_exist_the_last_counts(void **state)
{
	(void)state;
	scratch_file("file", "");
	scratch_link("loop", "loop");
	put_file("repos.csv", arena_format(&arena, "/,x,,\n%s,x,,\n%s,x,,\n",
	                                   in_scratch("loop"), in_scratch("file/x")));
	load();
	assert_string_equal(got_notes(),
	                    "~/repos.csv:1: duplicate name 'x'; rename one of the two\n"
	                    "~/repos.csv:3: 'x' is not there, but where line 2 says; "
	                    "'gita repair' forgets this row\n");
	assert_string_equal(registry_repo(&registry, "x")->path, in_scratch("loop"));
}

/* Only the first name and the last one are written. */
static void a_repo_is_renamed_twice_in_one_change(void **state)
{
	(void)state;
	put_file("repos.csv", "/a,a,,\n/b,b,,\n");
	put_file("groups.csv", "g:b a:\n");
	begin();
	registry_rename_repo(&registry, registry_repo(&registry, "b"), "other");
	registry_rename_repo(&registry, registry_repo(&registry, "a"), "between");
	registry_rename_repo(&registry, registry_repo(&registry, "between"), "new");
	assert_int_equal(registry.renamed_members.count, 2);
	assert_string_equal(registry.renamed_members.items[1].old, "a");
	assert_string_equal(registry.renamed_members.items[1].new, "new");
	commit();
	assert_string_equal(got_file("repos.csv"), "/a,new,,\r\n/b,other,,\r\n");
	assert_string_equal(got_file("groups.csv"), "g:other new:\r\n");
}

static void a_repo_moves(void **state)
{
	(void)state;
	put_file("repos.csv", "/a,a,,-c x,kept\n/b,b,,\n");
	begin();
	registry_set_path(&registry, registry_repo(&registry, "a"), "/new, place");
	commit();
	assert_string_equal(got_file("repos.csv"),
	                    "\"/new, place\",a,,-c x,kept\r\n/b,b,,\n");
}

static void groups_are_joined_and_left(void **state)
{
	struct group *group;
	struct strings names = {0};

	(void)state;
	put_file("repos.csv", "/a,a,,\n/b,b,,\n");
	begin();
	group = registry_add_group(&registry, "g", "");
	registry_add_group(&registry, "empty", "/src: x");
	registry_add_group(&registry, "gone", "");
	registry_remove_group(&registry, registry_group(&registry, "gone"));
	assert_true(registry_join_group(&registry, group, "b"));
	assert_true(registry_join_group(&registry, group, "a"));
	assert_false(registry_join_group(&registry, group, "b"));
	assert_true(registry_leave_group(&registry, group, "b"));
	assert_false(registry_leave_group(&registry, group, "b"));
	registry_set_group_path(&registry, group, "/g");
	registry_groups_of(&names, &arena, &registry, "a");
	assert_string_equal(in_bars(&names), "g|");
	commit();
	assert_string_equal(got_file("groups.csv"), "g:a:/g\r\nempty::\"/src: x\"\r\n");
	assert_string_equal(got_file("repos.csv"), "/a,a,,\n/b,b,,\n");
}

static void a_change_of_nothing_writes_nothing(void **state)
{
	struct stat before, after;

	(void)state;
	put_file("repos.csv", "/a,a\n");
	scratch_check(stat(home_file(&home, &arena, "repos.csv"), &before) == 0,
	              "stat");
	begin();
	commit();
	scratch_check(stat(home_file(&home, &arena, "repos.csv"), &after) == 0, "stat");
	assert_true(before.st_ino == after.st_ino);
}

static void names_are_checked(void **state)
{
	static const char *const cases[][2] = {
		{"", "cannot use an empty name"},
		{"a b", "cannot use the name 'a b': it contains a space or ':'"},
		{"a:b", "cannot use the name 'a:b': it contains a space or ':'"},
		{"a\tb", "cannot use the name 'a\tb': it contains a control character"},
		{"\x7f", "cannot use the name '\x7f': it contains a control character"},
		{"\xc2\x9b",
	         "cannot use the name '\xc2\x9b': it contains a control character"},
		{"-a", "cannot use the name '-a': a name cannot start with '-' or '@'"},
		{"@a", "cannot use the name '@a': a name cannot start with '-' or '@'"},
		{".", "cannot use the name '.': it looks like a path"},
		{"..", "cannot use the name '..': it looks like a path"},
		{"./a", "cannot use the name './a': it looks like a path"},
		{"../a", "cannot use the name '../a': it looks like a path"},
		{"/a", "cannot use the name '/a': it looks like a path"},
		{"a*", "cannot use the name 'a*': it looks like a glob"},
		{"[a]", "cannot use the name '[a]': it looks like a glob"},
		{"taken", "cannot use the name 'taken': a repo of that name exists"},
		{"group", "cannot use the name 'group': a group of that name exists"},
	};
	static const char *const good[] = {"a",   ".a", "..a",  "a/b",
	                                   "a-b", "a@", "\xff", "é"};

	(void)state;
	put_file("repos.csv", "/a,taken,,\n");
	put_file("groups.csv", "group::\n");
	load();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_false(registry_name_free(&registry, cases[i][0], &err));
		assert_string_equal(err.text, cases[i][1]);
	}
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		assert_true(registry_name_free(&registry, good[i], &err));
}

static void words_of_the_context_name_no_group(void **state)
{
	(void)state;
	load();
	assert_false(registry_group_name_free(&registry, "auto", &err));
	assert_string_equal(err.text, "cannot use the name 'auto': it is reserved for "
	                              "the context");
	assert_false(registry_group_name_free(&registry, "none", &err));
	assert_string_equal(err.text, "cannot use the name 'none': it is reserved for "
	                              "the context");
	assert_false(registry_group_name_free(&registry, "", &err));
	assert_string_equal(err.text, "cannot use an empty name");
	assert_true(registry_group_name_free(&registry, "automatic", &err));
}

/* As the Python tool's `add -a` leaves them. */
static void rows_of_one_group_are_one(void **state)
{
	(void)state;
	put_file("repos.csv", "/a,a,,\n/b,b,,\n/c,c,,\n");
	put_file("groups.csv", "g:a b:\nother:a:/o\ng:b c:/g\n");
	load();
	assert_int_equal(registry.groups.count, 2);
	assert_string_equal(in_bars(&registry.groups.items[0]->members), "a|b|c|");
	assert_string_equal(registry.groups.items[0]->path, "/g");
	assert_string_equal(got_file("groups.csv"), "g:a b:\nother:a:/o\ng:b c:/g\n");
	begin();
	registry_set_group_path(&registry, registry.groups.items[1], "/x");
	commit();
	assert_string_equal(got_file("groups.csv"), "g:a b c:/g\r\nother:a:/x\r\n");
}

static void flags_are_words_unless_others_may_write(void **state)
{
	struct strings words;

	(void)state;
	put_file("repos.csv", "/a,a,,--work-tree='/x y' -c a.b=c\n/b,b,,'open\n");
	load();
	assert_true(registry_flags(&words, &registry, registry.repos.items[0], &err));
	assert_string_equal(in_bars(&words), "--work-tree=/x y|-c|a.b=c|");
	assert_false(registry_flags(&words, &registry, registry.repos.items[1], &err));
	assert_memory_equal(err.text, "cannot use its flags: ", 22);
	home.shared = true;
	assert_true(registry_flags(&words, &registry, registry.repos.items[0], &err));
	assert_string_equal(in_bars(&words), "");
}

/* Not written by a change. */
static void refused(const char *name, const char *content, const char *error)
{
	put_file("repos.csv", "/a,a,,\n");
	put_file("groups.csv", "g:a:\n");
	put_file(name, content);
	assert_false(registry_begin(&registry, &home, &arena, &notes, &err));
	assert_string_equal(got_error(), error);
	assert_int_equal(registry.lock.descriptor, -1);
	assert_string_equal(got_file(name), content);
}

static void a_file_that_does_not_parse_is_named_and_kept(void **state)
{
	static const char nul[] = "/a,a,,\n/b\0,b,,\n";

	(void)state;
	refused("repos.csv", "/a,a,,\n\n\"/b,b,,\n/c,c,,\n",
	        "cannot use '~/repos.csv': line 3: unclosed quote; correct it "
	        "or move the file away");
	refused("repos.csv", "/a,a,,\n/b\n",
	        "cannot use '~/repos.csv': line 2: too few fields; correct it or move "
	        "the file away");
	refused("repos.csv", "/a,a,,\n/b,,,\n",
	        "cannot use '~/repos.csv': line 2: empty field; correct it or move "
	        "the file away");
	refused("groups.csv", "g:a:\nh\n",
	        "cannot use '~/groups.csv': line 2: too few fields; correct it or move "
	        "the file away");
	put_file("groups.csv", "");
	put_bytes("repos.csv", nul, sizeof nul - 1);
	assert_false(registry_begin(&registry, &home, &arena, &notes, &err));
	assert_string_equal(got_error(), "cannot use '~/repos.csv': line 2: NUL byte; "
	                                 "correct it or move the file away");
}

static void rows_that_do_not_parse_are_left_out(void **state)
{
	static const char repos[] = "\xEF\xBB\xBF/a,a,,\nnote\n\"/b,b,,\n/c\0,c,,\n"
				    "/d,d,,\n";

	(void)state;
	put_bytes("repos.csv", repos, sizeof repos - 1);
	put_file("groups.csv", "g:a d:\nh\n");
	assert_true(registry_load(&registry, &home, &arena, &notes, &err));
	assert_string_equal(got_notes(),
	                    "~/repos.csv:2: too few fields; this line and 2 more are "
	                    "left out\n~/groups.csv:2: too few fields; this line is "
	                    "left out\n");
	assert_int_equal(registry.repos.count, 2);
	assert_string_equal(registry_repo(&registry, "a")->path, "/a");
	assert_string_equal(registry_repo(&registry, "d")->path, "/d");
	assert_int_equal(registry_group(&registry, "g")->members.count, 2);
}

static void what_is_no_file_is_an_error(void **state)
{
	const char *path = home_file(&home, &arena, "repos.csv");
	BUF large = {0};

	(void)state;
	scratch_check(mkdir(path, 0777) == 0, path);
	assert_false(registry_load(&registry, &home, &arena, &notes, &err));
	assert_string_equal(got_error(), "cannot read '~/repos.csv': is a directory");
	scratch_check(rmdir(path) == 0 && mkfifo(path, 0666) == 0, path);
	assert_false(registry_load(&registry, &home, &arena, &notes, &err));
	assert_string_equal(got_error(),
	                    "cannot read '~/repos.csv': not a regular file");
	scratch_check(unlink(path) == 0, path);
	buf_repeat(&large, '\n', FILE_LIMIT + 1);
	put_bytes("repos.csv", buf_text(&large), large.length);
	assert_false(registry_load(&registry, &home, &arena, &notes, &err));
	assert_string_equal(got_error(),
	                    "cannot read '~/repos.csv': larger than 16777216 bytes");
	scratch_check(unlink(path) == 0, path);
	path = home_file(&home, &arena, "groups.csv");
	scratch_check(mkdir(path, 0777) == 0, path);
	assert_false(registry_load(&registry, &home, &arena, &notes, &err));
	assert_string_equal(got_error(), "cannot read '~/groups.csv': is a directory");
	assert_false(registry_begin(&registry, &home, &arena, &notes, &err));
	assert_string_equal(got_error(), "cannot read '~/groups.csv': is a directory");
	assert_int_equal(registry.lock.descriptor, -1);
}

static void without_a_folder_or_a_lock_nothing_begins(void **state)
{
	(void)state;
	scratch_folder("gita/repos.csv.lock");
	assert_false(registry_begin(&registry, &home, &arena, &notes, &err));
	assert_string_equal(got_error(), "cannot lock '~/repos.csv': is a directory");
	assert_int_equal(registry.lock.descriptor, -1);
	scratch_check(rmdir(in_scratch("gita/repos.csv.lock")) == 0, "rmdir");
	scratch_check(rmdir(home.config) == 0, "rmdir");
	scratch_file("gita", "");
	assert_false(registry_begin(&registry, &home, &arena, &notes, &err));
	assert_string_equal(got_error(), "cannot create the folder '~': file exists");
	assert_int_equal(registry.lock.descriptor, -1);
}

/* Written in place, so that the number of the file stays, as after two changes in a
 * row; `seconds` and `nanoseconds` are its time. */
static void put_at(const char *name, const char *content, time_t seconds,
                   long nanoseconds)
{
	const struct timespec times[2] = {{seconds, nanoseconds},
	                                  {seconds, nanoseconds}};

	scratch_file(name, content);
	scratch_check(utimensat(AT_FDCWD, in_scratch(name), times, 0) == 0, name);
}

enum { SECOND = 1000000000 };

static void change_within_the_second(void)
{
	put_at("gita/repos.csv", "/b,b,,\n/c,c,,\n", SECOND, 2);
	put_at("gita/groups.csv", "g:b c:\n", SECOND, 2);
}

static void change_in_the_next_second(void)
{
	put_at("gita/repos.csv", "/b,b,,\n/c,c,,\n", SECOND + 1, 1);
	put_at("gita/groups.csv", "g:b c:\n", SECOND + 1, 1);
}

static void change_in_no_time(void)
{
	put_at("gita/repos.csv", "/bc,b,,\n", SECOND, 1);
	put_at("gita/groups.csv", "g:b b c:\n", SECOND, 1);
}

static unsigned changes;

/* Again with each look. */
static void change_without_end(void)
{
	changes++;
	meanwhile = change_without_end;
	put_at("gita/groups.csv", "g:a a:\n", SECOND, 100 + changes);
}

static void replace_groups(void)
{
	put_file("groups.csv", "h:a:\n");
}

static void replace_repos(void)
{
	put_file("repos.csv", "/b,b,,\n");
}

/* No state between two, and no note of what is no longer there. */
static void a_change_meanwhile_is_read_whole(void **state)
{
	static const struct {
		void (*happens)(void);
		const char *seen;
	} rows[] = {
		{change_within_the_second, "repo [b] [/b] [] [] []\n"
	                                   "repo [c] [/c] [] [] []\n"
	                                   "group [g] [b|c|] [] []\n"},
		{change_in_the_next_second, "repo [b] [/b] [] [] []\n"
	                                    "repo [c] [/c] [] [] []\n"
	                                    "group [g] [b|c|] [] []\n"},
		{change_in_no_time, "repo [b] [/bc] [] [] []\n"
	                            "group [g] [b|b|c|] [] []\n"},
		{replace_repos, "repo [b] [/b] [] [] []\n"
	                        "group [g] [a|a|] [] []\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		put_at("gita/repos.csv", "/a,a,,\n/c,a,,\n", SECOND, 1);
		put_at("gita/groups.csv", "g:a a:\n", SECOND, 1);
		meanwhile = rows[i].happens;
		load();
		assert_null(meanwhile);
		assert_string_equal(got_notes(), "");
		assert_string_equal(seen(), rows[i].seen);
	}
	meanwhile = replace_groups;
	load();
	assert_string_equal(seen(), "repo [b] [/b] [] [] []\n"
	                            "group [h] [a|] [] []\n");
}

static void changes_without_end_are_not_waited_for(void **state)
{
	(void)state;
	put_file("repos.csv", "/a,a,,\n/c,a,,\n");
	changes = 0;
	meanwhile = change_without_end;
	load();
	meanwhile = NULL;
	assert_int_equal(changes, 20);
	assert_string_equal(got_notes(),
	                    "~/repos.csv:1: duplicate name 'a'; rename one "
	                    "of the two\n");
}

static void a_link_and_a_mode_stay(void **state)
{
	struct stat info;

	(void)state;
	scratch_file("elsewhere.csv", "/a,a,,\n");
	scratch_check(chmod(in_scratch("elsewhere.csv"), 0640) == 0, "chmod");
	scratch_link("gita/repos.csv", "../elsewhere.csv");
	begin();
	registry_add_repo(&registry, "b", "/b", "");
	commit();
	scratch_check(lstat(in_scratch("gita/repos.csv"), &info) == 0, "lstat");
	assert_true(S_ISLNK(info.st_mode));
	scratch_check(stat(in_scratch("elsewhere.csv"), &info) == 0, "stat");
	assert_int_equal(info.st_mode & 0777, 0640);
	assert_string_equal(got_file("repos.csv"), "/a,a,,\n/b,b,,\r\n");
}

static void worktrees_of_one_branch_are_known_by_their_names(void **state)
{
	static const struct {
		const char *row;
		bool is;
	} rows[] = {
		{"feat/x:api@feat/x web@feat/x:", true},
		{"x:api@x:", true},
		{"x:api@x web:", false},
		{"x:@x:", false},
		{"x:api@yx:", false},
		{"x:api@y:", false},
		{"x::", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		put_file("groups.csv", rows[i].row);
		load();
		assert_int_equal(registry.groups.count, 1);
		assert_int_equal(registry_is_worktree_set(registry.groups.items[0]),
		                 rows[i].is);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PLACE_TEST(nothing_is_there),
		PLACE_TEST(the_first_write_makes_the_folder_for_its_owner),
		PLACE_TEST(every_dialect_of_a_row_is_read),
		PLACE_TEST(only_what_was_asked_is_changed),
		PLACE_TEST(a_rename_that_did_not_come_to_its_end_can_be_repeated),
		PLACE_TEST(a_removed_repo_leaves_its_groups),
		PLACE_TEST(entries_stay_where_they_are),
		PLACE_TEST(of_a_name_that_is_there_twice_the_last_row_counts),
		PLACE_TEST(a_row_whose_path_exists_supersedes_the_others),
		PLACE_TEST(of_rows_whose_paths_exist_the_last_counts),
		PLACE_TEST(a_repo_is_renamed_twice_in_one_change),
		PLACE_TEST(a_repo_moves),
		PLACE_TEST(groups_are_joined_and_left),
		PLACE_TEST(a_change_of_nothing_writes_nothing),
		PLACE_TEST(names_are_checked),
		PLACE_TEST(words_of_the_context_name_no_group),
		PLACE_TEST(rows_of_one_group_are_one),
		PLACE_TEST(flags_are_words_unless_others_may_write),
		PLACE_TEST(a_file_that_does_not_parse_is_named_and_kept),
		PLACE_TEST(rows_that_do_not_parse_are_left_out),
		PLACE_TEST(what_is_no_file_is_an_error),
		PLACE_TEST(without_a_folder_or_a_lock_nothing_begins),
		PLACE_TEST(a_change_meanwhile_is_read_whole),
		PLACE_TEST(changes_without_end_are_not_waited_for),
		PLACE_TEST(a_link_and_a_mode_stay),
		PLACE_TEST(worktrees_of_one_branch_are_known_by_their_names),
	};

	return cmocka_run_group_tests_name("store_registry", tests, NULL, NULL);
}
