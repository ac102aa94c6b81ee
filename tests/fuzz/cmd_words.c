/* A command line: its words, a line each, as every command would parse them, as a
 * selection, and as words to complete. */
#include "fuzz.h"

#include <fcntl.h>

#include "cli/args.h"
#include "cli/complete.h"
#include "cli/facts.h"
#include "cli/out.h"
#include "cli/select.h"
#include "cmd/commands.h"

static const struct command *const commands[] = {
	&command_ll,         &command_ls,
	&command_branches,   &command_activity,
	&command_check,      &command_report,
	&command_add,        &command_rm,
	&command_rename,     &command_clear,
	&command_repair,     &command_freeze,
	&command_clone,      &command_sync,
	&command_group,      &command_context,
	&command_wt,         &command_super,
	&command_shell,      &command_info,
	&command_color,      &command_flags,
	&command_help,       &command_completion,
	&command_shell_init, NULL,
};

/* What gita prints does not matter. */
static void be_silent(void)
{
	int null = open("/dev/null", O_WRONLY);

	MUST(null >= 0 && dup2(null, STDOUT_FILENO) >= 0 &&
	     dup2(null, STDERR_FILENO) >= 0);
	close(null);
}

static void make_home(void)
{
	static const char repos[] =
		"/src/a,a,,\n/src/b,b,,\n/src/b/c,c-1,,\n/d d,@d,,\n";
	static const char groups[] = "g:a c-1:/src\nall:a b c-1 nobody:\n";

	if (*scratch.path)
		return;
	fuzz_folder();
	fuzz_write("repos.csv", repos, sizeof repos - 1);
	fuzz_write("groups.csv", groups, sizeof groups - 1);
	setenv("PATH", "/nowhere", 1);
	be_silent();
}

static void try_commands(struct arena *arena, const struct strings *words)
{
	for (size_t i = 0; commands[i]; i++) {
		struct args args = {0};

		if (args_parse(&args, commands[i], NULL, words, NULL, arena) !=
		    STATUS_OK)
			continue;
		MUST(args.operands.count + args.rest.count <= words->count);
	}
}

/* No fact may read a repository: those are not what is tried here. */
static void try_selection(struct invocation *invocation, const struct strings *words)
{
	struct selection selection = {0};

	for (size_t i = 0; i < words->count; i++)
		if (words->items[i][0] == '@')
			return;
	if (select_words(&selection, invocation, words) != STATUS_OK)
		return;
	MUST(selection.count <= invocation->registry.repos.count);
	for (size_t i = 1; i < selection.count; i++)
		MUST(selection.items[i] != selection.items[i - 1]);
}

/* Each word in memory of its own, where a sanitizer sees its end. */
static char **apart(struct strings *words)
{
	char **copies = calloc(words->count + 1, sizeof *copies);

	MUST(copies != NULL);
	for (size_t i = 0; i < words->count; i++) {
		copies[i] = strdup(words->items[i]);
		MUST(copies[i] != NULL);
		words->items[i] = copies[i];
	}
	return copies;
}

static void drop(char **copies)
{
	for (size_t i = 0; copies[i]; i++)
		free(copies[i]);
	free(copies);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = {data, data + size};
	struct arena arena = {0};
	struct invocation invocation = {
		.arena = &arena,
		.commands = commands,
		.command = &command_ll,
		.run_delegate = delegate_run,
		.home = {.config = scratch.path, .state = scratch.path},
		.has_home = true,
	};
	struct strings words = {0};
	char *text = fuzz_string(&input), **copies;

	make_home();
	strings_split(&arena, &words, text, "\n");
	copies = apart(&words);
	try_commands(&arena, &words);
	try_selection(&invocation, &words);
	if (invocation_registry(&invocation) == STATUS_OK)
		(void)facts_check(&invocation, &words);
	if (words.count)
		complete_words(&invocation, &words);
	out_flush();
	drop(copies);
	free(text);
	arena_drop(&arena);
	return 0;
}
