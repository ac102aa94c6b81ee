#include "cli/help.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/term.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/out.h"

enum { SCREEN = 80, NAME_ROOM = 12, CELL = 39, OPTION_ROOM = 26 };

void help_usage(struct buf *out, const struct command *command, const char *parent)
{
	bool options = command->options || command->selects || command->runs;

	buf_addf(out, "gita%s%s%s%s", parent ? " " : "", parent ? parent : "",
	         command->name ? " " : "", command->name ? command->name : "");
	if (options)
		buf_adds(out, " [OPTIONS]");
	for (const struct operand_row *row = command->operands; row && row->name; row++)
		buf_addf(out, row->required ? " %s%s" : " [%s%s]", row->name,
		         row->repeats ? "..." : "");
	if (command->runs && !args_are_open(command))
		buf_adds(out, " [-- GIT-OPTION...]");
}

/* `-j, --jobs N` and what it means. */
static void show_option(void *context, const struct option_row *row)
{
	BUF front = {0};

	(void)context;
	if (row->letter)
		buf_addf(&front, "  -%c, --%s", row->letter, row->name);
	else
		buf_addf(&front, "      --%s", row->name);
	if (row->value)
		buf_addf(&front, " %s", row->value);
	if (front.length < OPTION_ROOM)
		buf_repeat(&front, ' ', OPTION_ROOM - front.length);
	out_format("%s  %s\n", buf_text(&front), row->help);
}

static void show_children(const struct command *command)
{
	out_text("\nSub-commands (the first is the default):\n");
	for (const struct command *const *child = command->children; *child; child++)
		out_format("  %-*s %s\n", NAME_ROOM, (*child)->name, (*child)->summary);
}

static void show_delegate(const struct delegate *delegate)
{
	BUF line = {0};

	if (delegate->script) {
		out_format("\nRuns in the shell: %s\n", delegate->script);
		return;
	}
	words_join(&line, &delegate->words);
	out_format("\nRuns: git %s%s\n", buf_text(&line),
	           delegate->disable_async ? " (one repo after the other)" : "");
}

static void show_examples(const struct command *command)
{
	if (!command->examples)
		return;
	out_text("\nExamples:\n");
	for (size_t i = 0; command->examples[i]; i += 2)
		out_format("  %-36s  %s\n", command->examples[i],
		           command->examples[i + 1]);
}

void help_command(struct invocation *invocation, const struct command *command,
                  const char *parent)
{
	BUF usage = {0};

	help_usage(&usage, command, parent);
	out_format("usage: %s\n\n", buf_text(&usage));
	out_format("%s\n", command->summary);
	if (command->about)
		out_format("\n%s\n", command->about);
	if (invocation->delegate)
		show_delegate(invocation->delegate);
	if (command->children)
		show_children(command);
	out_text("\nOptions:\n");
	command_options(command, show_option, NULL);
	show_examples(command);
}

/* Two commands a line, so that the list fits a screen. */
static void show_commands(const struct command *const *commands)
{
	size_t column = 0;

	for (; *commands; commands++) {
		if ((*commands)->hidden)
			continue;
		out_format("  %-*s%-*s%s", NAME_ROOM, (*commands)->name,
		           column ? 0 : CELL - NAME_ROOM - 2, (*commands)->summary,
		           column ? "\n" : " ");
		column = !column;
	}
	if (column)
		out_text("\n");
}

/* Names only: what they do is what git does. */
static void show_delegated(const struct delegates *delegates)
{
	size_t width = 0;

	for (size_t i = 0; i < delegates->count; i++) {
		const struct delegate *row = &delegates->items[i];

		if (row->users)
			continue;
		if (width == 0 || width + strlen(row->name) + 1 > SCREEN - 2) {
			out_text(width ? "\n " : " ");
			width = 1;
		}
		out_format(" %s", row->name);
		width += strlen(row->name) + 1;
	}
	out_text("\n");
}

static void show_users(struct invocation *invocation, const struct delegates *delegates)
{
	bool any = false;

	for (size_t i = 0; i < delegates->count; i++) {
		const struct delegate *row = &delegates->items[i];

		if (!row->users)
			continue;
		if (!any)
			out_text("Your own:\n");
		any = true;
		out_format("  %-*s%s\n", NAME_ROOM, row->name,
		           text_cut(invocation->arena,
		                    text_escape(invocation->arena, row->help),
		                    SCREEN - NAME_ROOM - 2));
	}
}

void help_overview(struct invocation *invocation)
{
	out_text("usage: gita COMMAND [OPTIONS] [SELECTION...]\n\n");
	show_commands(invocation->commands);
	if (invocation_delegates(invocation) == STATUS_OK) {
		out_text("\nRun by git, in all selected repos at once:\n");
		show_delegated(&invocation->delegates);
		show_users(invocation, &invocation->delegates);
	}
	out_text("\nA selection: names of repos and groups, 'glob*', a path, @dirty, "
	         "-x NAME.\n"
	         "'gita help COMMAND' tells more, 'man gita' all.\n");
}
