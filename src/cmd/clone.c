/* `clone`: one repository by its URL, or a list of them. */
#include "base/arena.h"
#include "base/file.h"
#include "base/path.h"
#include "cli/out.h"
#include "clone_check.h"
#include "clone_work.h"
#include "cmd/commands.h"
#include "naming.h"
#include "recognise.h"

/* One URL, typed by hand: git judges it, on the terminal. */
static void clone_url(struct cloning *cloning, const char *url)
{
	struct invocation *invocation = cloning->invocation;
	struct frozen_repo *repo = arena_take(invocation->arena, sizeof *repo);
	struct clone_item *item = ARENA_PUSH(invocation->arena, &cloning->plan);
	struct strings paths = {0}, names = {0}, none = {0};
	const char *folder = clone_folder_name(invocation->arena, url);
	struct sighting seen;

	if (!*folder || *url == '-') {
		cloning->status = say_usage("clone: '%s' is no URL of a repository",
		                            url);
		return;
	}
	*repo = (struct frozen_repo){url, folder, folder, "", "", "", 0};
	*item = (struct clone_item){
		.repo = repo,
		.path = path_join(invocation->arena, cloning->folder, folder)};
	strings_add(invocation->arena, &paths, item->path);
	recognise(&seen, invocation->arena, &invocation->registry, &paths);
	if (seen.repo) {
		cloning->status = say_failed(
			"clone: '%s' is registered already, as '%s'", item->path,
			seen.repo->name);
		return;
	}
	naming_choose(&names, invocation->arena, &invocation->registry, &paths, &none);
	item->name = names.items[0];
	clone_run_depth(cloning, 0, false);
}

static int check_group(struct invocation *invocation)
{
	const char *name = args_value(&invocation->args, "group");
	struct error err;

	if (!name || registry_group(&invocation->registry, name) ||
	    registry_group_name_free(&invocation->registry, name, &err))
		return STATUS_OK;
	return say_usage("clone: %s", err.text);
}

static int clone_run(struct invocation *invocation)
{
	const struct args *args = &invocation->args;
	const char *folder = args_value(args, "directory");
	struct cloning cloning = {
		.invocation = invocation,
		.folder = path_absolute(invocation->arena, folder ? folder : "."),
		.keep_paths = args_has(args, "preserve-path"),
		.dry = args_has(args, "dry-run"),
	};
	struct error err;
	int status = invocation_registry(invocation);

	if (status == STATUS_OK)
		status = check_group(invocation);
	if (status != STATUS_OK)
		return status;
	if (!cloning.dry && !file_make_folder(cloning.folder, false, &err))
		return say_failed("clone: %s", err.text);
	if (args_has(args, "from-file"))
		clone_list(&cloning, args->operands.items[0]);
	else
		clone_url(&cloning, args->operands.items[0]);
	return cloning.status;
}

static const struct option_row options[] = {
	{'f', "from-file", KIND_NONE, NULL, "clone what a list of 'gita freeze' names",
         false},
	{'C', "directory", KIND_FOLDER, "DIR", "clone into this folder", false},
	{'p', "preserve-path", KIND_NONE, NULL, "use the paths of the list as they are",
         false},
	{'g', "group", KIND_GROUP, "GROUP", "put what was cloned into this group",
         false},
	{'y', "yes", KIND_NONE, NULL, "take flags of the list over", false},
	{0},
};

static const struct operand_row operands[] = {
	{KIND_URL, "URL|FILE", true, false},
	{0},
};

static const char *const examples[] = {
	"gita clone https://example.org/web",
	"clone and register",
	"gita clone -f repos.txt -C ~/src",
	"all of a list, at once",
	NULL,
};

const struct command command_clone = {
	.name = "clone",
	.summary = "clone and register repos",
	.about = "With -f what is there already is skipped, so that it can be run "
		 "again. Paths\n"
		 "stay below DIR unless -p is given.",
	.options = options,
	.runs = true,
	.operands = operands,
	.examples = examples,
	.run = clone_run,
};
