#include "complete_kinds.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/term.h"
#include "base/text.h"
#include "cli/out.h"
#include "cli/select.h"

/* A control character would break the lines in which candidates travel. */
static bool is_printable(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < ' ' || *text == 0x7f)
			return false;
	return true;
}

void complete_offer(const struct completing *completing, const char *word,
                    const char *help)
{
	if (strncmp(word, completing->typed, strlen(completing->typed)) != 0 ||
	    !is_printable(word) ||
	    (completing->used && strings_have(completing->used, word)))
		return;
	out_format("%s%s\t%s\n", completing->front, word,
	           help ? text_escape(completing->invocation->arena, help) : "");
}

void complete_order(const char *order)
{
	out_format(":%s\n", order);
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

/* `@on:` and its like go on with a value; `@group:` knows which. */
static void offer_facts(const struct completing *completing)
{
	const struct fact_row *row;
	struct completing group = *completing;

	for (size_t i = 0; (row = select_fact(i)) != NULL; i++)
		complete_offer(completing,
		               arena_format(completing->invocation->arena, "@%s%s",
		                            row->name, row->value ? ":" : ""),
		               row->help);
	if (strncmp(completing->typed, "@group:", 7) != 0)
		return;
	group.typed += 7;
	group.front = arena_format(completing->invocation->arena,
	                           "%s@group:", completing->front);
	offer_groups(&group);
}

static void offer_selection(const struct completing *completing)
{
	offer_repos(completing);
	offer_groups(completing);
	if (completing->typed[0] == '@')
		offer_facts(completing);
	if (strchr("./~", completing->typed[0]) && completing->typed[0])
		complete_order("folders");
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
	struct completing last = *completing;
	struct strings used = {0};

	if (comma) {
		size_t length = (size_t)(comma - completing->typed) + 1;
		const char *before = arena_bytes(arena, completing->typed, length);

		strings_split(arena, &used, arena_string(arena, before), ",");
		last.front = arena_format(arena, "%s%s", completing->front, before);
		last.typed = comma + 1;
	}
	last.used = &used;
	if (kind == KIND_ITEMS)
		offer_items(&last);
	else
		offer_words(&last, kind_words(kind));
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
		complete_order("folders");
		break;
	case KIND_FILE:
	case KIND_URL:
		complete_order("files");
		break;
	default:
		if (kind_words(kind))
			offer_words(completing, kind_words(kind));
	}
}
