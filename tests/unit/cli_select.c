/* From words to repos, and what can be true of one. */
#include "cli/select.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/when.h"
#include "cli/facts.h"
#include "scratch.h"
#include "store/journal.h"

static struct arena arena;
static struct invocation invocation;
static const struct command *const commands[] = {NULL};
static const struct command lists = {
	.name = "ls", .operands = operands_selection, .selects = true};

/* What is printed on standard error goes to a file while `hidden` is there. */
static FILE *hidden;
static int error;

static void hide(void)
{
	hidden = tmpfile();
	error = dup(STDERR_FILENO);
	scratch_check(hidden && dup2(fileno(hidden), STDERR_FILENO) >= 0, "dup2");
}

/* What was printed meanwhile, with the scratch folder written as ~. */
static const char *show(void)
{
	char *text = arena_take(&arena, 2048), *path;
	size_t length = strlen(scratch.path);

	scratch_check(dup2(error, STDERR_FILENO) >= 0, "dup2");
	close(error);
	rewind(hidden);
	assert_true(fread(text, 1, 2047, hidden) < 2047);
	fclose(hidden);
	while ((path = strstr(text, scratch.path))) {
		*path = '~';
		memmove(path + 1, path + length, strlen(path + length) + 1);
	}
	return text;
}

static void start(void)
{
	invocation = (struct invocation){
		.arena = &arena,
		.commands = commands,
		.command = &lists,
		.home = {.config = arena_string(&arena, scratch.path),
	                 .state = arena_string(&arena, in_scratch("state"))},
		.has_home = true,
	};
}

/*
 * In ~: the repos a and a/b (which lies in a's folder), c by way of a link, one with a
 * work tree elsewhere, and two rows of one name, of which one is not there.
 */
static int setup(void **state)
{
	scratch_setup(state);
	arena = (struct arena){0};
	scratch_folder("a");
	scratch_folder("a/b");
	scratch_folder("c");
	scratch_folder("bare");
	scratch_folder("tree");
	scratch_link("link", "c");
	scratch_file("c/file", "");
	scratch_file("tree/file", "");
	scratch_file("repos.csv",
	             arena_format(&arena,
	                          "%s/a/b,b,,\n%s/a,a,,\n%s/link,c-1,,\n%s/gone,x,,\n"
	                          "%s/bare,x,,--work-tree=%s/tree\n",
	                          scratch.path, scratch.path, scratch.path,
	                          scratch.path, scratch.path, scratch.path));
	scratch_file(
		"groups.csv",
		arena_format(&arena, "g:c-1 a nobody:%s/c\ndirty:x:\n", scratch.path));
	start();
	return chdir(scratch.path);
}

static int teardown(void **state)
{
	arena_drop(&arena);
	return chdir("/") || scratch_teardown(state);
}

/* The words of a command line become those of the invocation. */
static void parse(const char *line)
{
	struct strings words = {0};

	strings_split(&arena, &words, line, " ");
	assert_int_equal(
		args_parse(&invocation.args, &lists, NULL, &words, NULL, &arena),
		STATUS_OK);
}

/* The names, and how many others there are; or what was said of the words. */
static const char *chosen_by(enum select_rule rule, const char *line)
{
	struct selection selection = {0};
	BUF out = {0};
	int status;

	parse(line);
	hide();
	status = select_repos(&selection, &invocation, rule);
	buf_adds(&out, show());
	if (status != STATUS_OK)
		return arena_format(&arena, "%d %s", status, buf_text(&out));
	for (size_t i = 0; i < selection.count; i++)
		buf_addf(&out, "%s%s", i ? " " : "", selection.items[i]->name);
	if (selection.context)
		buf_addf(&out, " of %s, %zu hidden", selection.context,
		         selection.hidden);
	assert_int_equal(selection.named, invocation.args.operands.count > 0);
	return arena_string(&arena, buf_text(&out));
}

static const char *chosen(const char *line)
{
	return chosen_by(SELECT_ANY, line);
}

static void words_name_repos(void **state)
{
	static const char *const rows[][2] = {
		{"", "a b c-1 x"},
		{"b a", "b a"},
		{"b a b", "b a"},
		{"g", "a c-1"},
		{"b g", "b a c-1"},
		{"dirty", "x"},
		{"[bc]*", "b c-1"},
		{"x*", "x"},
		{".", "2 gita: no repo holds the path '.'\n"},
		{"./a", "a"},
		{"a/..", "2 gita: no repo or group 'a/..'\n"},
		{"./a/b/deeper", "b"},
		{"./a/./b/..", "a"},
		{"./link", "c-1"},
		{"./c/file", "c-1"},
		{"./tree/file", "x"},
		{"./bare", "x"},
		{"./nowhere", "2 gita: no repo holds the path './nowhere'\n"},
		{"...", "2 gita: no repo or group '...'\n"},
		{"y*", "2 gita: no repo matches 'y*'\n"},
		{"c-2", "2 gita: no repo or group 'c-2'; did you mean 'c-1'?\n"},
		{"ahead", "2 gita: no repo or group 'ahead'; did you mean '@ahead'?\n"},
		{"ahead:x", "2 gita: no repo or group 'ahead:x'\n"},
		/* less */
		{"-x a", "b c-1 x"},
		{"-x g -x x", "b"},
		{"g -x ./a", "c-1"},
		{"-x y", "2 gita: no repo or group 'y'\n"},
		{"g --all", "a c-1"},
		/* facts that need no state */
		{"@group:g", "a c-1"},
		{"@group:g a b", "a"},
		{"@group:g @has:file", "c-1"},
		{"@group:g,has:file", "a c-1 x"},
		{"@has:file", "c-1 x"},
		{"-x @has:file", "a b"},
		{"g -x @has:file -x b", "a"},
		{"-x @has:file -x @group:g", "b"},
		/* facts of what is no repository */
		{"@missing", ""},
		{"x @broken,missing", "x"},
		{"a x -x @missing @broken", "a x"},
		{"a x -x @stashed @broken", "a x"},
		/* no facts */
		{"@", "2 gita: unknown fact '@'; the facts are ..."},
		{"@drty", "2 gita: unknown fact '@drty' (did you mean '@dirty'?); the "
	                  "facts are ..."},
		{"@group", "2 gita: fact '@group' needs a value: @group:NAME\n"},
		{"@group:", "2 gita: fact '@group' needs a value: @group:NAME\n"},
		{"@dirty:x", "2 gita: fact '@dirty' takes no value\n"},
		{"@idle:long", "2 gita: fact '@idle' expects a span like 30d, 12h, 2w, "
	                       "6m or 1y, not 'long'\n"},
		{"@group:dirt", "2 gita: no group 'dirt'; did you mean 'dirty'?\n"},
		{"@group:h", "2 gita: no group 'h'\n"},
		{"-x @group:h", "2 gita: no group 'h'\n"},
	};

	(void)state;
	hide();
	assert_int_equal(invocation_registry(&invocation), STATUS_OK);
	assert_string_equal(show(),
	                    "gita: warning: ~/repos.csv:4: 'x' is not there, but "
	                    "where line 5 says; 'gita repair' forgets this "
	                    "row\n");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char *got = arena_string(&arena, chosen(rows[i][0]));
		char *list = strstr(got, "the facts are ");

		if (list)
			strcpy(list + strlen("the facts are "), "...");
		if (strcmp(got, rows[i][1]) != 0)
			fail_msg("%s: %s", rows[i][0], got);
	}
}

static void without_words_the_context_chooses(void **state)
{
	(void)state;
	scratch_file("repos.csv", "/a,a,,\n/b,b,,\n/c,c-1,,\n");
	assert_string_equal(chosen_by(SELECT_NAMED, ""),
	                    "2 gita: ls: needs repos or groups ('--all' for all of "
	                    "them)\n");
	assert_string_equal(chosen_by(SELECT_NAMED, "--all"), "a b c-1");
	assert_string_equal(chosen_by(SELECT_NAMED, "b"), "b");
	invocation.parent = "parent";
	assert_string_equal(chosen_by(SELECT_NAMED, "-x a"),
	                    "2 gita: parent ls: needs repos or groups ('--all' for all "
	                    "of them)\n");
	start();
	scratch_file("g.context", "");
	assert_string_equal(chosen_by(SELECT_NAMED, ""), "a c-1 of g, 1 hidden");
	assert_string_equal(chosen("-x a"), "c-1 of g, 1 hidden");
	assert_string_equal(chosen("--all"), "a b c-1");
	assert_string_equal(chosen("b"), "b");
	assert_string_equal(chosen("@group:dirty"), " of g, 1 hidden");
	start();
	scratch_check(rename("g.context", "gone.context") == 0, "rename");
	assert_string_equal(chosen(""),
	                    "1 gita: cannot use the context 'gone': there is no such "
	                    "group; leave it with 'gita context none'\n");
	start();
	scratch_check(rename("gone.context", "auto.context") == 0, "rename");
	assert_string_equal(chosen(""), "a b c-1");
	scratch_check(chdir("c") == 0, "chdir");
	assert_string_equal(chosen(""), "a c-1 of g, 1 hidden");
}

static const char *one(const char *word)
{
	struct repo *repo = NULL;
	int status;

	hide();
	status = select_one(&repo, &invocation, word);
	if (status == STATUS_OK)
		return arena_format(&arena, "%s%s", show(), repo->name);
	return arena_format(&arena, "%d %s", status, show());
}

static void one_word_names_one_repo(void **state)
{
	static const char *const rows[][2] = {
		{"a", "a"},
		{"./a/b", "b"},
		{"g", "2 gita: 'g' is a group, not a repo\n"},
		{"dirty", "2 gita: 'dirty' is a group, not a repo\n"},
		{"ahead", "2 gita: no repo or group 'ahead'\n"},
		{"./x", "2 gita: no repo holds the path './x'\n"},
		{"a*", "2 gita: no repo matches 'a*'\n"},
		{"bb", "2 gita: no repo or group 'bb'; did you mean 'b'?\n"},
	};
	struct group *group;

	(void)state;
	hide();
	assert_int_equal(invocation_registry(&invocation), STATUS_OK);
	show();
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_string_equal(one(rows[i][0]), rows[i][1]);
	assert_int_equal(select_group(&group, &invocation, "g"), STATUS_OK);
	assert_string_equal(group->name, "g");
	hide();
	assert_int_equal(select_group(&group, &invocation, "a"), STATUS_USAGE);
	assert_string_equal(show(), "gita: no group 'a'\n");
	assert_string_equal(select_word(&(struct repo){.name = "a", .path = "/p"}),
	                    "a");
	assert_string_equal(select_word(&(struct repo){.name = "-a", .path = "/p"}),
	                    "/p");
}

/* The words at the front of a line that ends in a command. */
static void words_of_a_selection_are_understood(void **state)
{
	static const struct {
		const char *word;
		bool is;
	} rows[] = {
		{"a", true},          {"g", true},        {"@dirty", true},
		{"@x", true},         {"b*", true},       {"y*", false},
		{"./a", true},        {"./a/b/..", true}, {"./c/file", false},
		{"./nowhere", false}, {".", false},       {"git", false},
		{"ahead", false},     {"", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		bool is;

		hide();
		is = select_understands(&invocation, rows[i].word);
		show();
		if (is != rows[i].is)
			fail_msg("%s", rows[i].word);
	}
}

static const char *nearest(const char *line)
{
	struct strings words = {0};
	struct repo *repo;

	strings_split(&arena, &words, line, " ");
	hide();
	repo = select_nearest(&invocation, &words);
	show();
	return repo ? repo->name : "none";
}

static void one_repo_is_the_nearest(void **state)
{
	(void)state;
	assert_string_equal(nearest("g b"), "a");
	assert_string_equal(nearest("nobody b"), "b");
	assert_string_equal(nearest(""), "b");
	scratch_check(chdir("c") == 0, "chdir");
	assert_string_equal(nearest(""), "c-1");
	scratch_check(chdir("..") == 0, "chdir");
	scratch_file("dirty.context", "");
	start();
	assert_string_equal(nearest(""), "x");
	scratch_check(rename("dirty.context", "gone.context") == 0, "rename");
	start();
	assert_string_equal(nearest(""), "b");
	scratch_file("repos.csv", "");
	start();
	assert_string_equal(nearest("a"), "none");
}

/* A name that two rows have stands for the last one; a pattern brings both. */
static void of_two_rows_of_a_name_each_is_a_repo(void **state)
{
	(void)state;
	scratch_file("repos.csv", arena_format(&arena, "%s/a,x,,\n%s/c,x,,\n",
	                                       scratch.path, scratch.path));
	assert_string_equal(chosen("x*"),
	                    "gita: warning: ~/repos.csv:1: duplicate name 'x'; rename "
	                    "one of the two\nx x");
	assert_string_equal(one("x"), "x");
	assert_string_equal(chosen("x ./a"), "x x");
	assert_string_equal(chosen("./a -x ./c"), "x");
	assert_string_equal(chosen("./a -x ./a"), "");
}

/* Of those that links lead to, too, the one with the deepest folder. */
static void a_path_may_lie_in_several_repos(void **state)
{
	(void)state;
	scratch_file("repos.csv", arena_format(&arena, "%s/link,c,,\n%s/up,top,,\n",
	                                       scratch.path, scratch.path));
	scratch_link("up", ".");
	start();
	assert_string_equal(chosen("./c/file"), "c");
	assert_string_equal(chosen("./tree/file"), "top");
}

static void flags_that_do_not_parse_are_as_none(void **state)
{
	(void)state;
	scratch_file("repos.csv",
	             arena_format(&arena, "%s/tree,y,,'open\n", scratch.path));
	assert_string_equal(chosen("./tree ./bare"),
	                    "2 gita: no repo holds the path './bare'\n");
}

/* For TAB no repository is looked at, and a link need not be followed twice. */
static void completion_goes_by_the_paths_alone(void **state)
{
	(void)state;
	invocation.patience = 1;
	assert_string_equal(chosen("./c"),
	                    "gita: warning: ~/repos.csv:4: 'x' is not there, but where "
	                    "line 5 says; 'gita repair' forgets this row\nc-1");
	assert_string_equal(chosen("./bare"), "x");
	assert_string_equal(chosen("./tree"),
	                    "2 gita: no repo holds the path './tree'\n");
}

static void a_limit_that_is_none_ends_the_reading(void **state)
{
	(void)state;
	scratch_file("repos.csv", "/gone,a,,\n");
	setenv("GITA_STATUS_TIMEOUT", "soon", 1);
	assert_string_equal(chosen("@missing"),
	                    "2 gita: GITA_STATUS_TIMEOUT is 'soon': not a number of "
	                    "seconds above 0\n");
	unsetenv("GITA_STATUS_TIMEOUT");
}

/* What cannot be read is said once, however many ask. */
static void without_a_registry_nothing_is_chosen(void **state)
{
	struct repo *repo;
	struct group *group;

	(void)state;
	scratch_check(unlink("groups.csv") == 0, "unlink");
	scratch_folder("groups.csv");
	assert_string_equal(chosen("a"),
	                    "1 gita: cannot read '~/groups.csv': is a directory\n");
	assert_string_equal(chosen(""), "1 ");
	hide();
	assert_int_equal(select_one(&repo, &invocation, "a"), STATUS_FAILED);
	assert_int_equal(select_group(&group, &invocation, "g"), STATUS_FAILED);
	assert_false(select_understands(&invocation, "a"));
	assert_null(select_nearest(&invocation, &(struct strings){0}));
	assert_string_equal(show(), "");
}

enum { SPAN = 24 * 60 * 60 };

/* One for each letter that the rows below name. */
static const struct summary states[] = {
	{.kind = REPO_USUAL,
         .branch = "main",
         .sync = SYNC_IN_SYNC,
         .remote_name = "origin",
         .remote = "https://host/a",
         .time = -SPAN},
	{.kind = REPO_USUAL,
         .branch = "topic/b",
         .sync = SYNC_LOCAL_AHEAD,
         .ahead = 1,
         .staged = true},
	{.kind = REPO_USUAL,
         .rebasing = "topic/c",
         .sync = SYNC_REMOTE_AHEAD,
         .behind = 1,
         .unstaged = true,
         .operation = OPERATION_REBASE},
	{.kind = REPO_WORKTREE,
         .branch = "main",
         .sync = SYNC_DIVERGED,
         .ahead = 1,
         .behind = 1,
         .untracked = true,
         .time = 1 - SPAN},
	{.kind = REPO_USUAL,
         .branch = "main",
         .sync = SYNC_GONE,
         .conflicted = true,
         .operation = OPERATION_MERGE},
	{.kind = REPO_USUAL,
         .sync = SYNC_NO_REMOTE,
         .stashes = 1,
         .remote_name = "backup"},
	{.kind = REPO_BARE,
         .branch = "main",
         .sync = SYNC_NO_REMOTE,
         .unborn = true,
         .time = -SPAN},
	{.state = STATE_MISSING},
	{.state = STATE_BROKEN},
	{.state = STATE_TIMEOUT},
};

enum { STATES = sizeof states / sizeof *states };

static struct repo all[STATES], *repos[STATES];
static struct summary *summaries[STATES];

/* The letters of those that the words of a view show. */
static const char *shown(const char *line)
{
	struct selection candidates = {0};
	struct select_filter filter = {0};
	bool holds[STATES] = {false};
	BUF out = {0};
	int status;

	parse(line);
	hide();
	status = select_candidates(&candidates, &filter, &invocation);
	if (status == STATUS_OK)
		status = select_filter_judge(holds, &filter, &invocation, repos,
		                             summaries, STATES);
	buf_adds(&out, show());
	for (size_t i = 0; status == STATUS_OK && i < STATES; i++)
		if (holds[i])
			buf_addc(&out, (char)('a' + i));
	return arena_string(&arena, buf_text(&out));
}

static void keep_run(void)
{
	static const struct journal_entry entries[] = {
		{.name = "a", .path = "/a", .outcome = "ok", .ok = true, .ran = true},
		{.name = "b", .path = "/b", .outcome = "exit 1", .ran = true},
		{.name = "c", .path = "/c", .outcome = "nothing to do", .ok = true},
		{.name = "d", .path = "/elsewhere", .outcome = "exit 1", .ran = true},
		{.name = "e", .path = "/e", .outcome = "not run"},
	};
	struct notes notes = {.arena = &arena};
	struct journal_writer *writer = journal_begin(&invocation.home, &arena, "fetch",
	                                              "gita fetch", &notes);

	for (size_t i = 0; i < sizeof entries / sizeof *entries; i++)
		journal_add(writer, &entries[i]);
	journal_end(writer, &notes);
	assert_int_equal(notes.count, 0);
}

static void facts_are_true_of_a_state(void **state)
{
	static const char *const rows[][2] = {
		{"", "abcdefghij"},
		{"@dirty", "bcde"},
		{"@clean", "afg"},
		{"@staged", "b"},
		{"@unstaged", "c"},
		{"@untracked", "d"},
		{"@conflicted", "e"},
		{"@stashed", "f"},
		{"@ahead", "bd"},
		{"@behind", "cd"},
		{"@diverged", "d"},
		{"@in-sync", "a"},
		{"@no-upstream", "fg"},
		{"@gone", "e"},
		{"@detached", "cf"},
		{"@unborn", "g"},
		{"@bare", "g"},
		{"@busy", "ce"},
		{"@missing", "h"},
		{"@broken", "ij"},
		{"@on:main", "adeg"},
		{"@on:topic/*", "bc"},
		{"@remote:*host*", "a"},
		{"@remote:origin", "a"},
		{"@remote:back*", "f"},
		{"@idle:1d", "a"},
		{"@group:g", "a"},
		/* all words, of each one piece */
		{"@dirty @on:main", "de"},
		{"@dirty,bare @on:main", "deg"},
		{"@missing,broken", "hij"},
		/* less all that hold */
		{"-x @dirty", "afghij"},
		{"@on:main -x @dirty -x @bare", "a"},
		/* the last run, of the same path */
		{"@failed", "be"},
		{"@ok", "a"},
		{"-x @failed", "acdfghij"},
	};

	(void)state;
	scratch_file("repos.csv", "/a,a,,\n/b,b,,\n");
	for (size_t i = 0; i < STATES; i++) {
		all[i] = (struct repo){
			.name = arena_format(&arena, "%c", (int)('a' + i)),
			.path = arena_format(&arena, "/%c", (int)('a' + i)),
			.flags = ""};
		repos[i] = &all[i];
		summaries[i] = arena_take(&arena, sizeof *summaries[i]);
		*summaries[i] = states[i];
		summaries[i]->time += when_now();
	}
	assert_string_equal(shown("@failed"),
	                    "gita: no run to ask about: nothing was run yet\n");
	assert_string_equal(shown("-x @ok"),
	                    "gita: no run to ask about: nothing was run yet\n");
	keep_run();
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (strcmp(shown(rows[i][0]), rows[i][1]) != 0)
			fail_msg("%s: %s", rows[i][0], shown(rows[i][0]));
	invocation.title = "fetch";
	assert_string_equal(shown("@failed"), "be");
	invocation.title = "pull";
	assert_string_equal(shown("@failed"),
	                    "gita: no run to ask about: pull was not run yet\n");
	scratch_file("state/last-run-pull", "");
	assert_string_equal(
		shown("@failed"),
		"gita: cannot read '~/state/last-run-pull': not a journal of "
		"gita; remove it\n");
}

/* A group may go while a view shows its repos. */
static void a_group_that_is_gone_holds_nothing(void **state)
{
	struct select_filter filter = {0};
	bool holds[STATES];

	(void)state;
	hide();
	assert_int_equal(invocation_registry(&invocation), STATUS_OK);
	show();
	for (size_t i = 0; i < STATES; i++)
		repos[i] = invocation.registry.repos.items[0];
	strings_add(&arena, &filter.facts, "@group:gone");
	assert_int_equal(
		select_filter_judge(holds, &filter, &invocation, repos, NULL, STATES),
		STATUS_OK);
	for (size_t i = 0; i < STATES; i++)
		assert_false(holds[i]);
}

/* Only what the facts look at is read. */
static void facts_want_what_they_look_at(void **state)
{
	struct select_filter filter = {0};

	(void)state;
	assert_int_equal(select_filter_wants(&filter, &invocation), 0);
	strings_add(&arena, &filter.facts, "@dirty,has:x");
	strings_add(&arena, &filter.facts, "@idle:1d");
	strings_add(&arena, &filter.excluded, "@stashed");
	assert_int_equal(select_filter_wants(&filter, &invocation),
	                 WANT_FILES | WANT_HEAD | WANT_COMMIT | WANT_STASH);
	assert_true(facts_know("dirty"));
	assert_true(facts_know("on:x"));
	assert_false(facts_know("on"));
	assert_false(facts_know("dirty:x"));
	assert_false(facts_know("dirt"));
}

#define SELECT_TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		SELECT_TEST(words_name_repos),
		SELECT_TEST(without_words_the_context_chooses),
		SELECT_TEST(one_word_names_one_repo),
		SELECT_TEST(words_of_a_selection_are_understood),
		SELECT_TEST(one_repo_is_the_nearest),
		SELECT_TEST(of_two_rows_of_a_name_each_is_a_repo),
		SELECT_TEST(a_path_may_lie_in_several_repos),
		SELECT_TEST(flags_that_do_not_parse_are_as_none),
		SELECT_TEST(completion_goes_by_the_paths_alone),
		SELECT_TEST(a_limit_that_is_none_ends_the_reading),
		SELECT_TEST(without_a_registry_nothing_is_chosen),
		SELECT_TEST(facts_are_true_of_a_state),
		SELECT_TEST(a_group_that_is_gone_holds_nothing),
		SELECT_TEST(facts_want_what_they_look_at),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
