#include "cli/select.h"

#include <string.h>

#include "base/path.h"
#include "cli/facts.h"
#include "cli/out.h"
#include "select_pick.h"

static bool is_name(const struct registry *registry, const char *word)
{
	return registry_repo(registry, word) || registry_group(registry, word);
}

static bool is_fact(const struct registry *registry, const char *word)
{
	return word[0] == '@' && !is_name(registry, word);
}

/* Picks what the words name; the fact words among them are put aside. */
static int pick_words(struct picker *picker, const struct strings *words,
                      struct strings *facts)
{
	for (size_t i = 0; i < words->count; i++) {
		if (is_fact(picker->registry, words->items[i]))
			strings_add(picker->invocation->arena, facts, words->items[i]);
		else if (!pick_word(picker, words->items[i]))
			return pick_refuse(picker, words->items[i]);
	}
	return facts_check(picker->invocation, facts);
}

static int pick_default(struct picker *picker, bool all)
{
	struct arena *arena = picker->invocation->arena;
	struct registry *registry = picker->registry;
	struct group *group = NULL;
	struct error err;

	if (!all && registry->context &&
	    !registry_context(&group, registry,
	                      path_real(arena, path_absolute(arena, ".")), &err))
		return say_failed("%s", err.text);
	if (group)
		pick_members(picker, group);
	for (size_t i = 0; !group && i < registry->repos.count; i++)
		pick(picker, registry->repos.items[i]);
	pick_sort(picker->out, 0);
	return STATUS_OK;
}

static void drop_picked(struct selection *selection, const struct picker *unwanted)
{
	size_t kept = 0;

	for (size_t i = 0; i < selection->count; i++)
		if (!*picker_mark(unwanted, selection->items[i]))
			selection->items[kept++] = selection->items[i];
	selection->count = kept;
}

/* Each -x is a selection of its own; what it names goes, facts judge the rest. */
static int exclude(struct selection *selection, struct invocation *invocation,
                   const struct strings *words)
{
	struct selection unwanted = {0};
	struct picker picker = picker_start(invocation, &unwanted);
	struct strings facts = {0};
	int status = pick_words(&picker, words, &facts);

	if (status != STATUS_OK)
		return status;
	drop_picked(selection, &picker);
	for (size_t i = 0; status == STATUS_OK && i < facts.count; i++) {
		struct strings one = {0};

		strings_add(invocation->arena, &one, facts.items[i]);
		status = facts_narrow(selection, invocation, &one, true);
	}
	return status;
}

static int select_from(struct selection *out, struct invocation *invocation,
                       const struct strings *words, const struct strings *less,
                       bool all, enum select_rule rule)
{
	struct strings facts = {0};
	int status = invocation_registry(invocation);
	struct picker picker;

	if (status != STATUS_OK)
		return status;
	picker = picker_start(invocation, out);
	status = pick_words(&picker, words, &facts);
	if (status != STATUS_OK)
		return status;
	out->named = words->count > 0;
	if (!out->named && !all && rule == SELECT_NAMED &&
	    !invocation->registry.context)
		return say_usage("%s: needs repos or groups ('--all' for all of them)",
		                 invocation->command->name);
	if (words->count == facts.count)
		status = pick_default(&picker, all);
	if (status == STATUS_OK)
		status = exclude(out, invocation, less);
	if (status == STATUS_OK && facts.count > 0)
		status = facts_narrow(out, invocation, &facts, false);
	return status;
}

int select_repos(struct selection *out, struct invocation *invocation,
                 enum select_rule rule)
{
	struct strings less = {0};

	args_values(&less, invocation->arena, &invocation->args, "exclude");
	return select_from(out, invocation, &invocation->args.operands, &less,
	                   args_has(&invocation->args, "all"), rule);
}

int select_words(struct selection *out, struct invocation *invocation,
                 const struct strings *words)
{
	const struct strings none = {0};

	return select_from(out, invocation, words, &none, false, SELECT_ANY);
}

bool select_understands(struct invocation *invocation, const char *word)
{
	struct selection probe = {0};
	struct picker picker;

	if (invocation_registry(invocation) != STATUS_OK)
		return false;
	if (is_name(&invocation->registry, word) || word[0] == '@')
		return true;
	picker = picker_start(invocation, &probe);
	/* A command can be a path to a file, never to a folder. */
	if (pick_is_path(word))
		return path_is_folder(word) && pick_path(&picker, word);
	return pick_glob(&picker, word);
}

int select_one(struct repo **out, struct invocation *invocation, const char *word)
{
	struct selection found = {0};
	int status = invocation_registry(invocation);
	struct picker picker;

	if (status != STATUS_OK)
		return status;
	picker = picker_start(invocation, &found);
	if (!pick_repo(&picker, word) && !pick_path(&picker, word)) {
		if (registry_group(&invocation->registry, word))
			return say_usage("'%s' is a group, not a repo", word);
		return pick_refuse(&picker, word);
	}
	*out = found.items[0];
	return STATUS_OK;
}

int select_group(struct group **out, struct invocation *invocation, const char *word)
{
	int status = invocation_registry(invocation);
	struct strings names = {0};

	if (status != STATUS_OK)
		return status;
	*out = registry_group(&invocation->registry, word);
	if (*out)
		return STATUS_OK;
	for (size_t i = 0; i < invocation->registry.groups.count; i++)
		strings_add(invocation->arena, &names,
		            invocation->registry.groups.items[i]->name);
	return say_unknown("no group", word, &names, NULL);
}
