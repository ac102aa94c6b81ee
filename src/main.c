/*
 * gita: the list of commands; start, dispatch, flush, exit status.
 */
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "cli/dispatch.h"
#include "cli/out.h"
#include "cli/survey.h"
#include "cmd/commands.h"
#include "git/summary.h"
#include "run/jobs.h"
#include "store/delegates.h"
#include "ui/ui.h"

/* In the order of help. */
static const struct command *const commands[] = {
	/* looking */
	&command_ll,
	&command_ui,
	&command_ls,
	&command_branches,
	&command_activity,
	&command_check,
	&command_report,
	/* registering */
	&command_add,
	&command_rm,
	&command_rename,
	&command_clear,
	&command_repair,
	&command_freeze,
	&command_clone,
	&command_sync,
	/* groups and context */
	&command_group,
	&command_context,
	&command_wt,
	/* running */
	&command_super,
	&command_shell,
	/* settings */
	&command_info,
	&command_color,
	&command_flags,
	/* help and shells */
	&command_help,
	&command_completion,
	&command_shell_init,
	&command_complete,
	NULL,
};

static const char *version(struct arena *arena)
{
	return arena_format(arena, "gita %s (%s, %s, %s)", GITA_VERSION,
	                    git_library_version(), run_library_version(),
	                    store_library_version());
}

int main(int count, char **words)
{
	struct arena arena = {0};
	struct invocation invocation = {
		.arena = &arena,
		.commands = commands,
		.run_delegate = delegate_run,
		.version = version,
	};
	int status;

	/* A reader that went away is noticed at the write (cli/out.h). */
	signal(SIGPIPE, SIG_IGN);
	jobs_setup();
	status = out_finish(dispatch_main(&invocation, count, words));
	/* A thread that hangs at a dead disk may still use what it was given. */
	if (survey_left_threads())
		_exit(status);
	arena_drop(&arena);
	return status;
}
