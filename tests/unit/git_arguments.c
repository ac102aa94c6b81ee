/* The words of a git command line. That they are understood as git does is shown where
 * gita runs them (tests/behaviour/in_turn.bats); here is what no run shows. */
#include "git/arguments.h"

#include "base/buf.h"
#include "base/strings.h"
#include "git_sandbox.h"

static int setup(void **state)
{
	sandbox_setup(state);
	/* The user's configuration is read once: it is the same for all tests. */
	sandbox_run("git config --global alias.lg 'log --graph'");
	sandbox_run("git config --global alias.x '!git log'");
	sandbox_run("git config --global alias.bad \"log '\"");
	sandbox_run("git config --global alias.nothing ''");
	return 0;
}

static struct arguments found(const char *line)
{
	struct strings words = {0};
	struct arguments arguments;

	strings_split(&arena, &words, line, " ");
	arguments_find(&arguments, words.items, words.count);
	return arguments;
}

static const char *joined(const struct arguments *arguments)
{
	BUF text = {0};

	for (size_t i = 0; i < arguments->count; i++)
		buf_addf(&text, "%s%s", i ? " " : "", arguments->items[i]);
	return arena_string(&arena, buf_text(&text));
}

static void finds_the_command(void **state)
{
	static const struct {
		const char *line, *rest;
		bool elsewhere, unpaged;
	} rows[] = {
		{"log -1", "log -1", false, false},
		{"--no-pager log", "log", false, true},
		{"-P -p log", "log", false, true},
		{"-c a.b=c log", "log", true, false},
		{"-C there --no-optional-locks log", "log", true, false},
		{"--git-dir there log", "log", true, false},
		{"--git-dir=there log", "log", true, false},
		{"--exec-path=there log", "log", true, false},
		{"--exec-path", "", true, false},
		{"--newer-than-we log", "log", true, false},
		{"-c", "", true, false},
		{"-cx log", "log", true, false},
		{"", "", false, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct arguments arguments = found(rows[i].line);

		assert_string_equal(joined(&arguments), rows[i].rest);
		assert_int_equal(arguments.elsewhere, rows[i].elsewhere);
		assert_int_equal(arguments.unpaged, rows[i].unpaged);
	}
}

static void knows_options_of_git(void **state)
{
	(void)state;
	assert_true(arguments_is_option("--no-pager"));
	assert_true(arguments_is_option("-c"));
	assert_true(arguments_is_option("--git-dir=x"));
	assert_false(arguments_is_option("-cx"));
	assert_false(arguments_is_option("-c=x"));
	assert_false(arguments_is_option("--no-page"));
	assert_false(arguments_is_option("--git-dirs"));
	assert_false(arguments_is_option("log"));
}

static void expands_an_alias_once(void **state)
{
	struct arguments arguments = found("lg -1");

	(void)state;
	assert_true(arguments_expand(&arguments, &arena));
	assert_string_equal(joined(&arguments), "log --graph -1");
	assert_false(arguments_expand(&arguments, &arena));
	arguments = found("x");
	assert_false(arguments_expand(&arguments, &arena));
	arguments = found("nothing");
	assert_false(arguments_expand(&arguments, &arena));
	arguments = found("bad");
	assert_false(arguments_expand(&arguments, &arena));
	arguments = found("");
	assert_false(arguments_expand(&arguments, &arena));
}

static void knows_who_wants_the_terminal(void **state)
{
	static const struct {
		const char *line;
		bool wants;
	} rows[] = {
		{"log -1", true},
		{"--no-pager log -1", false},
		{"-P show", false},
		{"shortlog", false},
		{"commit", true},
		{"commit -a", true},
		{"commit file", true},
		{"commit -m x", false},
		{"commit -am x", false},
		{"commit --message=x", false},
		{"commit --message x", false},
		{"commit --messages", true},
		{"commit --amend --no-edit", false},
		{"--no-pager commit", true},
		{"add file", false},
		{"add -p", true},
		{"add -- -p", false},
		{"add -vp", true},
		{"add --patch", true},
		{"add --pathspec-from-file=x", false},
		{"tag", false},
		{"tag x", false},
		{"tag -a x", true},
		{"tag -a x -m y", false},
		{"tag -am y x", false},
		{"tag -m y x", false},
		{"rebase", false},
		{"rebase -i", true},
		{"clean -i -- -x", true},
		{"clean -- -i", false},
		{"difftool", true},
		{"", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct arguments arguments = found(rows[i].line);

		if (arguments_want_terminal(&arguments) != rows[i].wants)
			fail_msg("%s", rows[i].line);
	}
}

static enum exit_answer answer_of(const char *line)
{
	struct arguments arguments = found(line);

	return arguments_answer(&arguments);
}

static void knows_answers_by_exit_status(void **state)
{
	(void)state;
	assert_int_equal(answer_of("grep x"), ANSWER_FOUND);
	assert_int_equal(answer_of("--no-pager grep x"), ANSWER_FOUND);
	assert_int_equal(answer_of("diff --exit-code"), ANSWER_DIFFER);
	assert_int_equal(answer_of("diff HEAD --quiet"), ANSWER_DIFFER);
	assert_int_equal(answer_of("diff"), ANSWER_NONE);
	assert_int_equal(answer_of("diff -- --quiet"), ANSWER_NONE);
	assert_int_equal(answer_of("log --grep x"), ANSWER_NONE);
	assert_int_equal(answer_of(""), ANSWER_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_the_command),
		cmocka_unit_test(knows_options_of_git),
		cmocka_unit_test(expands_an_alias_once),
		cmocka_unit_test(knows_who_wants_the_terminal),
		cmocka_unit_test(knows_answers_by_exit_status),
	};

	return cmocka_run_group_tests(tests, setup, sandbox_teardown);
}
