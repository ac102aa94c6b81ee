/* What is run for one repo, and in which environment. */
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "cli/out.h"
#include "cli/select.h"
#include "git/environment.h"
#include "git/probe.h"
#include "run_state.h"

void runner_plan(struct run_plan *plan, struct invocation *invocation,
                 const struct selection *selection)
{
	for (size_t i = 0; i < selection->count; i++) {
		const struct repo *repo = selection->items[i];

		*ARENA_PUSH(invocation->arena, plan) = (struct run_item){
			.name = repo->name,
			.folder = repo->path,
			.repo = repo,
		};
	}
}

void runner_git_words(struct strings *out, struct invocation *invocation,
                      const struct repo *repo, const struct strings *words)
{
	struct arena *arena = invocation->arena;
	struct strings flags = {0};
	struct error err;

	strings_add(arena, out, "git");
	if (repo && *repo->flags &&
	    !registry_flags(&flags, &invocation->registry, repo, &err)) {
		say_warning("%s", err.text);
		flags = (struct strings){0};
	}
	for (size_t i = 0; i < flags.count; i++)
		strings_add(arena, out, flags.items[i]);
	for (size_t i = 0; i < words->count; i++)
		strings_add(arena, out, words->items[i]);
}

void runner_shell_words(struct strings *out, struct invocation *invocation,
                        const char *script)
{
	strings_add(invocation->arena, out, "sh");
	strings_add(invocation->arena, out, "-c");
	strings_add(invocation->arena, out, script);
}

static void add_variable(struct arena *arena, struct strings *list, const char *name,
                         const char *value)
{
	strings_add(arena, list,
	            arena_format(arena, "%s=%s", name, value ? value : ""));
}

/* The GITA_* variables tell a script about the repo it runs in. */
static void add_repo_variables(struct strings *list, struct run *run, size_t index)
{
	struct arena *arena = run->invocation->arena;
	const struct run_item *item = &run->plan->items[index];
	struct strings groups = {0};
	BUF names = {0};

	if (!item->repo)
		return;
	registry_groups_of(&groups, arena, &run->invocation->registry, item->name);
	for (size_t i = 0; i < groups.count; i++)
		buf_addf(&names, "%s%s", i ? " " : "", groups.items[i]);
	add_variable(arena, list, "GITA_NAME", item->name);
	add_variable(arena, list, "GITA_PATH", item->repo->path);
	add_variable(arena, list, "GITA_BRANCH", probe_branch(arena, item->repo->path));
	add_variable(arena, list, "GITA_GROUPS", buf_text(&names));
	add_variable(arena, list, "GITA_I", arena_format(arena, "%zu", index + 1));
	add_variable(arena, list, "GITA_N",
	             arena_format(arena, "%zu", run->plan->count));
}

void run_job(struct job *out, struct run *run, size_t index, enum environment kind)
{
	struct arena *arena = run->invocation->arena;
	const struct run_item *item = &run->plan->items[index];
	struct strings environment = {0};

	if (run->base.count == 0)
		environment_make(&run->base, arena, kind);
	for (size_t i = 0; i < run->base.count; i++)
		strings_add(arena, &environment, run->base.items[i]);
	add_repo_variables(&environment, run, index);
	if (kind == ENVIRONMENT_CONCURRENT && item->repo)
		environment_ssh(&environment, arena, item->repo->path);
	*out = (struct job){
		.name = item->name,
		.folder = item->folder,
		.words = item->words.items,
		.environment = environment.items,
	};
}
