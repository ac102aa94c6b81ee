#include "cli/help.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "cli/out.h"
#include "cli/query.h"

enum { CHILD_ROOM = 12, OPTION_ROOM = 26 };

static void show_children(const struct command *command)
{
	out_text("\nCommands (the first is the default):\n");
	for (const struct command *const *child = command->children; *child; child++)
		out_format("  %-*s %s\n", CHILD_ROOM, (*child)->name,
		           (*child)->summary);
}

static void show_delegate(struct arena *arena, const struct delegate *delegate)
{
	BUF line = {0};

	if (delegate->script) {
		out_format("Runs in the shell: %s\n", delegate->script);
		return;
	}
	words_join(&line, &delegate->words);
	out_format("Runs: %s%s%s\n", query_is_program(arena, delegate) ? "" : "git ",
	           buf_text(&line),
	           delegate->disable_async ? " (one repo after the other)" : "");
}

/* The user's explanation, else what is run. */
static const char *users_help(struct arena *arena, const struct delegate *delegate)
{
	BUF line = {0};

	if (*delegate->help)
		return delegate->help;
	if (delegate->script)
		return text_escape(arena, delegate->script);
	words_join(&line, &delegate->words);
	return text_escape(arena, arena_format(arena, "git %s", buf_text(&line)));
}

/* `-j, --jobs N` and what it means. */
static void show_option(const struct option_row *row)
{
	BUF front = {0};

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

/* What every command takes is part of the overview. */
static void show_own_option(void *context, const struct option_row *row)
{
	bool *any = context;

	for (const struct option_row *all = options_common; all->name; all++)
		if (row == all)
			return;
	if (!*any)
		out_text("\nOptions:\n");
	*any = true;
	show_option(row);
}

/* All delegated commands are called alike. */
static const char *const *delegate_examples(struct arena *arena,
                                            const struct delegate *delegate)
{
	const char *call = delegate->operand
	                           ? arena_format(arena, "%s %s", delegate->name,
	                                          delegate->operand)
	                           : delegate->name;
	struct strings list = {0};

	if (delegate->more) {
		strings_add(
			arena, &list,
			arena_format(arena, "gita %s web -- %s", call, delegate->more));
		strings_add(arena, &list, delegate->more_help);
	} else {
		strings_add(arena, &list, arena_format(arena, "gita %s web api", call));
		strings_add(arena, &list, "in two repos");
	}
	/* An option of its own takes the line. */
	if (delegate->rule == DELEGATE_PULL)
		return list.items;
	strings_add(arena, &list, arena_format(arena, "gita %s work -x web -n", call));
	strings_add(arena, &list, "show what would run, and where");
	return list.items;
}

/* Whether an example of the parent is one for the sub-command. */
static bool is_for(const char *example, const char *parent, const char *child)
{
	const char *rest = example + strlen("gita ") + strlen(parent) + 1;
	size_t length = strlen(child);

	return strlen(example) > (size_t)(rest - example) &&
	       strncmp(rest, child, length) == 0 &&
	       (rest[length] == ' ' || rest[length] == '\0');
}

/* The command's own, else those of its parent that are about it. */
static void find_examples(struct strings *out, struct invocation *invocation,
                          const struct command *command, const char *parent)
{
	const char *const *all = command->examples;
	bool own = all != NULL;

	if (!own && parent)
		all = command_find(invocation->commands, parent)->examples;
	if (!all && invocation->delegate) {
		all = delegate_examples(invocation->arena, invocation->delegate);
		own = true;
	}
	for (; all && *all; all += 2) {
		if (!own && !is_for(all[0], parent, command->name))
			continue;
		strings_add(invocation->arena, out, all[0]);
		strings_add(invocation->arena, out, all[1]);
	}
}

/* Several in a table, one alone beside its heading. */
static void show_examples(const struct strings *examples)
{
	size_t width = 0;

	if (examples->count == 2) {
		out_format("\nExample: %s  %s\n", examples->items[0],
		           examples->items[1]);
		return;
	}
	for (size_t i = 0; i < examples->count; i += 2)
		if (text_width(examples->items[i]) > width)
			width = text_width(examples->items[i]);
	if (examples->count > 0)
		out_text("\nExamples:\n");
	for (size_t i = 0; i < examples->count; i += 2)
		out_format("  %-*s  %s\n", (int)width, examples->items[i],
		           examples->items[i + 1]);
}

void help_command(struct invocation *invocation, const struct command *command,
                  const char *parent)
{
	struct strings examples = {0};
	bool any = false;
	BUF usage = {0};

	command_usage(&usage, command, parent);
	out_format("usage: %s\n\n%s\n", buf_text(&usage), command->summary);
	if (command->about)
		out_format("%s\n", command->about);
	if (invocation->delegate)
		show_delegate(invocation->arena, invocation->delegate);
	if (command->children)
		show_children(command);
	command_options(command, show_own_option, &any);
	find_examples(&examples, invocation, command, parent);
	show_examples(&examples);
}

/* A cell is half a screen: an indent of two, a name, a summary. */
enum { SCREEN = 80, NAME_ROOM = 11, SUMMARY_ROOM = 27 };

/* More of the user's commands than that are listed by their names alone. */
enum { EXPLAINED = 4 };

static void show_commands(const struct command *const *commands)
{
	bool right = false;
	size_t gap = 0;

	for (; *commands; commands++) {
		const char *summary = (*commands)->summary;

		if ((*commands)->hidden)
			continue;
		out_format("%*s  %-*s%s%s", (int)gap, "", NAME_ROOM, (*commands)->name,
		           summary, right ? "\n" : "");
		gap = right ? 0 : SUMMARY_ROOM - text_width(summary);
		right = !right;
	}
	if (right)
		out_text("\n");
}

/* The names of the built-in delegated commands, or of the user's. */
static void show_names(struct arena *arena, const struct delegates *delegates,
                       bool users)
{
	size_t width = 0;

	for (size_t i = 0; i < delegates->count; i++) {
		const struct delegate *row = &delegates->items[i];
		const char *name = text_escape(arena, row->name);
		size_t wide = text_width(name) + 1;

		if (row->users != users)
			continue;
		if (width == 0 || width + wide > SCREEN) {
			out_text(width ? "\n " : " ");
			width = 1;
		}
		out_format(" %s", name);
		width += wide;
	}
	out_text("\n");
}

static void show_users(struct arena *arena, const struct delegates *delegates)
{
	size_t count = 0;

	for (size_t i = 0; i < delegates->count; i++)
		count += delegates->items[i].users;
	if (count == 0)
		return;
	out_text("Your own:\n");
	if (count > EXPLAINED) {
		show_names(arena, delegates, true);
		return;
	}
	for (size_t i = 0; i < delegates->count; i++) {
		const struct delegate *row = &delegates->items[i];

		if (row->users)
			out_format("  %s\n",
			           text_cut(arena,
			                    arena_format(arena, "%-*s%s", NAME_ROOM - 1,
			                                 text_escape(arena, row->name),
			                                 users_help(arena, row)),
			                    SCREEN - 2));
	}
}

void help_overview(struct invocation *invocation)
{
	out_text("usage: gita COMMAND [OPTIONS] [SELECTION...]\n");
	show_commands(invocation->commands);
	if (invocation_delegates(invocation) == STATUS_OK) {
		out_text("\nRun by git, in all selected repos at once:\n");
		show_names(invocation->arena, &invocation->delegates, false);
		show_users(invocation->arena, &invocation->delegates);
	}
	out_text("\nA selection: names of repos and groups, 'glob*', a path, @dirty, "
	         "-x NAME.\n"
	         "Everywhere: --color=always|never|auto; -h explains a command, "
	         "'man gita' all.\n");
}
