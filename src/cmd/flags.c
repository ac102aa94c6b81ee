/* `flags`: options that are passed to git in every run for a repo. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "change.h"
#include "cli/out.h"
#include "cli/select.h"
#include "cmd/commands.h"

static int ll_run(struct invocation *invocation)
{
	int status = invocation_registry(invocation);

	for (size_t i = 0; status == STATUS_OK && i < invocation->registry.repos.count;
	     i++) {
		const struct repo *repo = invocation->registry.repos.items[i];

		if (*repo->flags)
			out_format("%s: %s\n",
			           text_escape(invocation->arena, repo->name),
			           text_escape(invocation->arena, repo->flags));
	}
	return status;
}

/* Whether one word holds several options, as the Python tool wants them typed: a
 * space before any `=`, or before a further option. */
static bool holds_several(const char *word)
{
	return word[strcspn(word, " =")] == ' ' || strstr(word, " -") != NULL;
}

/* Otherwise a word is one flag, spaces and all. */
static int read_flags(struct strings *out, struct invocation *invocation)
{
	const struct strings *rest = &invocation->args.rest;
	struct error err;

	if (rest->count == 1 && holds_several(rest->items[0])) {
		if (!words_split(out, invocation->arena, rest->items[0], &err))
			return say_usage("flags: %s", err.text);
	} else {
		for (size_t i = 0; i < rest->count; i++)
			if (*rest->items[i])
				strings_add(invocation->arena, out, rest->items[i]);
	}
	if (out->count > 0 && out->items[0][0] != '-')
		return say_usage("flags: '%s' is not an option", out->items[0]);
	return STATUS_OK;
}

static int set_flags(struct invocation *invocation)
{
	struct strings flags = {0};
	struct repo *repo;
	BUF line = {0};
	int status = select_one(&repo, invocation, invocation->args.operands.items[0]);

	if (status == STATUS_OK)
		status = read_flags(&flags, invocation);
	if (status != STATUS_OK)
		return status;
	words_join(&line, &flags);
	registry_set_flags(&invocation->registry, repo,
	                   arena_string(invocation->arena, buf_text(&line)));
	return STATUS_OK;
}

static int set_run(struct invocation *invocation)
{
	return change_registry(invocation, set_flags);
}

static const struct operand_row set_operands[] = {
	{.kind = KIND_REPO, .name = "NAME", .required = true},
	{.kind = KIND_FLAGS, .name = "FLAG", .repeats = true},
	{0},
};

static const struct command flags_ll = {
	.name = "ll",
	.synonyms = "list ls show",
	.summary = "list repos that have flags",
	.run = ll_run,
};
static const struct command flags_set = {
	.name = "set",
	.summary = "set or clear a repo's flags",
	.operands = set_operands,
	.run = set_run,
};

static const struct command *const children[] = {
	&flags_ll,
	&flags_set,
	NULL,
};

static const char *const examples[] = {
	"gita flags ll",
	"repos that have flags",
	"gita flags set dots --work-tree=$HOME",
	"a bare repo for dotfiles",
	"gita flags set dots",
	"clear them",
	NULL,
};

const struct command command_flags = {
	.name = "flags",
	.summary = "set a repo's git options",
	.about = "Flags are inserted between 'git' and the command in every run\n"
		 "for the repo; its status is read with them, too.",
	.children = children,
	.examples = examples,
};
