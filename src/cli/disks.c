#include "cli/disks.h"

#include "base/arena.h"
#include "base/mounts.h"
#include "cli/query.h"
#include "cli/survey.h"
#include "git/probe.h"

const struct mounts *disks_mounts(struct invocation *invocation)
{
	if (!invocation->has_mounts)
		mounts_load(&invocation->mounts, invocation->arena);
	invocation->has_mounts = true;
	return &invocation->mounts;
}

/* A file is as good as a folder, and one that is missing is an answer, too. */
static bool responds(struct invocation *invocation, const char *path)
{
	struct query query = {.program = true};
	double limit = invocation->patience;

	strings_add(invocation->arena, &query.words, "ls");
	strings_add(invocation->arena, &query.words, "-d");
	strings_add(invocation->arena, &query.words, "--");
	strings_add(invocation->arena, &query.words, path);
	return (limit > 0 || survey_limit(&limit) == STATUS_OK) &&
	       query_run(&query, 1, limit, invocation->arena) == STATUS_OK &&
	       query.exit >= 0;
}

static bool is_alive(struct invocation *invocation, const char *path)
{
	struct mount *mount = mounts_find(disks_mounts(invocation), path);

	if (!mount->silent)
		mount->silent = !responds(invocation, path);
	mount->remote = mount->silent;
	return !mount->silent;
}

bool disks_respond(struct invocation *invocation, const char *path)
{
	const struct mounts *mounts = disks_mounts(invocation);
	const char *remote;

	while ((remote = mounts_find_remote(mounts, invocation->arena, path)))
		if (!is_alive(invocation, remote))
			return false;
	return true;
}

bool disks_respond_for_repo(struct invocation *invocation, const char *path,
                            const struct strings *flags)
{
	const struct mounts *mounts = disks_mounts(invocation);
	struct arena scratch = {0};
	bool alive = true;
	const char *remote;

	while (alive && (remote = probe_find_remote(&scratch, mounts, path, flags)))
		alive = is_alive(invocation, remote);
	arena_drop(&scratch);
	return alive;
}

const char *disks_real(struct invocation *invocation, const char *path)
{
	disks_respond(invocation, path);
	return mounts_real(disks_mounts(invocation), invocation->arena, path);
}
