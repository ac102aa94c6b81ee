/* The questions to git, and what becomes of its answers. */
#include "git/ask.h"

#include "base/buf.h"
#include "git_sandbox.h"

#define SAFELY \
	"--no-optional-locks -c core.fsmonitor=false -c core.hooksPath=/dev/null " \
	"-c protocol.allow=never "

/* All questions that are asked, a line each. */
static const char *asked(unsigned wants, const char *flags)
{
	struct strings list = {0};
	BUF out = {0};

	strings_split(&arena, &list, flags, " ");
	for (int i = 0; i < ASK_COUNT; i++) {
		struct strings words = {0};

		if (!ask_words(&words, &arena, (enum question)i, wants, &list))
			continue;
		words_join(&out, &words);
		buf_addc(&out, '\n');
	}
	return arena_bytes(&arena, buf_text(&out), out.length);
}

static void test_least(void **state)
{
	(void)state;
	assert_string_equal(
		asked(WANT_HEAD, ""), SAFELY
		"rev-parse --is-bare-repository --is-inside-git-dir --show-prefix "
		"--absolute-git-dir\n" SAFELY "symbolic-ref -q HEAD\n" SAFELY
		"log --no-walk --no-show-signature --no-color --encoding=UTF-8 "
		"--format=%H%x00%h%x00%ct%x00%an%x00%s%x00\n");
}

/* Flags stand in front, so that none of them undoes what keeps us safe. */
static void test_flags_first(void **state)
{
	(void)state;
	assert_string_equal(
		asked(WANT_STASH, "--git-dir=/x -c core.fsmonitor=evil"),
		"--git-dir=/x -c core.fsmonitor=evil " SAFELY
		"rev-parse --is-bare-repository --is-inside-git-dir --show-prefix "
		"--absolute-git-dir\n"
		"--git-dir=/x -c core.fsmonitor=evil " SAFELY "symbolic-ref -q HEAD\n"
		"--git-dir=/x -c core.fsmonitor=evil " SAFELY
		"log --no-walk --no-show-signature --no-color --encoding=UTF-8 "
		"--format=%H%x00%h%x00%ct%x00%an%x00%s%x00\n"
		"--git-dir=/x -c core.fsmonitor=evil " SAFELY
		"rev-list --walk-reflogs --count refs/stash --\n");
}

/* Answers with the bytes of a literal, NULs and all. */
#define SAID(text) \
	(struct answer) \
	{ \
		.asked = true, .out = (text), .length = sizeof(text) - 1, .err = "" \
	}
#define FAILED(text) \
	(struct answer) \
	{ \
		.asked = true, .exit = 128, .out = "", .err = (text) \
	}

static struct answer answers[ASK_COUNT];

static int setup(void **state)
{
	static const char place[] = "false\nfalse\n\n/nowhere/repo/.git\n";

	sandbox_setup(state);
	answers[ASK_PLACE] = SAID(place);
	answers[ASK_HEAD] = SAID("refs/heads/topic/one\n");
	answers[ASK_COMMIT] = SAID("c07c4a58\0c07c\0"
	                           "1700000000\0A U Thor\0the subject\0");
	answers[ASK_STATUS] = SAID("# branch.oid c07c4a58\0# branch.head topic/one\0");
	answers[ASK_COUNTS] = FAILED("fatal: no upstream\n");
	answers[ASK_TAG] = FAILED("fatal: no tag exactly matches\n");
	answers[ASK_CONFIG] = SAID("");
	return 0;
}

/* The summary on one line. */
static const char *read_answers_at(const char *path)
{
	struct summary got;

	ask_read(&got, path, WANT_TABLE | WANT_REMOTE, answers, &arena);
	if (got.state != STATE_OK)
		return arena_format(&arena, "%s: %s", state_name(got.state),
		                    got.error ? got.error : "");
	return arena_format(
		&arena, "%s%s %s%s%s %s %s%zu/%zu%s%s%s%s $%zu %s|%s|%lld %s=%s",
		probe_kind_name(got.kind), got.unborn ? " unborn" : "",
		got.branch ? got.branch : "-", got.tag ? " tag " : "",
		got.tag ? got.tag : "", got.upstream ? got.upstream : "-",
		sync_name(got.sync), got.ahead, got.behind, got.staged ? " staged" : "",
		got.unstaged ? " unstaged" : "", got.untracked ? " untracked" : "",
		got.conflicted ? " conflicted" : "", got.stashes,
		got.subject ? got.subject : "-", got.author ? got.author : "-",
		(long long)got.time, got.remote_name ? got.remote_name : "-",
		got.remote ? got.remote : "-");
}

static const char *read_answers(void)
{
	return read_answers_at(scratch.path);
}

static void test_plain(void **state)
{
	(void)state;
	assert_string_equal(read_answers(),
	                    "repo topic/one - no_remote0/0 $0 the subject|A U Thor|"
	                    "1700000000 -=-");
}

static void test_unread(void **state)
{
	struct summary got;

	(void)state;
	answers[ASK_STATUS].err =
		"warning: unable to access '.gitignore': Permission denied\n"
		"warning: could not open directory 'data/': Permission denied\n";
	ask_read(&got, "/nowhere/repo", WANT_FILES, answers, &arena);
	assert_string_equal(got.unread,
	                    "could not open directory 'data/': Permission denied");
	ask_read(&got, "/nowhere/repo", WANT_HEAD, answers, &arena);
	assert_null(got.unread);
}

static void test_flags(void **state)
{
	(void)state;
	answers[ASK_STATUS] = SAID(
		"# branch.oid c07c4a58\0# branch.head topic/one\0"
		"# branch.upstream origin/one\0# branch.ab +? -?\0"
		"2 R. N... 100644 100644 100644 a b R100 new\0? old\0"
		"1 .M N... 100644 100644 100644 a b 1 A. name\0");
	answers[ASK_COUNTS] = SAID("3\t4\n");
	answers[ASK_STASHES] = SAID("2\n");
	answers[ASK_CONFIG] = SAID("branch.topic/one.remote\norigin\0"
	                           "remote.origin.url\nhost:x\0"
	                           "url.https://host/.insteadof\nhost:\0");
	assert_string_equal(read_answers(),
	                    "repo topic/one origin/one diverged3/4 staged unstaged $2 "
	                    "the subject|A U Thor|1700000000 origin=https://host/x");
	answers[ASK_STATUS] = SAID("u UU N... 1 2 3 4 a b c x\0? y\0");
	answers[ASK_STASHES] = FAILED("fatal: bad revision 'refs/stash'\n");
	assert_string_equal(read_answers(),
	                    "repo topic/one - no_remote0/0 untracked conflicted $0 "
	                    "the subject|A U Thor|1700000000 origin=https://host/x");
}

static void test_upstream_gone(void **state)
{
	(void)state;
	answers[ASK_STATUS] = SAID("# branch.upstream origin/one\0");
	assert_string_equal(read_answers(),
	                    "repo topic/one origin/one gone0/0 $0 the subject|A U Thor|"
	                    "1700000000 -=-");
	/* git saw it, but could not count. */
	answers[ASK_STATUS] = SAID("# branch.upstream origin/one\0# branch.ab +? -?\0");
	answers[ASK_COUNTS] = FAILED("error: Could not read abc\n"
	                             "fatal: revision walk setup failed\n");
	assert_string_equal(read_answers(), "broken: revision walk setup failed");
}

static void test_unborn_or_broken(void **state)
{
	(void)state;
	answers[ASK_COMMIT] = FAILED("fatal: your current branch 'topic/one' does not "
	                             "have any commits yet\n");
	assert_string_equal(read_answers(),
	                    "repo unborn topic/one - no_remote0/0 $0 -|-|0 -=-");
	answers[ASK_COMMIT] = FAILED(
		"warning: ignoring broken ref\n"
		"fatal: your current branch appears to be broken\n");
	assert_string_equal(read_answers(),
	                    "broken: your current branch appears to be broken");
}

static void test_detached(void **state)
{
	(void)state;
	answers[ASK_HEAD] = (struct answer){
		.asked = true, .exit = 1, .out = "", .err = ""};
	answers[ASK_TAG] = SAID("v1.0\n");
	assert_string_equal(read_answers(),
	                    "repo - tag v1.0 - no_remote0/0 $0 the subject|A U Thor|"
	                    "1700000000 -=-");
}

static void test_bare(void **state)
{
	(void)state;
	answers[ASK_PLACE] = SAID("true\ntrue\n\n/nowhere/bare\n");
	answers[ASK_STATUS] = FAILED(
		"fatal: this operation must be run in a work tree\n");
	answers[ASK_CONFIG] = SAID("branch.topic/one.remote\norigin\0"
	                           "branch.topic/one.merge\nrefs/heads/one\0"
	                           "remote.origin.fetch\n"
	                           "+refs/heads/*:refs/remotes/origin/*\0"
	                           "remote.origin.url\nhost:x\0");
	answers[ASK_COUNTS] = SAID("0\t1\n");
	assert_string_equal(read_answers(),
	                    "bare topic/one origin/one remote_ahead0/1 $0 "
	                    "the subject|A U Thor|1700000000 origin=host:x");
	answers[ASK_PLACE] = SAID("false\ntrue\n\n/nowhere/bare\n");
	answers[ASK_COUNTS] = FAILED("fatal: ambiguous argument\n");
	assert_string_equal(read_answers(),
	                    "bare topic/one origin/one gone0/0 $0 "
	                    "the subject|A U Thor|1700000000 origin=host:x");
}

static void test_place(void **state)
{
	(void)state;
	answers[ASK_PLACE] = FAILED(
		"fatal: detected dubious ownership in repository at "
		"'/x'\nTo add an exception, call\n");
	assert_string_equal(read_answers(),
	                    "broken: detected dubious ownership in repository at '/x'");
	answers[ASK_PLACE] = FAILED("");
	assert_string_equal(read_answers(), "broken: git ended with exit status 128");
	answers[ASK_PLACE].exit = -1;
	assert_string_equal(read_answers(), "broken: git gave no answer");
}

/* git searches above, where a repository is none: what it finds there is not
 * the one that was asked for. */
static void test_above(void **state)
{
	(void)state;
	sandbox_run("mkdir -p outer/inner");
	answers[ASK_PLACE].out = arena_format(&arena, "false\nfalse\ninner/\n%s\n",
	                                      in_scratch("outer/.git"));
	assert_string_equal(read_answers_at(in_scratch("outer/inner")),
	                    "broken: not a git repository");
	/* By --git-dir and --work-tree it may be. */
	answers[ASK_PLACE].out = "false\nfalse\ninner/\n/elsewhere/.git\n";
	assert_string_equal(read_answers_at(in_scratch("outer/inner")),
	                    "repo topic/one - no_remote0/0 $0 the subject|A U Thor|"
	                    "1700000000 -=-");
}

/* Where no file matters, git need not look at any. */
static void test_without_files(void **state)
{
	(void)state;
	assert_non_null(strstr(asked(WANT_SYNC, ""),
	                       "status --porcelain=v2 -z --branch --no-ahead-behind "
	                       "--untracked-files=no --ignore-submodules=all\n"));
	assert_null(strstr(asked(WANT_SYNC | WANT_FILES, ""), "--untracked-files"));
}

/* The words of the question that follows, "" where none does. */
static const char *asked_next(const struct summary *summary)
{
	struct strings words = {0}, flags = {0};
	BUF out = {0};

	strings_add(&arena, &flags, "-c");
	strings_add(&arena, &flags, "a.b=c");
	if (ask_rebased_words(&words, &arena, summary, &flags))
		words_join(&out, &words);
	return arena_bytes(&arena, buf_text(&out), out.length);
}

/* HEAD is detached then: the branch is asked about by its name. */
static void test_rebased(void **state)
{
	struct summary got;

	(void)state;
	sandbox_run("mkdir -p git/rebase-merge && "
	            "echo refs/heads/topic/one >git/rebase-merge/head-name");
	answers[ASK_PLACE].out = arena_format(&arena, "false\nfalse\n\n%s\n",
	                                      in_scratch("git"));
	answers[ASK_HEAD] = FAILED("");
	answers[ASK_CONFIG] = SAID("branch.topic/one.remote\n.\0"
	                           "branch.topic/one.merge\nrefs/remotes/up/x\0alone");
	ask_read(&got, scratch.path, WANT_TABLE, answers, &arena);
	assert_string_equal(got.rebasing, "topic/one");
	assert_string_equal(got.upstream, "up/x");
	assert_int_equal(got.sync, SYNC_GONE);
	assert_string_equal(asked_next(&got),
	                    "-c a.b=c " SAFELY "rev-list --left-right --count "
	                    "'refs/heads/topic/one...topic/one@{upstream}' --");
	ask_rebased_read(&got, &FAILED("fatal: no upstream\n"));
	assert_int_equal(got.sync, SYNC_GONE);
	ask_rebased_read(&got, &SAID("1\t0\n"));
	assert_int_equal(got.sync, SYNC_LOCAL_AHEAD);
	assert_int_equal(got.ahead, 1);
	got.upstream = NULL;
	assert_string_equal(asked_next(&got), "");
	got.rebasing = NULL;
	assert_string_equal(asked_next(&got), "");
	got.branch = "topic/one";
	assert_string_equal(asked_next(&got), "");
	got.state = STATE_BROKEN;
	assert_string_equal(asked_next(&got), "");
}

/* An upstream by its full name, as short as it can be. */
static void test_upstream_names(void **state)
{
	static const char *const rows[][2] = {
		{"refs/heads/x", "x"},
		{"refs/tags/x", "x"},
		{"refs/remotes/o/x", "o/x"},
		{"refs/other/x", "other/x"},
	};
	struct summary got;

	(void)state;
	answers[ASK_PLACE] = SAID("true\ntrue\n\n/nowhere/bare\n");
	answers[ASK_COUNTS] = SAID("0\t0\n");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *text = arena_format(
			&arena,
			"branch.topic/one.remote\n.%cbranch.topic/one.merge\n%s",
			'\x01', rows[i][0]);
		char *config = arena_string(&arena, text);

		*strchr(config, '\x01') = '\0';
		answers[ASK_CONFIG] = (struct answer){.asked = true,
		                                      .out = config,
		                                      .length = strlen(text),
		                                      .err = ""};
		ask_read(&got, scratch.path, WANT_SYNC, answers, &arena);
		assert_string_equal(got.upstream, rows[i][1]);
		assert_int_equal(got.sync, SYNC_IN_SYNC);
	}
	/* A refspec may keep it anywhere, or nowhere. */
	answers[ASK_CONFIG] = SAID("branch.topic/one.remote\no\0"
	                           "branch.topic/one.merge\nrefs/heads/x\0"
	                           "remote.o.url\nh:x\0"
	                           "remote.o.fetch\nrefs/heads/*:kept/*\0");
	ask_read(&got, scratch.path, WANT_SYNC, answers, &arena);
	assert_string_equal(got.upstream, "kept/x");
	answers[ASK_CONFIG] = SAID("branch.topic/one.remote\no\0"
	                           "branch.topic/one.merge\nrefs/heads/x\0"
	                           "remote.o.url\nh:x\0");
	ask_read(&got, scratch.path, WANT_SYNC, answers, &arena);
	assert_null(got.upstream);
	assert_int_equal(got.sync, SYNC_NO_REMOTE);
	answers[ASK_CONFIG] = SAID("branch.topic/one.remote\no\0"
	                           "branch.topic/one.merge\nrefs/heads/x\0"
	                           "remote.o.url\nh:x\0"
	                           "remote.o.fetch\n^refs/heads/x\0");
	ask_read(&got, scratch.path, WANT_SYNC, answers, &arena);
	assert_null(got.upstream);
}

/* What cannot be looked at is not said to be missing. */
static void test_unreadable(void **state)
{
	struct summary got;

	(void)state;
	sandbox_run("ln -s loop loop && touch file");
	answers[ASK_PLACE] = FAILED("fatal: cannot change to 'x': no\n");
	ask_read(&got, in_scratch("loop"), WANT_TABLE, answers, &arena);
	assert_int_equal(got.state, STATE_BROKEN);
	assert_string_equal(got.error, "cannot change to 'x': no");
	ask_read(&got, in_scratch("file/below"), WANT_TABLE, answers, &arena);
	assert_int_equal(got.state, STATE_MISSING);
	answers[ASK_PLACE] = SAID("false\nfalse\n\n/nowhere/.git\n");
	answers[ASK_STATUS] = FAILED("fatal: index file corrupt\n");
	assert_string_equal(read_answers(), "broken: index file corrupt");
	answers[ASK_PLACE] = SAID("false\ntrue\n\n/nowhere/.git\n");
	assert_string_equal(read_answers(), "broken: index file corrupt");
}

static void test_missing(void **state)
{
	struct summary got;

	(void)state;
	answers[ASK_PLACE] = FAILED("fatal: cannot change to 'x': No such file\n");
	ask_read(&got, in_scratch("x"), WANT_TABLE, answers, &arena);
	assert_int_equal(got.state, STATE_MISSING);
}

#define ASK_TEST(function) \
	cmocka_unit_test_setup_teardown(function, setup, sandbox_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ASK_TEST(test_least),
		ASK_TEST(test_flags_first),
		ASK_TEST(test_plain),
		ASK_TEST(test_unread),
		ASK_TEST(test_flags),
		ASK_TEST(test_upstream_gone),
		ASK_TEST(test_unborn_or_broken),
		ASK_TEST(test_detached),
		ASK_TEST(test_bare),
		ASK_TEST(test_place),
		ASK_TEST(test_missing),
		ASK_TEST(test_above),
		ASK_TEST(test_without_files),
		ASK_TEST(test_rebased),
		ASK_TEST(test_upstream_names),
		ASK_TEST(test_unreadable),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
