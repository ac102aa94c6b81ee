/*
 * Real repositories in the scratch folder, made by git as nobody in
 * particular: no configuration but the one here, and times that stand still.
 */
#ifndef TESTS_GIT_SANDBOX_H
#define TESTS_GIT_SANDBOX_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "scratch.h"

static struct arena arena;

static inline void sandbox_set(const char *name, const char *value)
{
	scratch_check(setenv(name, value, 1) == 0, name);
}

static inline int sandbox_setup(void **state)
{
	scratch_setup(state);
	clearenv();
	sandbox_set("PATH", "/usr/local/bin:/usr/bin:/bin");
	sandbox_set("HOME", scratch.path);
	sandbox_set("LC_ALL", "C");
	sandbox_set("TZ", "UTC");
	sandbox_set("GIT_CONFIG_NOSYSTEM", "1");
	sandbox_set("GIT_AUTHOR_DATE", "1700000000 +0000");
	sandbox_set("GIT_COMMITTER_DATE", "1700000060 +0000");
	scratch_file(".gitconfig",
	             "[user]\n\tname = A U Thor\n\temail = a@example.com\n"
	             "[init]\n\tdefaultBranch = main\n");
	return 0;
}

static inline int sandbox_teardown(void **state)
{
	arena_drop(&arena);
	return scratch_teardown(state);
}

/* Runs a script in the scratch folder; it must succeed. */
static inline void sandbox_run(const char *script)
{
	char *whole = arena_format(&arena, "cd %s && set -e && %s", scratch.path,
	                           script);

	scratch_check(system(whole) == 0, script);
}

#define SANDBOX_TEST(function) \
	cmocka_unit_test_setup_teardown(function, sandbox_setup, sandbox_teardown)

#endif
