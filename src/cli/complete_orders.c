/* Orders to the scripts: what others complete better than we do. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/path.h"
#include "base/text.h"
#include "cli/out.h"
#include "complete_kinds.h"
#include "select_pick.h"

void complete_by_shell(size_t place)
{
	out_format("\tshell\t%zu\n", place);
}

static void pick_first(struct picker *picker, const struct strings *chosen)
{
	struct registry *registry = picker->registry;
	struct group *group = NULL;
	struct error err;

	for (size_t i = 0; i < chosen->count && picker->out->count == 0; i++)
		pick_word(picker, chosen->items[i]);
	if (picker->out->count == 0)
		pick_path(picker, ".");
	if (picker->out->count == 0 && registry->context &&
	    registry_context(
		    &group, registry,
		    path_real(registry->arena, path_absolute(registry->arena, ".")),
		    &err) &&
	    group)
		pick_members(picker, group);
	if (picker->out->count == 0 && registry->repos.count > 0)
		pick(picker, registry->repos.items[0]);
}

/* A field of the order holds what can be shown, so that it can hold no TAB. */
static bool fits(struct arena *arena, const char *field)
{
	return text_escape(arena, field) == field;
}

static const char *path_of_first(struct invocation *invocation,
                                 const struct strings *chosen)
{
	struct selection found = {0};
	struct picker picker;

	if (invocation_registry(invocation) != STATUS_OK)
		return ".";
	picker = picker_start(invocation, &found);
	pick_first(&picker, chosen);
	if (found.count == 0 || !fits(invocation->arena, found.items[0]->path))
		return ".";
	return found.items[0]->path;
}

void complete_by_git(struct invocation *invocation, const struct strings *chosen,
                     size_t place, const struct strings *words)
{
	BUF line = {0};

	buf_addf(&line, "\tgit\t%zu\t%s", place, path_of_first(invocation, chosen));
	for (size_t i = 0; i < words->count; i++) {
		if (!fits(invocation->arena, words->items[i]))
			return;
		buf_addf(&line, "\t%s", words->items[i]);
	}
	out_format("%s\n", buf_text(&line));
}
