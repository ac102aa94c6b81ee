#include "change.h"

#include "cli/out.h"

int change_registry(struct invocation *invocation,
                    int (*change)(struct invocation *invocation))
{
	int status = invocation_change(invocation);

	if (status != STATUS_OK)
		return status;
	status = change(invocation);
	if (status == STATUS_OK)
		return invocation_commit(invocation);
	registry_end(&invocation->registry);
	return status;
}

int change_settings(struct invocation *invocation,
                    int (*change)(struct invocation *invocation))
{
	struct notes notes = {.arena = invocation->arena};
	int status = invocation_home(invocation);
	struct error err;

	if (status != STATUS_OK)
		return status;
	if (!settings_begin(&invocation->settings, &invocation->home, invocation->arena,
	                    &notes, &err))
		return say_failed("%s", err.text);
	say_notes(&notes);
	invocation->has_settings = true;
	status = change(invocation);
	settings_end(&invocation->settings);
	return status;
}
