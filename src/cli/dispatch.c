#include "cli/dispatch.h"

#include <string.h>

#include "cli/help.h"
#include "cli/out.h"
#include "cli/select.h"

static void add_names(struct invocation *invocation, struct strings *names,
                      const struct command *const *commands)
{
	for (; *commands; commands++)
		if (!(*commands)->hidden)
			strings_add(invocation->arena, names, (*commands)->name);
}

static int refuse_command(struct invocation *invocation, const char *parent,
                          const char *word, const struct strings *names)
{
	struct arena *arena = invocation->arena;

	if (!parent)
		return say_unknown("unknown command", word, names,
		                   "'gita help' lists them");
	return say_unknown(arena_format(arena, "%s: unknown command", parent), word,
	                   names,
	                   arena_format(arena, "'gita help %s' lists them", parent));
}

/*
 * A name that is no built-in command is looked up among the delegated ones,
 * the built-in and the user's.
 */
static int find_command(struct invocation *invocation, const char *name)
{
	struct strings names = {0};
	int status;

	invocation->command = command_find(invocation->commands, name);
	if (invocation->command)
		return STATUS_OK;
	status = invocation_delegates(invocation);
	if (status != STATUS_OK)
		return status;
	invocation->delegate = delegates_find(&invocation->delegates, name);
	if (invocation->delegate) {
		invocation->command = invocation_delegate_row(invocation,
		                                              invocation->delegate);
		return STATUS_OK;
	}
	add_names(invocation, &names, invocation->commands);
	for (size_t i = 0; i < invocation->delegates.count; i++)
		strings_add(invocation->arena, &names,
		            invocation->delegates.items[i].name);
	return refuse_command(invocation, NULL, name, &names);
}

/* `group add ...` is the child `add`; `group` and `group -h` are the first one. */
static int find_child(struct invocation *invocation, struct strings *words)
{
	const struct command *const *children = invocation->command->children;
	const struct command *child;
	struct strings names = {0};

	if (!children)
		return STATUS_OK;
	if (words->count == 0 || words->items[0][0] == '-') {
		if (words->count > 0 && (strcmp(words->items[0], "-h") == 0 ||
		                         strcmp(words->items[0], "--help") == 0))
			return STATUS_OK;
		child = children[0];
	} else {
		child = command_find(children, words->items[0]);
		words->items++;
		words->count--;
	}
	if (!child) {
		add_names(invocation, &names, children);
		return refuse_command(invocation, invocation->command->name,
		                      words->items[-1], &names);
	}
	invocation->parent = invocation->command->name;
	invocation->command = child;
	return STATUS_OK;
}

int dispatch_help(struct invocation *invocation, const struct strings *words)
{
	struct strings further = {words->items + 1, words->count - 1, 0};
	int status = find_command(invocation, words->items[0]);

	if (status == STATUS_OK && further.count > 0)
		status = find_child(invocation, &further);
	if (status == STATUS_OK)
		help_command(invocation, invocation->command, invocation->parent);
	return status;
}

/* With --quote-mode all words but the last choose repos. */
static bool is_selection(void *context, const struct args *so_far, const char *word,
                         bool last)
{
	if (args_has(so_far, "quote-mode"))
		return !last;
	return select_understands(context, word);
}

static void take_color(struct invocation *invocation)
{
	const char *when = args_value(&invocation->args, "color");

	if (when)
		invocation->color = strcmp(when, "always") == 0  ? COLOR_ALWAYS
		                    : strcmp(when, "never") == 0 ? COLOR_NEVER
		                                                 : COLOR_AUTO;
}

static int run_command(struct invocation *invocation, struct strings words)
{
	struct args_front front = {is_selection, invocation};
	int status = find_child(invocation, &words);

	if (status == STATUS_OK)
		status = args_parse(&invocation->args, invocation->command,
		                    invocation->parent, &words, &front,
		                    invocation->arena);
	if (status != STATUS_OK)
		return status;
	take_color(invocation);
	if (args_has(&invocation->args, "help") || !invocation->command->run) {
		help_command(invocation, invocation->command, invocation->parent);
		return STATUS_OK;
	}
	return invocation->command->run(invocation);
}

int dispatch_main(struct invocation *invocation, int count, char *const *words)
{
	struct strings line = {0};
	int status;

	for (int i = 1; i < count; i++)
		strings_add(invocation->arena, &line, words[i]);
	invocation->typed = line;
	status = args_parse(&invocation->args, &command_gita, NULL, &line, NULL,
	                    invocation->arena);
	if (status != STATUS_OK)
		return status;
	take_color(invocation);
	if (args_has(&invocation->args, "version")) {
		out_format("%s\n", invocation->version(invocation->arena));
		return STATUS_OK;
	}
	line = invocation->args.rest;
	if (line.count == 0 || args_has(&invocation->args, "help")) {
		help_overview(invocation);
		return STATUS_OK;
	}
	status = find_command(invocation, line.items[0]);
	if (status != STATUS_OK)
		return status;
	line.items++;
	line.count--;
	return run_command(invocation, line);
}
