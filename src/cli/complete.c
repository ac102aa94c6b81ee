#include "cli/complete.h"

#include <string.h>

#include "base/arena.h"
#include "complete_kinds.h"
#include "complete_walk.h"

static void offer_option(void *context, const struct option_row *row)
{
	const struct completing *completing = context;
	struct arena *arena = completing->invocation->arena;

	complete_offer(completing, arena_format(arena, "--%s", row->name), row->help);
	if (row->letter && completing->typed[1] != '-')
		complete_offer(completing, arena_format(arena, "-%c", row->letter),
		               row->help);
}

/* `--na`, or `--name=va`, where what stands before the value is kept. */
static void offer_dashed(const struct walk *walk, struct completing completing)
{
	const char *value = strchr(completing.typed, '=');
	const struct option_row *row = NULL;

	if (value)
		row = walk_option(walk, completing.typed);
	if (!row) {
		command_options(walk->command, offer_option, &completing);
		return;
	}
	value++;
	completing.front = arena_bytes(walk->invocation->arena, completing.typed,
	                               (size_t)(value - completing.typed));
	completing.typed = value;
	complete_kind(&completing, row->kind);
}

static void offer_operand(const struct walk *walk, struct completing completing)
{
	const struct operand_row *row = walk_operand(walk);
	const struct command *command = NULL;

	completing.used = &walk->operands;
	/* `help group add`: behind a command come its sub-commands. */
	if (row && row->kind == KIND_COMMAND && walk->operands.count > 0) {
		if (walk->operands.count == 1)
			command = command_find(walk->invocation->commands,
			                       walk->operands.items[0]);
		if (command)
			complete_children(&completing, command);
	} else if (row) {
		complete_kind(&completing, row->kind);
	}
}

/* The words from `place` on are git's or the shell's. */
static void leave_rest(const struct walk *walk)
{
	const struct strings none = {0};
	const struct operand_row *open = walk_open_operand(walk);
	size_t place = walk->place;

	/* `super git log` is `super log`. */
	if (open && open->kind == KIND_GIT) {
		if (place < walk->last && strcmp(walk->words[place], "git") == 0)
			place++;
		complete_by_git(walk->invocation, &walk->operands, place, &none);
	}
	if (open && open->kind == KIND_SHELL)
		complete_by_shell(place);
	if (walk->delegate && !walk->delegate->script)
		complete_by_git(walk->invocation, &walk->operands, place,
		                &walk->delegate->words);
}

static void offer_own(const struct walk *walk, const struct completing *completing)
{
	if (walk->open) {
		complete_kind(completing, walk->open->kind);
		return;
	}
	if (completing->typed[0] == '-' && !walk->ended) {
		offer_dashed(walk, *completing);
		return;
	}
	if (!walk->ended || !walk_open_operand(walk))
		offer_operand(walk, *completing);
	if (walk_open_operand(walk))
		leave_rest(walk);
}

int complete_words(struct invocation *invocation, const struct strings *words)
{
	struct completing completing = {invocation, words->items[words->count - 1], "",
	                                NULL};
	struct walk walk;

	switch (walk_read(&walk, invocation, words)) {
	case WALK_NOWHERE:
		break;
	case WALK_COMMAND:
		complete_commands(&completing);
		break;
	case WALK_CHILD:
		complete_children(&completing, walk.command);
		break;
	case WALK_OWN:
		offer_own(&walk, &completing);
		break;
	case WALK_REST:
		leave_rest(&walk);
		break;
	}
	return STATUS_OK;
}
