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
	struct mount items[] = {{.point = "/"}, {.point = at("net"), .remote = true}};
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

static void real_paths_end_at_a_remote_disk(void **state)
{
	static const char *const cases[][2] = {
		{"absolute/x/../repo", "net/repo"},      {"net/link", "net/link"},
		{"usual/up/link/repo", "net/link/repo"}, {"back/repo", "usual/repo"},
		{"usual/missing", "usual/missing"},
	};
	struct mount items[] = {{.point = "/"}, {.point = at("net"), .remote = true}};
	const struct mounts mounts = {items, 2, 2};

	(void)state;
	scratch_folder("usual");
	scratch_folder("net");
	scratch_link("net/link", "../usual");
	scratch_link("absolute", at("net"));
	scratch_link("usual/up", "../net");
	scratch_link("back", "usual");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(mounts_real(&mounts, &arena, at(cases[i][0])),
		                    at(cases[i][1]));
	assert_string_equal(mounts_find_remote(&mounts, &arena, at("absolute/repo")),
	                    at("net/repo"));
	assert_null(mounts_find_remote(&mounts, &arena, at("back/repo")));
	items[1].remote = false;
	assert_string_equal(mounts_real(&mounts, &arena, at("net/link")), at("usual"));
	assert_ptr_equal(mounts_find(&mounts, at("net/x")), &items[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(links_are_followed, scratch_setup,
	                                        scratch_teardown),
		cmocka_unit_test_setup_teardown(real_paths_end_at_a_remote_disk,
	                                        scratch_setup, scratch_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, drop_arena);
}
