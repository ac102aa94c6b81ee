/* What is told of a child: its bytes, its end, its turn. */
#include "run_fixture.h"

#include <signal.h>

static void each_stream_goes_to_its_own_spool(void **state)
{
	struct fixture *fixture = *state;

	add_script(fixture, "a", "echo one; echo two >&2; echo three; printf four");
	run_jobs(fixture);
	assert_string_equal(buf_text(&fixture->told[0].out), "one\nthree\nfour");
	assert_string_equal(buf_text(&fixture->told[0].err), "two\n");
	assert_report(fixture, 1, 0, 0);
}

static void one_pipe_keeps_the_order(void **state)
{
	struct fixture *fixture = *state;
	BUF expected = {0};

	for (int i = 0; i < 500; i++)
		buf_addf(&expected, "out %d\nerr %d\n", i, i);
	fixture->options.one_pipe = true;
	add_script(fixture, "a",
	           "i=0; while [ $i -lt 500 ]; do"
	           " echo out $i; echo err $i >&2; i=$((i + 1)); done");
	run_jobs(fixture);
	assert_string_equal(buf_text(&fixture->told[0].out), buf_text(&expected));
	assert_int_equal(fixture->told[0].err.length, 0);
}

static void the_end_is_told_as_it_was(void **state)
{
	struct fixture *fixture = *state;

	add_script(fixture, "fine", "exit 0");
	add_script(fixture, "status", "exit 42");
	add_script(fixture, "signal", "kill -USR1 $$");
	run_jobs(fixture);
	assert_int_equal(fixture->told[0].result.outcome, OUTCOME_EXITED);
	assert_int_equal(fixture->told[0].result.exit, 0);
	assert_int_equal(fixture->told[1].result.outcome, OUTCOME_EXITED);
	assert_int_equal(fixture->told[1].result.exit, 42);
	assert_int_equal(fixture->told[2].result.outcome, OUTCOME_SIGNALED);
	assert_int_equal(fixture->told[2].result.signal, SIGUSR1);
	assert_report(fixture, 1, 2, 0);
}

static void no_jobs_are_a_run_as_well(void **state)
{
	struct fixture *fixture = *state;

	run_jobs(fixture);
	assert_report(fixture, 0, 0, 0);
}

static bool second_lets_first_go(struct fixture *fixture, size_t index)
{
	if (index == 1)
		release(fixture, "go");
	return true;
}

static void blocks_come_as_the_children_end(void **state)
{
	struct fixture *fixture = *state;

	make_fifo(fixture, "go");
	fixture->then = second_lets_first_go;
	add_script(fixture, "first", "read word <go; echo $word");
	add_script(fixture, "second", "echo second");
	run_jobs(fixture);
	assert_int_equal(fixture->told[1].turn, 0);
	assert_int_equal(fixture->told[0].turn, 1);
	assert_string_equal(buf_text(&fixture->told[0].out), "go\n");
}

static void blocks_come_in_order_if_asked(void **state)
{
	struct fixture *fixture = *state;

	make_fifo(fixture, "go");
	fixture->options.in_order = true;
	add_script(fixture, "first", "read word <go; echo first");
	add_script(fixture, "second", "echo second");
	add_script(fixture, "third", "exec >&-; echo go >go");
	add_job(fixture, "fourth", (const char *const[]){"/nonexistent/x", NULL});
	run_jobs(fixture);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(fixture->told[i].turn, i);
	assert_string_equal(buf_text(&fixture->told[1].out), "second\n");
	assert_report(fixture, 3, 1, 0);
}

static void what_cannot_start_says_why(void **state)
{
	struct fixture *fixture = *state;
	static const char *const nothing[] = {"no-such-program", NULL};
	static const char *const folder[] = {"/", NULL};
	static const char *const fine[] = {"true", NULL};
	char *missing = in_folder(fixture, "gone");

	add_job(fixture, "a", nothing);
	add_job(fixture, "b", fine)->folder = missing;
	add_job(fixture, "c", folder);
	add_job(fixture, "d", fine)->folder = "/dev/null";
	run_jobs(fixture);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(fixture->told[i].result.outcome, OUTCOME_NOT_STARTED);
	assert_string_equal(fixture->told[0].error, "cannot start 'no-such-program': "
	                                            "no such program");
	assert_string_equal(
		fixture->told[1].error,
		arena_format(&fixture->arena,
	                     "cannot start 'true' in '%s': the folder does not exist",
	                     missing));
	assert_string_equal(fixture->told[2].error,
	                    "cannot start '/': permission denied");
	assert_string_equal(fixture->told[3].error,
	                    "cannot start 'true' in '/dev/null': cannot enter the "
	                    "folder: not a directory");
	assert_report(fixture, 0, 4, 0);
}

/* What a child finds when it starts, whatever our own parent left us with. */
static void a_child_starts_clean(void **state)
{
	static const char list_files[] =
		"for f in /proc/$$/fd/*; do echo ${f##*/}; done";
	struct fixture *fixture = *state;
	FILE *files = popen(list_files, "r");
	char inherited[256];
	sigset_t mask;

	assert_non_null(files);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	sigemptyset(&mask);
	sigaddset(&mask, SIGUSR2);
	sigprocmask(SIG_BLOCK, &mask, NULL);
	/* The classic signals: two of the others are the C library's own. */
	add_script(fixture, "signals",
	           "while read name value; do case $name in SigBlk:|SigIgn:)"
	           " echo $name $((0x$value & 0x7fffffff)) ;; esac;"
	           " done </proc/self/status");
	add_script(fixture, "session",
	           "read pid name state parent group session rest </proc/$$/stat;"
	           "[ $$ = $group ] && [ $$ = $session ] && echo own");
	add_script(fixture, "stdin", "readlink /proc/self/fd/0");
	add_script(fixture, "stdout", "echo out >/dev/stdout; echo err >/dev/stderr");
	add_script(fixture, "files", list_files);
	inherited[fread(inherited, 1, sizeof inherited - 1, files)] = '\0';
	assert_int_equal(pclose(files), 0);
	add_script(fixture, "folder", "pwd -P");
	run_jobs(fixture);
	sigprocmask(SIG_UNBLOCK, &mask, NULL);
	signal(SIGPIPE, SIG_DFL);
	signal(SIGHUP, SIG_DFL);
	assert_string_equal(buf_text(&fixture->told[0].out), "SigBlk: 0\nSigIgn: 0\n");
	assert_string_equal(buf_text(&fixture->told[1].out), "own\n");
	assert_string_equal(buf_text(&fixture->told[2].out), "/dev/null\n");
	assert_string_equal(buf_text(&fixture->told[3].out), "out\n");
	assert_string_equal(buf_text(&fixture->told[3].err), "err\n");
	assert_string_equal(buf_text(&fixture->told[4].out), inherited);
	assert_string_equal(buf_text(&fixture->told[5].out),
	                    arena_format(&fixture->arena, "%s\n", fixture->folder));
}

/* Bytes of every value, more than memory keeps, on both streams at once. */
static void every_byte_arrives(void **state)
{
	struct fixture *fixture = *state;
	static unsigned char bytes[2][3 << 20];
	unsigned seed = 7;

	for (size_t stream = 0; stream < 2; stream++) {
		FILE *file = fopen(in_folder(fixture, stream ? "err" : "out"), "w");

		for (size_t i = 0; i < sizeof bytes[0]; i++) {
			seed = seed * 1103515245 + 12345;
			bytes[stream][i] = (unsigned char)(seed >> 16);
		}
		assert_non_null(file);
		assert_int_equal(fwrite(bytes[stream], 1, sizeof bytes[0], file),
		                 sizeof bytes[0]);
		fclose(file);
	}
	for (size_t i = 0; i < 4; i++)
		add_script(fixture, "a", "cat out & cat err >&2; wait");
	run_jobs(fixture);
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(fixture->told[i].out.length, sizeof bytes[0]);
		assert_int_equal(fixture->told[i].err.length, sizeof bytes[1]);
		assert_memory_equal(fixture->told[i].out.data, bytes[0],
		                    sizeof bytes[0]);
		assert_memory_equal(fixture->told[i].err.data, bytes[1],
		                    sizeof bytes[1]);
	}
}

/*
 * A thousand children that end in whatever order: each block is whole and its
 * own, and no more than eight are under way.
 */
static void a_thousand_blocks_stay_whole(void **state)
{
	struct fixture *fixture = *state;

	for (int i = 0; i < 1000; i++)
		add_script(fixture, "a",
		           arena_format(&fixture->arena,
		                        "echo %d a; echo %d b >&2; echo %d c", i, i,
		                        i));
	run_jobs(fixture);
	for (int i = 0; i < 1000; i++) {
		char out[64], err[64];

		snprintf(out, sizeof out, "%d a\n%d c\n", i, i);
		snprintf(err, sizeof err, "%d b\n", i);
		assert_string_equal(buf_text(&fixture->told[i].out), out);
		assert_string_equal(buf_text(&fixture->told[i].err), err);
	}
	assert_report(fixture, 1000, 0, 0);
}

/* The pipes are held by a process that outlives the child; what it still says
 * after the child's end belongs to the block, and then it is not waited for. */
static void a_grandchild_does_not_hold_the_run(void **state)
{
	struct fixture *fixture = *state;

	make_fifo(fixture, "hold");
	add_script(fixture, "a",
	           "parent=$$; {"
	           " while read pid name st now rest </proc/self/stat;"
	           "  [ \"$now\" = $parent ]; do :; done; echo late;"
	           " read word <hold; } & echo early");
	run_jobs(fixture);
	release(fixture, "hold");
	assert_string_equal(buf_text(&fixture->told[0].out), "early\nlate\n");
	assert_int_equal(fixture->told[0].result.outcome, OUTCOME_EXITED);
	assert_string_equal(fixture->told[0].result.note,
	                    "a background process holds its output; what it "
	                    "prints from now on is lost");
	assert_report(fixture, 1, 0, 0);
}

/* It writes faster than anybody reads, for ever: killed by the closed pipe. */
static void a_grandchild_that_writes_on_does_not_hold_the_run(void **state)
{
	struct fixture *fixture = *state;

	add_script(fixture, "a", "echo early; yes late & exit 3");
	run_jobs(fixture);
	assert_memory_equal(buf_text(&fixture->told[0].out), "early\n", 6);
	assert_int_equal(fixture->told[0].result.exit, 3);
	assert_string_equal(fixture->told[0].result.note,
	                    "a background process holds its output; what it "
	                    "prints from now on is lost");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_stream_goes_to_its_own_spool),
		TEST(one_pipe_keeps_the_order),
		TEST(the_end_is_told_as_it_was),
		TEST(no_jobs_are_a_run_as_well),
		TEST(blocks_come_as_the_children_end),
		TEST(blocks_come_in_order_if_asked),
		TEST(what_cannot_start_says_why),
		TEST(a_child_starts_clean),
		TEST(every_byte_arrives),
		TEST(a_thousand_blocks_stay_whole),
		TEST(a_grandchild_does_not_hold_the_run),
		TEST(a_grandchild_that_writes_on_does_not_hold_the_run),
	};

	jobs_setup();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
