/* The small files of a git folder: .git, HEAD, commondir, those of a rebase. */
#include "fuzz.h"

#include "git/gitdir.h"
#include "git/probe.h"

static void make_folders(void)
{
	static const char *const folders[] = {
		"repo",         "git", "git/objects", "git/refs", "git/rebase-merge",
		"git/sequencer"};

	if (*scratch.path)
		return;
	fuzz_folder();
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
		scratch_folder(folders[i]);
}

static void check(const struct probe *probe)
{
	MUST(probe->kind == REPO_NONE ? probe->reason || probe->missing
	                              : probe->git_folder && probe->common_folder);
	MUST(!probe->branch || !strpbrk(probe->branch, " \t\r\n"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = {data, data + size};
	struct arena arena = {0};
	const char *rebasing;
	struct probe probe;

	make_folders();
	fuzz_file(&input, "git/HEAD");
	fuzz_file(&input, "repo/.git");
	fuzz_file(&input, "git/commondir");
	fuzz_file(&input, "git/rebase-merge/head-name");
	fuzz_file(&input, "git/sequencer/todo");
	probe_path(&probe, &arena, in_scratch("repo"));
	check(&probe);
	probe_path(&probe, &arena, in_scratch("git"));
	check(&probe);
	(void)gitdir_operation(&rebasing, &arena, in_scratch("git"), true);
	arena_drop(&arena);
	return 0;
}
