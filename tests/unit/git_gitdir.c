/* When something was last fetched. The operation in progress is shown by git_summary.
 */
#include "git/gitdir.h"

#include <sys/stat.h>

#include "base/buf.h"
#include "git_sandbox.h"

/* Written so many seconds after 1,000,000,000. */
static void fetched_at(const char *folder, time_t seconds)
{
	const char *name = arena_format(&arena, "%s/FETCH_HEAD", folder);
	struct timespec times[2] = {{.tv_sec = 1000000000 + seconds}};

	times[1] = times[0];
	scratch_file(name, "");
	scratch_check(utimensat(AT_FDCWD, in_scratch(name), times, 0) == 0, name);
}

static long fetched(const char *folder)
{
	long at = (long)gitdir_fetched(&arena, in_scratch(folder), in_scratch("git"));

	return at > 0 ? at - 1000000000 : at;
}

/* By whichever work tree it was: the latest counts for all. */
static void test_fetched(void **state)
{
	(void)state;
	sandbox_run("mkdir -p git/logs git/worktrees/one git/worktrees/two");
	assert_int_equal(fetched("git"), FETCHED_UNKNOWN);
	fetched_at("git", 5);
	assert_int_equal(fetched("git"), 5);
	fetched_at("git/worktrees/two", 7);
	fetched_at("git/worktrees/one", 6);
	assert_int_equal(fetched("git"), 7);
	assert_int_equal(fetched("git/worktrees/one"), 7);
	sandbox_run("rm git/FETCH_HEAD git/worktrees/*/FETCH_HEAD");
	fetched_at("git/worktrees/one", 6);
	assert_int_equal(fetched("git/worktrees/one"), 6);
	sandbox_run("rm -r git/worktrees && touch git/worktrees");
	assert_int_equal(fetched("git"), FETCHED_UNKNOWN);
}

static void test_cloned(void **state)
{
	static const struct {
		const char *log;
		long expected;
	} rows[] = {
		{"", FETCHED_UNKNOWN},
		{"\n", FETCHED_UNKNOWN},
		{"0000 c07c A <a@x> 1000000009 +0000\tclone: from h:x\n", 9},
		{"0000 c07c A <a@x> 1000000009 +0000\tclone: from h:x\n"
	         "c07c d07d A <a@x> 1000000010 +0000\tcommit: y\n",
	         9},
		{"0000 c07c A <a@x> 1000000009 +0000\tcommit (initial): clone: x\n", 0},
		{"0000 c07c A <a@x> 1000000009 +0000\n\tclone: from h:x\n", 0},
		{"0000 c07c A a@x 1000000009 +0000\tclone: from h:x\n", 0},
		{"c07c d07d A <a@x> 1000000009 +0000\tclone: from h:x\n",
	         FETCHED_UNKNOWN},
		{"00c7 d07d A <a@x> 1000000009 +0000\tclone: from h:x\n",
	         FETCHED_UNKNOWN},
	};

	(void)state;
	sandbox_run("mkdir -p git/logs");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		scratch_file("git/logs/HEAD", rows[i].log);
		if (fetched("git") != rows[i].expected)
			fail_msg("%s: %ld", rows[i].log, fetched("git"));
	}
	fetched_at("git", 1);
	assert_int_equal(fetched("git"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SANDBOX_TEST(test_fetched),
		SANDBOX_TEST(test_cloned),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
