/* Which paths lie on a disk that may never answer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/arena.h"
#include "base/mounts.h"

static struct arena arena;
static struct mounts mounts;

static int parse(void **state)
{
	static const char table[] =
		"22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n"
		"23 22 0:5 / /proc rw - proc proc rw\n"
		"30 22 0:40 / /net rw shared:2 master:3 - autofs auto rw\n"
		"31 30 0:41 / /net/host rw - nfs4 host:/x rw\n"
		"32 22 0:42 / /mnt/with\\040blank\\134x rw - fuse.sshfs me@host: rw\n"
		"33 22 0:43 / /mnt/ntfs rw - fuseblk /dev/sdb1 rw\n"
		"34 22 0:44 / /mnt/nfs rw - nfs host:/y rw\n"
		"35 34 8:2 /a-b /mnt/nfs/local rw - ext4 /dev/sdc1 rw\n"
		"36 22 0:45 / /twice rw - cifs //host/z rw\n"
		"37 36 8:3 / /twice rw - btrfs /dev/sdd1 rw\n"
		"38 22 0:46 / /auto rw - autofs auto rw\n"
		"39 38 8:4 / /auto rw - xfs /dev/sde1 rw\n"
		"40 22 0:47 - /dash rw tag:- - 9p share rw\n"
		"\n"
		"broken line\n"
		"41 22 0:48 / /no/separator rw nfs\n"
		"42 22 0:49 / /no/type rw -\n"
		"43 22 0:50 / /bad\\9escape\\04 rw - ceph a rw";

	(void)state;
	mounts_parse(&mounts, &arena, arena_string(&arena, table));
	return 0;
}

static int drop_arena(void **state)
{
	(void)state;
	arena_drop(&arena);
	return 0;
}

static void reads_points_and_kinds(void **state)
{
	static const struct mount expected[] = {
		{"/", false, false},
		{"/proc", false, false},
		{"/net", true, false},
		{"/net/host", true, false},
		{"/mnt/with blank\\x", true, false},
		{"/mnt/ntfs", false, false},
		{"/mnt/nfs", true, false},
		{"/mnt/nfs/local", false, false},
		{"/twice", true, false},
		{"/twice", false, false},
		{"/auto", true, false},
		{"/auto", false, false},
		{"/dash", true, false},
		{"/bad\\9escape\\04", true, false},
	};

	(void)state;
	assert_int_equal(mounts.count, sizeof expected / sizeof *expected);
	for (size_t i = 0; i < mounts.count; i++) {
		assert_string_equal(mounts.items[i].point, expected[i].point);
		assert_int_equal(mounts.items[i].remote, expected[i].remote);
	}
}

static void the_longest_and_last_decides(void **state)
{
	static const struct mount cases[] = {
		{"/", false, false},
		{"/home/me", false, false},
		{"/network", false, false},
		{"/net", true, false},
		{"/net/other/x", true, false},
		{"/mnt/with blank\\x/repo", true, false},
		{"/mnt/ntfs/repo", false, false},
		{"/mnt/nfs", true, false},
		{"/mnt/nfs/locally", true, false},
		{"/mnt/nfs/local/repo", false, false},
		{"/twice/repo", false, false},
		{"/auto/repo", false, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(mounts_remote(&mounts, cases[i].point),
		                 cases[i].remote);
}

static void every_remote_kind_is_known(void **state)
{
	static const char *const remote[] = {
		"nfs",    "nfs4",  "cifs", "smb3",      "smbfs",  "9p",     "afs",
		"ceph",   "coda",  "fuse", "fuse.x",    "sshfs",  "lustre", "ncpfs",
		"beegfs", "ocfs2", "gpfs", "glusterfs", "autofs",
	};
	static const char *const local[] = {"ext4",  "fuseblk", "fusectl", "nfsd",
	                                    "tmpfs", "overlay", "zfs"};
	struct mounts one = {0};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof remote / sizeof *remote; i++)
		mounts_parse(
			&one, &arena,
			arena_format(&arena, "1 1 0:1 / / rw - %s x rw", remote[i]));
	for (i = 0; i < sizeof local / sizeof *local; i++)
		mounts_parse(
			&one, &arena,
			arena_format(&arena, "1 1 0:1 / / rw - %s x rw", local[i]));
	for (i = 0; i < one.count; i++)
		assert_int_equal(one.items[i].remote,
		                 i < sizeof remote / sizeof *remote);
}

static void nothing_known_is_nothing_remote(void **state)
{
	struct mounts none = {0};

	(void)state;
	assert_false(mounts_remote(&none, "/net/x"));
}

static void the_table_of_this_system_can_be_read(void **state)
{
	struct mounts here;

	(void)state;
	mounts_load(&here, &arena);
	assert_false(mounts_remote(&here, "/proc/self"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_points_and_kinds),
		cmocka_unit_test(the_longest_and_last_decides),
		cmocka_unit_test(every_remote_kind_is_known),
		cmocka_unit_test(nothing_known_is_nothing_remote),
		cmocka_unit_test(the_table_of_this_system_can_be_read),
	};

	return cmocka_run_group_tests(tests, parse, drop_arena);
}
