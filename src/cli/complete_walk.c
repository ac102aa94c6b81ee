/* From the words before the typed one to what is being typed; see the header. */
#include "complete_walk.h"

#include <string.h>

#include "cli/select.h"

struct search {
	const char *word;
	const struct option_row *found;
};

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

const struct option_row *walk_option(const struct walk *walk, const char *word)
{
	struct search search = {word, NULL};

	command_options(walk->command, match_option, &search);
	return search.found;
}

/* Whether the value is the next word, not joined to this one. */
static bool wants_value(const struct option_row *row, const char *word)
{
	bool joined = word[1] == '-' ? strchr(word, '=') != NULL : word[2] != '\0';

	return row && row->kind != KIND_NONE && !joined;
}

const struct operand_row *walk_operand(const struct walk *walk)
{
	const struct operand_row *row = walk->command->operands;
	size_t left = walk->operands.count;

	while (row && row->name && !row->repeats && left > 0) {
		row++;
		left--;
	}
	return row && row->name ? row : NULL;
}

const struct operand_row *walk_open_operand(const struct walk *walk)
{
	const struct operand_row *row = walk->command->operands;

	while (row && row->name && !kind_is_open(row->kind))
		row++;
	return row && row->name ? row : NULL;
}

/* Whether another command starts with the word: the first that chooses no repo. */
static bool starts_rest(const struct walk *walk, const char *word)
{
	const struct operand_row *open = walk_open_operand(walk);
	const struct operand_row *now = walk_operand(walk);

	if (!open)
		return false;
	return now == open || walk->ended || !now || !now->repeats ||
	       !select_understands(walk->invocation, word);
}

/* The words of a command up to the typed one. */
static enum walk_end read_words(struct walk *walk)
{
	for (; walk->place < walk->last; walk->place++) {
		const char *word = walk->words[walk->place];

		if (walk->open) {
			walk->open = NULL;
		} else if (strcmp(word, "--") == 0 && !walk->ended) {
			walk->ended = true;
			/* What follows goes to the delegated command. */
			if (walk->delegate) {
				walk->place++;
				return WALK_REST;
			}
		} else if (word[0] == '-' && word[1] && !walk->ended) {
			const struct option_row *row = walk_option(walk, word);

			if (wants_value(row, word))
				walk->open = row;
		} else if (starts_rest(walk, word)) {
			return WALK_REST;
		} else {
			strings_add(walk->invocation->arena, &walk->operands, word);
		}
	}
	return WALK_OWN;
}

/* The built-in or delegated command of that name. */
static bool find_command(struct walk *walk, const char *name)
{
	struct invocation *invocation = walk->invocation;

	walk->command = command_find(invocation->commands, name);
	if (!walk->command && invocation_delegates(invocation) == STATUS_OK)
		walk->delegate = delegates_find(&invocation->delegates, name);
	if (walk->delegate)
		walk->command = command_for_delegate(invocation, walk->delegate);
	return walk->command != NULL;
}

static enum walk_end read_children(struct walk *walk)
{
	const struct command *const *children = walk->command->children;
	const char *word = walk->words[walk->place];

	if (!children)
		return read_words(walk);
	/* Without its name the first one is meant. */
	if (word[0] == '-') {
		walk->command = children[0];
		return read_words(walk);
	}
	if (walk->place == walk->last)
		return WALK_CHILD;
	walk->command = command_find(children, word);
	walk->place++;
	return walk->command ? read_words(walk) : WALK_NOWHERE;
}

/* gita's own options in front of the command. */
static void skip_options(struct walk *walk)
{
	while (walk->place < walk->last && walk->words[walk->place][0] == '-') {
		const char *word = walk->words[walk->place++];
		const struct option_row *row = walk_option(walk, word);

		if (!wants_value(row, word))
			continue;
		if (walk->place < walk->last)
			walk->place++;
		else
			walk->open = row;
	}
}

enum walk_end walk_read(struct walk *out, struct invocation *invocation,
                        const struct strings *words)
{
	*out = (struct walk){
		.invocation = invocation,
		.command = &command_gita,
		.words = words->items,
		.last = words->count - 1,
	};
	skip_options(out);
	if (out->place == out->last)
		return out->open || out->words[out->last][0] == '-' ? WALK_OWN
		                                                    : WALK_COMMAND;
	if (!find_command(out, out->words[out->place++]))
		return WALK_NOWHERE;
	return read_children(out);
}
