/* `clear`: forget all repos and groups; a copy of the files is kept. */
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "change.h"
#include "cli/out.h"
#include "cmd/commands.h"

/* `repos.csv` is kept as `repos.csv.bak`; an empty file does not replace an older copy.
 */
static bool back_up(struct invocation *invocation, const char *name, struct error *err)
{
	const char *path = home_file(&invocation->home, invocation->arena, name);
	bool there;
	BUF bytes = {0};

	return file_read(&bytes, &there, path, FILE_LIMIT, err) &&
	       (bytes.length == 0 ||
	        file_replace(arena_format(invocation->arena, "%s.bak", path),
	                     bytes.data, bytes.length, err));
}

static int clear_all(struct invocation *invocation)
{
	struct registry *registry = &invocation->registry;
	struct error err;

	if (!back_up(invocation, "repos.csv", &err) ||
	    !back_up(invocation, "groups.csv", &err))
		return say_failed("clear: nothing changed: %s", err.text);
	while (registry->groups.count > 0)
		registry_remove_group(
			registry, registry->groups.items[registry->groups.count - 1]);
	while (registry->repos.count > 0)
		registry_remove_repo(registry,
		                     registry->repos.items[registry->repos.count - 1]);
	registry_set_context(registry, NULL);
	return STATUS_OK;
}

static int clear_run(struct invocation *invocation)
{
	if (!args_has(&invocation->args, "yes")) {
		if (!isatty(STDIN_FILENO))
			return say_usage("clear: refusing to forget all repos and "
			                 "groups without -y");
		if (!say_ask("Forget all repos and groups?"))
			return say_failed("clear: nothing changed");
	}
	return change_registry(invocation, clear_all);
}

static const struct option_row options[] = {
	{.letter = 'y', .name = "yes", .help = "do not ask"},
	{0},
};

static const char *const examples[] = {
	"gita clear",
	"asks first; nothing on disk is touched",
	"gita clear -y",
	"in a script",
	NULL,
};

const struct command command_clear = {
	.name = "clear",
	.summary = "forget all repos and groups",
	.about = "The previous files are kept as repos.csv.bak and groups.csv.bak.",
	.options = options,
	.examples = examples,
	.run = clear_run,
};
