#include "complete_kinds.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/term.h"
#include "base/text.h"
#include "cli/out.h"
#include "cli/select.h"

void complete_offer(const struct completing *completing, const char *word,
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
		complete_offer(completing, repos->items[i]->name,
		               repos->items[i]->path);
}

static void offer_groups(const struct completing *completing)
{
	const struct groups *groups = &completing->invocation->registry.groups;

	if (invocation_registry(completing->invocation) != STATUS_OK)
		return;
	for (size_t i = 0; i < groups->count; i++)
		complete_offer(completing, groups->items[i]->name, "group");
}

/* What `front` takes off the beginning stays in front of every candidate. */
static struct completing behind(const struct completing *completing, size_t front)
{
	struct arena *arena = completing->invocation->arena;
	struct completing rest = *completing;

	rest.front = arena_format(arena, "%s%.*s", completing->front, (int)front,
	                          completing->typed);
	rest.typed = completing->typed + front;
	return rest;
}

/* `@dirty,ahead`: any number of them; `@on:` and its like go on with a value, and
 * which groups there are is known. */
static void offer_facts(const struct completing *completing)
{
	const char *comma = strrchr(completing->typed, ',');
	size_t start = comma ? (size_t)(comma - completing->typed) + 1 : 1;
	struct completing fact = behind(completing, start);
	const struct fact_row *row;

	for (size_t i = 0; (row = select_fact(i)) != NULL; i++)
		complete_offer(&fact,
		               arena_format(completing->invocation->arena, "%s%s",
		                            row->name, row->value ? ":" : ""),
		               row->help);
	if (strncmp(fact.typed, "group:", 6) == 0) {
		fact = behind(&fact, 6);
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
		complete_offer(completing, settings_items[item].name,
		               settings_items[item].help);
}

static void offer_words(const struct completing *completing, const char *const *words)
{
	for (; *words; words++)
		complete_offer(completing, *words, NULL);
}

/* `a,b,c`: what stands before the last comma is kept and not offered again. */
static void offer_list(const struct completing *completing, enum kind kind)
{
	struct arena *arena = completing->invocation->arena;
	const char *comma = strrchr(completing->typed, ',');
	size_t start = comma ? (size_t)(comma - completing->typed) + 1 : 0;
	struct completing last = behind(completing, start);
	struct strings used = {0};

	strings_split(arena, &used, arena_bytes(arena, completing->typed, start), ",");
	last.used = &used;
	if (kind == KIND_ITEMS)
		offer_items(&last);
	else
		offer_words(&last, kind_words(kind));
}

void complete_children(const struct completing *completing,
                       const struct command *command)
{
	const struct command *const *child = command->children;

	for (; child && *child; child++)
		complete_offer(completing, (*child)->name, (*child)->summary);
}

void complete_commands(const struct completing *completing)
{
	struct invocation *invocation = completing->invocation;

	for (size_t i = 0; invocation->commands[i]; i++)
		if (!invocation->commands[i]->hidden)
			complete_offer(completing, invocation->commands[i]->name,
			               invocation->commands[i]->summary);
	if (invocation_delegates(invocation) != STATUS_OK)
		return;
	for (size_t i = 0; i < invocation->delegates.count; i++)
		complete_offer(completing, invocation->delegates.items[i].name,
		               invocation->delegates.items[i].help);
}

void complete_kind(const struct completing *completing, enum kind kind)
{
	switch (kind) {
	case KIND_SELECTION:
		offer_selection(completing);
		break;
	case KIND_REPO:
		offer_repos(completing);
		break;
	case KIND_CONTEXT:
		complete_offer(completing, "auto", "by the folder you are in");
		complete_offer(completing, "none", "no context");
		offer_groups(completing);
		break;
	case KIND_GROUP:
		offer_groups(completing);
		break;
	case KIND_WIDTH_ITEM:
		complete_offer(completing, "symbols", "the brackets beside the branch");
		offer_items(completing);
		break;
	case KIND_ITEM:
		offer_items(completing);
		break;
	case KIND_ITEMS:
	case KIND_SORT:
		offer_list(completing, kind);
		break;
	case KIND_SITUATION:
		for (size_t i = 0; i < SITUATION_COUNT; i++)
			complete_offer(completing, settings_situations[i].name,
			               settings_situations[i].help);
		break;
	case KIND_COLOR:
		for (size_t i = 0; i < term_color_count; i++)
			complete_offer(completing, term_colors[i].name, NULL);
		break;
	case KIND_PRESET:
		for (size_t i = 0; i < settings_preset_count; i++)
			complete_offer(completing, settings_presets[i].name,
			               settings_presets[i].help);
		break;
	case KIND_COMMAND:
		complete_commands(completing);
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
