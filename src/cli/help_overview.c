/* The list of commands that `gita` shows. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/help.h"
#include "cli/out.h"

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
			                                 row->help),
			                    SCREEN - 2));
	}
}

void help_overview(struct invocation *invocation)
{
	out_text("usage: gita COMMAND [OPTIONS] [SELECTION...]\n\n");
	show_commands(invocation->commands);
	if (invocation_delegates(invocation) == STATUS_OK) {
		out_text("\nRun by git, in all selected repos at once:\n");
		show_names(invocation->arena, &invocation->delegates, false);
		show_users(invocation->arena, &invocation->delegates);
	}
	out_text("\nA selection: names of repos and groups, 'glob*', a path, @dirty, "
	         "-x NAME.\n"
	         "Everywhere: --color=always|never|auto and -h, which explains the "
	         "command.\n"
	         "'gita help COMMAND' does so, too; 'man gita' tells all.\n");
}
