#include "cli/dispatch.h"

#include <string.h>

#include "base/text.h"
#include "cli/facts.h"
#include "cli/help.h"
#include "cli/out.h"
#include "cli/query.h"
#include "cli/select.h"

static void add_names(struct invocation *invocation, struct strings *names,
                      const struct command *const *commands)
{
	for (; *commands; commands++)
		if (!(*commands)->hidden)
			strings_add(invocation->arena, names, (*commands)->name);
}

/* Adds the commands for which the word is a synonym. */
static void add_synonyms(struct invocation *invocation, struct strings *names,
                         const struct command *const *commands, const char *word)
{
	for (; *commands; commands++) {
		struct strings synonyms = {0};

		if (!(*commands)->synonyms)
			continue;
		strings_split(invocation->arena, &synonyms, (*commands)->synonyms, " ");
		if (strings_have(&synonyms, word))
			strings_add(invocation->arena, names, (*commands)->name);
	}
}

/* Adds the built-in delegated commands that run the git command `word`. */
static void add_delegates(struct invocation *invocation, struct strings *names,
                          const char *word)
{
	for (size_t i = 0; i < invocation->delegates.count; i++) {
		const struct delegate *delegate = &invocation->delegates.items[i];

		if (!delegate->users && strcmp(delegate->words.items[0], word) == 0)
			strings_add(invocation->arena, names, delegate->name);
	}
}

/* Suggests what of ours does what git's `command` would do. */
static int suggest(struct invocation *invocation, const char *word,
                   const struct strings *meant, const char *command)
{
	struct arena *arena = invocation->arena;

	return say_usage(
		"unknown command '%s'; %s%s", word, say_meant(arena, meant, ""),
		command ? arena_format(arena, " (git's: gita super %s ...)", command)
			: "");
}

/* A mistyped command of git. */
static int suggest_near(struct invocation *invocation, const char *word,
                        const struct strings *near)
{
	struct strings meant = {0};

	if (near->count == 1) {
		add_synonyms(invocation, &meant, invocation->commands, near->items[0]);
		add_delegates(invocation, &meant, near->items[0]);
	}
	if (meant.count > 0)
		return suggest(invocation, word, &meant, near->items[0]);
	return say_usage("unknown command '%s'; %s", word,
	                 say_meant(invocation->arena, near, "gita super "));
}

/*
 * What people type is ours by another word, git's, a selection, or mistyped, in this
 * order: a word that means something is never taken for a near one.
 */
static int refuse_command(struct invocation *invocation, const char *word)
{
	struct arena *arena = invocation->arena;
	struct strings meant = {0}, ours = {0}, gits = {0}, near = {0};
	size_t fit;

	add_synonyms(invocation, &meant, invocation->commands, word);
	add_delegates(invocation, &meant, word);
	query_git_commands(&gits, arena);
	if (meant.count > 0)
		return suggest(invocation, word, &meant,
		               strings_have(&gits, word) ? word : NULL);
	if (strings_have(&gits, word))
		return say_usage("unknown command '%s'; it is git's: gita super %s ...",
		                 word, word);
	if (select_understands(invocation, word))
		return say_usage("unknown command '%s'; to see the repos: gita ll %s",
		                 word, word);
	add_names(invocation, &ours, invocation->commands);
	for (size_t i = 0; i < invocation->delegates.count; i++)
		strings_add(arena, &ours, invocation->delegates.items[i].name);
	fit = text_nearest(&meant, arena, word, &ours);
	if (text_nearest(&near, arena, word, &gits) < fit)
		return suggest_near(invocation, word, &near);
	return say_unknown("unknown command", word, &ours, "'gita help' lists them");
}

static int refuse_child(struct invocation *invocation, const char *word)
{
	struct arena *arena = invocation->arena;
	const struct command *parent = invocation->command;
	struct strings meant = {0}, names = {0};

	add_synonyms(invocation, &meant, parent->children, word);
	if (meant.count > 0)
		return say_usage("%s: unknown command '%s'; %s", parent->name, word,
		                 say_meant(arena, &meant, ""));
	add_names(invocation, &names, parent->children);
	return say_unknown(
		arena_format(arena, "%s: unknown command", parent->name), word, &names,
		arena_format(arena, "'gita help %s' lists them", parent->name));
}

/*
 * A name that is no built-in command is looked up among the delegated ones,
 * the built-in and the user's.
 */
static int find_command(struct invocation *invocation, const char *name)
{
	int status;

	invocation->command = command_find(invocation->commands, name);
	if (invocation->command && !invocation->command->yields)
		return STATUS_OK;
	status = invocation_delegates(invocation);
	if (status != STATUS_OK)
		return status;
	invocation->delegate = delegates_find(&invocation->delegates, name);
	if (!invocation->delegate && invocation->command)
		return STATUS_OK;
	if (!invocation->delegate)
		return refuse_command(invocation, name);
	invocation->command = invocation_delegate_row(invocation, invocation->delegate);
	return STATUS_OK;
}

/* `group add ...` is the child `add`; `group` and `group -h` are the first one. */
static int find_child(struct invocation *invocation, struct strings *words)
{
	const struct command *const *children = invocation->command->children;
	const struct command *child;

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
	if (!child)
		return refuse_child(invocation, words->items[-1]);
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

/* `@on:main` for `--on=main`. */
static const char *meant_fact(void *context, const char *option)
{
	struct invocation *invocation = context;
	char *word = arena_string(invocation->arena, option + 1);
	char *value = strchr(word, '=');

	*word = '@';
	if (value)
		*value = ':';
	return facts_know(word + 1) ? word : NULL;
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
	struct args_selection selection = {is_selection, meant_fact, invocation};
	int status = find_child(invocation, &words);

	if (status == STATUS_OK)
		status = args_parse(&invocation->args, invocation->command,
		                    invocation->parent, &words, &selection,
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
