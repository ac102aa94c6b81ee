/* Symbolic links that lead to a remote disk, found without touching it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/mounts.h"
#include "base/path.h"
#include "scratch.h"

static struct arena arena;

static int drop_arena(void **state)
{
	(void)state;
	arena_drop(&arena);
	return 0;
}

static const char *at(const char *path)
{
	return path_join(&arena, scratch.path, path);
}

static void links_are_followed(void **state)
{
	static const struct {
		const char *path;
		bool remote;
	} cases[] = {
		{"usual/repo", false},   {"net", true},
		{"net/repo", true},      {"absolute/repo", true},
		{"relative", true},      {"chain/repo", true},
		{"usual/up/repo", true}, {"loop/repo", false},
		{"missing/repo", false}, {"usual/./../net/x", true},
		{"back/repo", false},
	};
	struct mount items[] = {{"/", false}, {at("net"), true}};
	const struct mounts mounts = {items, 2, 2};
	const struct mounts local = {items, 1, 1};

	(void)state;
	scratch_folder("usual");
	scratch_link("absolute", at("net"));
	scratch_link("relative", "net/folder");
	scratch_link("chain", "./absolute");
	scratch_link("usual/up", "../net");
	scratch_link("loop", "loop");
	scratch_link("back", "usual");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(mounts_lead_remote(&mounts, at(cases[i].path)),
		                 cases[i].remote);
		assert_false(mounts_lead_remote(&local, at(cases[i].path)));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(links_are_followed, scratch_setup,
	                                        scratch_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, drop_arena);
}
