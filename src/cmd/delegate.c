/* Delegated commands: a row of store/delegates.h over the selected repos. */
#include "base/arena.h"
#include "base/buf.h"
#include "cli/out.h"
#include "cli/runner.h"
#include "cli/select.h"
#include "cmd/commands.h"

/* The script, with the words after `--` appended to its last command. */
static const char *script_of(struct invocation *invocation)
{
	const struct delegate *delegate = invocation->delegate;
	BUF script = {0};

	buf_adds(&script, delegate->script);
	for (size_t i = 0; i < invocation->args.rest.count; i++) {
		buf_addc(&script, ' ');
		words_quote(&script, invocation->args.rest.items[i]);
	}
	return arena_string(invocation->arena, buf_text(&script));
}

static void set_words(struct invocation *invocation, struct runner_item *item)
{
	const struct delegate *delegate = invocation->delegate;

	if (delegate->script) {
		runner_shell_words(&item->words, invocation, script_of(invocation));
		return;
	}
	runner_git_words(item, invocation, &delegate->words);
	for (size_t i = 0; i < invocation->args.rest.count; i++)
		strings_add(invocation->arena, &item->words,
		            invocation->args.rest.items[i]);
}

int delegate_run(struct invocation *invocation)
{
	const struct delegate *delegate = invocation->delegate;
	struct selection chosen = {0};
	struct runner_plan plan = {
		.title = delegate->name,
		.foreground = delegate->disable_async,
	};
	int status = select_repos(&chosen, invocation,
	                          delegate->allow_all ? SELECT_ANY : SELECT_NAMED);

	if (status != STATUS_OK)
		return status;
	runner_plan_repos(&plan, invocation, &chosen);
	for (size_t i = 0; i < plan.count; i++)
		set_words(invocation, &plan.items[i]);
	return runner_run(invocation, &plan);
}
