/* `super` and `shell`: any git or shell command over the selected repos. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/path.h"
#include "cli/out.h"
#include "cli/query.h"
#include "cli/runner.h"
#include "cli/select.h"
#include "cmd/commands.h"
#include "git/arguments.h"

/* An alias may be set in some of the repos only. */
static bool is_alias_somewhere(struct invocation *invocation,
                               const struct selection *chosen, const char *name)
{
	const char *const words[] = {"git", "config", "--get",
	                             arena_format(invocation->arena, "alias.%s", name),
	                             NULL};
	struct captured captured;

	for (size_t i = 0; i < chosen->count; i++)
		if (query_capture(&captured, invocation->arena, chosen->items[i]->path,
		                  words))
			return true;
	return false;
}

/*
 * A word that is neither a repo nor a git command is most likely a name with a
 * typo: reported before anything runs anywhere.
 */
static int check_command(struct invocation *invocation, const struct selection *chosen,
                         const struct arguments *arguments)
{
	const char *name = arguments->count > 0 ? arguments->items[0] : NULL;
	struct strings known = {0};

	if (!name || arguments->elsewhere || chosen->count == 0 ||
	    !query_git_commands(&known, invocation->arena) ||
	    strings_have(&known, name) || is_alias_somewhere(invocation, chosen, name))
		return STATUS_OK;
	if (args_has(&invocation->args, "quote-mode"))
		return say_unknown("super: no git command", name, &known, NULL);
	return select_refuse(invocation, "super: no repo, group or git command", name,
	                     &known);
}

/* `super fetch web` fetches from a remote `web` in all repos: most likely the words
 * stand in the wrong order. */
static void hint_at_names(struct invocation *invocation, const struct strings *words)
{
	const struct registry *registry = &invocation->registry;
	size_t last = words->count - 1;
	const char *name = words->items[last];
	BUF line = {0};

	if (invocation->args.operands.count > 0 || last == 0 ||
	    !(registry_repo(registry, name) || registry_group(registry, name)))
		return;
	for (size_t i = 0; i < last; i++) {
		buf_addc(&line, ' ');
		words_quote(&line, words->items[i]);
	}
	say("super: '%s' is passed to git; a selection stands in front: gita super "
	    "%s%s",
	    name, name, buf_text(&line));
}

/* With --quote-mode the one word is the whole command line. */
static int command_words(struct strings *out, struct invocation *invocation)
{
	const struct strings *rest = &invocation->args.rest;
	struct error err;

	*out = *rest;
	if (!args_has(&invocation->args, "quote-mode"))
		return STATUS_OK;
	*out = (struct strings){0};
	if (!words_split(out, invocation->arena, rest->items[0], &err))
		return say_usage("super: %s", err.text);
	return STATUS_OK;
}

static int super_run(struct invocation *invocation)
{
	struct selection chosen = {0};
	struct arguments arguments;
	struct strings words;
	struct plan plan = {0};
	int status = command_words(&words, invocation);

	if (status == STATUS_OK && words.count > 0 &&
	    strcmp(words.items[0], "git") == 0) {
		words.items++;
		words.count--;
	}
	if (status == STATUS_OK && words.count == 0)
		return say_usage("super: missing GIT-COMMAND");
	if (status != STATUS_OK)
		return status;
	arguments_find(&arguments, words.items, words.count);
	invocation->title = arguments.count > 0 ? arguments.items[0] : "super";
	status = select_repos(&chosen, invocation, SELECT_ANY);
	if (status == STATUS_OK)
		status = check_command(invocation, &chosen, &arguments);
	if (status != STATUS_OK)
		return status;
	hint_at_names(invocation, &words);
	plan.title = invocation->title;
	plan.answer = arguments_answer(&arguments);
	plan.interactive = plan_git_is_interactive(invocation, &words);
	plan_add_repos(&plan, invocation, &chosen);
	for (size_t i = 0; i < plan.count; i++)
		plan_git_words(&plan.items[i], invocation, &words);
	return runner_run(invocation, &plan);
}

/* Several words start with a program: a typo is reported before anything runs anywhere.
 * With a slash it may be one of the repo's own. */
static int check_program(struct invocation *invocation, const struct selection *chosen)
{
	const struct strings none = {0};
	const struct strings *words = &invocation->args.rest;

	if (words->count < 2 || chosen->count == 0 || strchr(words->items[0], '/') ||
	    path_is_program(words->items[0]))
		return STATUS_OK;
	return select_refuse(invocation, "shell: no repo, group or program",
	                     words->items[0], &none);
}

/* One word is a script, several are one command, spaces and all. */
static int shell_run(struct invocation *invocation)
{
	const struct strings *words = &invocation->args.rest;
	struct selection chosen = {0};
	struct plan plan = {.title = "shell"};
	int status;

	invocation->title = plan.title;
	status = select_repos(&chosen, invocation, SELECT_ANY);

	if (status == STATUS_OK)
		status = check_program(invocation, &chosen);
	if (status != STATUS_OK)
		return status;
	plan_add_repos(&plan, invocation, &chosen);
	for (size_t i = 0; i < plan.count; i++) {
		if (words->count == 1)
			plan_shell_words(&plan.items[i].words, invocation,
			                 words->items[0]);
		else
			plan.items[i].words = *words;
	}
	return runner_run(invocation, &plan);
}

static const struct option_row options[] = {
	{.name = "quote-mode", .help = "the last argument is the whole command"},
	{0},
};

/* The front of both command lines; the command follows. */
#define SELECTION_ROW \
	{ \
		.kind = KIND_SELECTION, .name = "SELECTION", .repeats = true \
	}

static const struct operand_row super_operands[] = {
	SELECTION_ROW,
	{.kind = KIND_GIT, .name = "GIT-COMMAND", .required = true, .repeats = true},
	{0},
};
static const struct operand_row shell_operands[] = {
	SELECTION_ROW,
	{.kind = KIND_SHELL, .name = "COMMAND", .required = true, .repeats = true},
	{0},
};

static const char *const super_examples[] = {
	"gita super web api commit -am 'fix'",
	"in two repos",
	NULL,
};
static const char *const shell_examples[] = {
	"gita shell 'git log | wc -l'",
	"a single word is a script for sh",
	NULL,
};

const struct command command_super = {
	.name = "super",
	.synonyms = "git run",
	.summary = "run any git command",
	.about = "The first word that selects no repo starts the git command or alias.",
	.options = options,
	.selects = true,
	.runs = true,
	.operands = super_operands,
	.examples = super_examples,
	.run = super_run,
};

const struct command command_shell = {
	.name = "shell",
	.synonyms = "exec run sh foreach",
	.summary = "run any shell command",
	.about = "The first word that selects no repo starts the command. It finds\n"
		 "GITA_NAME, _PATH, _BRANCH, _GROUPS, _I and _N in its environment.",
	.options = options,
	.selects = true,
	.runs = true,
	.operands = shell_operands,
	.examples = shell_examples,
	.run = shell_run,
};
