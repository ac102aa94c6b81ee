#include "cli/complete.h"

#include <string.h>

#include "base/arena.h"
#include "cli/out.h"
#include "cli/select.h"
#include "complete_kinds.h"

/* A walk over the words up to the one being typed. */
struct walk {
	struct invocation *invocation;
	const struct command *command;
	const char *const *words;
	size_t place; /* the next word to look at */
	size_t last;  /* the word being typed */
	struct strings operands;
	const struct option_row *open; /* waits for its value */
	bool ended;                    /* behind `--` */
};

struct search {
	const char *word;
	const struct option_row *found;
};

/* The row that `-x`, `--name` or `--name=value` means. */
static void match_option(void *context, const struct option_row *row)
{
	struct search *search = context;
	const char *word = search->word;

	if (word[1] != '-' && word[1] == row->letter)
		search->found = row;
	if (word[1] == '-' && strcspn(word + 2, "=") == strlen(row->name) &&
	    strncmp(word + 2, row->name, strlen(row->name)) == 0)
		search->found = row;
}

static const struct option_row *option_of(const struct walk *walk, const char *word)
{
	struct search search = {word, NULL};

	command_options(walk->command, match_option, &search);
	return search.found;
}

static bool takes_value(const struct option_row *row, const char *word)
{
	bool joined = word[1] == '-' ? strchr(word, '=') != NULL : word[2] != '\0';

	return row && row->kind != KIND_NONE && !joined;
}

static const struct operand_row *operand_row(const struct walk *walk)
{
	const struct operand_row *row = walk->command->operands;
	size_t left = walk->operands.count;

	while (row && row->name && !row->repeats && left > 0) {
		row++;
		left--;
	}
	return row && row->name ? row : NULL;
}

/* The open operand (`super GIT...`) behind the row of the selection, or NULL. */
static const struct operand_row *open_row(const struct walk *walk)
{
	const struct operand_row *row = walk->command->operands;

	while (row && row->name && !kind_is_open(row->kind))
		row++;
	return row && row->name ? row : NULL;
}

/* Whether the word belongs to the command that `super` and `shell` run. */
static bool starts_rest(const struct walk *walk, const char *word)
{
	const struct operand_row *open = open_row(walk);
	const struct operand_row *now = operand_row(walk);

	if (!open)
		return false;
	if (now == open || walk->ended)
		return true;
	return now && now->repeats && !select_understands(walk->invocation, word);
}

static void order_rest(const struct walk *walk, size_t place)
{
	const struct operand_row *open = open_row(walk);

	if (open->kind == KIND_GIT)
		complete_order(arena_format(walk->invocation->arena, "git %zu", place));
	else if (open->kind == KIND_SHELL)
		complete_order(
			arena_format(walk->invocation->arena, "shell %zu", place));
}

static void offer_option(void *context, const struct option_row *row)
{
	const struct completing *completing = context;
	struct arena *arena = completing->invocation->arena;

	complete_offer(completing, arena_format(arena, "--%s", row->name), row->help);
	if (row->letter && completing->typed[1] != '-')
		complete_offer(completing, arena_format(arena, "-%c", row->letter),
		               row->help);
}

static void offer_typed(const struct walk *walk)
{
	const char *typed = walk->words[walk->last];
	struct completing completing = {walk->invocation, typed, "", &walk->operands};
	const struct operand_row *row = operand_row(walk);
	const char *equals = strchr(typed, '=');

	if (walk->open) {
		complete_kind(&completing, walk->open->kind);
		return;
	}
	if (typed[0] == '-' && !walk->ended) {
		const struct option_row *option = equals ? option_of(walk, typed)
		                                         : NULL;

		if (!option) {
			command_options(walk->command, offer_option, &completing);
			return;
		}
		completing.front = arena_bytes(walk->invocation->arena, typed,
		                               (size_t)(equals - typed) + 1);
		completing.typed = equals + 1;
		complete_kind(&completing, option->kind);
		return;
	}
	if (row && !walk->ended)
		complete_kind(&completing, row->kind);
	if (open_row(walk))
		order_rest(walk, walk->last);
}

/* Reads the words before the typed one as the parser would. */
static bool read_words(struct walk *walk)
{
	for (; walk->place < walk->last; walk->place++) {
		const char *word = walk->words[walk->place];

		if (walk->open) {
			walk->open = NULL;
		} else if (strcmp(word, "--") == 0 && !walk->ended) {
			walk->ended = true;
		} else if (word[0] == '-' && word[1] && !walk->ended) {
			const struct option_row *row = option_of(walk, word);

			if (takes_value(row, word))
				walk->open = row;
		} else if (starts_rest(walk, word)) {
			order_rest(walk, walk->place);
			return false;
		} else {
			strings_add(walk->invocation->arena, &walk->operands, word);
		}
	}
	return true;
}

static const struct command *delegate_command(struct invocation *invocation,
                                              const char *name)
{
	const struct delegate *delegate;

	if (invocation_delegates(invocation) != STATUS_OK)
		return NULL;
	delegate = delegates_find(&invocation->delegates, name);
	return delegate ? command_for_delegate(invocation, delegate) : NULL;
}

/* Goes down to the sub-command; false where its name is being typed. */
static bool find_child(struct walk *walk)
{
	const struct command *const *children = walk->command->children;
	struct completing completing = {walk->invocation, walk->words[walk->last], "",
	                                NULL};

	if (!children)
		return true;
	if (walk->place < walk->last) {
		walk->command = command_find(children, walk->words[walk->place++]);
		return walk->command != NULL;
	}
	for (; *children; children++)
		complete_offer(&completing, (*children)->name, (*children)->summary);
	if (completing.typed[0] == '-')
		command_options(walk->command, offer_option, &completing);
	return false;
}

int complete_words(struct invocation *invocation, const struct strings *words)
{
	struct walk walk = {
		.invocation = invocation,
		.command = &command_gita,
		.words = words->items,
		.last = words->count - 1,
	};
	struct completing first = {invocation, words->items[words->count - 1], "",
	                           NULL};

	/* gita's own options in front of the command. */
	while (walk.place < walk.last && walk.words[walk.place][0] == '-') {
		const char *word = walk.words[walk.place++];

		if (takes_value(option_of(&walk, word), word) && walk.place < walk.last)
			walk.place++;
	}
	if (walk.place == walk.last) {
		if (first.typed[0] == '-')
			offer_typed(&walk);
		else
			complete_commands(&first);
		return STATUS_OK;
	}
	walk.command = command_find(invocation->commands, walk.words[walk.place]);
	if (!walk.command)
		walk.command = delegate_command(invocation, walk.words[walk.place]);
	walk.place++;
	if (walk.command && find_child(&walk) && read_words(&walk))
		offer_typed(&walk);
	return STATUS_OK;
}
