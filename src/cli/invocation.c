/* What an invocation reads when it is first asked for. */
#include "cli/command.h"
#include "cli/out.h"

/* Notes live as long as the invocation, and each file is read once. */
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
	if (!registry_load(&invocation->registry, &invocation->home, invocation->arena,
	                   &notes, &err))
		return say_failed("%s", err.text);
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

/* delegates_load asks by name alone, so the table is handed over here; there is
 * one invocation a process. */
static const struct command *const *reserved_commands;

static bool is_reserved(const char *name)
{
	return command_find(reserved_commands, name) != NULL;
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

bool invocation_colors(const struct invocation *invocation)
{
	return term_wants_color(1, invocation->color);
}
