#include "cli/command.h"

#include <string.h>

#include "cli/help.h"
#include "cli/out.h"
#include "cli/select.h"

const struct command *command_find(const struct command *const *commands,
                                   const char *name)
{
	for (; *commands; commands++)
		if (strcmp((*commands)->name, name) == 0)
			return *commands;
	return NULL;
}

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
		return say_unknown("no command", word, names, "'gita help' lists them");
	return say_unknown(arena_format(arena, "%s: no command", parent), word, names,
	                   arena_format(arena, "'gita help %s' lists them", parent));
}

const struct command *command_for_delegate(struct invocation *invocation,
                                           const struct delegate *delegate)
{
	static const struct operand_row any[] = {
		{KIND_SELECTION, "SELECTION", false, true}, {0}};
	struct command *row = arena_take(invocation->arena, sizeof *row);

	*row = (struct command){
		.name = delegate->name,
		.summary = delegate->help,
		.selects = true,
		.runs = true,
		.operands = any,
		.run = invocation->run_delegate,
	};
	return row;
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
		invocation->command = command_for_delegate(invocation,
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

int help_named(struct invocation *invocation, const struct strings *words)
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

static int take_color(struct invocation *invocation)
{
	const char *when = args_value(&invocation->args, "color");

	if (when)
		invocation->color = strcmp(when, "always") == 0  ? COLOR_ALWAYS
		                    : strcmp(when, "never") == 0 ? COLOR_NEVER
		                                                 : COLOR_AUTO;
	return STATUS_OK;
}

static int run_command(struct invocation *invocation, struct strings words)
{
	struct args_front front = {is_selection, invocation};
	int status = find_child(invocation, &words);

	if (status == STATUS_OK)
		status = args_parse(&invocation->args, invocation->command,
		                    invocation->parent, &words, &front,
		                    invocation->arena);
	if (status == STATUS_OK)
		status = take_color(invocation);
	if (status != STATUS_OK)
		return status;
	if (args_has(&invocation->args, "help") || !invocation->command->run) {
		help_command(invocation, invocation->command, invocation->parent);
		return STATUS_OK;
	}
	return invocation->command->run(invocation);
}

/* gita itself takes options too; the first other word is the command. */
static const struct option_row gita_options[] = {
	{'v', "version", KIND_NONE, NULL, "show the versions of gita and its libraries",
         false},
	{0},
};
static const struct operand_row gita_operands[] = {
	{KIND_LINE, "COMMAND", false, true},
	{0},
};
const struct command command_gita = {
	.options = gita_options,
	.operands = gita_operands,
};

int command_main(struct invocation *invocation, int count, char *const *words)
{
	struct strings line = {0};
	int status;

	for (int i = 1; i < count; i++)
		strings_add(invocation->arena, &line, words[i]);
	invocation->typed = line;
	status = args_parse(&invocation->args, &command_gita, NULL, &line, NULL,
	                    invocation->arena);
	if (status == STATUS_OK)
		status = take_color(invocation);
	if (status != STATUS_OK)
		return status;
	if (args_has(&invocation->args, "version")) {
		out_format("%s\n", invocation->version);
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
