#include "cli/invocation.h"

#include <unistd.h>

#include "cli/out.h"

static struct notes notes_for(struct invocation *invocation)
{
	return (struct notes){.arena = invocation->arena};
}

int invocation_home(struct invocation *invocation)
{
	struct notes notes = notes_for(invocation);
	struct error err;

	if (invocation->has_home)
		return STATUS_OK;
	if (!home_find(&invocation->home, invocation->arena, &notes, &err))
		return say_failed("%s", err.text);
	say_notes(&notes);
	invocation->has_home = true;
	return STATUS_OK;
}

int invocation_registry(struct invocation *invocation)
{
	struct notes notes = notes_for(invocation);
	struct error err;
	int status = invocation_home(invocation);

	if (status != STATUS_OK || invocation->has_registry)
		return status;
	/* A second try might succeed, where the first has decided already that a
	 * word is no repo but a command for all of them. */
	if (invocation->registry_failed)
		return STATUS_FAILED;
	if (!registry_load(&invocation->registry, &invocation->home, invocation->arena,
	                   &notes, &err)) {
		invocation->registry_failed = true;
		return say_failed("%s", err.text);
	}
	say_notes(&notes);
	invocation->has_registry = true;
	return STATUS_OK;
}

int invocation_change(struct invocation *invocation)
{
	struct notes notes = notes_for(invocation);
	struct error err;
	int status = invocation_home(invocation);

	if (status != STATUS_OK)
		return status;
	if (!registry_begin(&invocation->registry, &invocation->home, invocation->arena,
	                    &notes, &err))
		return say_failed("%s", err.text);
	say_notes(&notes);
	invocation->has_registry = true;
	return STATUS_OK;
}

int invocation_commit(struct invocation *invocation)
{
	struct error err;
	bool ok = registry_commit(&invocation->registry, &err);

	registry_end(&invocation->registry);
	return ok ? STATUS_OK : say_failed("%s", err.text);
}

int invocation_settings(struct invocation *invocation)
{
	struct notes notes = notes_for(invocation);
	int status = invocation_home(invocation);

	if (status != STATUS_OK || invocation->has_settings)
		return status;
	settings_load(&invocation->settings, &invocation->home, invocation->arena,
	              &notes);
	say_notes(&notes);
	invocation->has_settings = true;
	return STATUS_OK;
}

/* delegates_load passes a name alone, so the table stands here; there is one
 * invocation a process. */
static const struct command *const *reserved_commands;

static bool is_reserved(const char *name)
{
	const struct command *command = command_find(reserved_commands, name);

	return command && !command->yields;
}

int invocation_delegates(struct invocation *invocation)
{
	struct notes notes = notes_for(invocation);
	int status = invocation_home(invocation);

	if (status != STATUS_OK || invocation->has_delegates)
		return status;
	reserved_commands = invocation->commands;
	delegates_load(&invocation->delegates, &invocation->home, is_reserved,
	               invocation->arena, &notes);
	say_notes(&notes);
	invocation->has_delegates = true;
	return STATUS_OK;
}

bool invocation_hint_if_empty(const struct invocation *invocation)
{
	if (invocation->registry.repos.count > 0)
		return false;
	say("no repos yet; 'gita add -r .' registers those below this folder");
	return true;
}

bool invocation_colors(const struct invocation *invocation)
{
	return term_wants_color(STDOUT_FILENO, invocation->color);
}

static const struct option_row safe_options[] = {
	{.name = "safe", .help = "fast-forward only where ready ($GITA_PULL_SAFE)"},
	{0},
};

const struct command *invocation_delegate_row(struct invocation *invocation,
                                              const struct delegate *delegate)
{
	static const struct operand_row any = {
		.kind = KIND_SELECTION, .name = "SELECTION", .repeats = true};
	struct operand_row *operands = arena_take(invocation->arena,
	                                          3 * sizeof *operands);
	struct command *row = arena_take(invocation->arena, sizeof *row);

	if (delegate->operand)
		operands[0] = (struct operand_row){
			.kind = KIND_TEXT, .name = delegate->operand, .required = true};
	operands[delegate->operand ? 1 : 0] = any;
	*row = (struct command){
		.name = delegate->name,
		.options = delegate->rule == DELEGATE_PULL ? safe_options : NULL,
		.summary = delegate->help,
		.selects = true,
		.runs = true,
		.operands = operands,
		.run = invocation->run_delegate,
	};
	return row;
}

int invocation_no_group(struct invocation *invocation, const char *word)
{
	const struct groups *groups = &invocation->registry.groups;
	struct strings names = {0};

	for (size_t i = 0; i < groups->count; i++)
		strings_add(invocation->arena, &names, groups->items[i]->name);
	return say_unknown("no group", word, &names, NULL);
}
