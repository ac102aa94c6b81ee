#include "cli/plan.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "cli/out.h"
#include "cli/select.h"
#include "git/remote.h"

void plan_add_repos(struct plan *plan, struct invocation *invocation,
                    const struct selection *selection)
{
	for (size_t i = 0; i < selection->count; i++) {
		const struct repo *repo = selection->items[i];

		*ARENA_PUSH(invocation->arena, plan) = (struct plan_item){
			.name = repo->name,
			.folder = repo->path,
			.repo = repo,
		};
	}
}

void plan_git_words(struct plan_item *item, struct invocation *invocation,
                    const struct strings *words)
{
	struct arena *arena = invocation->arena;
	struct strings flags = {0};
	struct error err;

	if (item->repo && *item->repo->flags &&
	    !registry_flags(&flags, &invocation->registry, item->repo, &err))
		item->refusal = arena_string(arena, err.text);
	strings_add(arena, &item->words, "git");
	for (size_t i = 0; i < flags.count; i++)
		strings_add(arena, &item->words, flags.items[i]);
	for (size_t i = 0; i < words->count; i++)
		strings_add(arena, &item->words, words->items[i]);
}

bool plan_git_is_interactive(struct invocation *invocation, const struct strings *words)
{
	struct arguments arguments;

	arguments_find(&arguments, words->items, words->count);
	return arguments_want_terminal(&arguments) ||
	       (arguments_expand(&arguments, invocation->arena) &&
	        arguments_want_terminal(&arguments));
}

void plan_shell_words(struct strings *out, struct invocation *invocation,
                      const char *script)
{
	strings_add(invocation->arena, out, "sh");
	strings_add(invocation->arena, out, "-c");
	strings_add(invocation->arena, out, script);
}

void plan_show_words(struct buf *out, struct arena *arena, const struct strings *words)
{
	struct strings shown = {0};

	for (size_t i = 0; i < words->count; i++)
		strings_add(arena, &shown, remote_mask(arena, words->items[i]));
	words_join(out, &shown);
}

int plan_print(const struct plan *plan, struct arena *arena)
{
	int status = STATUS_OK;

	for (size_t i = 0; i < plan->count; i++) {
		const struct plan_item *item = &plan->items[i];
		BUF line = {0};

		if (item->refusal) {
			status = say_failed("%s: %s", item->name, item->refusal);
			continue;
		}
		if (item->skip) {
			say_plain("%s: skipped: %s", item->name, item->skip);
			continue;
		}
		plan_show_words(&line, arena, &item->words);
		out_format("%s: %s\n", text_escape(arena, item->name),
		           text_escape(arena, buf_text(&line)));
	}
	return status;
}
