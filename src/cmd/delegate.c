/* Delegated commands: a row of store/delegates.h over the selected repos. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "cli/out.h"
#include "cli/query.h"
#include "cli/runner.h"
#include "cli/select.h"
#include "cli/survey.h"
#include "cmd/commands.h"
#include "git/arguments.h"
#include "git/namesakes.h"

/* One use of a delegated command. */
struct delegating {
	struct invocation *invocation;
	const struct delegate *delegate;
	const char *operand; /* what stood before the selection; NULL: nothing */
	bool safe;           /* as with pull --safe */
	bool program; /* the words are no git command, but a program and its own */
	struct plan plan;
};

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

static void add_word(struct delegating *delegating, struct plan_item *item,
                     const char *word)
{
	strings_add(delegating->invocation->arena, &item->words, word);
}

/* Around what follows `--` comes what the rule adds: git reads options before a
 * branch, and a search's paths after the pattern. */
static void set_words(struct delegating *delegating, struct plan_item *item)
{
	struct invocation *invocation = delegating->invocation;
	const struct delegate *delegate = delegating->delegate;

	if (delegate->script) {
		plan_shell_words(&item->words, invocation, script_of(invocation));
		return;
	}
	if (delegating->program)
		for (size_t i = 0; i < delegate->words.count; i++)
			add_word(delegating, item, delegate->words.items[i]);
	else
		plan_git_words(item, invocation, &delegate->words);
	if (delegating->safe)
		add_word(delegating, item, "--ff-only");
	if (delegate->rule == DELEGATE_SEARCH) {
		add_word(delegating, item, "-e");
		add_word(delegating, item, delegating->operand);
	}
	for (size_t i = 0; i < invocation->args.rest.count; i++)
		add_word(delegating, item, invocation->args.rest.items[i]);
	if (delegate->rule == DELEGATE_CHECKOUT) {
		add_word(delegating, item, delegating->operand);
		add_word(delegating, item, "--");
	}
}

/* Why a pull would not be safe, or NULL. Untracked files are no reason: git overwrites
 * none of them, and fails where one is in the way. */
static const char *not_ready(struct arena *arena, const struct summary *summary)
{
	if (summary->state != STATE_OK)
		return NULL; /* git says why */
	if (summary->kind == REPO_BARE)
		return "a bare repository";
	if (summary->operation != OPERATION_NONE)
		return arena_format(arena, "%s in progress",
		                    operation_name(summary->operation));
	if (!summary->branch)
		return "HEAD is detached";
	if (summary->sync == SYNC_NO_REMOTE)
		return "no upstream";
	if (summary->sync == SYNC_GONE)
		return "the upstream is gone";
	if (summary->staged || summary->unstaged || summary->conflicted)
		return "uncommitted changes";
	return NULL;
}

static int skip_not_ready(struct delegating *delegating, const struct selection *chosen)
{
	struct invocation *invocation = delegating->invocation;
	struct summary **summaries = arena_take(invocation->arena,
	                                        chosen->count * sizeof *summaries);
	int status = survey_read(summaries, invocation, chosen->items, chosen->count,
	                         WANT_HEAD | WANT_SYNC | WANT_FILES);

	for (size_t i = 0; status == STATUS_OK && i < chosen->count; i++)
		delegating->plan.items[i].skip = not_ready(invocation->arena,
		                                           summaries[i]);
	return status;
}

static bool has_branch(struct arena *arena, const char *branch,
                       const struct query *queries)
{
	struct answer answers[NAMESAKES_QUESTIONS];
	struct namesakes namesakes;
	struct error err;

	for (int i = 0; i < NAMESAKES_QUESTIONS; i++)
		answers[i] = query_answer(&queries[i]);
	/* Where git does not answer, its own message is better than any of ours. */
	return !namesakes_parse(&namesakes, arena, branch, answers, &err) ||
	       namesakes.own || namesakes.remote.count > 0;
}

/* They have the branch, but nowhere to check it out. */
static int skip_bare(struct delegating *delegating, const struct selection *chosen)
{
	struct invocation *invocation = delegating->invocation;
	struct summary **summaries = arena_take(invocation->arena,
	                                        chosen->count * sizeof *summaries);
	int status = survey_read(summaries, invocation, chosen->items, chosen->count,
	                         WANT_HEAD);

	for (size_t i = 0; status == STATUS_OK && i < chosen->count; i++)
		if (summaries[i]->state == STATE_OK && summaries[i]->kind == REPO_BARE)
			delegating->plan.items[i].skip = "a bare repository";
	return status;
}

/* Git makes a branch of the one that a single remote has. */
static int skip_without_branch(struct delegating *delegating)
{
	struct arena *arena = delegating->invocation->arena;
	const char *branch = delegating->operand;
	struct plan *plan = &delegating->plan;
	size_t count = plan->count * NAMESAKES_QUESTIONS;
	struct query *queries = arena_take(arena, count * sizeof *queries);
	double limit;
	int status = survey_limit(&limit);

	if (status != STATUS_OK)
		return status;
	for (size_t i = 0; i < count; i++) {
		query_in(&queries[i], &delegating->invocation->registry,
		         plan->items[i / NAMESAKES_QUESTIONS].repo);
		namesakes_words(&queries[i].words, arena,
		                (int)(i % NAMESAKES_QUESTIONS), branch);
	}
	status = query_run(queries, count, limit, arena);
	for (size_t i = 0; status == STATUS_OK && i < plan->count; i++)
		if (!has_branch(arena, branch, &queries[i * NAMESAKES_QUESTIONS]))
			plan->items[i].skip = arena_format(arena, "no branch '%s'",
			                                   branch);
	return status;
}

/* As grep: 0 where something was found, 1 where not, 2 where something failed. */
static int search(struct delegating *delegating)
{
	struct plan *plan = &delegating->plan;
	int status;

	plan->concurrent = true; /* names in front, even of one repo */
	status = runner_run(delegating->invocation, plan);
	if (args_has(&delegating->invocation->args, "dry-run"))
		return status;
	for (size_t i = 0; i < plan->count; i++)
		if (!plan->items[i].ok)
			status = STATUS_USAGE;
	return status;
}

/* The operand before the selection is none of it. */
static int take_operand(struct delegating *delegating)
{
	struct strings *operands = &delegating->invocation->args.operands;

	if (!delegating->delegate->operand)
		return STATUS_OK;
	delegating->operand = operands->items[0];
	operands->items++;
	operands->count--;
	if (delegating->delegate->rule == DELEGATE_CHECKOUT &&
	    *delegating->operand == '-')
		return say_usage("%s: '%s' is not the name of a branch",
		                 delegating->delegate->name, delegating->operand);
	return STATUS_OK;
}

/* The option, else the environment, else the file of commands. */
static int choose_safety(struct delegating *delegating)
{
	const char *always = getenv("GITA_PULL_SAFE");

	if (delegating->delegate->rule != DELEGATE_PULL)
		return STATUS_OK;
	delegating->safe = delegating->delegate->safe;
	if (always && *always && !text_switch(&delegating->safe, always))
		return say_usage("GITA_PULL_SAFE: neither 1 nor 0: '%s'", always);
	if (args_has(&delegating->invocation->args, "safe"))
		delegating->safe = true;
	return STATUS_OK;
}

/* Of a delegated command with what follows `--`; a script's exit status is its own. */
static enum exit_answer answer_of(const struct delegating *delegating)
{
	struct invocation *invocation = delegating->invocation;
	const struct strings *rest = &invocation->args.rest;
	struct strings words = {0};
	struct arguments arguments;

	if (delegating->delegate->script)
		return ANSWER_NONE;
	for (size_t i = 0; i < delegating->delegate->words.count; i++)
		strings_add(invocation->arena, &words,
		            delegating->delegate->words.items[i]);
	for (size_t i = 0; i < rest->count; i++)
		strings_add(invocation->arena, &words, rest->items[i]);
	arguments_find(&arguments, words.items, words.count);
	return arguments_answer(&arguments);
}

int delegate_run(struct invocation *invocation)
{
	const struct delegate *delegate = invocation->delegate;
	struct delegating delegating = {
		.invocation = invocation,
		.delegate = delegate,
		.plan = {.title = delegate->name,
	                 .foreground = delegate->disable_async},
	};
	struct selection chosen = {0};
	int status = take_operand(&delegating);

	invocation->title = delegate->name;
	if (status == STATUS_OK)
		status = select_repos(&chosen, invocation,
		                      delegate->allow_all ? SELECT_ANY : SELECT_NAMED);
	if (status == STATUS_OK)
		status = choose_safety(&delegating);
	if (status != STATUS_OK)
		return status;
	delegating.program = query_is_program(invocation->arena, delegate);
	plan_add_repos(&delegating.plan, invocation, &chosen);
	for (size_t i = 0; i < delegating.plan.count; i++)
		set_words(&delegating, &delegating.plan.items[i]);
	delegating.plan.answer = answer_of(&delegating);
	if (delegating.safe)
		status = skip_not_ready(&delegating, &chosen);
	if (delegate->rule == DELEGATE_CHECKOUT) {
		status = skip_bare(&delegating, &chosen);
		if (status == STATUS_OK)
			status = skip_without_branch(&delegating);
	}
	if (status != STATUS_OK)
		return status;
	return delegate->rule == DELEGATE_SEARCH
	               ? search(&delegating)
	               : runner_run(invocation, &delegating.plan);
}
