#include "cli/whereabouts.h"

#include "base/arena.h"
#include "cli/disks.h"

void whereabouts_read(struct whereabouts *out, struct invocation *invocation,
                      const struct repo *repo)
{
	struct arena scratch = {0};
	struct strings flags = {0};
	struct error err;

	*out = (struct whereabouts){0};
	/* Flags that do not parse are reported where words are made of them. */
	if (!repo || !registry_flags(&flags, &invocation->registry, repo, &err))
		return;
	out->silent = !disks_respond_for_repo(invocation, repo->path, &flags);
	if (out->silent)
		return;
	probe_with_flags(&out->probe, invocation->arena, repo->path, &flags);
	if (out->probe.kind != REPO_NONE)
		out->lock = arena_string(invocation->arena,
		                         probe_lock(&scratch, disks_mounts(invocation),
		                                    out->probe.common_folder));
	arena_drop(&scratch);
}
