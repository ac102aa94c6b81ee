#include "cli/complete.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/term.h"
#include "base/text.h"
#include "cli/disks.h"
#include "cli/facts.h"
#include "cli/out.h"
#include "cli/select.h"

/* What is being completed. */
struct completing {
	struct invocation *invocation;
	const char *typed;          /* the beginning that every candidate shares */
	const char *front;          /* put before every candidate: `--color=` */
	const struct strings *used; /* not offered again; may be NULL */
};

/* Prints the candidate if it starts with what was typed and may be shown. */
static void offer(const struct completing *completing, const char *word,
                  const char *help)
{
	struct arena *arena = completing->invocation->arena;

	if (!*word ||
	    strncmp(word, completing->typed, strlen(completing->typed)) != 0 ||
	    text_escape(arena, word) != word ||
	    (completing->used && strings_have(completing->used, word)))
		return;
	/* Thousands of them: printf would take longer than all the rest. */
	out_text(completing->front);
	out_text(word);
	out_text("\t");
	out_text(help ? text_escape(arena, help) : "");
	out_text("\n");
}

static void offer_repos(const struct completing *completing)
{
	const struct repos *repos = &completing->invocation->registry.repos;

	if (invocation_registry(completing->invocation) != STATUS_OK)
		return;
	for (size_t i = 0; i < repos->count; i++)
		if (!repos->items[i]->superseded)
			offer(completing, repos->items[i]->name, repos->items[i]->path);
}

/* All groups, or only those that hold the worktrees of a branch. */
static void offer_groups_of(const struct completing *completing, bool worktrees)
{
	const struct groups *groups = &completing->invocation->registry.groups;

	if (invocation_registry(completing->invocation) != STATUS_OK)
		return;
	for (size_t i = 0; i < groups->count; i++) {
		bool set = registry_is_worktree_set(groups->items[i]);

		if (set || !worktrees)
			offer(completing, groups->items[i]->name,
			      set ? "worktrees" : "group");
	}
}

static void offer_groups(const struct completing *completing)
{
	offer_groups_of(completing, false);
}

/* What `front` takes off the beginning stays before every candidate. */
static struct completing completing_after(const struct completing *completing,
                                          size_t front)
{
	struct arena *arena = completing->invocation->arena;
	struct completing rest = *completing;

	rest.front = arena_format(arena, "%s%.*s", completing->front, (int)front,
	                          completing->typed);
	rest.typed = completing->typed + front;
	return rest;
}

/* `@dirty,ahead`: any number of them; `@on:` and the like go on with a value, and
 * which groups there are is known. */
static void offer_facts(const struct completing *completing)
{
	const char *comma = strrchr(completing->typed, ',');
	size_t start = comma ? (size_t)(comma - completing->typed) + 1 : 1;
	struct completing fact = completing_after(completing, start);
	const struct fact_row *row;

	for (size_t i = 0; (row = facts_row(i)) != NULL; i++)
		offer(&fact,
		      arena_format(completing->invocation->arena, "%s%s", row->name,
		                   row->value ? ":" : ""),
		      row->help);
	if (strncmp(fact.typed, "group:", 6) == 0) {
		fact = completing_after(&fact, 6);
		offer_groups(&fact);
	}
}

static void offer_selection(const struct completing *completing)
{
	offer_repos(completing);
	offer_groups(completing);
	if (completing->typed[0] == '@')
		offer_facts(completing);
	if (completing->typed[0] && strchr("./~", completing->typed[0]))
		out_text("\tfolders\n");
}

static void offer_items(const struct completing *completing)
{
	for (enum item item = 0; item < ITEM_COUNT; item++)
		offer(completing, settings_items[item].name, settings_items[item].help);
}

/* Columns that are in use, or those that are not. */
static void offer_columns(const struct completing *completing, bool used)
{
	const struct settings *settings = &completing->invocation->settings;
	bool shown[ITEM_COUNT] = {false};

	if (invocation_settings(completing->invocation) != STATUS_OK)
		return;
	for (size_t i = 0; i < settings->column_count; i++)
		shown[settings->columns[i]] = true;
	for (enum item item = 0; item < ITEM_COUNT; item++)
		if (shown[item] == used)
			offer(completing, settings_items[item].name,
			      settings_items[item].help);
}

static void offer_words(const struct completing *completing, const char *const *words)
{
	for (; *words; words++)
		offer(completing, *words, NULL);
}

/* `a,b,c`: what stands before the last comma is kept and not offered again. */
static void offer_list(const struct completing *completing, enum kind kind)
{
	struct arena *arena = completing->invocation->arena;
	const char *comma = strrchr(completing->typed, ',');
	size_t start = comma ? (size_t)(comma - completing->typed) + 1 : 0;
	struct completing last = completing_after(completing, start);
	struct strings used = {0};

	strings_split(arena, &used, arena_bytes(arena, completing->typed, start), ",");
	last.used = &used;
	if (kind == KIND_ITEMS)
		offer_items(&last);
	else
		offer_words(&last, kind_words(kind));
}

static void offer_children(const struct completing *completing,
                           const struct command *command)
{
	const struct command *const *child = command->children;

	for (; child && *child; child++)
		offer(completing, (*child)->name, (*child)->summary);
}

static void offer_commands(const struct completing *completing)
{
	struct invocation *invocation = completing->invocation;

	for (size_t i = 0; invocation->commands[i]; i++)
		if (!invocation->commands[i]->hidden)
			offer(completing, invocation->commands[i]->name,
			      invocation->commands[i]->summary);
	if (invocation_delegates(invocation) != STATUS_OK)
		return;
	for (size_t i = 0; i < invocation->delegates.count; i++)
		offer(completing, invocation->delegates.items[i].name,
		      invocation->delegates.items[i].help);
}

static void offer_kind(const struct completing *completing, enum kind kind)
{
	switch (kind) {
	case KIND_SELECTION:
		offer_selection(completing);
		break;
	case KIND_REPO:
		offer_repos(completing);
		break;
	case KIND_CONTEXT:
		offer(completing, "auto", "by the folder you are in");
		offer(completing, "none", "no context");
		offer_groups(completing);
		break;
	case KIND_GROUP:
		offer_groups(completing);
		break;
	case KIND_WORKTREES:
		offer_groups_of(completing, true);
		break;
	case KIND_WIDTH_ITEM:
		offer(completing, "symbols", "the brackets beside the branch");
		offer_items(completing);
		break;
	case KIND_COLUMN:
	case KIND_NEW_COLUMN:
		offer_columns(completing, kind == KIND_COLUMN);
		break;
	case KIND_ITEMS:
	case KIND_SORT:
		offer_list(completing, kind);
		break;
	case KIND_SITUATION:
		for (size_t i = 0; i < SITUATION_COUNT; i++)
			offer(completing, settings_situations[i].name,
			      settings_situations[i].help);
		break;
	case KIND_COLOR:
		for (size_t i = 0; i < term_color_count; i++)
			offer(completing, term_colors[i].name, NULL);
		break;
	case KIND_PRESET:
		for (size_t i = 0; i < settings_preset_count; i++)
			offer(completing, settings_presets[i].name,
			      settings_presets[i].help);
		break;
	case KIND_COMMAND:
		offer_commands(completing);
		break;
	case KIND_FOLDER:
		out_text("\tfolders\n");
		break;
	case KIND_FILE:
	case KIND_URL:
		out_text("\tfiles\n");
		break;
	default:
		if (kind_words(kind))
			offer_words(completing, kind_words(kind));
	}
}

static void leave_to_shell(size_t place)
{
	out_format("\tshell\t%zu\n", place);
}

/* How many seconds TAB may wait for a disk. */
static const double PATIENCE = 0.5;

/* A field of the order holds what can be shown, so that it can hold no TAB. */
static bool is_plain(struct arena *arena, const char *field)
{
	return text_escape(arena, field) == field;
}

static const char *path_of_nearest(struct invocation *invocation,
                                   const struct strings *chosen)
{
	const struct repo *repo = select_nearest(invocation, chosen);

	return repo && is_plain(invocation->arena, repo->path) &&
	                       disks_respond(invocation, repo->path)
	               ? repo->path
	               : ".";
}

static void leave_to_git(struct invocation *invocation, const struct strings *chosen,
                         size_t place, const struct strings *words)
{
	BUF line = {0};

	buf_addf(&line, "\tgit\t%zu\t%s", place, path_of_nearest(invocation, chosen));
	for (size_t i = 0; i < words->count; i++) {
		if (!is_plain(invocation->arena, words->items[i]))
			return;
		buf_addf(&line, "\t%s", words->items[i]);
	}
	out_format("%s\n", buf_text(&line));
}

/*
 * Reading a command line that is not finished: the words before the one being
 * typed are parsed as args_parse would parse them, but nothing is refused.
 */

/* What the word being typed is. */
enum typed_end {
	TYPED_NOWHERE, /* after an unknown command */
	TYPED_COMMAND, /* the name of a command */
	TYPED_CHILD,   /* the name of a sub-command of `command` */
	TYPED_OWN,     /* an option of `command`, a value, an operand */
	TYPED_REST,    /* git's or the shell's, whose words start at `place` */
};

struct typed_line {
	struct invocation *invocation;
	const char *const *words;
	size_t place; /* the next word to look at */
	size_t last;  /* the word being typed */
	const struct command *command;
	const struct delegate *delegate; /* whose command it is, or NULL */
	struct strings operands;
	const struct option_row *open; /* waits for its value */
	bool ended;                    /* after `--` */
};

struct option_search {
	const char *word;
	const struct option_row *found;
};

static void match_option(void *context, const struct option_row *row)
{
	struct option_search *search = context;
	const char *word = search->word;

	if (word[1] && word[1] != '-' && word[1] == row->letter)
		search->found = row;
	if (word[1] == '-' && strcspn(word + 2, "=") == strlen(row->name) &&
	    strncmp(word + 2, row->name, strlen(row->name)) == 0)
		search->found = row;
}

static const struct option_row *option_of(const struct typed_line *line,
                                          const char *word)
{
	struct option_search search = {word, NULL};

	command_options(line->command, match_option, &search);
	return search.found;
}

/* Whether the value is the next word, not joined to this one. */
static bool wants_value(const struct option_row *row, const char *word)
{
	if (!row || row->kind == KIND_NONE)
		return false;
	return word[1] == '-' ? !strchr(word, '=') : word[2] == '\0';
}

static const struct operand_row *next_operand(const struct typed_line *line)
{
	const struct operand_row *row = line->command->operands;
	size_t left = line->operands.count;

	while (row && row->name && !row->repeats && left > 0) {
		row++;
		left--;
	}
	return row && row->name ? row : NULL;
}

/* Whether another command starts with the word: the first that chooses no repo. */
static bool starts_rest(const struct typed_line *line, const char *word)
{
	const struct operand_row *open = command_open_operand(line->command);
	const struct operand_row *now = next_operand(line);

	if (!open)
		return false;
	return now == open || line->ended || !now || !now->repeats ||
	       !select_understands(line->invocation, word);
}

/* The words of a command up to the typed one. */
static enum typed_end read_words(struct typed_line *line)
{
	for (; line->place < line->last; line->place++) {
		const char *word = line->words[line->place];

		if (line->open) {
			line->open = NULL;
		} else if (strcmp(word, "--") == 0 && !line->ended) {
			line->ended = true;
			/* What follows goes to the delegated command. */
			if (line->delegate) {
				line->place++;
				return TYPED_REST;
			}
		} else if (word[0] == '-' && word[1] && !line->ended) {
			const struct option_row *row = option_of(line, word);

			if (wants_value(row, word))
				line->open = row;
		} else if (starts_rest(line, word)) {
			return TYPED_REST;
		} else {
			strings_add(line->invocation->arena, &line->operands, word);
		}
	}
	return TYPED_OWN;
}

/* The built-in or delegated command of that name. */
static bool find_command(struct typed_line *line, const char *name)
{
	struct invocation *invocation = line->invocation;

	line->command = command_find(invocation->commands, name);
	if ((!line->command || line->command->yields) &&
	    invocation_delegates(invocation) == STATUS_OK)
		line->delegate = delegates_find(&invocation->delegates, name);
	if (line->delegate)
		line->command = invocation_delegate_row(invocation, line->delegate);
	return line->command != NULL;
}

static enum typed_end read_children(struct typed_line *line)
{
	const struct command *const *children = line->command->children;
	const char *word = line->words[line->place];

	if (!children)
		return read_words(line);
	/* Without its name the first one is meant. */
	if (word[0] == '-') {
		line->command = children[0];
		return read_words(line);
	}
	if (line->place == line->last)
		return TYPED_CHILD;
	line->command = command_find(children, word);
	line->place++;
	return line->command ? read_words(line) : TYPED_NOWHERE;
}

/* gita's own options before the command. */
static void skip_options(struct typed_line *line)
{
	while (line->place < line->last && line->words[line->place][0] == '-') {
		const char *word = line->words[line->place++];
		const struct option_row *row = option_of(line, word);

		if (!wants_value(row, word))
			continue;
		if (line->place < line->last)
			line->place++;
		else
			line->open = row;
	}
}

static enum typed_end read_line(struct typed_line *out, struct invocation *invocation,
                                const struct strings *words)
{
	*out = (struct typed_line){
		.invocation = invocation,
		.command = &command_gita,
		.words = words->items,
		.last = words->count - 1,
	};
	skip_options(out);
	if (out->place == out->last)
		return out->open || out->words[out->last][0] == '-' ? TYPED_OWN
		                                                    : TYPED_COMMAND;
	if (!find_command(out, out->words[out->place++]))
		return TYPED_NOWHERE;
	return read_children(out);
}

static void offer_option(void *context, const struct option_row *row)
{
	const struct completing *completing = context;
	struct arena *arena = completing->invocation->arena;

	offer(completing, arena_format(arena, "--%s", row->name), row->help);
	if (row->letter && completing->typed[1] != '-')
		offer(completing, arena_format(arena, "-%c", row->letter), row->help);
}

/* `--na`, or `--name=va`, where what stands before the value is kept. */
static void offer_dashed(const struct typed_line *line, struct completing completing)
{
	const char *value = strchr(completing.typed, '=');
	const struct option_row *row = NULL;

	if (value)
		row = option_of(line, completing.typed);
	if (!row) {
		command_options(line->command, offer_option, &completing);
		return;
	}
	value++;
	completing.front = arena_bytes(line->invocation->arena, completing.typed,
	                               (size_t)(value - completing.typed));
	completing.typed = value;
	offer_kind(&completing, row->kind);
}

static void offer_operand(const struct typed_line *line, struct completing completing)
{
	const struct operand_row *row = next_operand(line);
	const struct command *command = NULL;

	completing.used = &line->operands;
	/* `help group add`: after a command come its sub-commands. */
	if (row && row->kind == KIND_COMMAND && line->operands.count > 0) {
		if (line->operands.count == 1)
			command = command_find(line->invocation->commands,
			                       line->operands.items[0]);
		if (command)
			offer_children(&completing, command);
	} else if (row) {
		offer_kind(&completing, row->kind);
	}
}

/* The words from `place` on are git's or the shell's. */
static void leave_rest(const struct typed_line *line)
{
	const struct strings none = {0};
	const struct operand_row *open = command_open_operand(line->command);
	size_t place = line->place;

	/* `super git log` is `super log`. */
	if (open && open->kind == KIND_GIT) {
		if (place < line->last && strcmp(line->words[place], "git") == 0)
			place++;
		leave_to_git(line->invocation, &line->operands, place, &none);
	}
	if (open && open->kind == KIND_SHELL)
		leave_to_shell(place);
	if (line->delegate && !line->delegate->script)
		leave_to_git(line->invocation, &line->operands, place,
		             &line->delegate->words);
}

static void offer_own(const struct typed_line *line,
                      const struct completing *completing)
{
	const struct operand_row *open = command_open_operand(line->command);

	if (line->open) {
		offer_kind(completing, line->open->kind);
		return;
	}
	if (completing->typed[0] == '-' && !line->ended) {
		offer_dashed(line, *completing);
		return;
	}
	if (!line->ended || !open)
		offer_operand(line, *completing);
	/* Thousands of programs would hide the repos. */
	if (open && (open->kind != KIND_SHELL || completing->typed[0]))
		leave_rest(line);
}

void complete_words(struct invocation *invocation, const struct strings *words)
{
	struct completing completing = {invocation, words->items[words->count - 1], "",
	                                NULL};
	struct typed_line line;

	invocation->patience = PATIENCE;
	switch (read_line(&line, invocation, words)) {
	case TYPED_NOWHERE:
		break;
	case TYPED_COMMAND:
		offer_commands(&completing);
		break;
	case TYPED_CHILD:
		offer_children(&completing, line.command);
		break;
	case TYPED_OWN:
		offer_own(&line, &completing);
		break;
	case TYPED_REST:
		leave_rest(&line);
		break;
	}
}
