/*
 * For the tests of jobs_run: a folder of their own with fake children in it,
 * and a record of all that was handed over.
 *
 * Children wait for each other and for the test at fifos, never for time.
 */
#ifndef RUN_FIXTURE_H
#define RUN_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "run/jobs.h"

extern char **environ;

/* What on_end was told about one job. */
struct told {
	unsigned times;
	size_t turn; /* it was the turn-th to be handed over, from 0 */
	struct job_result result;
	char error[512];
	struct buf out, err;
};

struct fixture {
	struct arena arena;
	char folder[64];
	struct job *items;
	size_t count;
	size_t room;
	struct told *told;
	size_t turns;
	struct jobs_report report;
	struct jobs_options options;
	/* Called by on_end after the record was made; may be NULL. */
	bool (*then)(struct fixture *fixture, size_t index);
};

static inline char *in_folder(struct fixture *fixture, const char *name)
{
	return arena_format(&fixture->arena, "%s/%s", fixture->folder, name);
}

static inline void make_fifo(struct fixture *fixture, const char *name)
{
	assert_int_equal(mkfifo(in_folder(fixture, name), 0600), 0);
}

/* Lets who reads from the fifo go on; returns when somebody does read. */
static inline void release(struct fixture *fixture, const char *name)
{
	int file = open(in_folder(fixture, name), O_WRONLY);

	assert_true(file >= 0);
	assert_int_equal(write(file, "go\n", 3), 3);
	close(file);
}

/* One more job, with the given words. */
static inline struct job *add_job(struct fixture *fixture, const char *name,
                                  const char *const *words)
{
	struct job *job = ARENA_PUSH(&fixture->arena, fixture);

	*job = (struct job){.name = name,
	                    .folder = fixture->folder,
	                    .words = words,
	                    .environment = (const char *const *)environ};
	return job;
}

/* One more job: a script for sh. */
static inline struct job *add_script(struct fixture *fixture, const char *name,
                                     const char *script)
{
	const char **words = arena_take(&fixture->arena, 4 * sizeof *words);

	words[0] = "sh";
	words[1] = "-c";
	words[2] = script;
	return add_job(fixture, name, words);
}

static inline bool take_into(void *context, const char *bytes, size_t length)
{
	buf_add(context, bytes, length);
	return true;
}

static inline bool record(void *context, size_t index, const struct job_result *result)
{
	struct fixture *fixture = context;
	struct told *told = &fixture->told[index];

	told->times++;
	told->turn = fixture->turns++;
	told->result = *result;
	snprintf(told->error, sizeof told->error, "%s",
	         result->error ? result->error : "");
	assert_true(spool_each(result->out, take_into, &told->out));
	assert_true(spool_each(result->err, take_into, &told->err));
	assert_int_equal(spool_length(result->out), told->out.length);
	assert_int_equal(spool_length(result->err), told->err.length);
	return !fixture->then || fixture->then(fixture, index);
}

/* Runs the jobs with the options of the fixture; each must be told of once. */
static inline void run_jobs(struct fixture *fixture)
{
	struct error err = {.text = ""};

	fixture->told = arena_take(&fixture->arena,
	                           (fixture->count + 1) * sizeof *fixture->told);
	fixture->turns = 0;
	fixture->options.on_end = record;
	fixture->options.context = fixture;
	assert_true(jobs_run(&fixture->report, fixture->items, fixture->count,
	                     &fixture->options, &err));
	assert_string_equal(err.text, "");
	for (size_t i = 0; i < fixture->count; i++)
		assert_int_equal(fixture->told[i].times, 1);
}

static inline void assert_report(const struct fixture *fixture, size_t ok,
                                 size_t failed, size_t not_run)
{
	assert_int_equal(fixture->report.ok, ok);
	assert_int_equal(fixture->report.failed, failed);
	assert_int_equal(fixture->report.not_run, not_run);
}

static inline int set_up(void **state)
{
	struct fixture *fixture = test_calloc(1, sizeof *fixture);

	strcpy(fixture->folder, "/tmp/gita-test-XXXXXX");
	fixture->options.at_once = 8;
	*state = fixture;
	return mkdtemp(fixture->folder) ? 0 : -1;
}

static inline int tear_down(void **state)
{
	struct fixture *fixture = *state;
	char command[128];

	for (size_t i = 0; fixture->told && i < fixture->count; i++) {
		buf_drop(&fixture->told[i].out);
		buf_drop(&fixture->told[i].err);
	}
	snprintf(command, sizeof command, "rm -rf %s", fixture->folder);
	arena_drop(&fixture->arena);
	test_free(fixture);
	return system(command);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

#endif
